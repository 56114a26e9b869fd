"""The warehouse as it would have stood on an earlier date."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.pipeline.run import Run, Warehouse
from generator.store import plays
from generator.store.files import fact_files
from generator.store.ledger import cut


@contextmanager
def past(run: Run, at: date) -> Iterator[Warehouse]:
    """A warehouse of its own that knows the editions and plays up to a date, and today's catalog."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        data = Path(folder) / "data"
        for path in fact_files(run.data):
            (data / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(run.data / path, data / path)
        cut(data, at)
        for listener in run.settings.listeners:
            if at < listener.local_date(run.now):
                plays.cut(data, listener.slug, at, listener.zone)
        yield Warehouse(run, data=data, file=Path(folder) / "warehouse.duckdb")

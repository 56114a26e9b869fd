"""The warehouse as it would have stood on an earlier date."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from generator import schema
from generator.listening import begin, is_since
from generator.model import Listener
from generator.pipeline.run import Run, Warehouse
from generator.store import text
from generator.store.files import fact_files
from generator.store.ledger import cut
from generator.store.plays import play_files

A_DAY = timedelta(days=1)


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
                _cut_plays(data, listener, at)
        yield Warehouse(run, data=data, file=Path(folder) / "warehouse.duckdb")


def _cut_plays(data: Path, listener: Listener, last: date) -> None:
    """Drop a listener's plays after a date, and the gaps of which nobody knew before: in a copy of data/."""
    after = begin(last + A_DAY, listener.zone)
    for path in play_files(data, listener.slug):
        file = data / path
        if file.stem >= after.half_before[:7]:
            rows = text.lines(schema.plays, file.read_bytes(), file, file.stem)
            kept = (row for row in rows if not is_since(row.partition(",")[0], row.rpartition(",")[2], after))
            file.write_bytes(text.joined(schema.plays, kept))
    gaps = data / schema.path(schema.gaps, listener=listener.slug)
    if gaps.exists():
        rows = text.lines(schema.gaps, gaps.read_bytes(), gaps)
        known = (row for row in rows if row.partition(",")[2] < after.instant)
        gaps.write_bytes(text.joined(schema.gaps, known))

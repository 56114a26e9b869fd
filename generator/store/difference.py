"""What of a listener's ledger differs from HEAD: which editions and lists a commit would hold."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path, PurePosixPath

import pandas as pd

from generator import git, schema
from generator.store import text

Row = tuple[object, ...]


def difference(
    root: Path, paths: Iterable[str], *, since: date | None = None
) -> tuple[tuple[date, ...], tuple[str, ...]]:
    """The editions that differ from HEAD, oldest first, and the names of their lists.

    `paths` are files below data/, relative to `root`. An edition that is gone does not count; neither does
    anything up to the day `since` which the past is kept.
    """
    first = str(since or "")
    editions: set[date] = set()
    changed: set[str] = set()
    for path in sorted(paths):
        place = schema.place(PurePosixPath(path).relative_to("data"))
        if place and place.table is schema.lists:
            before = _rows(git.committed(root, path).encode(), root / path)
            file = root / path
            after = _rows(file.read_bytes() if file.is_file() else b"", file)
            news = (row for row in before ^ after if str(row[0]) > first)
            for edition, kind, span, *_ in sorted(news):
                changed.add(f"{kind}/{span}")
                if any(row[0] == edition for row in after):
                    editions.add(date.fromisoformat(str(edition)))
    return tuple(sorted(editions)), tuple(sorted(changed, reverse=True))


def plays(root: Path, paths: Iterable[str]) -> int:
    """How many plays the files hold that HEAD does not."""
    count = 0
    for path in paths:
        place = schema.place(PurePosixPath(path).relative_to("data"))
        if place and place.table is schema.plays and (root / path).is_file():
            count += len(
                {*(root / path).read_bytes().splitlines()}
                - {*git.committed(root, path).encode().splitlines()}
            )
            count -= not git.committed(root, path)  # a new file's line of columns is no play
    return count


def _rows(content: bytes, file: Path) -> set[Row]:
    frame = text.decode(schema.lists, content, file) if content else pd.DataFrame()
    return set(frame.itertuples(index=False, name=None))

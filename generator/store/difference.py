"""What of a listener's ledger differs from HEAD: which editions and lists a commit would hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

import pandas as pd

from generator import git, schema
from generator.store.frames import decode

Row = tuple[object, ...]
BEST = ("", "api", "account", "extended")  # sources of plays, the best one last


@dataclass(frozen=True, slots=True)
class Plays:
    """How many plays a commit would hold."""

    rows: int = 0  # of every source, side by side
    collected: int = 0
    imported: int = 0  # told by the best of the sources that know their day: none is counted twice


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


def plays(root: Path, paths: Iterable[str]) -> Plays:
    """The plays that files hold and HEAD does not."""
    new: list[tuple[str, str]] = []
    ruling: dict[str, str] = {}
    for path in paths:
        place = schema.place(PurePosixPath(path).relative_to("data"))
        if place and place.table is schema.plays and (root / path).is_file():
            before = {*git.committed(root, path).splitlines()}
            for line in (root / path).read_text("utf-8").splitlines()[1:]:  # the first one names the columns
                instant, source, _ = line.split(",", 2)
                day = instant[:10]
                ruling[day] = max(ruling.get(day, ""), source, key=BEST.index)
                if line not in before:
                    new.append((day, source))
    collected = sum(source == "api" for _, source in new)
    imported = sum(source != "api" and source == ruling[day] for day, source in new)
    return Plays(len(new), collected, imported)


def _rows(content: bytes, file: Path) -> set[Row]:
    frame = decode(schema.lists, content, file) if content else pd.DataFrame()
    return set(frame.itertuples(index=False, name=None))

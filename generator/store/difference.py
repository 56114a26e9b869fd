"""What of a listener's ledger differs from HEAD: which editions and lists a commit would hold."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

import pandas as pd

from generator import git, schema
from generator.store.frames import decode

Row = tuple[object, ...]
BETTER = {"api": ("account", "extended"), "account": ("extended",), "extended": ()}  # than a source of plays
# How many characters of an instant are known, by source or by the first letter of a digest.
KNOWN = {"api": 19, "extended": 19, "account": 16, "h": 13, "d": 10}


@dataclass(frozen=True, slots=True)
class Plays:
    """How many plays a commit would hold."""

    rows: int = 0  # of every source, side by side
    sources: tuple[str, ...] = ()  # that these rows name
    collected: int = 0
    imported: int = 0


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
    """The plays that files hold and HEAD does not: each once, though several sources tell of it."""
    told, counting = Counter[str](), Counter[str]()
    for path in paths:
        place = schema.place(PurePosixPath(path).relative_to("data"))
        if place and place.table is schema.plays and (root / path).is_file():
            before = {_heard(line) for line in git.committed(root, path).splitlines()}
            lines = (root / path).read_text("utf-8").splitlines()[1:]  # the first one names the columns
            new = [line for line in lines if _heard(line) not in before]
            told.update(line.split(",", 2)[1] for line in new)
            counting.update(_counting(new, _ends(lines)))
    return Plays(told.total(), tuple(sorted(told)), counting["api"], counting.total() - counting["api"])


def _heard(line: str) -> str:
    """What names a row's play: whether it was skipped may be learnt later."""
    return line.rsplit(",", 2)[0]


def _ends(lines: Iterable[str]) -> Mapping[tuple[str, str], str]:
    """How far each source reaches on a UTC day: to the end of what it knows, a second or the whole day."""
    ends: dict[tuple[str, str], str] = {}
    for line in lines:
        instant, source, *_, digest = line.split(",")
        end = f"{instant[: KNOWN[digest[:1] or source]]}~"  # sorts after all that begins so
        known = instant[:10], source
        ends[known] = max(ends.get(known, ""), end)
    return ends


def _counting(lines: Iterable[str], ends: Mapping[tuple[str, str], str]) -> Iterator[str]:
    """The sources of those rows that no better source reaches on their day."""
    for line in lines:
        instant, source, _ = line.split(",", 2)
        if all(instant > ends.get((instant[:10], better), "") for better in BETTER[source]):
            yield source


def _rows(content: bytes, file: Path) -> set[Row]:
    frame = decode(schema.lists, content, file) if content else pd.DataFrame()
    return set(frame.itertuples(index=False, name=None))

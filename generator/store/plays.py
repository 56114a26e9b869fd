"""How new plays meet those that are kept: a union by what names a play, month by month."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from generator import schema
from generator.errors import ConfigError
from generator.listening import PLAY_KEY, begin, is_since, mark
from generator.store import text
from generator.store.files import differs
from generator.store.months import Months

DIGEST = re.compile(rb",[hd]([0-9a-f]{4})[0-9a-f]+\n")  # at the end of a row, with the mark of its secret
A_DAY = timedelta(days=1)
LAST = "\U0010ffff"  # is spelled after everything else


@dataclass(frozen=True, slots=True)
class Added:
    """What data/ should hold once new plays are in it."""

    files: dict[str, bytes]  # contents by path relative to data/; only what differs
    plays: int  # that were not known
    told: int  # that were told of, each once


def add_rows(data: Path, listener: str, parts: Iterable[Sequence[str]], secret: str | None) -> Added:
    """Add the plays that are not known yet: rows of files, part by part; of each month one, the oldest first.

    A play that was kept with another exactness is known, too, as long as the secret is the one that it was
    kept with: raise ConfigError where it is missing or another.
    """
    months = Months(data, listener, secret, is_keyed=check_secret(data, listener, secret))
    for rows in parts:
        months.add(rows)
    return Added(months.files(), months.new, months.told)


def with_names(data: Path, names: Mapping[str, tuple[str, str, str | None]]) -> dict[str, bytes]:
    """The named tracks with more of them: title, artist, album by key; the same spelling always wins."""
    path = schema.path(schema.named)
    if not names:
        return {}
    found = {key: (title, artist, album or "") for key, (title, artist, album) in names.items()}
    content = (data / path).read_bytes() if (data / path).is_file() else text.joined(schema.named, [])
    for key, *said in text.cells(schema.named, content, data / path):
        found[key] = min(found.get(key, (LAST, "", "")), (said[0], said[1], said[2]), key=_spelling)
    rows = (",".join(map(text.cell, (key, *found[key]))) for key in sorted(found))
    content = text.joined(schema.named, rows)
    return {path: content} if differs(data / path, content) else {}


def _spelling(said: tuple[str, str, str]) -> tuple[str, str, bool, str]:
    """What decides between two spellings of one track; one with an album comes before one without."""
    title, artist, album = said
    return title, artist, not album, album


def check_secret(data: Path, listener: str, secret: str | None) -> bool:
    """Is a digest kept? Raise ConfigError unless the secret is the one that made all that are."""
    marks = {found for path in play_files(data, listener) for found in _marks((data / path).read_bytes())}
    if marks and (secret is None or marks != {mark(secret).encode()}):
        fault = "is missing" if secret is None else "is not the one that earlier plays were kept with"
        raise ConfigError(
            f"{PLAY_KEY} {fault}, so nobody can tell which plays are known already. Nothing was changed:"
            " store the key that `rotation login` made, or remove the plays with"
            f" `rotation purge {listener} --plays`."
        )
    return bool(marks)


def _marks(content: bytes) -> set[bytes]:
    """The marks of the secrets that made a file's digests."""
    # Counting is much faster than looking: most files have no digests, and end every line but the first so.
    if content.count(b",\n") + 1 == content.count(b"\n"):
        return set()
    return {*DIGEST.findall(content)}


def latest(data: Path, listener: str) -> str | None:
    """The instant of the last play that is kept; None: there is none yet."""
    for path in reversed(play_files(data, listener)):
        if rows := text.lines(schema.plays, (data / path).read_bytes(), data / path, Path(path).stem):
            return max(rows).partition(",")[0]
    return None


def play_files(data: Path, listener: str) -> list[str]:
    """The files of a listener's plays, relative to data/, oldest first."""
    folder = (data / schema.path(schema.plays, listener=listener, month="month")).parent
    months = sorted(file.stem for file in folder.glob("*.csv") if schema.MONTH.fullmatch(file.stem))
    return [schema.path(schema.plays, listener=listener, month=month) for month in months]


def cut(data: Path, listener: str, last: date, zone: ZoneInfo) -> None:
    """Drop a listener's plays after a date, and the gaps of which nobody knew before: in a copy of data/."""
    after = begin(last + A_DAY, zone)
    for path in play_files(data, listener):
        file = data / path
        if file.stem >= after.half_before[:7]:
            rows = text.lines(schema.plays, file.read_bytes(), file, file.stem)
            kept = (row for row in rows if not is_since(row.partition(",")[0], row.rpartition(",")[2], after))
            file.write_bytes(text.joined(schema.plays, kept))
    gaps = data / schema.path(schema.gaps, listener=listener)
    if gaps.exists():
        rows = text.lines(schema.gaps, gaps.read_bytes(), gaps)
        known = (row for row in rows if row.partition(",")[2] < after.instant)
        gaps.write_bytes(text.joined(schema.gaps, known))

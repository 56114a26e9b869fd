"""How the last plays that Spotify tells meet those that are kept, and the gap that may lie before them."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from generator import schema
from generator.store.files import differs
from generator.store.frames import encode
from generator.store.ledger import read
from generator.store.plays import Added, add_rows, play_files
from generator.store.text import cell, lines

API = b",api,"  # as it stands in a row
EXPORTS = (b",account,", b",extended,")
FULL = 50  # plays of an answer that may not have told all


def add(data: Path, listener: str, rows: pd.DataFrame, secret: str | None) -> Added:
    """Add the plays that are not known yet, as `add_rows` does."""
    cells = rows.astype(object).where(rows.notna(), None).itertuples(index=False, name=None)
    return add_rows(data, listener, [[",".join(map(cell, row)) for row in cells]], secret)


def with_gap(data: Path, listener: str, since: str, until: str) -> dict[str, bytes]:
    """The listener's gaps with one more: from the last play that was known to the first one after.

    Where plays are kept by the day, two gaps may begin with the same one: the longer holds the other.
    """
    return _with(read(data, schema.gaps, _path(listener)), listener, since, until)


def with_first_gap(data: Path, listener: str, imported: Mapping[str, bytes]) -> dict[str, bytes]:
    """The listener's gaps with the one before the first play that Spotify told of; nothing: there is none.

    It begins with the last play before that one which an export tells: the same, whether the export was
    imported before Spotify was first asked or after. `imported`: what an import leaves in files of data/.
    """
    found = _before_first(data, listener, imported)
    if not found:
        return {}
    since, until = found
    known = read(data, schema.gaps, _path(listener))
    written = _with(known[known["until"] != until], listener, since, until)
    return {path: content for path, content in written.items() if differs(data / path, content)}


def _before_first(data: Path, listener: str, imported: Mapping[str, bytes]) -> tuple[str, str] | None:
    """The last play before the first one that Spotify told of, and that one.

    None: there is no such play, Spotify told of so few that these were all, or an export tells what was then.
    """

    def content(path: str) -> bytes:
        return imported.get(path) or (data / path).read_bytes()

    def rows(path: str) -> list[list[str]]:
        found = lines(schema.plays, content(path), data / path, Path(path).stem)
        return [row.split(",", 2)[:2] for row in found]

    folder = schema.path(schema.plays, listener=listener, month="month").removesuffix("month.csv")
    paths = sorted({*play_files(data, listener), *(path for path in imported if path.startswith(folder))})
    told = {path: count for path in paths if (count := content(path).count(API))}
    if sum(told.values()) < FULL:
        return None
    month = min(told)
    first = min(at for at, source in rows(month) if source == "api")
    later = (content(path) for path in paths if path > month)
    if any(mark in text for text in later for mark in EXPORTS):
        return None
    if any(source != "api" and at >= first for at, source in rows(month)):
        return None
    near = [path for path in paths if path <= month][-2:]
    before = [at for path in near for at, _ in rows(path) if at < first]
    return (max(before), first) if before else None


def _path(listener: str) -> str:
    return schema.path(schema.gaps, listener=listener)


def _with(known: pd.DataFrame, listener: str, since: str, until: str) -> dict[str, bytes]:
    """The file of these gaps and one more."""
    rows = pd.concat([known, pd.DataFrame([{"since": since, "until": until}])])
    rows = rows.sort_values("until").drop_duplicates("since", keep="last")
    return {_path(listener): encode(schema.gaps, rows)}

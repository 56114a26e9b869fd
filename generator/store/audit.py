"""Looks all of data/ through: can it be read, does it hang together, is it written as we write it?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pandas as pd

from generator import schema
from generator.errors import DataError
from generator.model import KINDS
from generator.store.files import differs, fact_files
from generator.store.frames import decode, encode
from generator.store.ledger import LISTS, Ledger
from generator.store.merge import current_files

Frames = Mapping[str, pd.DataFrame]  # by path relative to data/


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found in data/."""

    faults: tuple[str, ...]  # a sentence each, with the file in front
    notes: tuple[str, ...]  # what is no harm, since the next run mends it
    files: int
    editions: int
    rows: int  # of the ledgers
    plays: int  # rows of plays

    @property
    def counts(self) -> str:
        """How much there is."""
        found = ((self.files, "file"), (self.editions, "edition"), (self.rows, "row"))
        plays = f", {_counted(self.plays, 'row')} of plays" if self.plays else ""
        return f"{', '.join(_counted(*one) for one in found)}{plays}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def audit(data: Path) -> Audit:
    """Read every file of facts and hold it against the others; change nothing."""
    frames: dict[str, pd.DataFrame] = {}
    faults: list[str] = []
    notes: list[str] = []
    for path in fact_files(data):
        try:
            frames[path] = _decoded(data, path)
        except DataError as error:
            faults.append(str(error))
        else:
            faults += _written_otherwise(data, path, frames[path])
    if not faults:  # what cannot be read cannot be held against anything
        faults += _unknown_items(frames)
        for listener in _listeners(frames):
            faults += _repeated(frames, listener)
            notes += _stale(data, listener, frames)
    ledgers = [frame for path, frame in frames.items() if _table(path) is schema.lists]
    editions = sum(frame["edition"].nunique() for frame in ledgers)
    plays = sum(len(frame) for path, frame in frames.items() if _table(path) is schema.plays)
    return Audit(tuple(faults), tuple(notes), len(frames), editions, sum(map(len, ledgers)), plays)


def _decoded(data: Path, path: str) -> pd.DataFrame:
    place = schema.place(PurePosixPath(path))
    assert place  # noqa: S101 - fact_files answers nothing else
    return decode(place.table, (data / path).read_bytes(), data / path, place.month)


def _table(path: str) -> schema.Table | None:
    place = schema.place(PurePosixPath(path))
    return place.table if place else None


def _written_otherwise(data: Path, path: str, frame: pd.DataFrame) -> Iterator[str]:
    """A file that a person may have edited: readable, but not in the one order and spelling."""
    table = _table(path)
    if table is not None and table is not schema.same and differs(data / path, encode(table, frame)):
        yield (
            f"{data / path}: the rows are not sorted or not written as this program writes them."
            f" Take the file back with `git checkout HEAD -- {data / path}`, or sort it by its key."
        )


def _unknown_items(frames: Frames) -> Iterator[str]:
    """Rows that lean on a row of the catalog that is not there."""
    known = {table.name: set(frames.get(schema.path(table), _NOTHING)["id"]) for table in schema.CATALOG}
    for path, frame in frames.items():
        for kind in KINDS if _table(path) is schema.lists else ():
            yield from _missing(path, kind, set(frame[frame["kind"] == kind]["item_id"]) - known[kind])
    tracks = frames.get(schema.path(schema.tracks))
    if tracks is not None:
        credited = {one for ids in tracks["artist_ids"].dropna() for one in ids.split()}
        yield from _missing(schema.path(schema.tracks), "artists", credited - known["artists"])
        yield from _missing(
            schema.path(schema.tracks), "albums", set(tracks["album_id"].dropna()) - known["albums"]
        )


_NOTHING = pd.DataFrame({"id": pd.Series(dtype=object)})


def _missing(path: str, name: str, ids: set[str]) -> Iterator[str]:
    if ids:
        more = f" and {len(ids) - 1} more" if len(ids) > 1 else ""
        yield (
            f"data/{path}: names {min(ids)}{more}, of which catalog/{name}.csv knows nothing."
            " The next run learns what Spotify still lists; else take catalog/ back from an older commit."
        )


def _listeners(frames: Frames) -> list[str]:
    places = (schema.place(PurePosixPath(path)) for path in frames)
    return sorted({place.listener for place in places if place and place.listener})


def _repeated(frames: Frames, listener: str) -> Iterator[str]:
    """Lists that were written although nothing in them had changed."""
    months = [frame for path, frame in frames.items() if _is_ledger_of(path, listener)]
    if not months:
        return  # of this listener there are plays alone
    rows = pd.concat(months).sort_values(["edition", "position"])
    for kind, span in LISTS:
        of_list = rows[(rows["kind"] == kind) & (rows["span"] == span)]
        before: list[object] = []
        for edition, frame in of_list.groupby("edition"):
            now = [*zip(frame["position"], frame["item_id"], strict=True)]
            if now == before:
                yield f"data/{listener}/lists: {kind}/{span} of {edition} repeats the list before it."
            before = list(now)


def _is_ledger_of(path: str, listener: str) -> bool:
    place = schema.place(PurePosixPath(path))
    return place is not None and place.table is schema.lists and place.listener == listener


def _stale(data: Path, listener: str, frames: Frames) -> Iterator[str]:
    """The files with names in them, where they do not show the lists as they stand."""
    ledger = Ledger(data, listener)
    if latest := ledger.latest():
        known = {table.name: frames[schema.path(table)] for table in schema.CATALOG}
        for path, content in current_files(listener, ledger.standing(latest), known).items():
            if differs(data / path, content):
                yield f"data/{path}: does not show the lists as they stand. The next run writes it anew."

"""What earlier versions of the files of data/ must not hold any more: decides, version by version."""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

import pandas as pd

from generator import schema
from generator.errors import DataError
from generator.hiding import Hidden
from generator.listening import Begin, begin, is_since
from generator.store.frames import decode, encode
from generator.store.purge import closed_up, gaps_since, plays_since

UTC = ZoneInfo("UTC")
WORD = re.compile(rb"(?:name:)?[A-Za-z0-9]+")
NAMED_BY = ("id", "item_id", "item_key", "track_id", "artist_id", "song")  # columns that hold an id

csv.field_size_limit(2**31 - 1)  # a title may be as long as it likes


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person wants gone: a listener, a part of their past, or what is hidden."""

    listener: str | None = None  # slug; None: what is hidden
    before: date | None = None  # None: everything of the listener
    plays: bool = False  # of the listener alone; their lists stay
    hidden: Hidden | None = None
    zone: ZoneInfo = UTC  # where the listener's days begin

    @property
    def begins(self) -> Begin:
        """From where on plays stay."""
        return begin(self.before, self.zone) if self.before else Begin("", "")

    @property
    def is_whole(self) -> bool:
        """Does nothing of the listener stay?"""
        return self.listener is not None and self.before is None and not self.plays

    def covers_play(self, listener: str, played_at: str, digest: str) -> bool:
        """Does a listener's play go?"""
        return listener == self.listener and (
            self.before is None or not is_since(played_at, digest, self.begins)
        )

    def covers(self, listener: str, edition: str) -> bool:
        """Does a listener's edition go, as a whole?"""
        is_theirs = listener == self.listener and not self.plays
        return is_theirs and (self.before is None or edition < self.before.isoformat())

    def covers_table(self, table: schema.Table | None) -> bool:
        """Do rows of the listener's table go, or other files of theirs?"""
        return not self.plays or table in (schema.plays, schema.gaps)


@dataclass(slots=True)
class Past:
    """All that any version of any file ever said of ids: what goes, what stays, and what each leans on."""

    wanted: Wanted
    goes: set[str] = field(default_factory=set)  # ids on lists that go
    stays: set[str] = field(default_factory=set)  # ids on lists that stay
    unplayed: set[str] = field(default_factory=set)  # keys of plays that go
    played: set[str] = field(default_factory=set)  # keys of plays that stay
    names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # by id
    leans_on: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # by a track's id

    def learn(self, path: str, content: bytes) -> None:
        """Read one version of a file of data/."""
        place = schema.place(PurePosixPath(path))
        if place and place.table is schema.lists:
            for row in _rows(content):
                to = self.goes if self.wanted.covers(str(place.listener), row["edition"]) else self.stays
                to.add(row["item_id"])
        elif place and place.table is schema.plays:
            for row in _rows(content):
                is_gone = self.wanted.covers_play(str(place.listener), row["played_at"], row["digest"])
                (self.unplayed if is_gone else self.played).add(row["item_key"])
        elif place and place.table is schema.named:
            for row in _rows(content):
                self.names[row["item_key"]] |= {row["title"], row["artist"]}
        elif place and place.table in schema.CATALOG:
            for row in _rows(content):
                self.names[row["id"]].add(row.get("title") or row.get("name") or "")
                if place.table is schema.tracks:
                    self.leans_on[row["id"]] |= {*row["artist_ids"].split(), row["album_id"]} - {""}

    def forget(self) -> "Forget":
        """What has to go: what only lists and plays that go name, and what nothing but that leans on."""
        hidden = self._hidden()
        named = self.stays | self.played
        goes, stays = ((self.goes | self.unplayed) - named) | hidden, named - hidden
        needed = stays.union(*(self.leans_on.get(one, ()) for one in stays))
        gone = (goes.union(*(self.leans_on.get(one, ()) for one in goes)) - needed) | hidden
        still = {name for one, names in self.names.items() if one not in gone for name in names}
        names = {name for one in gone for name in self.names.get(one, ())} - still
        exported = self.unplayed - self.played
        return Forget(_encoded(gone), _encoded(gone | exported), frozenset(names), self.wanted)

    def _hidden(self) -> set[str]:
        """Hidden artists and songs, by any name that they ever had, and the songs of hidden artists."""
        if not self.wanted.hidden:
            return set()
        found = {
            one
            for one in {*self.names, *self.goes, *self.stays, *self.unplayed, *self.played}
            if any(self.wanted.hidden.covers(one, name) for name in self.names.get(one, {""}))
        }
        return found | {one for one, others in self.leans_on.items() if not others.isdisjoint(found)}


@dataclass(frozen=True, slots=True)
class Forget:
    """What has to go from the past."""

    ids: frozenset[bytes]  # of songs, artists and albums
    keys: frozenset[bytes]  # the same, and songs that lists still name, but no play: exports told their names
    names: frozenset[str]  # theirs, and nobody else's
    wanted: Wanted

    def version(self, path: str, content: bytes, *, is_current: bool) -> bytes | None:
        """What becomes of a version of a file of data/, by its path in there; None: it goes.

        `is_current`: it shows the lists as an edition that stays left them.
        """
        place = schema.place(PurePosixPath(path))
        table = place.table if place else _current(path)
        is_theirs = self.wanted.listener and path.startswith(f"{self.wanted.listener}/")
        if is_theirs and self.wanted.covers_table(table):
            return self._of_listener(table, path, content, is_current=is_current)
        if table is None or self._of(table).isdisjoint(WORD.findall(content)):
            return content
        return self._without(table, content, path)

    def _of(self, table: schema.Table) -> frozenset[bytes]:
        """The ids that go from a table."""
        return self.keys if table is schema.named else self.ids

    def _of_listener(
        self, table: schema.Table | None, path: str, content: bytes, *, is_current: bool
    ) -> bytes | None:
        """A version of a file of the listener whose past goes, or a part of it."""
        day, place = self.wanted.before, schema.place(PurePosixPath(path))
        if day is None or (
            place and place.month and place.month < min(f"{day:%Y-%m}", self.wanted.begins.half_before[:7])
        ):
            return None
        if table is None:
            return content
        return self._without(table, content, path) if place or is_current else None

    def _without(self, table: schema.Table, content: bytes, path: str) -> bytes | None:
        """The version without the rows that go."""
        try:
            rows = decode(table, content, Path(path))
        except DataError:
            return None  # what cannot be read cannot be cleaned
        rows = rows.sort_values(list(schema.key(table)))
        if self.wanted.before and path.startswith(f"{self.wanted.listener}/"):
            left = self._since(table, rows, self.wanted.before)
            if left.empty and len(rows):
                return None
            rows = left
        ids = {one.decode() for one in self._of(table)}
        named = [name for name in NAMED_BY if name in rows.columns]
        if "position" in rows.columns:
            return encode(table, closed_up(rows, rows[named[0]].isin(ids)))
        return encode(table, rows[~rows[named].isin(ids).any(axis="columns")] if named else rows)

    def _since(self, table: schema.Table, rows: pd.DataFrame, day: date) -> pd.DataFrame:
        """The rows of a file of the listener's own from the day on."""
        if table is schema.plays:
            return rows[plays_since(rows, self.wanted.begins)]
        if table is schema.gaps:
            return gaps_since(rows, self.wanted.begins)
        return rows[rows["edition"] >= day.isoformat()] if table is schema.lists else rows


def _encoded(ids: Iterable[str]) -> frozenset[bytes]:
    return frozenset(one.encode() for one in ids)


def _rows(content: bytes) -> Iterator[dict[str, str]]:
    """The rows of any version of a file, whatever its columns; those that are cut short are left out."""
    lines = csv.reader(io.StringIO(content.decode(errors="replace"), newline=""))
    columns = next(lines, [])
    yield from (defaultdict(str, zip(columns, row, strict=True)) for row in lines if len(row) == len(columns))


def _current(path: str) -> schema.Table | None:
    """The table of a file of the lists with names in them; None: it is none."""
    folder, _, _ = path.rpartition("/")
    tables: Iterable[schema.Table] = schema.CURRENT
    return next((table for table in tables if schema.path(table, listener=folder) == path), None)

"""What earlier versions of the files of data/ must not hold any more: decides, version by version."""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from generator import schema
from generator.errors import DataError
from generator.hiding import Hidden
from generator.store import text
from generator.store.merge import Catalog
from generator.store.purge import without

WORD = re.compile(rb"[A-Za-z0-9]+")
NAMED_BY = ("id", "item_id", "track_id", "artist_id", "song")  # columns that hold an id


@dataclass(frozen=True, slots=True)
class Forget:
    """What has to go from the past."""

    ids: frozenset[bytes]  # of songs, artists and albums
    names: frozenset[str]  # theirs, and nobody else's
    listener: str | None = None  # whose lists go
    day: date | None = None  # only those before it; None: all

    def version(self, path: str, content: bytes, *, is_current: bool) -> bytes | None:
        """What becomes of a version of a file of data/, by its path in there; None: it goes.

        `is_current`: of the lists with names, only what an edition since the day shows may stay.
        """
        place = schema.place(PurePosixPath(path))
        table = place.table if place else _current(path)
        if table is None:
            return content
        if self.listener and path.startswith(f"{self.listener}/"):
            if self.day is None or not (is_current or place):
                return None
            if place and place.month and place.month < f"{self.day:%Y-%m}":
                return None
        elif self.ids.isdisjoint(WORD.findall(content)):
            return content
        return self._rows(table, content, path)

    def _rows(self, table: schema.Table, content: bytes, path: str) -> bytes | None:
        """The version without the rows that go."""
        try:
            rows = text.decode(table, content, Path(path))
        except DataError:
            return None  # what cannot be read cannot be cleaned
        if table is schema.lists and self.day and path.startswith(f"{self.listener}/"):
            rows = rows[rows["edition"] >= self.day.isoformat()]
        ids = {one.decode() for one in self.ids}
        if "position" in rows.columns:
            item = next(name for name in NAMED_BY if name in rows.columns)
            rows = without(rows, item, ids)
        else:
            named = [name for name in NAMED_BY if name in rows.columns]
            rows = rows[~rows[named].isin(ids).any(axis="columns")]
        return text.encode(table, rows)


def forget(
    versions: Mapping[str, Iterable[bytes]],
    known: Catalog,
    hidden: Hidden | None,
    whose: str | None,
    day: date | None,
) -> Forget:
    """What has to go, from every version of the catalog's files that there ever was.

    `known` is the catalog as it shall stay; `hidden`: only what a person hides goes, else all that it lacks.
    """
    ever = {name: _ever(contents) for name, contents in versions.items()}
    stays = {one for frame in known.values() for one in frame["id"]}
    if hidden is None:
        ids = {one for rows in ever.values() for one, _, _ in rows} - stays
    else:
        artists = {one for one, name, _ in ever["artists"] if hidden.covers(one, name)}
        songs = {
            one
            for one, title, by in ever["tracks"]
            if hidden.covers(one, title) or not artists.isdisjoint(by.split())
        }
        ids = artists | songs
    names = {name for rows in ever.values() for one, name, _ in rows if one in ids}
    still = {*known["tracks"]["title"], *known["artists"]["name"], *known["albums"]["title"]}
    return Forget(frozenset(one.encode() for one in ids), frozenset(names - still), whose, day)


def _ever(versions: Iterable[bytes]) -> set[tuple[str, str, str]]:
    """Id, name and third column of every row that any version of a catalog file held."""
    lines = {
        line for content in versions for line in content.decode(errors="replace").split("\n")[1:] if line
    }
    rows = csv.reader(sorted(lines))
    return {(row[0], row[1], row[2]) for row in rows if len(row) > 2}  # noqa: PLR2004 - the third is there


def _current(path: str) -> schema.Table | None:
    """The table of a file with names in it; None: it is none of ours."""
    folder, _, name = path.rpartition("/")
    return next(
        (table for table in schema.CURRENT if schema.path(table, listener=folder) == path and name), None
    )

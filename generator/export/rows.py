"""An export's rows → plays: DuckDB reads and cleans them, and hands on a month of text at a time."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import duckdb

from generator.export.files import Export, ExportError
from generator.export.halves import copy_without_halves
from generator.export.statements import FORGET, KEEP, NAMED, PART, SPELLED, TABLES, YEAR
from generator.export.watch import ASKABLE, watched
from generator.listening import item_key

MEMORY = "320MiB"  # that rows may take; what does not fit waits in the scratch folder
Names = tuple[str, str, str | None]  # title, artist, album


@dataclass(frozen=True, slots=True)
class Month:
    """The plays of a month by UTC, each once."""

    rows: list[str]  # as a file of data/ holds plays whose instants are kept, in no order
    ms: int  # of all together
    first: str  # instants
    last: str


class Told:
    """What exports told, file after file; the rows wait in a database of their own."""

    def __init__(self, scratch: Path, until: datetime, *, has_private: bool = False) -> None:
        """`until`: what claims to be later cannot be. `has_private`: private sessions are told of, too."""
        self.read = 0  # rows
        self.skipped: Counter[str] = Counter()  # rows by reason
        self._asked = {"until": until.replace(tzinfo=None), "has_private": has_private}
        self._mended = scratch / "mended.json"
        folder = str(scratch / "rows")
        self._database = duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": folder})
        self._database.execute("set preserve_insertion_order = false")  # what comes out is sorted
        self._database.execute(ASKABLE)
        self._database.execute(TABLES)

    def add(self, export: Export, tell: Callable[[float], object] = lambda _: None) -> None:
        """Add a file's rows; raise ExportError, adding nothing, if the file is not whole.

        `tell` hears now and then, on another thread, which part of the file has been read.
        """
        try:
            with watched(self._database, tell):
                self._read(export.file)
        except duckdb.Error as error:
            raise ExportError(f"{export.name}: {_fault(error)}") from None
        except OSError as error:  # a mended copy found no room
            raise ExportError(
                f"{export.name}: could not be read on this machine ({error.strerror})."
            ) from None
        self._ask(SPELLED)
        self._name()
        self._ask(KEEP, {"source": export.kind})
        for reason, rows in self._ask("select reason, count(*) from part group by reason"):
            self.read += rows
            if reason:
                self.skipped[reason] += rows
        self._ask(FORGET)

    def _read(self, file: Path) -> None:
        """Make `part` of a file's rows; a half of a character is left out, as everywhere."""
        try:
            self._make_part(file)
        except duckdb.Error as error:
            if "surrogate" not in _said(error):
                raise
            try:
                copy_without_halves(file, self._mended)
                self._make_part(self._mended)
            finally:
                self._mended.unlink(missing_ok=True)

    def _make_part(self, file: Path) -> None:
        # DuckDB takes the path for a pattern: a file called "plays [old].json" has to be spelled out.
        path = re.sub(r"[*?\[]", r"[\g<0>]", str(file))
        self._database.execute(PART, {"path": path, **self._asked})

    def _name(self) -> None:
        """Find the keys of tracks without an id: how they are spelled is compared as SQL cannot."""
        found = self._ask("select title, artist, clean_title, clean_artist from spelled where id is null")
        if found:
            keys = [item_key(artist, title) for _, _, title, artist in found]
            titles, artists = [row[0] for row in found], [row[1] for row in found]
            self._ask("insert into keys select unnest($1), unnest($2), unnest($3)", [titles, artists, keys])

    def hide(self, is_hidden: Callable[[str, str], bool], keys: Iterable[str] = ()) -> None:
        """Skip every row of the tracks with these keys, and of those that any row shows to be hidden."""
        found = self._ask("select distinct item_key, coalesce(title, ''), coalesce(artist, '') from names")
        gone = {*keys, *(key for key, *names in found if any(is_hidden(key, name) for name in names))}
        self._skip("hidden", "item_key in (select unnest($1::varchar[]))", [sorted(gone)])

    def forget(self, first: str) -> None:
        """Skip every row before an instant."""
        self._skip("older than is kept", "played_at < cast($1 as timestamp)", [first.removesuffix("Z")])

    def _skip(self, reason: str, which: str, values: list[object]) -> None:
        ((rows,),) = self._ask(f"delete from heard where {which}", values)
        self.skipped[reason] += rows

    def months(self) -> Iterator[Month]:
        """All plays that are left, month by month; a year is asked for while the one before is worked on."""
        years = [year for (year,) in self._ask("select distinct year(played_at) from heard order by 1")]
        with ThreadPoolExecutor(max_workers=1) as ahead:
            asked = (ahead.submit(self._year, year) for year in years)
            for one, _next in pairwise(chain(asked, [Future()])):  # the next is asked for first
                for rows, *told in one.result():
                    yield Month(rows.split("\n"), *told)

    def _year(self, year: int) -> list[tuple[Any, ...]]:
        return self._ask(YEAR, [datetime(year, 1, 1), datetime(year + 1, 1, 1)])  # noqa: DTZ001

    def names(self) -> dict[str, Names]:
        """The names of the tracks of all plays that are left, by key: the same, whatever was read first."""
        return {key: (title, artist, album) for key, title, artist, album in self._ask(NAMED)}

    def close(self) -> None:
        """Give the memory back."""
        self._database.close()

    def _ask(self, question: str, values: object = None) -> list[tuple[Any, ...]]:
        return self._database.execute(question, values).fetchall()


def _fault(error: duckdb.Error) -> str:
    """What DuckDB found wrong with a file, as a sentence."""
    first = _said(error)
    if isinstance(error, duckdb.OutOfMemoryException | duckdb.IOException):
        return f"could not be read on this machine ({first})."
    if "unicode" in first.lower() or "UTF" in first:
        return "holds text that is no Unicode, so it cannot be read."
    return "is not whole JSON, or not all of its rows are objects. Download the export again."


def _said(error: duckdb.Error) -> str:
    """The first line of what DuckDB says, without the file's name: that may hold any word."""
    return str(error).splitlines()[0].rpartition("in record/value")[2]

"""Finds anew what follows from the facts: which tracks are one song, which names are alike, the kept views.

Only what a change can have touched: three new plays cost the same among a million as among a thousand.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy import Connection, Table, select, text

from generator import schema
from generator.warehouse import copy
from generator.warehouse.clocks import Clock, Reading, clocks
from generator.warehouse.engine import is_postgres
from generator.warehouse.songs import Recording, songs
from generator.warehouse.spellings import Named, Spelling, Track, spellings
from generator.warehouse.tables import clocks as clock_table
from generator.warehouse.tables import counting, song_of
from generator.warehouse.tables import spellings as spelling_table
from generator.warehouse.views import LISTED, MONTHLY, PLAYED, refresh, refresh_month

Month = tuple[str, date]  # a listener, and the first day of a month of theirs (UTC)
SONGS = {"tracks", "same"}  # the tables from which it follows which tracks are one song
SPELLED = {"tracks", "artists", "albums", "named"}
FEW = 6  # months of plays that are brought up to date one by one; more of them, and all at once is quicker


@dataclass(frozen=True, slots=True)
class Changed:
    """What a load brought: the tables that hold other rows than before, and the months of plays that do."""

    tables: frozenset[str]
    months: frozenset[Month]


def changed(paths: Iterable[str]) -> Changed:
    """What changed with these files, relative to data/."""
    places = [place for path in paths if (place := schema.place(PurePosixPath(path)))]
    months = {
        (place.listener, date.fromisoformat(f"{place.month}-01"))
        for place in places
        if place.table is schema.plays and place.listener
    }
    return Changed(frozenset(place.table.name for place in places), frozenset(months))


def derive(connection: Connection, told: Changed, paths: Iterable[str], reading: Reading) -> bool:
    """Bring all that is derived up to what changed and to how plays are read; answer whether it was needed.

    `paths`: all files of facts, relative to data/.
    """
    rules = _set_rule(connection, reading)
    shown = clocks(paths, reading, _gap_ends(connection))
    moved, people_changed = _set_clocks(connection, list(shown))
    months = told.months | moved | (_all_months(connection) if rules else frozenset())
    if not (told.tables or months or people_changed or rules):
        return False
    if is_postgres(connection):
        connection.execute(text("set local work_mem = '64MB'"))  # years of charts are sorted in memory
    # Among many months a few new rows change no plan: PostgreSQL looks at them again by itself.
    is_small_part = len(months) <= FEW < len(changed(paths).months)
    analyze(connection, sorted(told.tables - ({"plays"} if is_small_part else set())))
    if told.tables & SONGS:
        _find_songs(connection)
    if told.tables & (SONGS | {"lists"}):
        _refresh(connection, LISTED)
    if told.tables & SPELLED:
        _spell(connection)
    if told.tables & (SONGS | SPELLED | {"lists"}) or people_changed:
        _refresh(connection, PLAYED)
    _refresh_months(connection, months, is_small_part=is_small_part)
    return True


def analyze(connection: Connection, tables: Iterable[str]) -> None:
    """Let PostgreSQL look at fresh tables: without it, they get poor query plans."""
    if is_postgres(connection) and (names := ", ".join(tables)):
        connection.execute(text(f"analyze {names}"))


def _refresh(connection: Connection, names: Iterable[str]) -> None:
    for name in names:
        for statement in refresh(name):
            connection.exec_driver_sql(statement)
        analyze(connection, [name])


def _refresh_months(connection: Connection, months: frozenset[Month], *, is_small_part: bool) -> None:
    if len(months) > FEW:
        _refresh(connection, [MONTHLY])
        return
    for listener, month in sorted(months | _months_after(connection, months)):
        for statement in refresh_month(MONTHLY):
            connection.execute(text(statement), {"listener": listener, "month": month})
    if not is_small_part:
        analyze(connection, [MONTHLY])


def _months_after(connection: Connection, months: frozenset[Month]) -> frozenset[Month]:
    """The months whose first day has plays in the file of the month before, since it began there by UTC."""
    query = text(
        "select 1 from plays where listener = :listener and played_at < :month and substr(digest, 1, 1) = 'd'"
        " and played_at >= cast(:month as timestamp) - interval '13 hours'"
        " union all select 1 from ruling"
        " where listener = :listener and played_at < :month and utc_month = :month limit 1"
    )
    after = ((listener, (month + timedelta(32)).replace(day=1)) for listener, month in months)
    return frozenset(
        (listener, month)
        for listener, month in after
        if connection.execute(query, {"listener": listener, "month": month}).first()
    )


def _set_rule(connection: Connection, reading: Reading) -> bool:
    """Say what is too short to be a play; answer whether it was another rule before."""
    held = connection.execute(counting.select()).scalars().all()
    if held == [reading.least_ms]:
        return False
    connection.execute(counting.delete())
    connection.execute(counting.insert().values(least_ms=reading.least_ms))
    return True


def _gap_ends(connection: Connection) -> Iterator[tuple[str, datetime]]:
    """The listener and the instant of every beginning and end of a gap."""
    for listener, since, until in _rows(connection, schema.gaps, ("listener", "since", "until")):
        yield listener, since
        yield listener, until


def _set_clocks(connection: Connection, now: list[Clock]) -> tuple[frozenset[Month], bool]:
    """Set all clocks; answer the months in which one shows another time, and whether listeners changed."""
    before = {Clock(*row) for row in connection.execute(clock_table.select()).all()}
    if before == set(now):
        return frozenset(), False
    copy.replace(connection, clock_table, now)
    analyze(connection, [clock_table.name])
    other = before.symmetric_difference(now)
    months = frozenset((clock.listener, clock.utc_day.replace(day=1)) for clock in other)
    return months, {clock.listener for clock in before} != {clock.listener for clock in now}


def _all_months(connection: Connection) -> frozenset[Month]:
    rows = connection.execute(select(clock_table.c.listener, clock_table.c.utc_day)).all()
    return frozenset((row.listener, row.utc_day.replace(day=1)) for row in rows)


def _find_songs(connection: Connection) -> None:
    """Say anew which tracks are one song; the few that are not alone have rows."""
    catalog = (Recording(*row) for row in _rows(connection, schema.tracks, Recording._fields))
    corrections = {row.id: row.song for row in connection.execute(schema.same.select()).all()}
    copy.replace(connection, song_of, sorted(songs(catalog, corrections).items()))
    analyze(connection, [song_of.name])


def _spell(connection: Connection) -> None:
    """Say anew how the names of the catalog and of exports are spelled."""
    copy.replace(connection, spelling_table, _spellings(connection))
    analyze(connection, [spelling_table.name])


def _spellings(connection: Connection) -> Iterator[Spelling]:
    tracks = [Track(*row) for row in _rows(connection, schema.tracks, Track._fields)]
    named = [Named(*row) for row in _rows(connection, schema.named, Named._fields)]
    artists: dict[str, str] = dict(_rows(connection, schema.artists, ("id", "name")))
    albums: dict[str, str] = dict(_rows(connection, schema.albums, ("id", "title")))
    return spellings(tracks, artists, albums, named)


def _rows(connection: Connection, table: Table, names: Iterable[str]) -> list[tuple[Any, ...]]:
    """Whole at once: a connection to DuckDB forgets an answer when it is asked the next question."""
    return [tuple(row) for row in connection.execute(select(*(table.c[name] for name in names))).all()]

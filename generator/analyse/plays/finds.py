"""What there is to find among plays: what was forgotten and came back, obsessions, first listens, skips."""

from collections import defaultdict
from typing import Any

from generator.analyse.plays.ask import Plays, tally
from generator.tally.finds import Absence, FirstListen, Obsession, OneHit, ReleaseYear, Skip
from generator.tally.tally import Tally

MOST = 30  # of each that are named
NAMED = f" limit {MOST}"

FORGOTTEN = """
    select * from absences where listener = :listener and returned is null
    order by plays_before desc, since, item_id collate "C"
"""
# A return counts from the fifth play since.
REDISCOVERED = """
    select * from absences where listener = :listener and returned is not null and plays_since >= 5
    order by days desc, returned, item_id collate "C"
"""
OBSESSIONS = """
    select * from obsessions where listener = :listener
    order by plays desc, local_date, item_id collate "C"
"""
ONE_HITS = """
    select * from one_hits where listener = :listener
    order by plays desc, ms desc, artist_id collate "C"
"""
FIRST_LISTENS = "select * from first_listens where listener = :listener order by month, day, kind desc, line"
RELEASE_YEARS = "select * from release_years where listener = :listener order by release_year nulls last"
SKIPS = """
    select * from skips where listener = :listener and skipped > 0
    order by skipped desc, begun, item_id collate "C"
"""
CUT = {
    "forgotten": FORGOTTEN,
    "rediscovered": REDISCOVERED,
    "obsessions": OBSESSIONS,
    "one_hits": ONE_HITS,
    "skips": SKIPS,
}
SKIP_RATE = "select sum(begun) as begun, sum(skipped) as skipped from skips where listener = :listener"


def forgotten(plays: Plays) -> tuple[Absence, ...]:
    """Favourites that were not played for 90 days, up to the last date with a play."""
    return tuple(_absence(plays, row) for row in plays.ask(FORGOTTEN + NAMED))


def rediscovered(plays: Plays) -> tuple[Absence, ...]:
    """Favourites that came back after 90 days or more, and stayed for five plays or more."""
    return tuple(_absence(plays, row) for row in plays.ask(REDISCOVERED + NAMED))


def obsessions(plays: Plays) -> tuple[Obsession, ...]:
    """The songs that were played most on one date."""
    rows = plays.ask(OBSESSIONS + NAMED)
    return tuple(Obsession(row.local_date, plays.named("tracks", row.item_id), tally(row)) for row in rows)


def one_hits(plays: Plays) -> tuple[OneHit, ...]:
    """Artists of whom one song alone was played."""
    return tuple(
        OneHit(plays.named("artists", row.artist_id), plays.named("tracks", row.item_id), tally(row))
        for row in plays.ask(ONE_HITS + NAMED)
    )


def first_listens(plays: Plays) -> dict[tuple[int, int], tuple[FirstListen, ...]]:
    """What was first heard on each day of the year, by month and day."""
    found: defaultdict[tuple[int, int], list[FirstListen]] = defaultdict(list)
    for row in plays.ask(FIRST_LISTENS):
        one = FirstListen(plays.named(row.kind, row.item_id), row.first_date, tally(row))
        found[row.month, row.day].append(one)
    return {day: tuple(ones) for day, ones in found.items()}


def release_years(plays: Plays) -> tuple[ReleaseYear, ...]:
    return tuple(ReleaseYear(row.release_year, tally(row), row.songs) for row in plays.ask(RELEASE_YEARS))


def skips(plays: Plays) -> tuple[Skip, ...]:
    """The songs that were skipped most."""
    rows = plays.ask(SKIPS + NAMED)
    return tuple(Skip(plays.named("tracks", row.item_id), row.begun, row.skipped) for row in rows)


def skip_rate(plays: Plays) -> tuple[int, int] | None:
    """How many plays were begun, and how many of them skipped; None: no source says."""
    (row,) = plays.ask(SKIP_RATE)
    return (int(row.begun), int(row.skipped)) if row.begun else None


def more(plays: Plays) -> dict[str, int]:
    """How many of each there are besides those that are named."""
    counts = {
        name: plays.ask(f"select count(*) as found from ({query}) as every_one")[0].found
        for name, query in CUT.items()
    }
    return {name: max(found - MOST, 0) for name, found in counts.items()}


def _absence(plays: Plays, row: Any) -> Absence:
    item = plays.named("tracks", row.item_id)
    before = Tally(row.plays_before, row.ms_before, row.estimated_before)
    after = Tally(row.plays_since, row.ms_since, row.estimated_since)
    return Absence(item, row.since, row.returned, row.days, before, after)

"""Weeks, months, years and all time: what each comes to, with its charts."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from generator.analyse.plays.ask import Plays, tally
from generator.tally.periods import Discovery, Grain, Line, Period, end_of
from generator.tally.played import PlayedKind

Key = tuple[Grain, date]
Charts = Mapping[Key, Mapping[PlayedKind, tuple[Any, ...]]]

# The longest periods first, each oldest first.
ORDER = "position(grain in 'all year month week'), period"
RECAPS = f"select * from recaps where listener = :listener order by {ORDER}"
LINES = f"select * from period_chart where listener = :listener order by {ORDER}, kind, line"
FOUND = f"select * from discoveries where listener = :listener order by {ORDER}, kind, line"


def periods(plays: Plays, latest: date, known: date) -> dict[Key, Period]:
    """Every period with a play, by grain and then oldest first.

    `latest` is the last date with a play; plays are known up to `known`.
    """
    charts = _grouped(plays, LINES, _line)
    found = _grouped(plays, FOUND, _discovery)
    return {
        (row.grain, row.period): _period(plays, row, _end(row, latest, known), charts, found)
        for row in plays.ask(RECAPS)
    }


def _end(row: Any, latest: date, known: date) -> tuple[date, bool]:
    """A period's last date to tell of, and whether it still runs: plays are known up to `known`."""
    end = end_of(row.grain, row.period)
    if end is None:
        return latest, False
    return min(end, known), known <= end


def _period(plays: Plays, row: Any, end: tuple[date, bool], charts: Charts, found: Charts) -> Period:
    key: Key = row.grain, row.period
    last, is_running = end
    return Period(
        grain=row.grain,
        first=row.period,
        last=last,
        tally=tally(row),
        days=row.days,
        songs=row.songs,
        artists=row.artists,
        albums=row.albums,
        new_songs=row.new_songs,
        new_artists=row.new_artists,
        biggest_day=row.biggest_day,
        biggest_plays=row.biggest_plays,
        repeated=plays.named("tracks", row.repeated_id),
        repeated_on=row.repeated_on,
        repeated_plays=row.repeated_plays,
        streak=row.streak,
        streak_since=row.streak_since,
        has_gap=row.has_gap,
        is_running=is_running,
        charts=charts.get(key, {}),
        discoveries=found.get(key, {}),
    )


def _grouped(plays: Plays, query: str, make: Any) -> Charts:
    """The values of a query's rows by period and kind."""
    found: defaultdict[Key, defaultdict[PlayedKind, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for row in plays.ask(query):
        found[row.grain, row.period][row.kind].append(make(plays, row))
    return {key: {kind: tuple(values) for kind, values in kinds.items()} for key, kinds in found.items()}


def _line(plays: Plays, row: Any) -> Line:
    item = plays.named(row.kind, row.item_id)
    return Line(row.place, item, tally(row), row.moved, row.is_new, row.first_date, row.last_date)


def _discovery(plays: Plays, row: Any) -> Discovery:
    return Discovery(plays.named(row.kind, row.item_id), tally(row), row.first_date)

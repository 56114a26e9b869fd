"""Charts of plays, recaps and their kin, by hand: every period for itself, straight from its plays."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from plays_by_hand import Heard

Rows = list[tuple[object, ...]]
Gaps = list[tuple[date, date]]
GRAINS = ("week", "month", "year", "all")
KINDS: dict[str, Callable[[Heard], str | None]] = {
    "tracks": lambda play: play.item_id,
    "artists": lambda play: play.artist_id,
    "albums": lambda play: play.album_id,
}
LINES = 20


class Sum(NamedTuple):
    """What some plays come to."""

    plays: int
    ms: int
    estimated: int
    first_date: date
    last_date: date


class Period(NamedTuple):
    """A week, month, year or all time."""

    grain: str
    begin: date


def total(plays: Iterable[Heard]) -> Sum:
    known = list(plays)
    dates = [play.local_date for play in known]
    ms = sum(play.ms or 0 for play in known)
    return Sum(len(known), ms, sum(play.is_estimated for play in known), min(dates), max(dates))


def figures(plays: Iterable[Heard]) -> tuple[int, int, int]:
    """Plays, listening time and how many are estimated; nothing comes to nothing."""
    known = list(plays)
    return total(known)[:3] if known else (0, 0, 0)


def grouped(plays: Iterable[Heard], by: Callable[[Heard], str | None]) -> dict[str, Sum]:
    """The sums of plays by item, those that have none left out."""
    found: dict[str, list[Heard]] = defaultdict(list)
    for play in plays:
        if (item := by(play)) is not None:
            found[item].append(play)
    return {item: total(of) for item, of in found.items()}


def sorted_by_plays(sums: Mapping[str, Sum]) -> list[tuple[str, Sum]]:
    return sorted(sums.items(), key=lambda one: (-one[1].plays, -one[1].ms, one[0]))


def begin(grain: str, day: date, first: date) -> date:
    """The date on which the period of a date begins."""
    if grain == "week":
        return day - timedelta(day.weekday())
    return {"month": day.replace(day=1), "year": day.replace(month=1, day=1), "all": first}[grain]


def end(period: Period) -> date:
    """The last date of a period."""
    after = {"week": 6, "month": 31, "year": 366}.get(period.grain)
    if after is None:
        return date.max
    if period.grain == "week":
        return period.begin + timedelta(after)
    return begin(period.grain, period.begin + timedelta(after), date.min) - timedelta(1)


def of_listener(plays: list[Heard], gaps: Gaps) -> Iterator[tuple[str, Rows]]:
    """What each view of periods holds of one listener, without the listener."""
    yield from of_days(plays)
    periods = by_period(plays)
    sums = {
        period: {kind: grouped(within, by) for kind, by in KINDS.items()}
        for period, within in periods.items()
    }
    lives = sums[Period("all", min(play.local_date for play in plays))]
    yield "period_plays", [(*period, kind, item, *of) for period, kind, item, of in flat(sums)]
    yield "lifetimes", [(kind, item, *of) for kind, items in lives.items() for item, of in items.items()]
    yield "period_places", [row for period in sums for row in places(period, sums[period])]
    yield "period_chart", [row for period in sums for row in chart(period, sums, lives)]
    yield "discoveries", [row for period in sums for row in discoveries(period, sums[period], lives)]
    totals = {period: totalled(period, plays, sums[period], lives) for period, plays in periods.items()}
    yield "period_totals", [(*period, *row) for period, row in totals.items()]
    yield "recaps", [(*period, *totals[period], *recap(period, periods[period], gaps)) for period in periods]


def of_days(plays: list[Heard]) -> Iterator[tuple[str, Rows]]:
    dates = by_date(plays)
    rows = [
        (day, item, *of[:3])
        for day, heard in dates.items()
        for item, of in grouped(heard, KINDS["tracks"]).items()
    ]
    yield "day_plays", [*rows]
    yield "obsessions", [row for row in rows if row[2] >= 5]
    days: Rows = []
    songs: set[str] = set()
    artists: set[str] = set()
    for day, heard in sorted(dates.items()):
        here = {play.item_id for play in heard}
        by = {play.artist_id for play in heard if play.artist_id}
        days.append((day, *total(heard)[:3], len(here), len(here - songs), len(by - artists)))
        songs, artists = songs | here, artists | by
    yield "days", days


def by_date(plays: Iterable[Heard]) -> dict[date, list[Heard]]:
    ordered = sorted(plays, key=lambda play: play.local_date)
    return {day: list(of) for day, of in groupby(ordered, key=lambda play: play.local_date)}


def by_period(plays: list[Heard]) -> dict[Period, list[Heard]]:
    first = min(play.local_date for play in plays)
    found: dict[Period, list[Heard]] = defaultdict(list)
    for grain in GRAINS:
        for play in plays:
            found[Period(grain, begin(grain, play.local_date, first))].append(play)
    return dict(found)


def flat(sums: Mapping[Period, Mapping[str, Mapping[str, Sum]]]) -> Iterator[tuple[Period, str, str, Sum]]:
    for period, kinds in sums.items():
        for kind, items in kinds.items():
            for item, of in items.items():
                yield period, kind, item, of


def place(item: str, items: Mapping[str, Sum]) -> int:
    return 1 + sum(other.plays > items[item].plays for other in items.values())


def places(period: Period, kinds: Mapping[str, Mapping[str, Sum]]) -> Iterator[tuple[object, ...]]:
    for kind, items in kinds.items():
        for plays in {of.plays for of in items.values()}:
            alike = [item for item, of in items.items() if of.plays == plays]
            yield *period, kind, plays, len(alike), place(alike[0], items)


def chart(
    period: Period,
    sums: Mapping[Period, Mapping[str, Mapping[str, Sum]]],
    lives: Mapping[str, Mapping[str, Sum]],
) -> Iterator[tuple[object, ...]]:
    yesterday = period.begin - timedelta(1)
    before = Period(period.grain, begin(period.grain, yesterday, date.min))
    for kind, items in sums[period].items():
        earlier = sums.get(before, {}).get(kind, {})
        for line, (item, of) in enumerate(sorted_by_plays(items)[:LINES], start=1):
            here = place(item, items)
            moved = place(item, earlier) - here if item in earlier else None
            is_new = lives[kind][item].first_date == of.first_date
            yield *period, kind, line, here, item, *of, moved, is_new


def discoveries(
    period: Period, kinds: Mapping[str, Mapping[str, Sum]], lives: Mapping[str, Mapping[str, Sum]]
) -> Iterator[tuple[object, ...]]:
    for kind in ("tracks", "artists") if period.grain in {"month", "year"} else ():
        new = {item: of for item, of in kinds[kind].items() if lives[kind][item].first_date >= period.begin}
        for line, (item, of) in enumerate(sorted_by_plays(new)[:5], start=1):
            yield *period, kind, line, item, *of[:3], of.first_date


def totalled(
    period: Period,
    plays: list[Heard],
    kinds: Mapping[str, Mapping[str, Sum]],
    lives: Mapping[str, Mapping[str, Sum]],
) -> tuple[object, ...]:
    new = (
        sum(lives[kind][item].first_date >= period.begin for item in kinds[kind])
        for kind in ("tracks", "artists")
    )
    return *total(plays)[:3], len(by_date(plays)), *(len(kinds[kind]) for kind in KINDS), *new


def recap(period: Period, plays: list[Heard], gaps: Gaps) -> tuple[object, ...]:
    dates = by_date(plays)
    biggest = max(dates, key=lambda day: (len(dates[day]), -day.toordinal()))
    best = {day: sorted_by_plays(grouped(of, KINDS["tracks"]))[0] for day, of in dates.items()}
    repeated = max(dates, key=lambda day: (best[day][1].plays, -day.toordinal()))
    since, until = max(runs(dates), key=lambda run: (run[1] - run[0], -run[0].toordinal()))
    has_gap = any(last >= period.begin and first <= end(period) for first, last in gaps)
    return (
        *(biggest, len(dates[biggest])),
        *(best[repeated][0], repeated, best[repeated][1].plays),
        *((until - since).days + 1, since, has_gap),
    )


def runs(dates: Iterable[date]) -> list[tuple[date, date]]:
    """Unbroken runs of dates: the first and the last of each."""
    known = set(dates)
    firsts = sorted(day for day in known if day - timedelta(1) not in known)
    lasts = sorted(day for day in known if day + timedelta(1) not in known)
    return list(zip(firsts, lasts, strict=True))

"""Habits and finds, by hand: what a listener does with music, straight from the plays that count."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from periods_by_hand import KINDS, Gaps, Rows, by_date, figures, grouped, runs, sorted_by_plays, total
from plays_by_hand import Heard, on_clock

DAY = timedelta(1)
SILENCE = timedelta(minutes=30)
SPANS = {"short_term": 28, "medium_term": 180, "long_term": 365}


def of_listener(plays: list[Heard], gaps: Gaps, zone: ZoneInfo) -> Iterator[tuple[str, Rows]]:
    """What each view of habits and finds holds of one listener, without the listener."""
    yield "clock", list(clock(plays))
    yield "streaks", list(streaks(plays, gaps))
    yield "sessions", list(sessions(plays, zone))
    yield "novelty", list(novelty(plays))
    yield "absences", list(absences(plays))
    yield "one_hits", list(one_hits(plays))
    yield "release_years", list(release_years(plays))
    yield "eddington", [eddington([len(of) for of in by_date(plays).values()])]
    yield "first_listens", list(first_listens(plays))


def clock(plays: list[Heard]) -> Iterator[tuple[object, ...]]:
    known = [play for play in plays if play.local_hour is not None]
    hours = {(play.local_date.year, play.local_date.isoweekday(), play.local_hour) for play in known}
    for year, weekday, hour in hours:
        found = total(
            play
            for play in known
            if play.local_hour == hour
            and play.local_date.isoweekday() == weekday
            and play.local_date.year == year
        )
        yield year, weekday, hour, *found[:3]


def streaks(plays: list[Heard], gaps: Gaps) -> Iterator[tuple[object, ...]]:
    dates = by_date(plays)
    for since, until in runs(dates):
        within = sum(len(of) for day, of in dates.items() if since <= day <= until)
        # It may be longer, or be one with another, if plays are missing on a date that touches it.
        has_gap = any(first - DAY <= until and last + DAY >= since for first, last in gaps)
        yield since, until, (until - since).days + 1, within, until == max(dates), has_gap


def sessions(plays: list[Heard], zone: ZoneInfo) -> Iterator[tuple[object, ...]]:
    """Stretches of music, put together wherever the silence between two is short enough."""
    stretches: list[tuple[datetime, datetime, int, int, int]] = []
    for play in (play for play in plays if play.ended):
        ms = play.ms or 0
        began, ended, count = play.played_at - timedelta(milliseconds=ms), play.played_at, 1
        estimated = int(play.is_estimated)
        apart = []
        for other in stretches:
            if other[0] > ended + SILENCE or began > other[1] + SILENCE:
                apart.append(other)
            else:
                began, ended = min(began, other[0]), max(ended, other[1])
                count, ms, estimated = count + other[2], ms + other[3], estimated + other[4]
        stretches = [*apart, (began, ended, count, ms, estimated)]
    for began, ended, *sums in stretches:
        lasted = (ended - began) // timedelta(milliseconds=1)
        yield on_clock(began, zone).date(), on_clock(began, zone), on_clock(ended, zone), lasted, *sums


def novelty(plays: list[Heard]) -> Iterator[tuple[object, ...]]:
    lives = grouped(plays, KINDS["tracks"])
    for month in {play.local_date.replace(day=1) for play in plays}:
        within = [play for play in plays if play.local_date.replace(day=1) == month]
        new = [play for play in within if (play.local_date - lives[play.item_id].first_date).days < 30]
        yield month, *figures(new), *figures(play for play in within if play not in new)


def absences(plays: list[Heard]) -> Iterator[tuple[object, ...]]:
    latest = max(play.local_date for play in plays)
    songs: dict[str, list[Heard]] = defaultdict(list)
    for play in sorted(plays, key=lambda play: play.local_date):
        songs[play.item_id].append(play)
    for item, of in songs.items():
        dates = [play.local_date for play in of]
        for number, (since, after) in enumerate(pairwise([*dates, None]), start=1):
            away = ((after or latest) - since).days  # type: ignore[operator]
            if number >= 5 and away >= 90:
                yield item, since, after, away, *figures(of[:number]), *figures(of[number:])


def one_hits(plays: list[Heard]) -> Iterator[tuple[object, ...]]:
    for artist, of in grouped(plays, KINDS["artists"]).items():
        songs = {play.item_id for play in plays if play.artist_id == artist}
        if len(songs) == 1 and of.plays >= 5:
            yield artist, songs.pop(), *of[:3]


def release_years(plays: list[Heard]) -> Iterator[tuple[object, ...]]:
    for year in {play.release_year for play in plays}:
        found = [play for play in plays if play.release_year == year]
        yield year, *total(found)[:3], len({play.item_id for play in found})


def eddington(days: list[int]) -> tuple[int, int]:
    """The largest number that so many days reach, and how many the next is short of."""

    def reached(number: int) -> int:
        return sum(plays >= number for plays in days)

    number = max(one for one in range(len(days) + 1) if reached(one) >= one)
    return number, number + 1 - reached(number + 1)


def first_listens(plays: list[Heard]) -> Iterator[tuple[object, ...]]:
    for kind in ("tracks", "artists"):
        lives = grouped(plays, KINDS[kind])
        for month, day in {(of.first_date.month, of.first_date.day) for of in lives.values()}:
            that_day = {
                item: of
                for item, of in lives.items()
                if (of.first_date.month, of.first_date.day) == (month, day)
            }
            for line, (item, of) in enumerate(sorted_by_plays(that_day)[:3], start=1):
                yield month, day, kind, line, item, of.first_date, *of[:3]


def listed(
    plays: list[Heard], chart: Iterable[tuple[str, str, date, int, str]]
) -> Iterator[tuple[object, ...]]:
    """The latest chart of each list (kind, span, edition, position, id) beside what was played."""
    known = list(chart)
    latest = max((edition for _, _, edition, _, _ in known), default=None)
    for kind, span, edition, position, item in known:
        if edition == latest:
            days = SPANS[span]
            within = [play for play in plays if 0 <= (edition - play.local_date).days < days]
            counts = {one: of[:3] for one, of in grouped(within, KINDS[kind]).items()}
            own = counts.get(item, (0, 0, 0))
            place = 1 + sum(other[0] > own[0] for other in counts.values())
            first = edition - timedelta(days - 1)
            yield kind, span, edition, first, position, item, *own, place if own[0] else None

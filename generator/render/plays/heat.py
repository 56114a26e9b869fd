"""The calendar of days: a year as a row of weeks, each day a square that grows with its plays."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from generator.render.filters import MONTHS, day_month
from generator.render.plays.scale import box, level, steps
from generator.render.plays.words import counted
from generator.tally.diary import Diary
from generator.tally.gaps import Gaps
from generator.tally.periods import Period
from generator.tally.tally import Tally, together

CELL = 10  # units of a day
LEFT, TOP = 14, 13  # room for the weekdays' letters and the months' names
SMALLEST, LARGEST = 2.6, 9.0  # sides of a square
DOT = 0.9  # of a day without a play
ONE_DAY = timedelta(days=1)
HALVES = (("January to June", 1, 6), ("July to December", 7, 12))


@dataclass(frozen=True, slots=True)
class Half:
    """Half a year, drawn: on a phone the halves stand below each other, on a wide page side by side."""

    id: str
    title: str
    words: str
    width: int
    height: int
    months: tuple[tuple[int, str], ...]  # where a month's name stands
    played: str  # a path of all days with a play
    silent: str  # of all days without one
    missing: str  # of all days on which plays may be missing
    biggest: str  # of the biggest day of all, if it lies here


@dataclass(frozen=True, slots=True)
class Month:
    """A column of the year's table."""

    name: str
    days: tuple[str, ...]  # plays by day of the month; blank: not a day of it, or nothing is known of it
    tally: Tally
    has_gap: bool  # plays may be missing


@dataclass(frozen=True, slots=True)
class Year:
    """A year of the calendar, with its numbers."""

    period: Period
    halves: tuple[Half, ...]
    months: tuple[Month, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """A line of the legend."""

    words: str
    square: str


@dataclass(frozen=True, slots=True)
class Heat:
    """The whole calendar, newest year first."""

    years: tuple[Year, ...]
    silent: Level
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What the calendar knows of dates."""

    plays: Mapping[date, Tally]
    first: date
    last: date
    biggest: date
    missing: frozenset[date]
    levels: tuple[int, ...]  # where each begins


def heat(diary: Diary) -> Heat:
    """Every year with a play."""
    plays = {day.date: day.tally for day in diary.days}
    numbers = [tally.plays for tally in plays.values()]
    first, last = diary.days[0].date, diary.days[-1].date
    missing = missing_dates(diary.gaps)
    known = Known(plays, first, last, diary.whole.biggest_day, missing, steps(numbers))
    years = tuple(year(known, period) for period in reversed(diary.of_grain("year")))
    return Heat(years, level_of("no play", DOT), tuple(legend(known.levels, max(numbers))))


def year(known: Known, period: Period) -> Year:
    number = period.first.year
    halves = []
    for name, first_month, last_month in HALVES:
        first = max(date(number, first_month, 1), known.first)
        last = min(month_end(number, last_month), known.last)
        if shown := dates(first, last):
            halves.append(half(known, f"{name} {number}", date(number, first_month, 1), shown))
    return Year(period, tuple(halves), tuple(month(known, date(number, one, 1)) for one in range(1, 13)))


def half(known: Known, name: str, start: date, shown: list[date]) -> Half:
    """The days of half a year of which something is known; its weeks begin on Monday."""
    monday = start - ONE_DAY * start.weekday()
    end = month_end(start.year, start.month + 5)
    played = [day for day in shown if day in known.plays]

    def square(day: date, side: float) -> str:
        x, y = LEFT + CELL * ((day - monday).days // 7), TOP + CELL * day.weekday()
        return box(x + (CELL - side) / 2, y + (CELL - side) / 2, side, side)

    def sized(day: date) -> str:
        return square(day, side(level(known.plays[day].plays, known.levels), len(known.levels)))

    return Half(
        id=f"days-{start:%Y-%m}",
        title=f"Plays by day, {name}",
        words=said(known, shown, played),
        width=LEFT + CELL * ((end - monday).days // 7 + 1),
        height=TOP + 7 * CELL,
        months=tuple(month_places(start, monday)),
        played="".join(sized(day) for day in played if day != known.biggest),
        silent="".join(square(day, DOT) for day in shown if day not in known.plays),
        missing="".join(square(day, CELL) for day in shown if day in known.missing),
        biggest="".join(sized(day) for day in played if day == known.biggest),
    )


def said(known: Known, shown: list[date], played: list[date]) -> str:
    """The picture in words."""
    if not played:
        return "No day with a play."
    total = sum(known.plays[day].plays for day in played)
    most = max(played, key=lambda day: known.plays[day].plays)
    least = "at least " if any(day in known.missing for day in shown) else ""
    biggest = f"the most, {known.plays[most].plays:,}, on {day_month(most)}"
    words = f"{least}{counted(total, 'play')} on {counted(len(played), 'day')}; {biggest}."
    return words[0].upper() + words[1:]


def month_places(start: date, monday: date) -> Iterator[tuple[int, str]]:
    """A month's name stands above the week in which it begins, or the next where it begins late."""
    for number in range(start.month, start.month + 6):
        first = date(start.year, number, 1)
        yield LEFT + CELL * -(-(first - monday).days // 7), MONTHS[number - 1][:3]


def month(known: Known, first: date) -> Month:
    days = dates(first, month_end(first.year, first.month))
    return Month(
        MONTHS[first.month - 1],
        tuple([cell(known, day) for day in days] + [""] * (31 - len(days))),
        together(known.plays[day] for day in days if day in known.plays),
        any(day in known.missing for day in days),
    )


def cell(known: Known, day: date) -> str:
    """A day's plays; a sign before them where some may be missing, nothing where nothing is known."""
    if not known.first <= day <= known.last:
        return ""
    number = known.plays[day].plays if day in known.plays else 0
    return f"≥{number:,}" if day in known.missing else f"{number:,}"


def legend(begin: tuple[int, ...], most: int) -> Iterator[Level]:
    """What each size of a square stands for."""
    for number, (first, after) in enumerate(zip(begin, (*begin[1:], most + 1), strict=True)):
        words = counted(first, "play") if after - first == 1 else f"{first:,} to {after - 1:,} plays"
        yield level_of(words, side(number, len(begin)))


def level_of(words: str, side: float) -> Level:
    """A line of the legend, with a square of this side in the middle of a cell."""
    edge = (CELL - side) / 2
    return Level(words, box(edge, edge, side, side))


def side(number: int, levels: int) -> float:
    """How large a square of a level is; a single level has the largest."""
    if levels == 1:
        return LARGEST
    return SMALLEST + (LARGEST - SMALLEST) * number / (levels - 1)


def missing_dates(gaps: Gaps) -> frozenset[date]:
    """The dates of which plays may be missing."""
    return frozenset(day for first, last in gaps for day in dates(first, last))


def dates(first: date, last: date) -> list[date]:
    """All dates from the first to the last; none, where that lies before."""
    return [first + ONE_DAY * number for number in range((last - first).days + 1)]


def month_end(year_number: int, number: int) -> date:
    return (date(year_number, number, 28) + ONE_DAY * 4).replace(day=1) - ONE_DAY

"""The plays of a period as bars, by day or by month, in percent of a picture that fills its room."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from generator.render.filters import MONTHS, day_month
from generator.render.plays.almanac import Almanac
from generator.render.plays.words import WEEKDAYS, counted, period_name
from generator.tally.gaps import Gaps, touching
from generator.tally.periods import Period, month_after
from generator.tally.tally import Tally

TOP, GROUND = 16.0, 84.0  # where the highest bar ends, and where all stand
FILLED = 0.78  # of the room of a bar
NEXT_YEAR = 10.5  # percent of the width: nearer than that, the next year would touch the first one
NOTHING = Tally(0, 0)


class Slice(NamedTuple):
    """A day or a month of a period."""

    first: date
    last: date
    name: str
    mark: str  # below its bar; blank: none
    tally: Tally


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, in percent."""

    slice: Slice
    x: float  # its middle
    left: float
    width: float
    y: float
    height: float
    may_miss: bool  # plays of it may be missing
    is_biggest: bool


@dataclass(frozen=True, slots=True)
class Bars:
    """The picture: every day or month of the period; room is left for those to come while it runs."""

    title: str
    said: str  # the same in words
    bars: tuple[Bar, ...]
    marks: tuple[tuple[float, str], ...]  # what stands below them, and where
    room: float  # the width that the bars take up; less than a hundred while the period runs
    unit: str

    @property
    def has_gap(self) -> bool:
        return any(bar.may_miss for bar in self.bars)


def bars(period: Period, almanac: Almanac) -> Bars | None:
    """The picture of a period; None: a single bar says nothing."""
    is_daily = period.grain in {"week", "month"}
    slices = list((days if is_daily else months)(period, almanac))
    kept = [one for one in slices if one.first <= period.last]
    if len(kept) <= 1:
        return None
    biggest = max(kept, key=lambda one: one.tally.plays)  # of equal ones the first
    step = 100 / len(slices)
    drawn = tuple(bar(one, number, step, biggest, almanac.gaps(period)) for number, one in enumerate(kept))
    known = [bar for bar in drawn if bar.slice.last >= almanac.diary.whole.first]
    marks = tuple(
        (round((number + 0.5) * step, 2), one.mark) for number, one in enumerate(slices) if one.mark
    )
    unit = "day" if is_daily else "month"
    name = "all time" if period.grain == "all" else period_name(period)
    room = round(step * len(kept), 2)
    return Bars(f"Plays by {unit}, {name}", words(known, unit), drawn, marks, room, unit)


def bar(one: Slice, number: int, step: float, biggest: Slice, gaps: Gaps) -> Bar:
    """A bar in its place, `step` wide with the space around it."""
    width = step * FILLED
    height = (GROUND - TOP) * one.tally.plays / biggest.tally.plays
    return Bar(
        one,
        x=round((number + 0.5) * step, 2),
        left=round((number + 0.5) * step - width / 2, 2),
        width=round(width, 2),
        y=round(GROUND - height, 2),
        height=round(height, 2),
        may_miss=bool(touching(gaps, one.first, one.last)),
        is_biggest=one is biggest,
    )


def words(known: Sequence[Bar], unit: str) -> str:
    """What the picture shows, for those who do not see it; `known`: from the first play of all on."""
    most = next(bar for bar in known if bar.is_biggest)
    silent = [bar for bar in known if not bar.slice.tally.plays]
    a_play = "a known play" if any(bar.may_miss for bar in silent) else "a play"
    without = f" {counted(len(silent), unit)} without {a_play}." if silent else ""
    plays = f"{'at least ' if most.may_miss else ''}{counted(most.slice.tally.plays, 'play')}"
    return f"Most plays: {most.slice.name}, {plays}.{without}"


def days(period: Period, almanac: Almanac) -> Iterator[Slice]:
    """Every day of a week or month."""
    for number in range((period.end - period.first).days + 1):
        day = period.first + timedelta(number)
        known = almanac.days.get(day)
        if period.grain == "week":
            name, mark = f"{WEEKDAYS[number]}, {day_month(day)}", WEEKDAYS[number][:3]
        else:
            name, mark = day_month(day), str(day.day) if day.day % 7 == 1 else ""
        yield Slice(day, day, name, mark, known.tally if known else NOTHING)


def months(period: Period, almanac: Almanac) -> Iterator[Slice]:
    """Every month of a year, or from the first with a play to the last."""
    begun, end = period.first.replace(day=1), period.end
    count = (end.year - begun.year) * 12 + end.month - begun.month + 1
    has_room = (13 - begun.month) * 100 / count >= NEXT_YEAR
    first = begun
    while first <= end:
        after = month_after(first)
        known = almanac.month(first)
        name = MONTHS[first.month - 1]
        if period.grain == "all":
            is_marked = first.month == 1 or (first == begun and has_room)
            name, mark = f"{name} {first.year}", str(first.year) if is_marked else ""
        else:
            mark = name[:3]
        yield Slice(first, after - timedelta(1), name, mark, known.tally if known else NOTHING)
        first = after


def csv_of(period: Period) -> str:
    """The table behind the picture, below the folder of the API."""
    return "days.csv" if period.grain in {"week", "month"} else "periods.csv"

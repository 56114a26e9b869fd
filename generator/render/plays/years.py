"""Years side by side: how the plays of each add up from January to December, a line a year."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from generator.render.filters import MONTHS
from generator.render.plays.heat import dates, missing_dates, month_end
from generator.render.plays.scale import ceiling, short
from generator.render.plays.words import counted
from generator.tally.diary import Diary
from generator.tally.periods import Period

LEFT, RIGHT, TOP, BOTTOM = 30, 268, 6, 176  # of the field
WIDTH, HEIGHT = 300, 192
APART = 10.5  # labels that stand below each other
LOWEST = BOTTOM - APART / 2  # a label stands above the line of no plays
DASHES = 4  # ways to draw a line, besides the newest's

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Way:
    """A year's line, with its label at the end."""

    year: int
    look: str
    path: str
    missing: str  # the stretches in which plays may be missing
    leader: str  # from the line's end to a label that had to give way
    label_x: str
    label_y: str


@dataclass(frozen=True, slots=True)
class Row:
    """Plays up to the end of a month, year by year; blank: nothing is known of it."""

    month: str
    plays: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Years:
    ways: tuple[Way, ...]  # the oldest first: the newest is drawn above them
    grid: tuple[tuple[str, str], ...]  # where a line of the grid lies, and what it stands for
    months: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    periods: tuple[Period, ...]
    words: str


def years(diary: Diary) -> Years:
    """All years with a play, oldest first."""
    periods = diary.of_grain("year")
    top = ceiling(max(period.tally.plays for period in periods))
    ends = {period.first.year: end(diary, period) for period in periods}
    sums = {number: summed(diary, ends[number]) for number in ends}
    lines = {number: [(x(day), y(plays, top)) for day, plays in days] for number, days in sums.items()}
    labels = placed({number: line[-1] for number, line in lines.items()})
    newest, missing = periods[-1].first.year, missing_dates(diary.gaps)
    looks = {number: f"dash-{(newest - number - 1) % DASHES}" for number in ends} | {newest: "newest"}
    return Years(
        tuple(
            way(
                number,
                looks[number],
                lines[number],
                labels[number],
                [day in missing for day, _ in sums[number]],
            )
            for number in ends
        ),
        tuple((short(y(top * part // 4, top)), f"{top * part // 4:,}") for part in (0, 1, 2, 3, 4)),
        tuple((short(x(date(newest, month, 1))), MONTHS[month - 1][:1]) for month in range(1, 13)),
        tuple(row(month, sums, missing) for month in range(1, 13)),
        periods,
        said(periods),
    )


def end(diary: Diary, period: Period) -> date:
    """Where a year's line ends: on its last day, or where what is known ends."""
    return min(date(period.first.year, 12, 31), diary.days[-1].date)


def summed(diary: Diary, last: date) -> list[tuple[date, int]]:
    """The year's plays up to each of its days, from the first of which something is known."""
    plays = {day.date: day.tally.plays for day in diary.days if day.date.year == last.year}
    known = dates(max(date(last.year, 1, 1), diary.days[0].date), last)
    return list(zip(known, accumulate(plays.get(day, 0) for day in known), strict=True))


def way(number: int, look: str, line: list[Point], label: Point, missing: list[bool]) -> Way:
    label_x, label_y = label
    end_x, end_y = line[-1]
    gave_way = abs(label_y - end_y) > APART / 2
    return Way(
        number,
        look,
        "".join(strokes(line, [not one for one in missing])),
        "".join(strokes(line, missing)),
        f"M{short(end_x)} {short(end_y)}L{short(label_x - 1)} {short(label_y)}" if gave_way else "",
        short(label_x),
        short(label_y),
    )


def strokes(line: list[Point], is_drawn: Sequence[bool]) -> Iterator[str]:
    """The line as a path, where it is drawn; of days without a play only the last is a point."""
    if is_drawn[0]:
        yield f"M{short(line[0][0])} {short(line[0][1])}h.4"
    for number in range(1, len(line)):
        here = line[number]
        if not is_drawn[number]:
            continue
        if not is_drawn[number - 1]:
            yield f"M{short(line[number - 1][0])} {short(line[number - 1][1])}"
        following = line[number + 1] if number + 1 < len(line) and is_drawn[number + 1] else None
        if not following or not line[number - 1][1] == here[1] == following[1]:
            yield f"L{short(here[0])} {short(here[1])}"


def placed(ends: dict[int, Point]) -> dict[int, Point]:
    """Where each year's label stands: beside its line's end, but never upon another."""
    at_edge = sorted(
        (number for number in ends if ends[number][0] > RIGHT - 25), key=lambda one: ends[one][1]
    )
    tall = len(at_edge) * APART
    heights, least = [], TOP - 4.0
    for number in at_edge:
        least = max(ends[number][1], least)
        heights.append(least)
        least += APART
    most = max(LOWEST, TOP + tall)
    for place in reversed(range(len(heights))):
        heights[place] = min(heights[place], most)
        most = heights[place] - APART
    beside = {number: (ends[number][0] + 5, min(ends[number][1], LOWEST)) for number in ends}
    edge = max((ends[number][0] for number in at_edge), default=0) + 5
    return beside | {number: (edge, height) for number, height in zip(at_edge, heights, strict=True)}


def row(month: int, sums: dict[int, list[tuple[date, int]]], missing: frozenset[date]) -> Row:
    return Row(MONTHS[month - 1], tuple(up_to(month, days, missing) for days in sums.values()))


def up_to(month: int, days: list[tuple[date, int]], missing: frozenset[date]) -> str:
    """Plays up to the end of a month, with a sign where some may be missing; blank: nothing is known."""
    end = month_end(days[0][0].year, month)
    before = [(day, plays) for day, plays in days if day <= end]
    if not before or days[-1][0] < end.replace(day=1):
        return ""
    return f"{'≥' if any(day in missing for day, _ in before) else ''}{before[-1][1]:,}"


def said(periods: tuple[Period, ...]) -> str:
    """The picture in words: how many plays each year came to."""
    told = (
        f"{period.first.year}: {'at least ' if period.has_gap else ''}{counted(period.tally.plays, 'play')}"
        f"{' so far' if period.is_running else ''}"
        for period in reversed(periods)
    )
    return f"{'; '.join(told)}."


def x(day: date) -> float:
    return LEFT + (RIGHT - LEFT) * (day.timetuple().tm_yday - 1) / 365


def y(plays: int, top: int) -> float:
    return BOTTOM - (BOTTOM - TOP) * plays / top

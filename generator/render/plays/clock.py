"""When in a week and in a day plays end: a grid of dots, and a clock of twenty-four hours."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, pi, sin, sqrt

from generator.render.plays.scale import short
from generator.render.plays.words import WEEKDAYS, counted
from generator.tally.diary import Diary
from generator.tally.habits import Hour
from generator.tally.tally import Tally, together

HOURS = range(24)
CELL, LEFT, TOP = 11, 24, 14  # of the grid, and room for its labels
WIDTH, HEIGHT = LEFT + 24 * CELL, TOP + 7 * CELL
FULL, FAINT = 5.4, 0.7  # the largest and the smallest dot
CENTRE, INNER, OUTER = 100, 34, 82  # of the clock
BEYOND = 92  # where its numbers stand


@dataclass(frozen=True, slots=True)
class Dot:
    x: str
    y: str
    r: str
    is_most: bool


@dataclass(frozen=True, slots=True)
class Wedge:
    path: str
    is_most: bool


@dataclass(frozen=True, slots=True)
class Row:
    """An hour of the day in the table."""

    name: str
    days: tuple[int, ...]  # plays by weekday
    tally: Tally


@dataclass(frozen=True, slots=True)
class Clock:
    """The grid and the clock, with their numbers."""

    dots: tuple[Dot, ...]
    weekdays: tuple[tuple[int, str], ...]  # where a letter stands
    hours: tuple[tuple[int, str], ...]
    grid_words: str
    wedges: tuple[Wedge, ...]
    numbers: tuple[tuple[str, str, str], ...]  # around the clock
    rings: tuple[str, ...]
    clock_words: str
    rows: tuple[Row, ...]
    plays: int  # of which the hour is known


def clock(diary: Diary) -> Clock | None:
    """All years together; None: of no play the hour is kept."""
    if not diary.hours:
        return None
    plays: Counter[tuple[int, int]] = Counter()
    for one in diary.hours:
        plays[one.weekday, one.hour] += one.tally.plays
    rows = tuple(row(diary.hours, hour, plays) for hour in HOURS)
    day, hour = max(sorted(plays), key=lambda at: plays[at])
    return Clock(
        dots=tuple(dots(plays, (day, hour))),
        weekdays=tuple((TOP + CELL * n + CELL // 2, name[:2]) for n, name in enumerate(WEEKDAYS)),
        hours=tuple((LEFT + CELL * n + CELL // 2, f"{n:02}") for n in HOURS if n % 3 == 0),
        grid_words=f"Most on {WEEKDAYS[day - 1]}s {between(hour)}: {counted(plays[day, hour], 'play')}.",
        wedges=tuple(wedges([one.tally.plays for one in rows])),
        numbers=tuple((*placed(n), str(n)) for n in HOURS if n % 3 == 0),
        rings=tuple(short(radius(part)) for part in (0, 0.5, 1)),
        clock_words=clock_words(rows, is_all=plays.total() == diary.whole.tally.plays and not diary.gaps),
        rows=rows,
        plays=plays.total(),
    )


def row(hours: tuple[Hour, ...], hour: int, plays: Mapping[tuple[int, int], int]) -> Row:
    whole = together(one.tally for one in hours if one.hour == hour)
    return Row(f"{hour:02}–{hour + 1:02}", tuple(plays[day, hour] for day in range(1, 8)), whole)


def dots(plays: Mapping[tuple[int, int], int], most: tuple[int, int]) -> list[Dot]:
    """A dot for every hour of the week with a play: its area is its plays."""
    return [
        Dot(
            short(LEFT + CELL * hour + CELL / 2),
            short(TOP + CELL * (day - 1) + CELL / 2),
            f"{max(FULL * sqrt(plays[day, hour] / plays[most]), FAINT):.2f}",
            (day, hour) == most,
        )
        for day, hour in sorted(plays)
    ]


def wedges(plays: list[int]) -> list[Wedge]:
    """A wedge for every hour: its area is its plays, so that the outer part does not shout."""
    most = max(plays)
    found = []
    for hour, number in enumerate(plays):
        reach = radius(number / most)
        inner, outer = at(hour + 0.04, INNER), at(hour + 0.04, reach)
        outer_end, inner_end = at(hour + 0.96, reach), at(hour + 0.96, INNER)
        path = (
            f"M{pair(inner)}L{pair(outer)}A{short(reach)} {short(reach)} 0 0 1 {pair(outer_end)}"
            f"L{pair(inner_end)}A{INNER} {INNER} 0 0 0 {pair(inner)}z"
        )
        found.append(Wedge(path if number else "", number == most))
    return found


def clock_words(rows: tuple[Row, ...], *, is_all: bool) -> str:
    """The hour with the most plays, and the hours with none; `is_all`: there were no others."""
    plays = [one.tally.plays for one in rows]
    hour = plays.index(max(plays))
    nothing = "nothing was ever heard" if is_all else "no play is known"
    silent = plays.count(0)
    quiet = f" In {counted(silent, 'hour')} of the day {nothing}." if silent else ""
    return f"Most {between(hour)}: {counted(plays[hour], 'play')}.{quiet}"


def between(hour: int) -> str:
    return f"between {hour}:00 and {(hour + 1) % 24}:00"


def radius(part: float) -> float:
    """How far a wedge reaches whose area is this part of the largest."""
    return sqrt(INNER**2 + part * (OUTER**2 - INNER**2))


def at(hour: float, distance: float) -> tuple[float, float]:
    """The point of the clock at an hour; midnight is at the top."""
    angle = 2 * pi * hour / 24
    return CENTRE + distance * sin(angle), CENTRE - distance * cos(angle)


def placed(hour: int) -> tuple[str, str]:
    """Where an hour's number stands."""
    x, y = at(hour, BEYOND)
    return short(x), short(y)


def pair(point: tuple[float, float]) -> str:
    return f"{point[0]:.2f} {point[1]:.2f}"

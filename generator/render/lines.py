"""Runs as lines: one unit an edition wide and one place high, for pictures that stretch to their room."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter

from generator.render.past import Place

FEWEST = 60  # editions that a picture shows at least, so that three of them do not look like a year


@dataclass(frozen=True, slots=True)
class Line:
    """A run as SVG paths. An edition off the chart is a gap, an edition alone is a point."""

    first: int  # the edition at the left edge, counted from 0
    last: int
    path: str
    peak: str  # a point at the best place, where it first stood there

    @property
    def box(self) -> str:
        """The view box: place 1 at the top, place 20 at the bottom."""
        return f"{self.first} 1 {max(self.last - self.first, 1)} 19"

    @property
    def grid(self) -> str:
        """Hairlines at the places 1, 5, 10, 15 and 20."""
        width = max(self.last - self.first, 1)
        return f"M{self.first} 1h{width}m-{width} 4h{width}" + f"m-{width} 5h{width}" * 3


def line(places: Sequence[Place], editions: int) -> Line:
    """The line of everything that an item did on a chart of so many editions."""
    first, last = window(places[0][0], places[-1][0], editions)
    number, place = min(places, key=itemgetter(1))  # of equal ones the first
    return Line(first, last, path(places), f"M{number} {place}h0")


def window(first: int, last: int, editions: int) -> tuple[int, int]:
    """Which editions a picture shows: all, unless the runs would be lost among them."""
    length = last - first + 1
    wanted = max(FEWEST, length * 5 // 4)
    if 2 * wanted >= editions:
        return 0, editions - 1
    begin = min(max(0, first - (wanted - length) // 2), editions - wanted)
    return begin, begin + wanted - 1


def path(places: Sequence[Place]) -> str:
    """SVG path commands, as few bytes as they can be: equal places in a row become one stroke."""
    number, place = places[0]
    commands = [f"M{number} {place}"]
    level = 0  # how far the line runs on at the same place
    is_point = True  # nothing drawn since the last move: a stroke of no length makes a point
    for (number, place), (next_number, next_place) in pairwise(places):
        step, change = next_number - number, next_place - place
        if step == 1 and not change:
            level += 1
            continue
        if level or (step > 1 and is_point):
            commands.append(f"h{level}")
        commands.append(f"{'l' if step == 1 else 'm'}{step}{change if change < 0 else f' {change}'}")
        level, is_point = 0, step > 1
    if level or is_point:
        commands.append(f"h{level}")
    return "".join(commands)

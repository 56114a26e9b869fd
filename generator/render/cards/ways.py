"""The way of the current first songs through the latest editions, scaled to a small picture."""

from typing import NamedTuple

from generator.model import Standings


class Window(NamedTuple):
    """The part of a picture in which lines are drawn."""

    left: int
    right: int
    top: int
    bottom: int


class Way(NamedTuple):
    """One song's line in pieces, one for each unbroken run, and where it ends."""

    pieces: tuple[str, ...]
    y: float


WINDOW = Window(left=28, right=372, top=84, bottom=276)
SHOWN = 5  # songs
PLACES = 20
EDITIONS = 30


def ways(standings: Standings) -> tuple[Way, ...]:
    """A line for each of the first songs; none before the second edition."""
    editions = list(standings.values())[-EDITIONS:]
    if len(editions) <= 1:
        return ()
    return tuple(_way(one, editions) for one in editions[-1][:SHOWN])


def _way(one: str, editions: list[tuple[str, ...]]) -> Way:
    step = (WINDOW.right - WINDOW.left) / (len(editions) - 1)
    pieces: list[list[str]] = [[]]
    for number, ids in enumerate(editions):
        if one in ids:
            pieces[-1].append(f"{WINDOW.left + number * step:.1f} {height(ids.index(one) + 1):.1f}")
        elif pieces[-1]:
            pieces.append([])
    # A run of one edition is a dot: a line of no length with round ends.
    drawn = ("M" + "L".join(points if len(points) > 1 else points * 2) for points in pieces if points)
    return Way(tuple(drawn), height(editions[-1].index(one) + 1))


def height(place: int) -> float:
    """Where a place lies: number one at the top, on a scale that gives the first places more room."""
    share = (place - 1) / (PLACES - 1)
    return WINDOW.top + (WINDOW.bottom - WINDOW.top) * float(share**0.6)

"""What pictures show, scaled to their grid: templates only draw these values."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from generator.model import Item, Standings

EDITIONS = 30  # as far back as a bump chart looks
PLACES = 10  # as far down
STEP = 10  # units of the picture from edition to edition and from place to place


@dataclass(frozen=True, slots=True)
class Line:
    """An item's way through the first places: a path for an SVG."""

    item: Item
    path: str
    was: int | None  # its place on the first edition shown; None: it stood lower, or nowhere


@dataclass(frozen=True, slots=True)
class Bump:
    """How the first places of the latest edition came about; every line ends beside its name."""

    editions: tuple[date, ...]
    lines: tuple[Line, ...]  # by place on the last edition
    gone: tuple[Line, ...]  # those that once stood there too
    width: int
    height: int


def bump(standings: Standings, known: Mapping[str, Item]) -> Bump | None:
    """The first places over the latest editions; None: one edition makes no line."""
    shown = tuple(standings)[-EDITIONS:]
    if len(shown) < 2:  # noqa: PLR2004
        return None
    tops = [standings[edition][:PLACES] for edition in shown]
    ways = {id_: [places(top).get(id_) for top in tops] for top in tops for id_ in top}
    lines = {id_: Line(known[id_], curve(way), way[0]) for id_, way in ways.items()}
    now = tops[-1]
    return Bump(
        shown,
        tuple(lines[id_] for id_ in now),
        tuple(lines[id_] for id_ in sorted(lines.keys() - set(now))),
        STEP * (len(shown) - 1),
        STEP * max(map(len, tops)),
    )


def places(top: Sequence[str]) -> dict[str, int]:
    return {id_: place for place, id_ in enumerate(top, 1)}


def curve(way: Sequence[int | None]) -> str:
    """A path that is level at every edition; it comes from below the picture, and leaves there."""
    return "".join(strokes(way))


def strokes(way: Sequence[int | None]) -> Iterator[str]:
    is_drawing = False
    for column, (here, there) in enumerate(pairwise(way)):
        if not here and not there:
            is_drawing = False
            continue
        start, end = height(here), height(there)
        if not is_drawing:
            yield f"M{column * STEP} {start}"
        is_drawing = True
        half = STEP // 2
        yield f"h{STEP}" if start == end else f"c{half} 0 {half} {end - start} {STEP} {end - start}"


def height(place: int | None) -> int:
    return STEP * (place or PLACES + 1) - STEP // 2

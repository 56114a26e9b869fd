"""Release years: when what is played came out."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.render.plays.scale import Tick, box, ceiling, grid, short
from generator.render.plays.words import counted, percent
from generator.tally.finds import ReleaseYear

MANY_YEARS = 80  # from which on a bar is a decade
WIDE, LEFT, TOP, TALL = 268, 30, 8, 110
WIDEST = 20  # of a bar's room
LABELS = 8  # years that are named below


@dataclass(frozen=True, slots=True)
class ReleaseBars:
    """The years in which what was played came out."""

    bars: str  # a path
    most: str  # of the year of which most was played
    years: tuple[Tick, ...]
    grid: tuple[Tick, ...]
    title: str
    words: str


def release_bars(found: Sequence[ReleaseYear]) -> ReleaseBars | None:
    """A bar a year, or a decade where the years are many; None: of nothing it is known."""
    known = {one.year: one.tally.plays for one in found if one.year is not None}
    if not known:
        return None
    step = 10 if max(known) - min(known) >= MANY_YEARS else 1
    plays: dict[int, int] = {}
    for year, number in known.items():
        plays[year // step * step] = plays.get(year // step * step, 0) + number
    first, last = min(plays), max(plays)
    slot = min(WIDE / ((last - first) // step + 1), WIDEST)
    top = ceiling(max(plays.values()))

    def drawn(year: int) -> str:
        tall = TALL * plays[year] / top
        width = slot * 0.72
        x = LEFT + slot * ((year - first) // step) + (slot - width) / 2
        return box(x, TOP + TALL - tall, width, tall)

    most = max(sorted(plays), key=lambda year: plays[year])
    name = f"the {most}s" if step > 1 else str(most)
    return ReleaseBars(
        "".join(drawn(year) for year in sorted(plays) if year != most),
        drawn(most),
        tuple(
            (short(LEFT + slot * ((year - first) // step) + slot / 2), str(year))
            for year in labelled(first, last, step)
        ),
        grid(top, TOP, TALL),
        f"Plays by {'decade' if step > 1 else 'year'} of release",
        f"Most were of {name}: {counted(plays[most], 'play')}.",
    )


def labelled(first: int, last: int, step: int) -> range:
    """Which years have their number below them: as many as a phone has room for."""
    every = next(
        one for one in (1, 2, 5, 10, 20, 50, 100, 200, 500) if (last - first) / one < LABELS and one >= step
    )
    return range(-(-first // every) * every, last + 1, every)


def covered(found: Sequence[ReleaseYear]) -> str:
    """How much of the listening the release years tell of."""
    plays, ms = (sum(one.tally.plays for one in found), sum(one.tally.ms for one in found))
    known = [one.tally for one in found if one.year is not None]
    told = sum(one.plays for one in known)
    time = percent(sum(one.ms for one in known), ms)
    estimated = "estimated " if any(one.tally.is_estimated for one in found) else ""
    listening = f"{time} of the {estimated}listening time"
    return f"The year is known of {percent(told, plays)} of all plays and {listening}."

"""All plays of one song, artist or album."""

from dataclasses import dataclass
from datetime import date

from generator.tally.played import Played
from generator.tally.tally import Tally


@dataclass(frozen=True, slots=True)
class Listed:
    """What was played of an item of one of Spotify's current lists, in about the span that it looks at."""

    span: str
    position: int  # on Spotify's list
    first: date  # the span's
    last: date
    tally: Tally
    place: int | None  # by plays; None: not played


@dataclass(frozen=True, slots=True)
class Life:
    """All plays of one song, artist or album that has a page."""

    item: Played
    tally: Tally
    first: date
    last: date
    place: int  # of all time, by plays
    months: tuple[tuple[date, Tally], ...]  # by month, of those with a play
    listed: tuple[Listed, ...] = ()

"""When there was listening: days, hours, streaks, sessions, and how much of it was new."""

from dataclasses import dataclass
from datetime import date, datetime

from generator.tally.tally import Tally

# Lengths that sessions are counted by: from so many minutes, below so many; None: however long.
LENGTHS: tuple[tuple[int, int | None], ...] = ((0, 30), (30, 60), (60, 120), (120, 240), (240, None))


@dataclass(frozen=True, slots=True)
class Day:
    """A date with a play."""

    date: date
    tally: Tally
    songs: int
    new_songs: int
    new_artists: int


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour of a weekday, over a year."""

    year: int
    weekday: int  # 1: Monday
    hour: int  # 0 to 23, on the listener's own clock
    tally: Tally


@dataclass(frozen=True, slots=True)
class Streak:
    """Dates with a play, one after another."""

    first: date
    last: date
    days: int
    plays: int
    is_current: bool  # reaches the last date with a play
    has_gap: bool  # may be longer: plays may be missing where it begins or ends


@dataclass(frozen=True, slots=True)
class Session:
    """Music that went on without a silence of more than half an hour."""

    began: datetime  # on the listener's own clock
    ended: datetime
    lasted: int  # milliseconds, whatever clocks did meanwhile
    tally: Tally


@dataclass(frozen=True, slots=True)
class Sessions:
    """All sessions: how many, how long they are, and the longest."""

    count: int
    tally: Tally
    lengths: tuple[int, ...]  # how many of each of LENGTHS
    longest: tuple[Session, ...]


@dataclass(frozen=True, slots=True)
class Novelty:
    """How much of a month's music was new: first heard less than 30 days before."""

    month: date
    new: Tally
    familiar: Tally


@dataclass(frozen=True, slots=True)
class Eddington:
    """On `number` dates there were at least `number` plays."""

    number: int
    wanting: int  # such dates that the next number still needs

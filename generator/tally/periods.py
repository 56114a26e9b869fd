"""Weeks, months, years and all time: what each comes to, and its charts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from generator.tally.played import Played, PlayedKind
from generator.tally.tally import Tally

Grain = Literal["week", "month", "year", "all"]  # how long a period is
GRAINS: tuple[Grain, ...] = ("all", "year", "month", "week")


def month_after(first: date) -> date:
    """The first of the next month."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def end_of(grain: Grain, first: date) -> date | None:
    """The last date of a period that begins on `first`; None: all time has none."""
    if grain == "week":
        return first + timedelta(6)
    if grain == "month":
        return month_after(first) - timedelta(1)
    return date(first.year, 12, 31) if grain == "year" else None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chart of plays."""

    place: int  # equals share it
    item: Played
    tally: Tally
    moved: int | None  # places gained since the period before; None: not played in it
    is_new: bool  # first heard in this period
    first: date  # when it was first played in the period
    last: date


@dataclass(frozen=True, slots=True)
class Discovery:
    """Something that was heard for the first time."""

    item: Played
    tally: Tally  # in the period
    first: date


@dataclass(frozen=True, slots=True)
class Period:
    """A week, month, year or all time: what it comes to, and its charts."""

    grain: Grain
    first: date  # the date on which it begins
    last: date  # its last date; while it runs, the last that is known; of all time, the last with a play
    tally: Tally
    days: int  # dates with a play
    songs: int
    artists: int
    albums: int
    new_songs: int  # heard for the first time
    new_artists: int
    biggest_day: date
    biggest_plays: int
    repeated: Played  # the song that was played most on one date
    repeated_on: date
    repeated_plays: int
    streak: int  # dates with a play in a row, the longest within the period
    streak_since: date
    has_gap: bool  # plays may be missing, so that the figures are at least so many
    is_running: bool  # its last date is not over, as far as plays are known
    charts: Mapping[PlayedKind, tuple[Line, ...]] = field(default_factory=dict)
    discoveries: Mapping[PlayedKind, tuple[Discovery, ...]] = field(
        default_factory=dict
    )  # of months and years

    @property
    def key(self) -> tuple[Grain, date]:
        return self.grain, self.first

    @property
    def end(self) -> date:
        """The date with which it ends, or will; of all time, the last with a play."""
        return end_of(self.grain, self.first) or self.last

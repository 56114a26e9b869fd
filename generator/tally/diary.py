"""What counting a listener's plays comes to, as one value. The words are defined in docs/plays.md."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from generator.tally.finds import Absence, FirstListen, Obsession, OneHit, ReleaseYear, Skip
from generator.tally.gaps import touching
from generator.tally.habits import Day, Eddington, Hour, Novelty, Sessions, Streak
from generator.tally.lives import Life
from generator.tally.periods import Grain, Period
from generator.tally.played import Played, PlayedKind
from generator.tally.tally import Tally


@dataclass(frozen=True, slots=True)
class Rule:
    """What counts as a play."""

    least_seconds: int  # what was heard for less is no play
    has_private: bool  # an import keeps plays of private sessions, too


@dataclass(frozen=True, slots=True)
class Diary:
    """A listener's plays, counted once for all pages."""

    keeping: str  # how exactly plays are kept now: "off", "exact", "hour" or "day"
    rule: Rule
    periods: Mapping[tuple[Grain, date], Period]  # by grain, then oldest first
    days: tuple[Day, ...]  # oldest first, without the dates that have no play
    hours: tuple[Hour, ...]  # of plays whose hour is kept
    streaks: tuple[Streak, ...]  # the longest first
    sessions: Sessions | None  # None: no instant is kept exactly
    novelty: tuple[Novelty, ...]
    forgotten: tuple[Absence, ...]
    rediscovered: tuple[Absence, ...]
    obsessions: tuple[Obsession, ...]
    one_hits: tuple[OneHit, ...]
    first_listens: Mapping[tuple[int, int], tuple[FirstListen, ...]]  # by month and day
    release_years: tuple[ReleaseYear, ...]  # oldest first; what is not known comes last
    skips: tuple[Skip, ...]  # the most skipped first
    more: Mapping[str, int]  # by the name of a find above: how many there are besides
    skip_rate: tuple[int, int] | None  # begun and skipped altogether; None: no source says
    eddington: Eddington
    lives: Mapping[PlayedKind, Mapping[str, Life]]  # by id: what has a page, the most played first
    ranges: Mapping[str, str]  # by month ("2026-11"): JSON of day → lines of docs/api.md
    numbered: tuple[Played, ...]  # the songs of `ranges`, in the order of their numbers
    totals: tuple[Tally, ...]  # all plays of each of `numbered`, in the same order
    gaps: tuple[tuple[date, date], ...]  # stretches in which plays may be missing

    @property
    def whole(self) -> Period:
        """All time."""
        return next(period for (grain, _), period in self.periods.items() if grain == "all")

    def may_miss(self, first: date, last: date) -> bool:
        """Whether plays of these dates may be missing."""
        return bool(touching(self.gaps, first, last))

    def of_grain(self, grain: Grain) -> tuple[Period, ...]:
        """All weeks, months or years with a play, oldest first."""
        return tuple(period for (kept, _), period in self.periods.items() if kept == grain)

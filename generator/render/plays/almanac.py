"""A listener's periods in order: what comes before and after one, what it is part of and made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from generator.tally.diary import Diary
from generator.tally.gaps import Gaps, touching
from generator.tally.habits import Day
from generator.tally.periods import GRAINS, Grain, Period

WEEK = timedelta(7)
ONE_DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class Almanac:
    """Made once for all pages of a listener: none of them searches."""

    diary: Diary
    of_grain: Mapping[Grain, tuple[Period, ...]]  # oldest first
    places: Mapping[tuple[Grain, date], int]  # of each period among those of its grain, from 0
    days: Mapping[date, Day]

    def before(self, period: Period) -> Period | None:
        """The period of the same length with plays before this one; None: it is the first."""
        place = self.places[period.key]
        return self.of_grain[period.grain][place - 1] if place else None

    def after(self, period: Period) -> Period | None:
        """The next period of the same length with plays; None: it is the latest."""
        place, all_of_them = self.places[period.key] + 1, self.of_grain[period.grain]
        return all_of_them[place] if place < len(all_of_them) else None

    def above(self, period: Period) -> tuple[Period, ...]:
        """What it is part of: a week of its month, or of two; a month of its year; a year of all time."""
        if period.grain == "week":
            days = (period.first, period.first + WEEK - ONE_DAY)
            return self._known("month", sorted({day.replace(day=1) for day in days}))
        if period.grain == "month":
            return self._known("year", [date(period.first.year, 1, 1)])
        return (self.diary.whole,) if period.grain == "year" else ()

    def within(self, period: Period) -> tuple[Period, ...]:
        """What the period is made of and has plays: of all time years, of a year months, of a month weeks."""
        if period.grain == "all":
            return self.of_grain["year"]
        if period.grain == "year":
            return self._known("month", [date(period.first.year, month, 1) for month in range(1, 13)])
        if period.grain == "month":
            monday = period.first - timedelta(period.first.weekday())
            return self._known(
                "week", [monday + WEEK * n for n in range(6) if monday + WEEK * n <= period.last]
            )
        return ()

    def month(self, first: date) -> Period | None:
        """The month that begins on this date; None: it has no play."""
        return self.diary.periods.get(("month", first))

    def gaps(self, period: Period) -> Gaps:
        """Stretches in which plays of the period may be missing."""
        return touching(self.diary.gaps, period.first, period.last)

    def has_gap_until_end(self, period: Period) -> bool:
        """May plays be missing in the period or before? Then what is new in it may be older."""
        return bool(self.diary.gaps) and self.diary.gaps[0][0] <= period.last

    def _known(self, grain: Grain, firsts: list[date]) -> tuple[Period, ...]:
        found = (self.diary.periods.get((grain, first)) for first in firsts)
        return tuple(period for period in found if period)


def almanac(diary: Diary) -> Almanac:
    of_grain = {grain: diary.of_grain(grain) for grain in GRAINS}
    places = {one.key: place for periods in of_grain.values() for place, one in enumerate(periods)}
    return Almanac(diary, of_grain, places, {day.date: day for day in diary.days})

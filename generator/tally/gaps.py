"""Stretches of dates in which plays may be missing."""

from datetime import date, timedelta
from functools import cache

from generator.tally.periods import month_after

Gaps = tuple[tuple[date, date], ...]  # the first and the last date of each


def touching(gaps: Gaps, first: date, last: date) -> Gaps:
    """Those that share a date with the dates from `first` to `last`."""
    return tuple(gap for gap in gaps if gap[0] <= last and gap[1] >= first)


@cache  # asked of the same months for every song
def touch_month(gaps: Gaps, month: date) -> bool:
    """Does one share a date with the month that begins on this one?"""
    return bool(touching(gaps, month, month_after(month) - timedelta(1)))

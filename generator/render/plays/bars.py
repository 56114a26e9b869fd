"""Plays by month as bars: a picture's geometry, scaled here and printed by templates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from generator.render.filters import MONTHS
from generator.render.plays.words import counted, heard
from generator.tally.gaps import Gaps, touch_month
from generator.tally.tally import Tally

HEIGHT = 100  # of the field in which the bars stand
FEWEST = 18  # months that the picture has room for: fewer do not become wider than that
WIDTH = 0.78  # of a bar, in months
LABELS = 8  # years that are labelled at most
CLOSE = 7  # percent of the width: nearer to each other, labels would touch

Month = tuple[date, Tally]  # its first day, and what was played in it


@dataclass(frozen=True, slots=True)
class Label:
    """A text beside the bars, and where it stands in percent of the width."""

    at: float
    text: str
    anchor: str = "start"  # which end of it stands there


@dataclass(frozen=True, slots=True)
class Bars:
    """Plays of every month from the first to the last with one."""

    box: str  # the field in which the bars stand, a month being 1 wide
    path: str
    most: str  # the bars of the months with the most plays
    missing: str  # months in which plays may be missing; blank: none
    baseline: float  # how far the bars reach, in percent
    labels: tuple[Label, ...]
    peak: Label  # the figure above the highest bar
    words: str  # the picture, for those who do not see it


def bars(months: Sequence[Month], gaps: Gaps = ()) -> Bars:
    """The picture of plays by month; `months`: those with a play, oldest first."""
    start = number(months[0][0])
    last = number(months[-1][0])
    wide = max(FEWEST, last - start + 1)
    top, most = max(months, key=lambda month: month[1].plays)  # of equal ones the first
    highest = most.plays
    missing = sorted({one - start for gap in gaps for one in range(number(gap[0]), number(gap[1]) + 1)})
    return Bars(
        box=f"0 0 {wide} {HEIGHT}",
        path="".join(
            bar(number(month) - start, tally.plays / highest)
            for month, tally in months
            if tally.plays < highest
        ),
        most="".join(bar(number(month) - start, 1) for month, tally in months if tally.plays == highest),
        missing="".join(bar(one, 1) for one in missing if 0 <= one <= last - start),
        baseline=percent(last - start + 1, wide),
        labels=tuple(labels(months[0][0], last - start + 1, wide)),
        peak=label(percent(number(top) - start, wide), f"{'≥' if touch_month(gaps, top) else ''}{highest:,}"),
        words=words(months, top, most, gaps),
    )


def bar(at: int, height: float) -> str:
    """A bar that stands on the ground, so many months from the left, as part of a path."""
    return f"M{at} {HEIGHT}V{round(HEIGHT - HEIGHT * height, 1):g}h{WIDTH}V{HEIGHT}z"


def labels(first: date, count: int, wide: int) -> Iterator[Label]:
    """The years, each where it begins; so few that they do not touch."""
    years = range(first.year + (first.month > 1), first.year + (first.month + count - 2) // 12 + 1)
    shown = years[:: max(1, -(-len(years) // LABELS))]
    places = [(percent((year - first.year) * 12 + 1 - first.month, wide), year) for year in shown]
    if first.month > 1 and (not places or places[0][0] >= CLOSE):
        yield label(0, str(first.year))
    for at, year in places:
        yield label(at, str(year))


def label(at: float, text: str) -> Label:
    """A text that begins at its place; near the right edge it ends with the picture."""
    return Label(100, text, "end") if at > 100 - CLOSE else Label(at, text)


def words(months: Sequence[Month], top: date, highest: Tally, gaps: Gaps) -> str:
    """The picture in a sentence."""
    least = "at least " if touch_month(gaps, top) else ""
    most = f"{month_name(top)}: {least}{counted(highest.plays, 'play')}, {heard(highest)}"
    if len(months) == 1:
        return f"All {'known ' if gaps else ''}plays were in {most}."
    return f"From {month_name(months[0][0])} to {month_name(months[-1][0])}, most in {most}."


@cache
def month_name(month: date) -> str:
    """November 2026."""
    return f"{MONTHS[month.month - 1]} {month.year}"


def number(month: date) -> int:
    """Months one after another, from the beginning of the calendar."""
    return month.year * 12 + month.month


def percent(part: int, whole: int) -> float:
    return round(part * 100 / whole, 2)

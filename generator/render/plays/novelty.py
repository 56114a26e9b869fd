"""New against familiar music: bars by month, twelve to a year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from generator.render.filters import MONTHS
from generator.render.plays.heat import Gaps, month_end
from generator.render.plays.scale import Tick, box, ceiling, grid, short
from generator.render.plays.words import counted, percent
from generator.tally import Novelty

MONTH, LEFT, TOP, TALL = 21, 30, 10, 62


@dataclass(frozen=True, slots=True)
class MonthBar:
    """A month of a year's bars."""

    novelty: Novelty
    is_missing: bool  # plays may be missing

    @property
    def total(self) -> int:
        return self.novelty.new + self.novelty.familiar


@dataclass(frozen=True, slots=True)
class NoveltyYear:
    """Twelve months of stacked bars."""

    year: int
    familiar: str  # paths
    new: str
    marks: tuple[Tick, ...]  # where a sign stands above a bar that may be higher
    months: tuple[Tick, ...]
    grid: tuple[Tick, ...]
    bars: tuple[MonthBar, ...]
    words: str


def novelty_years(months: Sequence[Novelty], gaps: Gaps) -> tuple[NoveltyYear, ...]:
    """Newest year first, all on one scale."""
    top = ceiling(max(one.new + one.familiar for one in months))
    return tuple(
        novelty_year(year, [MonthBar(one, is_touched(one.month, gaps)) for one in found], top)
        for year, found in groupby(reversed(months), key=lambda one: one.month.year)
    )


def is_touched(month: date, gaps: Gaps) -> bool:
    """May plays of this month be missing?"""
    end = month_end(month.year, month.month)
    return any(first <= end and last >= month for first, last in gaps)


def novelty_year(year: int, bars: list[MonthBar], top: int) -> NoveltyYear:
    def height(plays: int) -> float:
        return TALL * plays / top

    def left(bar: MonthBar) -> float:
        return LEFT + MONTH * (bar.novelty.month.month - 1)

    floor = TOP + TALL
    familiar = (
        box(left(bar) + 3, floor - height(bar.novelty.familiar), MONTH - 6, height(bar.novelty.familiar))
        for bar in bars
        if bar.novelty.familiar
    )
    new = (
        box(left(bar) + 3, floor - height(bar.total), MONTH - 6, height(bar.novelty.new))
        for bar in bars
        if bar.novelty.new
    )
    return NoveltyYear(
        year,
        "".join(familiar),
        "".join(new),
        tuple(
            (short(left(bar) + MONTH / 2), short(floor - height(bar.total) - 2))
            for bar in bars
            if bar.is_missing
        ),
        tuple((short(LEFT + MONTH * number + MONTH / 2), name[:1]) for number, name in enumerate(MONTHS)),
        grid(top, TOP, TALL),
        tuple(bars),
        novelty_words(bars),
    )


def novelty_words(bars: list[MonthBar]) -> str:
    new = sum(bar.novelty.new for bar in bars)
    total = sum(bar.total for bar in bars)
    newest = max(bars, key=lambda bar: bar.novelty.new / bar.total)
    name = MONTHS[newest.novelty.month.month - 1]
    share = percent(newest.novelty.new, newest.total)
    return f"New: {percent(new, total)} of {counted(total, 'play')}; the most, {share}, in {name}."

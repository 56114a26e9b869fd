"""New against familiar music: bars by month, twelve to a year."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.render.filters import MONTHS
from generator.render.plays.scale import Tick, box, ceiling, grid, short
from generator.render.plays.words import counted, heard, percent
from generator.tally.gaps import Gaps, touch_month
from generator.tally.habits import Novelty
from generator.tally.tally import together

MONTH, LEFT, TOP, TALL = 21, 30, 10, 62


@dataclass(frozen=True, slots=True)
class MonthBar:
    """A month of a year's bars."""

    novelty: Novelty
    is_missing: bool  # plays may be missing

    @property
    def plays(self) -> int:
        return self.novelty.new.plays + self.novelty.familiar.plays


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
    top = ceiling(max(one.new.plays + one.familiar.plays for one in months))
    return tuple(
        novelty_year(year, [MonthBar(one, touch_month(gaps, one.month)) for one in found], top)
        for year, found in groupby(reversed(months), key=lambda one: one.month.year)
    )


def novelty_year(year: int, bars: list[MonthBar], top: int) -> NoveltyYear:
    def height(plays: int) -> float:
        return TALL * plays / top

    def left(bar: MonthBar) -> float:
        return LEFT + MONTH * (bar.novelty.month.month - 1)

    floor = TOP + TALL
    familiar = (
        box(left(bar) + 3, floor - height(plays), MONTH - 6, height(plays))
        for bar in bars
        if (plays := bar.novelty.familiar.plays)
    )
    new = (
        box(left(bar) + 3, floor - height(bar.plays), MONTH - 6, height(plays))
        for bar in bars
        if (plays := bar.novelty.new.plays)
    )
    return NoveltyYear(
        year,
        "".join(familiar),
        "".join(new),
        tuple(
            (short(left(bar) + MONTH / 2), short(floor - height(bar.plays) - 2))
            for bar in bars
            if bar.is_missing
        ),
        tuple((short(LEFT + MONTH * number + MONTH / 2), name[:1]) for number, name in enumerate(MONTHS)),
        grid(top, TOP, TALL),
        tuple(bars),
        novelty_words(bars),
    )


def novelty_words(bars: list[MonthBar]) -> str:
    new = together(bar.novelty.new for bar in bars)
    whole = together([new, *(bar.novelty.familiar for bar in bars)])
    newest = max(bars, key=lambda bar: bar.novelty.new.plays / bar.plays)
    name = MONTHS[newest.novelty.month.month - 1]
    share = percent(newest.novelty.new.plays, newest.plays)
    told = f"{counted(whole.plays, 'play')}, {heard(whole)}"
    return f"New: {percent(new.plays, whole.plays)} of {told}; the most, {share}, in {name}."

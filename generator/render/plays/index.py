"""The way to every month and year, and the latest ones in short: for the entrance of the plays."""

from datetime import date
from typing import NamedTuple

from generator.model import Shelf, Site
from generator.render.filters import MONTHS
from generator.render.pages.page import Preview
from generator.render.plays import addresses, recaps
from generator.render.plays.almanac import Almanac
from generator.render.plays.pictures import preview
from generator.render.plays.words import counted, period_name
from generator.tally.gaps import touch_month
from generator.tally.periods import Grain, Period
from generator.tally.played import Played


class Teaser(NamedTuple):
    """A period in short."""

    label: str
    name: str
    path: str
    said: str
    first: Played | None  # at the top of its songs
    picture: Preview | None


class Month(NamedTuple):
    """A month of the list of all."""

    name: str
    path: str | None  # None: nothing was played in it
    plays: str


class Year(NamedTuple):
    """A line of the list of all years and months."""

    name: str
    path: str
    plays: str
    months: tuple[Month, ...]


def teasers(site: Site, shelf: Shelf, known: Almanac) -> list[Teaser]:
    """The latest month and the latest year."""
    grains: tuple[Grain, Grain] = ("month", "year")
    return [teaser(site, shelf, known.of_grain[grain][-1]) for grain in grains]


def teaser(site: Site, shelf: Shelf, period: Period) -> Teaser:
    songs = period.charts.get("tracks", ())
    return Teaser(
        f"The latest {period.grain}{', so far' if period.is_running else ''}",
        period_name(period),
        addresses.period(site, shelf, period),
        recaps.standfirst(period),
        songs[0].item if songs else None,
        preview(site, shelf, period),
    )


def shelf_of_years(site: Site, shelf: Shelf, known: Almanac) -> list[Year]:
    """Every year with its months, the latest year first."""
    return [year(site, shelf, known, one) for one in reversed(known.of_grain["year"])]


def year(site: Site, shelf: Shelf, known: Almanac, period: Period) -> Year:
    months = tuple(month(site, shelf, known, date(period.first.year, number, 1)) for number in range(1, 13))
    return Year(period_name(period), addresses.period(site, shelf, period), plays(period), months)


def month(site: Site, shelf: Shelf, known: Almanac, first: date) -> Month:
    period, name = known.month(first), MONTHS[first.month - 1]
    if not period:
        return Month(name, None, "no plays known" if touch_month(known.diary.gaps, first) else "no plays")
    return Month(name, addresses.period(site, shelf, period), plays(period))


def plays(period: Period) -> str:
    return recaps.least(period) + counted(period.tally.plays, "play")

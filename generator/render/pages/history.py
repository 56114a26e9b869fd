"""The history: every edition on a calendar, with what entered the chart that day."""

from calendar import Calendar
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.model import Archive, Edition, Item, Shelf, Site
from generator.render.filters import MONTHS, plural
from generator.render.pages.page import Link, Page, folder, policy

COVERS = 4  # as many as fit a day; the rest is counted
LEADERS = 5  # number ones that a month names
WEEKS = Calendar(firstweekday=0)  # from Monday on


@dataclass(frozen=True, slots=True)
class Day:
    """A field of the calendar."""

    date: date
    edition: Edition | None  # None: nothing changed
    is_first: bool = False  # everything was new
    has_new_leader: bool = False  # another song at number one than on the edition before
    arrivals: tuple[Item, ...] = ()  # what entered the top 20 that day
    more: int = 0  # arrivals that are only counted


@dataclass(frozen=True, slots=True)
class Month:
    """A page of the calendar, with what happened in it."""

    name: str
    id: str
    weeks: tuple[tuple[Day | None, ...], ...]  # None: a day of another month
    editions: int
    arrivals: int
    leaders: tuple[tuple[Item, int], ...]  # who stood at number one, on how many editions


def history(site: Site) -> Iterator[Page]:
    """The newest year of every listener, and a page for each year before."""
    for shelf in site.shelves:
        if shelf.archive:
            years = sorted({edition.date.year for edition in shelf.archive.editions}, reverse=True)
            pictures: dict[str, str] = {}
            for year in years:
                yield year_page(site, shelf, shelf.archive, years, year, pictures)


def year_page(  # noqa: PLR0913, PLR0917 — what the years share is made once
    site: Site, shelf: Shelf, archive: Archive, years: list[int], year: int, pictures: dict[str, str]
) -> Page:
    """One year, newest month first; `pictures` keeps what templates made of a cover."""
    path = address(site, shelf, years, year)
    whose = f" · {shelf.listener.name}" if len(site.shelves) > 1 else ""
    count = sum(edition.date.year == year for edition in archive.editions)
    values = {
        "title": f"History, {year}{whose}",
        "description": f"{plural(count, 'edition')} in {year}: each day that brought news, and what came in.",
        "shelf": shelf,
        "year": year,
        "years": [Link(str(one), address(site, shelf, years, one), one == year) for one in years],
        "months": months(archive, year),
        "pictures": pictures,
        "csp": policy(shelf.charts),
    }
    return Page(path, "history.html", values)


def address(site: Site, shelf: Shelf, years: list[int], year: int) -> str:
    """Where a year lives: the newest at the entrance."""
    return f"{folder(site, shelf)}history/{'' if year == years[0] else f'{year}/'}index.html"


def months(archive: Archive, year: int) -> list[Month]:
    """The months of a year that have an edition, newest first."""
    on = {edition.date: edition for edition in archive.editions if edition.date.year == year}
    return [month(archive, on, year, number) for number in sorted({day.month for day in on}, reverse=True)]


def month(archive: Archive, on: dict[date, Edition], year: int, number: int) -> Month:
    first, last = archive.editions[0].date, archive.editions[-1].date
    weeks = tuple(
        tuple(day(archive, one, on.get(one)) if one.month == number else None for one in week)
        for week in WEEKS.monthdatescalendar(year, number)
        if week[0] <= last and week[-1] >= first  # nothing is known of the weeks before and after
    )
    days = [one for week in weeks for one in week if one and one.edition]
    charts = [archive.songs[one.date] for one in days if one.date in archive.songs]
    ones = Counter(chart.ranks[0].item.id for chart in charts if chart.ranks)
    return Month(
        MONTHS[number - 1],
        f"{year}-{number:02}",
        weeks,
        len(days),
        sum(len(one.arrivals) + one.more for one in days),
        tuple((archive.items["tracks"][one], count) for one, count in ones.most_common(LEADERS)),
    )


def day(archive: Archive, one: date, edition: Edition | None) -> Day:
    chart = archive.songs.get(one) if edition else None
    came = [rank.item for rank in chart.ranks if rank.moved is None] if chart else []
    shown = came if len(came) <= COVERS else came[: COVERS - 1]
    is_first = chart is not None and chart.number == 1
    has_new_leader = bool(chart and chart.ranks and chart.ranks[0].moved != 0)
    return Day(one, edition, is_first, has_new_leader, tuple(shown), len(came) - len(shown))

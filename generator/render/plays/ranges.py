"""Any range of dates: what is prepared for it, and where a script may sum the days in between."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from generator.model import Shelf, Site
from generator.render.filters import MONTHS, long_date
from generator.render.pages.page import Later, Link, Page, allow_from
from generator.render.plays import addresses
from generator.render.plays.words import period_name, rule_words
from generator.tally.diary import Diary
from generator.tally.periods import Period

QUICK = (7, 30, 90, 365)  # days up to the last with a play that are one press away


@dataclass(frozen=True, slots=True)
class Prepared:
    """A year and what of it has a page."""

    year: Link
    months: tuple[Link, ...]
    weeks: tuple[Link, ...]


def ranges(site: Site) -> Iterator[Page]:
    """The page of any dates of every listener who has plays."""
    for shelf in site.shelves:
        if shelf.diary:
            made = Later(partial(values, site, shelf, shelf.diary))
            yield Page(addresses.room(site, shelf, "range/"), "plays/range.html", made)


def values(site: Site, shelf: Shelf, diary: Diary) -> dict[str, object]:
    whole = diary.whole
    span = f"from {long_date(whole.first)} to {long_date(whole.last)}"
    whose = f" · {shelf.listener.name}" if len(site.shelves) > 1 else ""
    return {
        "title": f"Plays of any dates{whose}",
        "description": f"The songs, artists and albums played most in any stretch of days {span}.",
        "shelf": shelf,
        "rule": rule_words(diary.rule),
        "whole": whole,
        "quick": QUICK,
        "is_running": diary.of_grain("year")[-1].is_running,
        "gaps": " ".join(f"{first}..{last}" for first, last in diary.gaps),
        "prepared": list(prepared(site, shelf, diary)),
        "rooms": addresses.rooms(site, shelf, "Any dates"),
        "csp": allow_from([]),
    }


def prepared(site: Site, shelf: Shelf, diary: Diary) -> Iterator[Prepared]:
    """The years, latest first, with their months and weeks."""

    def link(period: Period, label: str) -> Link:
        return Link(label, addresses.period(site, shelf, period))

    for year in reversed(diary.of_grain("year")):
        months = (one for one in diary.of_grain("month") if one.first.year == year.first.year)
        weeks = (one for one in diary.of_grain("week") if one.first.isocalendar().year == year.first.year)
        yield Prepared(
            link(year, period_name(year)),
            tuple(link(one, MONTHS[one.first.month - 1]) for one in months),
            tuple(link(one, str(one.first.isocalendar().week)) for one in weeks),
        )

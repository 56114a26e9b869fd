"""A page for every week, month and year with a play, and for all time."""

from collections.abc import Iterator
from functools import partial

from generator.model import Shelf, Site
from generator.render.pages.page import Later, Page
from generator.render.plays import addresses
from generator.render.plays.looks import allowed
from generator.render.plays.words import KIND_NAMES, counted, period_name
from generator.tally import Diary, Period


def periods(site: Site) -> Iterator[Page]:
    """Every period of every listener who has plays."""
    for shelf in site.shelves:
        if shelf.diary:
            for period in shelf.diary.periods.values():
                made = Later(partial(values, site, shelf, shelf.diary, period))
                yield Page(addresses.period(site, shelf, period), "plays/period.html", made)


def values(site: Site, shelf: Shelf, diary: Diary, period: Period) -> dict[str, object]:
    """What a period's page shows."""
    whose = f" · {shelf.listener.name}" if len(site.shelves) > 1 else ""
    return {
        "title": f"Plays, {period_name(period)}{whose}",
        "description": f"{counted(period.tally.plays, 'play')} of {counted(period.songs, 'song')}.",
        "shelf": shelf,
        "diary": diary,
        "period": period,
        "name": period_name(period),
        "kinds": KIND_NAMES,
        "rooms": addresses.rooms(site, shelf, "Charts"),
        "csp": allowed(line.item for lines in period.charts.values() for line in lines),
    }

"""The first page, where it is not a chart."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.model import KINDS, Chart, Shelf, Site
from generator.render.filters import long_date
from generator.render.pages.page import Link, Page, path, policy
from generator.render.plays import addresses, recaps
from generator.render.words import standfirst


def front(site: Site) -> Iterator[Page]:
    """The first page, where it is not a chart: several listeners, or no list yet."""
    if len(site.shelves) > 1:
        fronts = [(shelf, leaders(shelf)) for shelf in site.shelves]
        values: dict[str, object] = {
            "title": site.title,
            "description": "What we play most, each with a chart of their own.",
            "fronts": [(shelf, way(site, shelf), found, news(found)) for shelf, found in fronts],
            "csp": policy([chart for _, found in fronts for chart in found]),
        }
        yield Page("index.html", "listeners.html", values)
    elif not any(shelf.charts for shelf in site.shelves):
        plays = [opening(site, shelf) for shelf in site.shelves if shelf.diary]
        values = {
            "title": site.title,
            "description": plays[0].said if plays else "The first chart is on its way.",
            "notices": [shelf.notice for shelf in site.shelves if shelf.notice],
            "plays": plays[0] if plays else None,
            "csp": policy([]),
        }
        yield Page("index.html", "welcome.html", values)


class Opening(NamedTuple):
    """What there is to say before a list has come."""

    since: str
    said: str  # all plays in a sentence
    rooms: Sequence[Link]  # the way to them


def opening(site: Site, shelf: Shelf) -> Opening:
    """The plays of a listener who has some."""
    assert shelf.diary  # noqa: S101 - asked for those who have plays
    whole = shelf.diary.whole
    return Opening(long_date(whole.first), recaps.standfirst(whole), addresses.rooms(site, shelf, ""))


def way(site: Site, shelf: Shelf) -> str:
    """Where a listener's name leads: to the chart, the plays, or what is known at all."""
    if leaders(shelf):
        return path(site, shelf)
    return addresses.room(site, shelf) if shelf.diary else "about/index.html"


def news(found: list[Chart]) -> str | None:
    """What changed on the first of a listener's charts; None: there is none."""
    return standfirst(found[0]) if found else None


def leaders(shelf: Shelf) -> list[Chart]:
    """The charts whose number ones stand for a listener: songs and artists, newest span first."""
    ranked = [chart for chart in shelf.charts if chart.ranks]
    found = (next((chart for chart in ranked if chart.kind == kind), None) for kind in KINDS)
    return [chart for chart in found if chart]

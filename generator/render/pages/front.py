"""The first page, where it is not a chart."""

from collections.abc import Iterator

from generator.model import KINDS, Chart, Shelf, Site
from generator.render.pages.page import Page, path, policy
from generator.render.words import standfirst


def front(site: Site) -> Iterator[Page]:
    """The first page, where it is not a chart: several listeners, or no list yet."""
    if len(site.shelves) > 1:
        fronts = [(shelf, leaders(shelf)) for shelf in site.shelves]
        values = {
            "title": site.title,
            "description": "What we play most, each with a chart of their own.",
            "fronts": [(shelf, path(site, shelf), found, news(found)) for shelf, found in fronts],
            "csp": policy([chart for _, found in fronts for chart in found]),
        }
        yield Page("index.html", "listeners.html", values)
    elif not any(shelf.charts for shelf in site.shelves):
        values = {
            "title": site.title,
            "description": "The first chart is on its way.",
            "notices": [shelf.notice for shelf in site.shelves if shelf.notice],
            "csp": policy([]),
        }
        yield Page("index.html", "welcome.html", values)


def news(found: list[Chart]) -> str | None:
    """What changed on the first of a listener's charts; None: there is none."""
    return standfirst(found[0]) if found else None


def leaders(shelf: Shelf) -> list[Chart]:
    """The charts whose number ones stand for a listener: songs and artists, newest span first."""
    ranked = [chart for chart in shelf.charts if chart.ranks]
    found = (next((chart for chart in ranked if chart.kind == kind), None) for kind in KINDS)
    return [chart for chart in found if chart]

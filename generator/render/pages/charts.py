"""The current charts: songs and artists over three spans."""

from collections.abc import Iterator
from itertools import product

from generator.model import KINDS, SPANS, Chart, Kind, Shelf, Site, Span
from generator.render.pages.page import Link, Page, path, policy
from generator.render.pictures import Bump, bump
from generator.render.words import (
    KIND_WORDS,
    SPAN_WORDS,
    doubled,
    freshness,
    headline,
    standfirst,
    told,
    turned,
)

WAITING = "Spotify has not given this list yet: it needs some weeks of listening."


def charts(site: Site) -> Iterator[Page]:
    """Every chart of every listener who has one."""
    for shelf in site.shelves:
        if shelf.charts:
            for kind, span in product(KINDS, SPANS):
                yield chart_page(site, shelf, kind, span)


def chart_page(site: Site, shelf: Shelf, kind: Kind, span: Span) -> Page:
    """One chart, or the word that Spotify has no such list yet."""
    chart = next((chart for chart in shelf.charts if (chart.kind, chart.span) == (kind, span)), None)
    phrase = SPAN_WORDS[span].phrase
    title = headline(chart) if chart and chart.ranks else f"Top {KIND_WORDS[kind].label.lower()}"
    whose = f" · {shelf.listener.name}" if len(site.shelves) > 1 else ""
    values = {
        "title": f"{title} of {phrase}{whose}",
        "headline": title,
        "phrase": phrase,
        "description": standfirst(chart) if chart and chart.ranks else WAITING,
        "shelf": shelf,
        "chart": chart,
        "kinds": [Link(KIND_WORDS[k].label, path(site, shelf, k, span), k == kind) for k in KINDS],
        "spans": [Link(SPAN_WORDS[s].label, path(site, shelf, kind, s), s == span) for s in SPANS],
        "bump": picture(shelf, chart) if chart else None,
        "told": told(chart) if chart else [],
        "turned": turned(chart) if chart else [],
        "doubled": doubled(chart) if chart else [],
        "freshness": freshness(shelf),
        "csp": policy([chart] if chart else []),
    }
    return Page(path(site, shelf, kind, span), "chart.html", values)


def picture(shelf: Shelf, chart: Chart) -> Bump | None:
    """How the chart's first places came about; None: nothing is known of its past."""
    if not shelf.archive:
        return None
    return bump(shelf.archive.standings[chart.kind, chart.span], shelf.archive.items[chart.kind])

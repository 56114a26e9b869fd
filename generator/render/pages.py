"""Which pages a site has, and what each one shows."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from generator.model import KINDS, SPANS, Chart, Kind, Shelf, Site, Span
from generator.render.filters import LOOPBACK, cover
from generator.render.words import KIND_WORDS, SPAN_WORDS, headline, standfirst

WAITING = "Spotify has not given this list yet: it needs some weeks of listening."
COVER_HOSTS = "https://*.scdn.co https://*.spotifycdn.com"


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the site: what a template makes of some values."""

    path: str  # inside the site, with slashes
    template: str
    values: Mapping[str, object]

    @property
    def root(self) -> str:
        """The way from this page up to the site's first folder."""
        return "../" * self.path.count("/")


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of a navigation; the path counts from the site's first folder."""

    label: str
    path: str
    is_current: bool = False


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
        "csp": policy([chart] if chart else []),
    }
    return Page(path(site, shelf, kind, span), "chart.html", values)


def front(site: Site) -> Iterator[Page]:
    """The first page, where it is not a chart: several listeners, or no list yet."""
    if len(site.shelves) > 1:
        fronts = [(shelf, leaders(shelf)) for shelf in site.shelves]
        values = {
            "title": site.title,
            "description": "What we play most, each with a chart of their own.",
            "fronts": [(shelf, path(site, shelf), found) for shelf, found in fronts],
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


def about(_: Site) -> Iterator[Page]:
    """How it works, what the words mean, privacy, and how to leave."""
    description = "How this page comes about, what its words mean, and how to disconnect it."
    yield Page(
        "about/index.html",
        "about.html",
        {"title": "About this page", "description": description, "csp": policy([])},
    )


def missing(_: Site) -> Iterator[Page]:
    """The page for addresses that lead nowhere: it is shown at any depth, so it stands alone."""
    yield Page("404.html", "404.html", {"title": "Not on this chart"})


def path(site: Site, shelf: Shelf, kind: Kind = "tracks", span: Span = "short_term") -> str:
    """Where a listener's chart lives: at the root, unless there are several listeners."""
    folder = f"{shelf.listener.slug}/" if len(site.shelves) > 1 else ""
    return f"{folder}{KIND_WORDS[kind].folder}{SPAN_WORDS[span].folder}index.html"


def leaders(shelf: Shelf) -> list[Chart]:
    """The charts whose number ones stand for a listener: songs and artists, newest span first."""
    ranked = [chart for chart in shelf.charts if chart.ranks]
    found = (next((chart for chart in ranked if chart.kind == kind), None) for kind in KINDS)
    return [chart for chart in found if chart]


def policy(shown: Iterable[Chart]) -> str:
    """What a page may load: its style, and covers; from this machine only where the demo needs it."""
    addresses = [cover(rank.item) or "" for chart in shown for rank in chart.ranks]
    is_local = any(address.startswith(LOOPBACK) for address in addresses)
    images = f"img-src 'self' {COVER_HOSTS}{f' {LOOPBACK}*' if is_local else ''}"
    return f"default-src 'none'; style-src 'self'; {images}; base-uri 'none'; form-action 'none'"


PAGES: tuple[Callable[[Site], Iterable[Page]], ...] = (charts, front, about, missing)

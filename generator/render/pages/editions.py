"""Every edition at an address that never changes: its songs, and the first places of the other lists."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import product

from generator.model import KINDS, SPANS, Archive, Chart, Edition, Item, Kind, Shelf, Site, Span
from generator.render.filters import long_date, milestone
from generator.render.pages.page import Later, Page, folder, policy
from generator.render.words import KIND_WORDS, SPAN_WORDS, doubled, headline, standfirst, told

SONGS: tuple[Kind, Span] = ("tracks", "short_term")
FIRST = 5  # of every other list
UNCHANGED = "The songs of the last four weeks had not arrived yet."


@dataclass(frozen=True, slots=True)
class Head:
    """The first places of a list on an edition."""

    key: tuple[str, ...]  # equal keys, equal looks
    kind: Kind
    label: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """What the pages of all editions have in common; `kept` holds what templates made of an item."""

    site: Site
    shelf: Shelf
    archive: Archive
    csp: str
    kept: dict[object, str] = field(default_factory=dict)


def editions(site: Site) -> Iterator[Page]:
    """A page for every edition of every listener."""
    for shelf in site.shelves:
        if shelf.archive:
            shared = Shared(site, shelf, shelf.archive, policy(shelf.charts))
            all_ = shelf.archive.editions
            around = zip(all_, (None, *all_[:-1]), (*all_[1:], None), strict=True)
            for edition, before, after in around:
                yield edition_page(shared, edition, before, after)


def edition_page(shared: Shared, edition: Edition, before: Edition | None, after: Edition | None) -> Page:
    made = Later(partial(values, shared, edition, before, after))
    return Page(address(shared.site, shared.shelf, edition.date), "edition.html", made)


def values(
    shared: Shared, edition: Edition, before: Edition | None, after: Edition | None
) -> dict[str, object]:
    chart = shared.archive.songs.get(edition.date)
    whose = f" · {shared.shelf.listener.name}" if len(shared.site.shelves) > 1 else ""
    return {
        "title": f"{long_date(edition.date)}, edition {edition.number}{whose}",
        "description": standfirst(chart) if chart else UNCHANGED,
        "shelf": shared.shelf,
        "edition": edition,
        "before": before,
        "after": after,
        "chart": chart,
        "headline": headline(chart) if chart else None,
        "parties": parties(chart) if chart else {},
        "told": told(chart) if chart else [],
        "doubled": doubled(chart) if chart else [],
        "is_newest_year": edition.date.year == shared.archive.editions[-1].date.year,
        "heads": heads(shared.archive, edition.date),
        "kept": shared.kept,
        "csp": shared.csp,
    }


def parties(chart: Chart) -> dict[int, str]:
    """What is to be celebrated on this very edition, by place."""
    found = {rank.position: milestone(rank, chart.edition) for rank in chart.ranks}
    return {place: party for place, party in found.items() if party}


def address(site: Site, shelf: Shelf, edition: date) -> str:
    """Where an edition lives."""
    return f"{folder(site, shelf)}on/{edition}/index.html"


def heads(archive: Archive, edition: date) -> list[Head]:
    """The first places of every list but the main one, as they stood."""
    return [
        Head(
            (kind, span, *ids[:FIRST]),
            kind,
            f"{KIND_WORDS[kind].label}, {SPAN_WORDS[span].label.lower()}",
            tuple(archive.items[kind][one] for one in ids[:FIRST]),
        )
        for kind, span in product(KINDS, SPANS)
        if (kind, span) != SONGS and (ids := archive.standings.get((kind, span), {}).get(edition))
    ]

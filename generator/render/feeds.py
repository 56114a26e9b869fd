"""An Atom feed for every listener: one entry an edition."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from generator.model import Archive, Chart, Edition, Listener, Shelf, Site
from generator.render.filters import long_date
from generator.render.pages.page import Page, folder
from generator.render.words import standfirst

NEWEST = 50  # entries: a feed reader keeps the older ones
FEED = "feed.atom"


class Entry(NamedTuple):
    """One edition as a feed tells it."""

    id: str
    title: str
    updated: str
    path: str  # of the edition's page, from the site's first folder
    chart: Chart | None  # None: the songs of the last four weeks had not arrived yet


def feeds(site: Site) -> Iterator[Page]:
    """Every listener's feed; the first one's also at its address from before there were several."""
    for number, shelf in enumerate(site.shelves):
        if shelf.archive:
            values = feed(site, shelf, shelf.archive)
            yield Page(f"{folder(site, shelf)}{FEED}", "feed.atom", values)
            if len(site.shelves) > 1 and not number:
                yield Page(FEED, "feed.atom", values)


def feed(site: Site, shelf: Shelf, archive: Archive) -> dict[str, object]:
    """What the template prints. Without the site's address, links are relative to the feed."""
    home = folder(site, shelf)
    start = f"{site.address}{home}" if site.address else ""
    name = shelf.listener.name
    entries = [entry(shelf.listener, archive, edition) for edition in reversed(archive.editions[-NEWEST:])]
    return {
        "id": identity(shelf.listener, archive),
        "title": f"{site.title} · {name}" if len(site.shelves) > 1 else site.title,
        "author": name,
        "start": start,
        "own": f"{start}{FEED}" if start else None,
        "updated": entries[0].updated,
        "entries": entries,
    }


def entry(listener: Listener, archive: Archive, edition: Edition) -> Entry:
    chart = archive.songs.get(edition.date)
    title = standfirst(chart) if chart else f"The lists of {long_date(edition.date)}"
    return Entry(
        identity(listener, archive, edition.date),
        title,
        midnight(listener, edition.date),
        f"on/{edition.date.isoformat()}/index.html",
        chart,
    )


def identity(listener: Listener, archive: Archive, edition: date | None = None) -> str:
    """An id from the facts alone, so that a new address of the site makes no entry new.

    A tag: URI would need a domain of the listener's own. The first edition and its number one tell apart two
    listeners of one name.
    """
    first = archive.editions[0].date
    standings = archive.standings.get(("tracks", "short_term")) or next(iter(archive.standings.values()), {})
    leader = next((ids[0] for ids in standings.values() if ids), "")
    said = (
        "heavy-rotation",
        listener.slug,
        first.isoformat(),
        leader,
        edition.isoformat() if edition else "feed",
    )
    return uuid5(NAMESPACE_URL, ":".join(said)).urn


def midnight(listener: Listener, day: date) -> str:
    """The instant at which a date begins where the listener is."""
    start = datetime(day.year, day.month, day.day, tzinfo=listener.zone).astimezone(UTC)
    return f"{start:%Y-%m-%dT%H:%M:%SZ}"

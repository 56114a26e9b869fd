"""The pages about the site itself."""

from collections.abc import Iterator

from generator.model import Shelf, Site
from generator.render.calendars import path
from generator.render.pages.page import Page, folder, policy
from generator.render.words import STORIES, freshness


def about(site: Site) -> Iterator[Page]:
    """How it works, how it is, what the words mean, what can be taken away, privacy, and how to leave."""
    asked = [shelf for shelf in site.shelves if is_asked(shelf)]
    values = {
        "title": "About this page",
        "description": "How this page comes about, what its words mean, and how to disconnect it.",
        "asked": asked,
        "has_plays": any(shelf.diary and shelf.diary.keeping != "off" for shelf in asked),
        "healths": [(shelf, freshness(shelf)) for shelf in site.shelves],
        "calendars": {shelf.listener.slug: path(site, shelf) for shelf in site.shelves},
        "downloads": [(shelf, folder(site, shelf)) for shelf in site.shelves if shelf.archive],
        "stories": [(label, rule) for label, _, rule in STORIES.values()],
        "csp": policy([]),
    }
    yield Page("about/index.html", "about.html", values)


def is_asked(shelf: Shelf) -> bool:
    """Is Spotify asked for the listener? Not for one who only imports plays."""
    return bool(shelf.number or not shelf.diary or (shelf.health and shelf.health.heard))


def missing(_: Site) -> Iterator[Page]:
    """The page for addresses that lead nowhere: it is shown at any depth, so it stands alone."""
    yield Page("404.html", "404.html", {"title": "Not on this chart"})

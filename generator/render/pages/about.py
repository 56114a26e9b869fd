"""The pages about the site itself."""

from collections.abc import Iterator

from generator.model import Site
from generator.render.pages.page import Page, policy


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

"""What a telephone needs to know to put the site on its home screen."""

from collections.abc import Iterator

from generator.model import Site
from generator.render.pages.page import Page


def manifest(_: Site) -> Iterator[Page]:
    yield Page("manifest.webmanifest", "manifest.json", {})

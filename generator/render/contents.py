"""The table of contents: whatever makes pages, in the order in which the site is written."""

from collections.abc import Callable, Iterable

from generator.model import Site
from generator.render.pages import about, charts, front
from generator.render.pages.page import Page

PAGES: tuple[Callable[[Site], Iterable[Page]], ...] = (
    charts.charts,
    front.front,
    about.about,
    about.missing,
)

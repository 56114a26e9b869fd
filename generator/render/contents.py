"""The table of contents: whatever makes pages, in the order in which the site is written."""

from collections.abc import Callable, Iterable

from generator.model import Site
from generator.render.api import api
from generator.render.calendars import calendars
from generator.render.cards import cards, recaps
from generator.render.feeds import feeds
from generator.render.pages import (
    about,
    charts,
    compare,
    editions,
    front,
    history,
    items,
    manifest,
    records,
)
from generator.render.pages.file import File, Picture
from generator.render.pages.moved import Moved, with_signposts
from generator.render.pages.page import Page
from generator.render.plays import finds, habits, on_this_day, periods, ranges
from generator.render.sheets import sheets

MAKERS: tuple[Callable[[Site], Iterable[Page]], ...] = (
    charts.charts,
    editions.editions,
    history.history,
    front.front,
    about.about,
    about.missing,
    items.items,
    records.records,
    compare.compare,
    periods.periods,
    habits.habits,
    finds.finds,
    on_this_day.on_this_day,
    ranges.ranges,
    manifest.manifest,
    api.page,
)

# The pages that tell how fresh they are: all that a run without news changes.
LIVING: tuple[Callable[[Site], Iterable[Page]], ...] = (charts.charts, front.front, about.about)

# What is no page has no signpost: a program follows none.
FILES: tuple[Callable[[Site], Iterable[Page | File | Picture]], ...] = (
    api.files,
    sheets.sheets,
    feeds,
    calendars,
    cards.cards,
    recaps.recaps,
)

PAGES: tuple[Callable[[Site], Iterable[Page | Moved | File | Picture]], ...] = (
    *(with_signposts(make) for make in MAKERS),
    *FILES,
)

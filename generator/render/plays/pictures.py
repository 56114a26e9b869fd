"""Which periods have a picture to share, and where it is."""

from generator.model import Shelf, Site
from generator.render.pages.page import Preview, folder
from generator.render.plays import addresses, recaps
from generator.tally.periods import Period

FEWEST = 10  # plays that a picture needs to have something to show
FOLDER = "pictures/"


def has_picture(period: Period) -> bool:
    """Whether the recap of a period is drawn: of all but weeks, if enough was played."""
    return period.grain != "week" and period.tally.plays >= FEWEST


def picture(site: Site, shelf: Shelf, period: Period) -> str:
    """The picture's path without its ending: pictures/recap-2026-11, pictures/recap-all-time."""
    name = addresses.period_folder(period).rstrip("/") or "all-time"
    return f"{folder(site, shelf)}{FOLDER}recap-{name}"


def preview(site: Site, shelf: Shelf, period: Period) -> Preview | None:
    """What a link to the page shows; None: what all pages show."""
    if not has_picture(period):
        return None
    said = f"{recaps.title(period)}: {recaps.standfirst(period)}"
    return Preview(picture(site, shelf, period), said)

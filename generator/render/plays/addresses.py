"""Where the pages of plays live, counted from the site's first folder."""

from generator.model import Shelf, Site
from generator.render.pages.page import Link, folder
from generator.tally.periods import Period
from generator.tally.played import Played

SHEETS = "api/v1/plays/csv/"  # the numbers behind them, below a listener's folder

# The pages of plays beside those of periods: a label, and the folder below plays/.
ROOMS: tuple[tuple[str, str], ...] = (
    ("Charts", ""),
    ("Habits", "habits/"),
    ("Finds", "finds/"),
    ("On this day", "on-this-day/"),
    ("Any dates", "range/"),
)


def room(site: Site, shelf: Shelf, name: str = "") -> str:
    """The page of a room, as "habits/"; the entrance is that of all time."""
    return f"{folder(site, shelf)}plays/{name}index.html"


def period(site: Site, shelf: Shelf, one: Period) -> str:
    """The page of a week, month or year, or of all time."""
    return room(site, shelf, period_folder(one))


def period_folder(one: Period) -> str:
    """A period's folder below plays/: "2026/", "2026-11/", "2026-w47/"; of all time none."""
    if one.grain == "week":
        year, week, _ = one.first.isocalendar()
        return f"{year}-w{week:02}/"
    return {"all": "", "year": f"{one.first:%Y}/", "month": f"{one.first:%Y-%m}/"}[one.grain]


def played(site: Site, shelf: Shelf, item: Played) -> str | None:
    """The page of a song, artist or album; None: it has none."""
    has_page = shelf.diary and item.id in shelf.diary.lives[item.kind]
    return f"{folder(site, shelf)}{item.kind}/{item.slug}/index.html" if has_page else None


def rooms(site: Site, shelf: Shelf, current: str) -> list[Link]:
    """The way from one of these pages to the others; `current` is the label of the page's own."""
    return [Link(label, room(site, shelf, name), label == current) for label, name in ROOMS]

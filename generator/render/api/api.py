"""What the site gives to programs: JSON with schemas, CSV, playlists, and a page that explains them."""

from collections.abc import Iterator
from itertools import chain

from generator.model import Archive, Shelf, Site
from generator.render.api import diary
from generator.render.api.documents import SCHEMAS, documents
from generator.render.api.playlists import playlists
from generator.render.api.tables import tables
from generator.render.cards.cards import receipt_height, songs
from generator.render.feeds import FEED
from generator.render.pages.file import File
from generator.render.pages.page import Link, Page, folder, policy
from generator.render.plays.pictures import has_picture, picture
from generator.render.plays.words import period_name
from generator.tally.diary import Diary
from generator.tally.periods import GRAINS

API = "api/v1/"


def page(site: Site) -> Iterator[Page]:
    """The page that shows what there is to take away."""
    for shelf in site.shelves:
        if shelf.archive or shelf.diary:
            whose = f" · {shelf.listener.name}" if len(site.shelves) > 1 else ""
            values = {
                "title": f"To take away{whose}",
                "description": description(shelf),
                "shelf": shelf,
                "songs": songs(shelf),
                "drawings": list(drawings(shelf)),
                "recaps": list(recaps(site, shelf)),
                "feed": FEED,
                "csp": policy([]),
            }
            yield Page(f"{folder(site, shelf)}{API}index.html", "api.html", values)


def description(shelf: Shelf) -> str:
    """What there is, in a sentence."""
    if not shelf.archive:
        return "Plays as JSON and CSV."
    plays = ", and what was played" if shelf.diary else ""
    return f"The chart as pictures, a feed, playlists, JSON and CSV{plays}."


def drawings(shelf: Shelf) -> Iterator[tuple[str, str, int, int]]:
    """The pictures that the page shows: name, label, width and height."""
    if chart := songs(shelf):
        yield "card", "Card for link previews", 1200, 630
        if len(shelf.archive.standings["tracks", "short_term"] if shelf.archive else ()) > 1:
            yield "chart", "Small chart for a README", 640, 300
        yield "poster", "Tall poster", 1080, 1920
        yield "receipt", "Till receipt", 720, receipt_height(len(chart.ranks))


def recaps(site: Site, shelf: Shelf) -> Iterator[Link]:
    """The recaps that are drawn, all time and the longest first, the newest before older ones."""
    for grain in GRAINS:
        periods = reversed(shelf.diary.of_grain(grain)) if shelf.diary else ()
        for period in filter(has_picture, periods):
            yield Link(period_name(period), picture(site, shelf, period))


def files(site: Site) -> Iterator[Page | File]:
    """Every listener's documents, with the schemas beside them, tables and playlists."""
    for shelf in site.shelves:
        if shelf.archive:
            yield from of_listener(site, shelf, shelf.archive)
        if shelf.diary:
            yield from of_plays(site, shelf, shelf.diary)


def of_listener(site: Site, shelf: Shelf, archive: Archive) -> Iterator[Page | File]:
    home = folder(site, shelf)
    for path, content in chain(documents(site, shelf, archive), tables(archive)):
        yield File(f"{home}{API}{path}", content)
    for schema in SCHEMAS:
        yield Page(f"{home}{API}schema/{schema}.json", f"schema/{schema}.json", {})
    if chart := songs(shelf):
        for path, content in playlists(site, shelf, chart):
            yield File(f"{home}{path}", content)


def of_plays(site: Site, shelf: Shelf, known: Diary) -> Iterator[Page | File]:
    """The documents of a listener's plays, with their schemas."""
    home = f"{folder(site, shelf)}{API}"
    for path, make in diary.documents(shelf, known):
        yield File(f"{home}{path}", make)
    for schema in diary.SCHEMAS:
        yield Page(f"{home}schema/{schema}.json", f"schema/{schema}.json", {})

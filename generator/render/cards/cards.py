"""The pictures to share: values for the templates in templates/cards, which only draw them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.model import Chart, Rank, Shelf, Site, Track
from generator.render.cards.barcode import barcode
from generator.render.cards.ink import Ink, measured, wrapped
from generator.render.cards.ways import WINDOW, ways
from generator.render.filters import Movement, duration, long_date, movement, name, plural
from generator.render.pages.file import Picture
from generator.render.pages.page import folder
from generator.render.words import SPAN_WORDS, headline

FOLDER = "pictures/"
ZOOMS = {"badge": 2, "chart": 2}  # how many times larger than drawn a PNG is, where it is not as large


class Colours(NamedTuple):
    """The light colours of static/tokens.css: pictures have no theme to follow."""

    spot: str = "#ff5a26"
    ink: str = "#141210"
    paper: str = "#fafaf9"
    quiet: str = "#5d5853"
    hair: str = "#d8d5d1"
    line_a: str = "#1d6e78"
    line_b: str = "#7d3f77"
    line_c: str = "#6d6a12"
    line_d: str = "#46588a"


class Row(NamedTuple):
    """One place of a chart in words."""

    place: int
    title: str
    artists: str
    move: Movement | None  # None: the first edition moves nothing
    length: str


class Headline(NamedTuple):
    """A title in the largest type in which it fits."""

    lines: Sequence[str]
    size: float


def cards(site: Site) -> Iterator[Picture]:
    """Every listener's pictures; with several, the first one's also stand where they stood before."""
    told = [(shelf, chart) for shelf in site.shelves if (chart := songs(shelf))]
    for shelf, chart in told:
        yield from pictures(site, shelf, chart, folder(site, shelf) + FOLDER)
    if len(site.shelves) > 1:
        for shelf, chart in told[:1]:
            yield from list(pictures(site, shelf, chart, FOLDER))[1:]
        if told:
            yield family(site, told)


def songs(shelf: Shelf) -> Chart | None:
    """The songs of the last four weeks, which pictures show; None: there are none."""
    found = (chart for chart in shelf.charts if (chart.kind, chart.span) == ("tracks", "short_term"))
    return next((chart for chart in found if chart.ranks), None)


def has_card(site: Site, shelf: Shelf | None) -> bool:
    """Whether a listener, or all of them together, have a card for link previews."""
    return any(songs(one) for one in ([shelf] if shelf else site.shelves))


def pictures(site: Site, shelf: Shelf, chart: Chart, to: str) -> Iterator[Picture]:
    """One listener's pictures, the card first."""
    rows = [row(rank, chart) for rank in chart.ranks]
    shared = frame(site, shelf, chart)
    drawings = {
        "card": card(rows),
        "poster": poster(rows),
        "receipt": receipt(chart, rows[:10]),
        "badge": badge(rows[0]),
        "chart": courses(shelf, rows),
    }
    for drawing, values in drawings.items():
        if values:
            whole = {**shared, **values, "ink": Ink()}
            yield Picture(f"{to}{drawing}", f"cards/{drawing}.svg", whole, ZOOMS.get(drawing, 1))


def frame(site: Site, shelf: Shelf, chart: Chart) -> dict[str, object]:
    """What all pictures of a listener say alike: whose chart it is, of when, and where to find it."""
    edition = shelf.edition or chart.edition
    phrase = SPAN_WORDS[chart.span].phrase
    return {
        "colours": Colours(),
        "site": site.title,
        "label": f"{headline(chart)} of {phrase}, {long_date(edition)}",
        "whose": shelf.listener.name if len(site.shelves) > 1 else "",
        "number": shelf.number,
        "edition": edition,
        "address": (site.address or "").removeprefix("https://").removeprefix("http://").rstrip("/"),
        "heading": f"Top {plural(min(10, len(chart.ranks)), 'song')}".upper(),
        "phrase": phrase,
    }


def family(site: Site, told: Sequence[tuple[Shelf, Chart]]) -> Picture:
    """The card of a site with several listeners: the number one of each."""
    rows = [(shelf.listener.name, row(chart.ranks[0], chart)) for shelf, chart in told]
    latest = max(shelf.edition or chart.edition for shelf, chart in told)
    values = {"colours": Colours(), "site": site.title, "rows": rows, "edition": latest, "ink": Ink()}
    return Picture(f"{FOLDER}card", "cards/family.svg", values)


def row(rank: Rank, chart: Chart) -> Row:
    """A rank as its picture says it."""
    item = rank.item
    artists = ", ".join(name(artist) for artist in item.artists) if isinstance(item, Track) else ""
    length = duration(item.duration_ms) if isinstance(item, Track) and item.duration_ms else ""
    return Row(rank.position, name(item), artists, movement(rank) if chart.number > 1 else None, length)


def set_in(text: str, width: float, *choices: tuple[float, int]) -> Headline:
    """The first choice of size and number of lines that holds the text; the last one cuts it short."""
    for size, lines in choices:
        found = wrapped(text, size, 700, width, lines)
        if all(measured(line, size, 700) <= width for line in found):
            break
    return Headline(found, size)


def card(rows: Sequence[Row]) -> dict[str, object]:
    """The preview of a link: five songs, the first one large."""
    return {"rows": rows[:5], "first": set_in(rows[0].title, 876, (92, 1), (74, 2), (62, 2), (54, 3))}


def poster(rows: Sequence[Row]) -> dict[str, object]:
    """Ten songs, the first one large."""
    return {"rows": rows[:10], "first": set_in(rows[0].title, 724, (96, 1), (84, 2), (72, 2), (58, 3))}


def receipt(chart: Chart, rows: Sequence[Row]) -> dict[str, object]:
    """What a till would print: each song, the sum of their lengths, and the edition as a bar code."""
    lengths = [rank.item.duration_ms or 0 for rank in chart.ranks[:10] if isinstance(rank.item, Track)]
    return {
        "rows": rows,
        "total": duration(sum(lengths)),
        "bars": barcode(chart.edition.isoformat()),
        "height": receipt_height(len(rows)),
    }


def receipt_height(songs: int) -> int:
    """A receipt is as long as its list, of ten songs at most."""
    return 560 + 86 * min(10, songs)


def badge(first: Row) -> dict[str, object]:
    """A badge as wide as its words."""
    label, text = "number one", f"{first.title} · {first.artists}" if first.artists else first.title
    widest = 420
    return {
        "said": text,
        "name": label,
        "left": measured(label, 15, 400) + 20,
        "right": min(widest, measured(text, 15, 700)) + 20,
    }


def courses(shelf: Shelf, rows: Sequence[Row]) -> dict[str, object] | None:
    """The ways of the leading songs over the last editions; None: there is no past to draw."""
    drawn = ways(shelf.archive.standings["tracks", "short_term"]) if shelf.archive else ()
    return {"ways": drawn, "rows": rows[: len(drawn)], "window": WINDOW} if drawn else None

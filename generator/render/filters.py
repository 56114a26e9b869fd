"""What templates do to a value before printing it: small and pure."""

import re
from datetime import date
from typing import NamedTuple
from urllib.parse import quote
from zlib import crc32

from generator.model import Album, Artist, Item, Rank, Track

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
TONES = 8  # as many as static/tokens.css has
HUNDRED = 100  # editions that are worth a word
PODIUM = 4  # number one across the page, and three below it
LOOPBACK = "http://127.0.0.1:"  # covers of the simulated Spotify

# HTML forbids these in a document; Spotify's titles sometimes hold one.
FORBIDDEN = "\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
UNPRINTABLE = re.compile(f"[{FORBIDDEN}]")


class Movement(NamedTuple):
    """How an item came to its place: a class for looks, a sign for eyes, words for ears."""

    way: str
    sign: str
    words: str


def movement(rank: Rank) -> Movement:
    """What happened to the item since the edition before."""
    if rank.moved is None:
        new, back = Movement("new", "NEW", "new on the chart"), Movement("back", "RE", "back on the chart")
        return new if rank.is_new else back
    if rank.moved == 0:
        return Movement("same", "=", "same place as before")
    places = plural(abs(rank.moved), "place")
    if rank.moved > 0:
        return Movement("up", f"▲{rank.moved}", f"up {places}")
    return Movement("down", f"▼{-rank.moved}", f"down {places}")


def duration(milliseconds: int) -> str:
    """A length as people write it: 3:07, or 1:02:45."""
    minutes, seconds = divmod(round(milliseconds / 1000), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def long_date(day: date) -> str:
    """20 November 2026, on every machine."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def day_month(day: date) -> str:
    """20 November."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def short_date(day: date) -> str:
    """20 Nov 2026, where room is short."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def plural(count: int, noun: str) -> str:
    """1 song, 2 songs."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def name(item: Item | Album) -> str:
    """The title or name, or a word where nothing of it can be seen: a link needs a text."""
    text = clean(item.name if isinstance(item, Artist) else item.title)
    # Marks of direction, joiners and spaces of no width are no text.
    return text if any(char.isprintable() and not char.isspace() for char in text) else "Untitled"


def spotify(item: Item | Album) -> str | None:
    """The item's own page at Spotify; None: it has no id."""
    kind = {Track: "track", Artist: "artist", Album: "album"}[type(item)]
    return f"https://open.spotify.com/{kind}/{quote(item.id, safe='')}" if item.id else None


def cover(item: Item) -> str | None:
    """The address of the item's picture, if it is one that a page may load."""
    source = item.album if isinstance(item, Track) else item
    return loadable(source.image_url if source else None)


def loadable(address: str | None) -> str | None:
    """The address of a picture, if it is one that a page may load."""
    return address if address and address.startswith(("https://", LOOPBACK)) else None


def tone(item: Item) -> int:
    """Which calm colour stands in for the cover: the same for one album, everywhere and always."""
    source = item.album if isinstance(item, Track) and item.album else item
    return calm(source.id)


def calm(identity: str) -> int:
    """Which of the calm colours an id has."""
    return crc32(identity.encode("utf-8", "replace")) % TONES


def size(text: str) -> str:
    """How much room a headline needs: "short", "medium" or "long"."""
    if len(text) <= 16:  # noqa: PLR2004
        return "short"
    return "medium" if len(text) <= 36 else "long"  # noqa: PLR2004


def berth(line: int, lines: int) -> str:
    """Where a line of a chart stands on a wide page: below three abreast the rest fills two columns."""
    if line == 1:
        return "first"
    if line <= PODIUM:
        return "podium"
    return "near" if line <= (lines + PODIUM + 1) // 2 else "far"


def milestone(rank: Rank, edition: date) -> str | None:
    """What is to be celebrated on this very edition; None: nothing."""
    if rank.editions == HUNDRED:
        return "100th edition"
    if (
        rank.debut
        and rank.debut < edition
        and (rank.debut.month, rank.debut.day) == (edition.month, edition.day)
    ):
        return f"{plural(edition.year - rank.debut.year, 'year')} today"
    return None


def clean(text: str) -> str:
    """The text without the characters that HTML forbids."""
    # What Python calls printable holds none of them, and is told ten times as fast.
    return text if text.isprintable() else UNPRINTABLE.sub("", text)


FILTERS = (
    movement,
    duration,
    long_date,
    short_date,
    day_month,
    plural,
    name,
    spotify,
    cover,
    tone,
    size,
    berth,
    milestone,
)

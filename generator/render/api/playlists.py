"""The current songs as a text to paste, a playlist to play and a table to sort."""

import unicodedata
from collections.abc import Iterator

from generator.model import Chart, Rank, Shelf, Site, Track
from generator.render.api.tables import table
from generator.render.filters import long_date, movement, name, spotify
from generator.render.words import SPAN_WORDS, headline

WIDE = "WF"  # letters as wide as two
COLUMNS = (
    *("position", "id", "title", "artists", "album", "duration_ms", "isrc"),
    *("moved", "is_new", "peak", "editions"),
)


def playlists(site: Site, shelf: Shelf, chart: Chart) -> Iterator[tuple[str, bytes]]:
    """Each by its path inside the listener's folder."""
    title = f"{site.title} · {shelf.listener.name}" if len(site.shelves) > 1 else site.title
    yield "top20.txt", plain(title, shelf, chart).encode("utf-8", "replace")
    yield "top20.m3u8", m3u(title, chart).encode("utf-8", "replace")
    yield "top20.csv", table(COLUMNS, map(cells, chart.ranks))


def plain(title: str, shelf: Shelf, chart: Chart) -> str:
    """The chart in columns, for a screen of one type width."""
    rows = [
        (
            f"{rank.position:2}",
            movement(rank).sign if chart.number > 1 else "",
            on_one_line(name(rank.item)),
            by(rank),
        )
        for rank in chart.ranks
    ]
    widest = max((width(row[2]) for row in rows), default=0)
    lines = [
        on_one_line(title),
        f"{headline(chart)} of {SPAN_WORDS[chart.span].phrase}",
        f"Edition {shelf.number}, {long_date(shelf.edition or chart.edition)}",
        "",
        *(
            f"{place}  {padded(sign, 4)}{padded(song, widest + 2)}{artists}".rstrip()
            for place, sign, song, artists in rows
        ),
    ]
    return "\n".join(lines) + "\n"


def m3u(title: str, chart: Chart) -> str:
    """A playlist whose entries lead to Spotify."""
    lines = ["#EXTM3U", f"#PLAYLIST:{on_one_line(title)}: {headline(chart)}, {long_date(chart.edition)}"]
    for rank in chart.ranks:
        length = rank.item.duration_ms if isinstance(rank.item, Track) else None
        seconds = -1 if length is None else round(length / 1000)
        who = f"{by(rank)} - " if by(rank) else ""
        if address := spotify(rank.item):
            lines += [f"#EXTINF:{seconds},{who}{on_one_line(name(rank.item))}", address]
    return "\n".join(lines) + "\n"


def cells(rank: Rank) -> list[object]:
    track = rank.item
    album = track.album if isinstance(track, Track) else None
    known = (
        (track.title, track.duration_ms, track.isrc)
        if isinstance(track, Track)
        else (name(track), None, None)
    )
    title, length, isrc = known
    facts = [by(rank), album and album.title, length, isrc]
    return [rank.position, track.id, title, *facts, rank.moved, rank.is_new, rank.peak, rank.editions]


def by(rank: Rank) -> str:
    artists = rank.item.artists if isinstance(rank.item, Track) else ()
    return on_one_line(", ".join(name(artist) for artist in artists))


def on_one_line(text: str) -> str:
    """Without line breaks and control characters, which would end an entry."""
    kept = "".join(letter for letter in text if letter.isspace() or unicodedata.category(letter) != "Cc")
    return " ".join(kept.split())


def width(text: str) -> int:
    """How many columns a text takes: marks none, Chinese letters two."""
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in WIDE else 1
        for letter in text
    )


def padded(text: str, columns: int) -> str:
    return text + " " * (columns - width(text))

"""A listener's songs and artists as item pages name them: what many pages share is made once."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from generator.model import KINDS, SPANS, Archive, Artist, Item, Kind, Track
from generator.render.filters import long_date, name, spotify
from generator.render.past import Past, past

UP = "../../"  # from an item's page to its listener's first folder


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Pasts and links by id, as they stand on an item's page."""

    pasts: Mapping[Kind, Mapping[str, Sequence[Past]]]  # the charts that an item was ever on
    links: Mapping[Kind, Mapping[str, Markup]]  # a title or name, leading to the item's page
    songs: Mapping[str, Sequence[str]]  # ids of an artist's songs, by title
    dates: Mapping[date, Markup]  # a date, leading to the edition's page


def catalogue(archive: Archive) -> Catalogue:
    on: dict[Kind, dict[str, list[Past]]] = {kind: {} for kind in KINDS}
    for kind, span in ((kind, span) for kind in KINDS for span in SPANS if (kind, span) in archive.standings):
        chart = past(archive, kind, span)
        for one in chart.records:
            on[kind].setdefault(one, []).append(chart)
    return Catalogue(
        pasts=on,
        links={kind: {one: link(archive.items[kind][one]) for one in on[kind]} for kind in KINDS},
        songs=songs(archive.items["tracks"][one] for one in on["tracks"]),
        dates={edition.date: dated(edition.date) for edition in archive.editions},
    )


def songs(tracks: Iterable[Item]) -> Mapping[str, Sequence[str]]:
    """Which songs are whose."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for track in sorted(tracks, key=lambda track: (name(track), track.id)):
        for artist in track.artists if isinstance(track, Track) else ():
            found[artist.id].append(track.id)
    return found


def link(item: Item) -> Markup:
    """A title or name that leads to the item's own page."""
    kind = "tracks" if isinstance(item, Track) else "artists"
    return Markup('<a href="%s%s/%s/index.html"><bdi>%s</bdi></a>') % (UP, kind, item.id, name(item))


def dated(day: date) -> Markup:
    """A date that leads to the edition's page."""
    where = (UP, day, day, long_date(day))
    return Markup('<a href="%son/%s/index.html"><time datetime="%s">%s</time></a>') % where


def credits_of(known: Catalogue, track: Track, played: Container[str] = ()) -> Markup:
    """Who made a song: each leads to a page of their own, or to Spotify where there is none.

    `played`: ids of artists who have a page because they were played.
    """
    return Markup(", ").join(
        known.links["artists"].get(artist.id) or (link(artist) if artist.id in played else elsewhere(artist))
        for artist in track.artists
    )


def elsewhere(artist: Artist) -> Markup:
    """An artist without a page here."""
    address, text = spotify(artist), Markup("<bdi>%s</bdi>") % name(artist)
    return Markup('<a href="%s">%s</a>') % (address, text) if address else text

"""How names are spelled, whatever their case and width: digests by which views find what one stands for."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.listening import item_key

BY_NAME = "name:"  # a key that is a digest already


class Track(NamedTuple):
    """A track of the catalog."""

    id: str
    title: str
    artist_ids: str
    album_id: str | None


class Named(NamedTuple):
    """A track that an export names."""

    item_key: str
    title: str
    artist: str
    album: str | None


Spelling = tuple[str, str, str]  # kind, key, digest


def spellings(
    tracks: Iterable[Track], artists: dict[str, str], albums: dict[str, str], named: Iterable[Named]
) -> Iterator[Spelling]:
    """A digest for every name of the catalog and of exports, each key of a kind once.

    `artists` and `albums`: names and titles by id. An artist's digest is that of the name alone, that of an
    album or a track is of the artist's name and the title.
    """
    yield from (("artists", one, item_key(name, "")) for one, name in sorted(artists.items()))
    makers: dict[str, str] = {}
    for track in sorted(tracks):
        maker = artists.get(track.artist_ids.partition(" ")[0], "")
        yield "tracks", track.id, item_key(maker, track.title)
        if track.album_id:
            makers.setdefault(track.album_id, maker)
    yield from (
        ("albums", one, item_key(by, albums[one])) for one, by in sorted(makers.items()) if one in albums
    )
    known = {track.id for track in tracks}
    for one in sorted(named, key=lambda one: one.item_key):
        yield "artist_of", one.item_key, item_key(one.artist, "")
        if one.album:
            yield "album_of", one.item_key, item_key(one.artist, one.album)
        if one.item_key not in known:
            is_name = one.item_key.startswith(BY_NAME)
            yield "tracks", one.item_key, one.item_key if is_name else item_key(one.artist, one.title)

"""Which song, artist and album a play is of, by hand: names are compared as they are written."""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from generator.listening import item_key

Name = tuple[str, ...]


class Track(NamedTuple):
    """A row of the table `tracks`, without its id."""

    title: str
    artist_ids: str
    album_id: str | None
    duration_ms: int | None


class Named(NamedTuple):
    """A row of the table `named`, without its key."""

    title: str
    artist: str
    album: str | None


class Known(NamedTuple):
    """What is known about music, all by id or key."""

    tracks: Mapping[str, Track]
    artists: Mapping[str, str]
    albums: Mapping[str, tuple[str, str | None]]  # title, release date
    named: Mapping[str, Named]
    song_of: Mapping[str, str]
    same: frozenset[str]  # ids that data/same.csv has a line for


class Song(NamedTuple):
    """A row of the view `songs`, without its listener."""

    item_id: str
    title: str | None
    artist_id: str | None
    artist: str | None
    album_id: str | None
    album: str | None
    release_year: int | None


class Listener(NamedTuple):
    """What a listener's plays stand for."""

    stands_for: Mapping[str, str]  # the id of the song, by the key of a play
    songs: Mapping[str, Song]  # by id
    lengths: Mapping[str, int | None]  # by the key of a play


def listener(known: Known, heads: Mapping[str, str]) -> Listener:
    """All that plays may name; `heads`: the id by which the listener's charts call a song."""
    keys = {*known.tracks, *known.named}
    stands_for = {key: called(by_name(key, known), known, heads) for key in keys}
    return Listener(
        stands_for,
        {one: song(one, known) for one in stands_for.values()},
        {key: length(key, known) or length(one, known) for key, one in stands_for.items()},
    )


def length(one: str, known: Known) -> int | None:
    return known.tracks[one].duration_ms if one in known.tracks else None


def spelled(*names: str) -> Name:
    return tuple(unicodedata.normalize("NFKC", name).casefold() for name in names)


def by_name(key: str, known: Known) -> str:
    """The id that a key stands for."""
    if key in known.tracks or key in known.same or key in known.song_of:
        return key
    said = spelled(known.named[key].artist, known.named[key].title)
    catalog = {one: spelled(first_artist(track, known), track.title) for one, track in known.tracks.items()}
    exports = {
        one: spelled(name.artist, name.title)
        for one, name in known.named.items()
        if one not in known.tracks and not one.startswith("name:")
    }
    return smallest(said, catalog) or smallest(said, exports) or key


def smallest(said: Name, names: Mapping[str, Name]) -> str | None:
    return min((one for one, name in names.items() if name == said), default=None)


def first_artist(track: Track, known: Known) -> str:
    return known.artists.get(track.artist_ids.split(" ")[0], "")


def called(one: str, known: Known, heads: Mapping[str, str]) -> str:
    """The id that a song goes by: the charts' own, else the smallest of the catalog, else of the exports."""
    song_name = known.song_of.get(one)
    if song_name is None or song_name in heads:
        return heads.get(song_name or one, one)
    members = {other for other, name in known.song_of.items() if name == song_name}
    return min(members & known.tracks.keys(), default=min(members & known.named.keys(), default=one))


def song(one: str, known: Known) -> Song:
    track, name = known.tracks.get(one), known.named.get(one)
    title = track.title if track else name.title if name else None
    artist_id = artist_of(track, name, known)
    album_id = album_of(track, name, known)
    album, released = known.albums.get(album_id or "", (name.album if name else None, None))
    artist = known.artists.get(artist_id or "", name.artist if name else None)
    year = int(released[:4]) if released and released[:4] >= "1000" else None
    return Song(one, title, artist_id, artist, album_id, album, year)


def artist_of(track: Track | None, name: Named | None, known: Known) -> str | None:
    if track and track.artist_ids:
        return track.artist_ids.split(" ")[0]
    if not name:
        return None
    names = {one: spelled(artist) for one, artist in known.artists.items()}
    return smallest(spelled(name.artist), names) or item_key(name.artist, "")


def album_of(track: Track | None, name: Named | None, known: Known) -> str | None:
    if track and track.album_id:
        return track.album_id
    if not name or not name.album:
        return None
    names = {one: spelled(maker(one, known), title) for one, (title, _) in known.albums.items()}
    return smallest(spelled(name.artist, name.album), names) or item_key(name.artist, name.album)


def maker(album: str, known: Known) -> str:
    """Whose album it is: the first artist of its track with the smallest id; nobody's without a track."""
    on_it: Iterable[str] = (one for one, track in known.tracks.items() if track.album_id == album)
    first = min(on_it, default=None)
    return first_artist(known.tracks[first], known) if first else "\n"


def played_as(of: Listener) -> list[tuple[object, ...]]:
    """The rows of the view `played_as`, without their listener."""
    return [
        (key, *of.songs[one][:6], of.lengths[key], of.songs[one].release_year)
        for key, one in of.stands_for.items()
    ]

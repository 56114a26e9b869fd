"""An invented catalogue: some 120 artists, their albums and some 700 songs, the same on every machine."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from random import Random
from string import ascii_letters, digits
from typing import Literal, TypeVar

from generator.demo.words import ALBUMS, AWKWARD, GENRES, JOINED, LABELS, NAMES, PARTS, PATTERNS, TAILS

WORLD = "heavy rotation"  # the seed of the catalogue, which every listener shares
SIZES = (1, 1, 1, 2, 4, 5, 8, 9, 10, 12)  # songs on a release
RELEASES = (1, 1, 2)  # releases of an artist
ALBUM_SIZE = 7  # a release with fewer songs is a single, or what is called an EP
PRECISE_FROM = 1990  # of an older release often only the year is known
LATEST = 2027  # the last year in which something was released
T = TypeVar("T")
AlbumKind = Literal["album", "single", "compilation"]


@dataclass(frozen=True, slots=True)
class Artist:
    id: str
    name: str
    tongue: str
    genres: tuple[str, ...]
    popularity: int
    image: str  # 24 hex digits: the part of an image's id that is the same at every size


@dataclass(frozen=True, slots=True)
class Album:
    id: str
    title: str
    kind: AlbumKind
    artist: Artist
    release_date: str  # a year, a month or a day
    label: str
    size: int
    image: str


@dataclass(frozen=True, slots=True)
class Song:
    id: str
    title: str
    artists: tuple[Artist, ...]
    album: Album
    number: int
    duration_ms: int
    isrc: str
    explicit: bool
    popularity: int


@dataclass(frozen=True, slots=True)
class Catalogue:
    artists: tuple[Artist, ...]
    albums: tuple[Album, ...]
    songs: tuple[Song, ...]


def base62(*words: str) -> str:
    """22 letters and digits that stand for these words: the form of Spotify's ids."""
    number, letters = int(fingerprint(*words), 16), digits + ascii_letters
    return "".join(letters[number // 62**place % 62] for place in range(22))


def fingerprint(*words: str) -> str:
    """64 hex digits that stand for these words."""
    return hashlib.sha256("\x1f".join(words).encode()).hexdigest()


class Dice(Random):
    """Draws that are the same for ever: Python promises that only of `random()`, so all come from it."""

    def below(self, end: int) -> int:
        """A whole number from 0 up to, not including, `end`."""
        return int(self.random() * end)

    def among(self, these: Sequence[T]) -> T:
        """One of these."""
        return these[self.below(len(these))]

    def is_so(self, per_cent: int) -> bool:
        """Yes, in so many cases of a hundred."""
        return self.below(100) < per_cent


def filled(pattern: str, dice: Dice) -> str:
    """The pattern with every {word} drawn from the list of that name."""
    text = re.sub(r"\{(\w+)\}", lambda gap: dice.among(PARTS[gap[1]]), pattern)
    return re.sub(r"\b([Aa]) (?=[AEIOU])", r"\1n ", text)


def title(tongue: str, dice: Dice) -> str:
    """A title in this tongue."""
    if tongue == "en":
        return filled(dice.among(PATTERNS), dice)
    space, first, second = JOINED[tongue]
    return dice.among(first) + space + dice.among(second)


def fresh_title(tongue: str, dice: Dice, taken: set[str]) -> str:
    """A title that this artist has not used yet; some carry a remark, as titles on Spotify do."""
    while (name := title(tongue, dice)) in taken:
        pass
    taken.add(name)
    return f"{name} {dice.among(TAILS)}" if dice.is_so(7) else name


def artist(name: str, tongue: str) -> Artist:
    dice = Dice(f"{WORLD}/artist/{name}")
    genres = tuple(sorted({dice.among(GENRES) for _ in range(dice.below(4))}))
    return Artist(
        id=base62("artist", name),
        name=name,
        tongue=tongue,
        genres=genres,
        popularity=8 + dice.below(70),
        image=fingerprint("artist image", name)[:24],
    )


def release_date(year: int, dice: Dice) -> str:
    """A day as a rule; only a month or a year for some old releases, as on Spotify."""
    month, day = 1 + dice.below(12), 1 + dice.below(28)
    if year < PRECISE_FROM and dice.is_so(60):
        return f"{year}" if dice.is_so(70) else f"{year}-{month:02}"
    return f"{year}-{month:02}-{day:02}"


def album(singer: Artist, number: int, year: int, dice: Dice) -> Album:
    size = dice.among(SIZES)
    kind: AlbumKind = "single" if size < ALBUM_SIZE else "compilation" if dice.is_so(8) else "album"
    name = filled(dice.among(ALBUMS), dice) if singer.tongue == "en" else title(singer.tongue, dice)
    return Album(
        id=base62("album", singer.name, str(number)),
        title=name,
        kind=kind,
        artist=singer,
        release_date=release_date(year, dice),
        label=dice.among(LABELS),
        size=size,
        image=fingerprint("album image", singer.name, str(number))[:24],
    )


def song(record: Album, number: int, name: str, guests: tuple[Artist, ...], dice: Dice) -> Song:
    key = (record.artist.name, record.id, str(number))
    guests = tuple(guest for guest in guests if guest != record.artist)
    return Song(
        id=base62("track", *key),
        title=name,
        artists=(record.artist, *guests),
        album=record,
        number=number,
        duration_ms=80_000 + sum(dice.below(70_000) for _ in range(4)),
        isrc=f"QZ{fingerprint('isrc', *key)[:3].upper()}{record.release_date[2:4]}"
        f"{int(fingerprint(*key), 16) % 100_000:05}",
        explicit=dice.is_so(9),
        popularity=max(0, record.artist.popularity - 15 + dice.below(30)),
    )


def discography(singer: Artist, artists: Sequence[Artist]) -> list[Song]:
    """Everything that this artist has recorded, oldest first."""
    dice = Dice(f"{WORLD}/songs/{singer.name}")
    year, taken, songs = LATEST - 1 - dice.below(8) * (1 + dice.below(8)), set[str](), list[Song]()
    for release in range(dice.among(RELEASES)):
        record = album(singer, release, year, dice)
        if record.kind == "single":  # a single is called as its first song
            first = fresh_title(singer.tongue, dice, taken)
            names = [first, *(fresh_title(singer.tongue, dice, taken) for _ in range(record.size - 1))]
            record = replace(record, title=first)
        else:
            names = [fresh_title(singer.tongue, dice, taken) for _ in range(record.size)]
        for number, name in enumerate(names, start=1):
            guests = (dice.among(artists),) if dice.is_so(9) else ()
            songs.append(song(record, number, name, guests, dice))
        year = min(LATEST, year + 1 + dice.below(4))
    return songs


def with_awkward_titles(songs: list[Song]) -> list[Song]:
    """The same songs, but some of the English ones have titles that have broken programs."""
    english = [place for place, one in enumerate(songs) if one.artists[0].tongue == "en"]
    renamed = dict(zip(english[:: len(english) // len(AWKWARD)], AWKWARD, strict=False))
    return [replace(one, title=renamed.get(place, one.title)) for place, one in enumerate(songs)]


def reissues(songs: Sequence[Song]) -> list[Song]:
    """Album songs that came out before as singles: the same recording (ISRC) under a second track id."""
    leads = [one for one in songs if one.number == 1 and one.album.kind == "album"]
    return [reissue(one) for one in leads[::3]]


def reissue(one: Song) -> Song:
    key = ("single", one.id)
    single = replace(
        one.album,
        id=base62("album", *key),
        title=one.title,
        kind="single",
        size=1,
        image=fingerprint("album image", *key)[:24],
    )
    return replace(one, id=base62("track", *key), album=single)


@cache
def catalogue() -> Catalogue:
    """The whole catalogue; its order never changes."""
    artists = tuple(artist(name, tongue) for tongue, names in NAMES.items() for name in names)
    songs = with_awkward_titles([one for singer in artists for one in discography(singer, artists)])
    songs += reissues(songs)
    albums = tuple({one.album.id: one.album for one in songs}.values())
    return Catalogue(artists, albums, tuple(songs))

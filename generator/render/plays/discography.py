"""Whose songs were played, and how often: what the pages of artists and albums list."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.tally.diary import Diary
from generator.tally.lives import Life
from generator.tally.played import Played, PlayedKind
from generator.tally.tally import Tally

Song = tuple[Played, Tally]


@dataclass(frozen=True, slots=True)
class Discography:
    """Songs and albums, the most played first."""

    songs: Mapping[PlayedKind, Mapping[str, Sequence[Song]]]  # by id of their artist, or of their album
    albums: Mapping[str, Sequence[Life]]  # with a page, by id of their artist


def discography(diary: Diary) -> Discography:
    """Gathered once for all pages; every song that was ever played is in it."""
    by_artist: defaultdict[str, list[Song]] = defaultdict(list)
    by_album: defaultdict[str, list[Song]] = defaultdict(list)
    songs = zip(diary.numbered, diary.totals, strict=True)
    for song, tally in sorted(songs, key=lambda one: (-one[1].plays, -one[1].ms, one[0].id)):
        if song.artist:
            by_artist[song.artist.id].append((song, tally))
        if song.album:
            by_album[song.album.id].append((song, tally))
    albums: defaultdict[str, list[Life]] = defaultdict(list)
    for life in diary.lives["albums"].values():
        if life.item.artist:
            albums[life.item.artist.id].append(life)
    return Discography({"artists": by_artist, "albums": by_album}, albums)

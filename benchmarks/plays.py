"""Invented plays for all benchmarks: what somebody hears over years, as an export and as data/ holds it.

The same count and years give the same plays: a few songs are heard most (a Zipf law), in sessions that
begin at some hours of the day.
"""

import random
import string
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import accumulate
from json import dumps
from pathlib import Path
from typing import NamedTuple

from history import write

SONGS, ARTISTS, ALBUMS = 20_000, 900, 4_000
SESSIONS = (7, 12, 17, 20)  # the hours at which somebody begins to listen
LAST = date(2026, 11, 19)
LETTERS = string.digits + string.ascii_uppercase + string.ascii_lowercase
SYLLABLES = [
    "la",
    "mi",
    "ro",
    "ta",
    "ne",
    "su",
    "ko",
    "vel",
    "an",
    "der",
    "mor",
    "lis",
    "ca",
    "tur",
    "ein",
    "sol",
    "è",
    "mé",
    "ñu",
    "öst",
    "brü",
    "星",
    "夜",
    "ра",
    "ти",
    "the",
    "of",
    "you",
    "love",
    "blue",
]
PERSONAL = (  # what an export says beside, and nobody reads
    '"platform":"Android OS 14 API 34 (invented, phone)","conn_country":"XX","ip_addr":"192.0.2.7",'
)
REST = (
    '"episode_name":null,"episode_show_name":null,"spotify_episode_uri":null,"audiobook_title":null,'
    '"audiobook_uri":null,"audiobook_chapter_uri":null,"audiobook_chapter_title":null,'
)


class Song(NamedTuple):
    """A track as exports name it."""

    id: str
    title: str
    artist: str
    album: str
    ms: int  # its length


class Play(NamedTuple):
    """One listen."""

    ended: datetime  # UTC, to the second
    song: Song
    ms: int  # heard
    skipped: bool


@cache
def songs() -> tuple[Song, ...]:
    """All songs there are, those that are played most first."""
    dice = random.Random("songs")
    artists = [_name(dice, 2) for _ in range(ARTISTS)]
    albums = [(_name(dice, 3), dice.choice(artists)) for _ in range(ALBUMS)]
    found = []
    for _ in range(SONGS):
        album, artist = dice.choice(albums)
        identity = "".join(dice.choices(LETTERS, k=22))
        found.append(Song(identity, _name(dice, 4), artist, album, dice.randrange(90_000, 420_000)))
    return tuple(found)


def _name(dice: random.Random, longest: int) -> str:
    words = ("".join(dice.choices(SYLLABLES, k=dice.randint(1, 3))) for _ in range(dice.randint(1, longest)))
    name = " ".join(words).capitalize()
    return dice.choices((name, f"{name}, live", f'{name} "{name}"'), (18, 1, 1))[0]


def plays(count: int, years: int = 10, last: date = LAST) -> Iterator[Play]:
    """So many plays, spread over the years up to a day, oldest first; no two end in one second."""
    dice = random.Random(f"plays {years}")
    days = years * 365
    weights = list(accumulate(1 / place for place in range(1, SONGS + 1)))
    heard = iter(dice.choices(songs(), cum_weights=weights, k=count))
    ended = datetime.min.replace(tzinfo=UTC)
    for day in range(days):
        today = count * (day + 1) // days - count * day // days
        midnight = datetime.combine(last - timedelta(days - 1 - day), time(), UTC)
        for number in range(today):
            if number % max(1, -(-today // len(SESSIONS))) == 0:
                hour = SESSIONS[number * len(SESSIONS) // today]
                ended = max(ended, midnight + timedelta(hours=hour, seconds=dice.randrange(3600)))
            song = next(heard)
            skipped = dice.random() < 0.25
            ms = dice.randrange(1_000, 60_000) if skipped else song.ms
            ended += timedelta(seconds=ms // 1000 + 1)
            yield Play(ended, song, ms, skipped)


def write_export(file: Path, count: int, years: int = 10) -> None:
    """The plays as an extended history, with everything that Spotify adds."""
    names = {song.id: _names(song) for song in songs()}
    with file.open("w", encoding="utf-8") as out:
        for number, play in enumerate(plays(count, years)):
            skipped = "true" if play.skipped else "false"
            out.write(",\n" if number else "[")
            out.write(
                f'{{"ts":"{play.ended:%Y-%m-%dT%H:%M:%SZ}",{PERSONAL}'
                f'"ms_played":{play.ms},{names[play.song.id]}{REST}"reason_start":"trackdone",'
                f'"reason_end":"trackdone","shuffle":false,"skipped":{skipped},"offline":false,'
                f'"offline_timestamp":{int(play.ended.timestamp())},"incognito_mode":false}}'
            )
        out.write("]\n")


def _names(song: Song) -> str:
    return (
        f'"master_metadata_track_name":{dumps(song.title)},'
        f'"master_metadata_album_artist_name":{dumps(song.artist)},'
        f'"master_metadata_album_album_name":{dumps(song.album)},'
        f'"spotify_track_uri":"spotify:track:{song.id}",'
    )


def cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if "," in text or '"' in text else text


def write_data(root: Path, count: int, years: int = 10, listener: str = "me") -> None:
    """The files of data/ that an import of the same plays writes, byte for byte."""
    months: dict[str, list[str]] = {}
    heard = set()
    for play in plays(count, years):
        instant = f"{play.ended:%Y-%m-%dT%H:%M:%S.000Z}"
        skipped = "true" if play.skipped else "false"
        row = f"{instant},extended,{play.song.id},{play.ms},{skipped},"
        months.setdefault(instant[:7], []).append(row)
        heard.add(play.song)
    for month, rows in months.items():
        file = root / "data" / listener / "plays" / f"{month}.csv"
        write(file, "played_at,source,item_key,ms_played,skipped,digest", rows)
    named = sorted(",".join(map(cell, (song.id, song.title, song.artist, song.album))) for song in heard)
    write(root / "data" / "catalog" / "named.csv", "item_key,title,artist,album", named)

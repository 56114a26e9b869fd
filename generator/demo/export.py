"""The listener's exports as Spotify sends them: the extended history in a zip, and the account's data.

They tell of the same plays as the simulated Web API, and are as untidy as real ones: podcasts and audiobooks,
private sessions, skips, rows that name nothing, and columns that are nobody's business.
"""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from generator.demo.answers import Json
from generator.demo.catalogue import Dice, base62
from generator.demo.plays import Play, heard

ZIP = "my_spotify_data.zip"
EXTENDED = "Spotify Extended Streaming History"  # the folder in the zip
ACCOUNT = "Spotify Account Data"
ACCOUNT_LASTS = timedelta(days=365)
ROWS = 10_000  # in a file of the account's data
DEVICES = ("Android OS 14 API 34 (Example, Phone)", "web_player linux 6.1;firefox 128.0;desktop", "ios")
SHOWS = ("Two People Discuss a Kettle", "The Slow News", "Bridges, Explained")
BOOKS = ("The Lighthouse Keeper's Invoice", "A Short History of Drizzle")
SPOKEN = 12  # out of a hundred days, so many have an episode, and fewer a chapter or a video
HOUR = 22  # (UTC) at which the listener has done with music


def write(folder: Path, first: date, extended: datetime, account: datetime, *, seed: str = "demo") -> None:
    """Both exports: all that was heard since a day up to the instant at which each was asked for."""
    (folder / ACCOUNT).mkdir(parents=True, exist_ok=True)
    with ZipFile(folder / ZIP, "w") as packed:
        for name, rows in extended_files(seed, first, extended):
            # The zip's own clock stands still, so that equal histories give equal bytes.
            member = ZipInfo(f"{EXTENDED}/{name}")
            member.compress_type = ZIP_DEFLATED
            packed.writestr(member, as_text(rows))
    for name, rows in account_files(seed, max(first, (account - ACCOUNT_LASTS).date()), account):
        (folder / ACCOUNT / name).write_text(as_text(rows), "utf-8")


def as_text(rows: list[Json]) -> str:
    """A file, with a row on each line."""
    return "[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]\n"


def heard_between(seed: str, first: date, until: datetime) -> list[Play]:
    """All plays from the beginning of a day up to an instant, in order."""
    days = (first + timedelta(days=number) for number in range((until.date() - first).days + 1))
    return [play for day in days for play in heard(seed, day) if play.ended <= until]


def extended_files(seed: str, first: date, until: datetime) -> Iterator[tuple[str, list[Json]]]:
    """The files of the extended history: what was listened to, by year, and what was watched."""
    rows = [music(seed, play) for play in heard_between(seed, first, until)]
    rows += spoken(seed, first, until)
    rows.sort(key=lambda row: (row["ts"], row["ms_played"], row["spotify_track_uri"] or ""))
    by_year = groupby(rows, key=lambda row: str(row["ts"])[:4])
    for number, (year, found) in enumerate(by_year):
        yield f"Streaming_History_Audio_{year}_{number}.json", list(found)
    yield f"Streaming_History_Video_{first.year}-{until.year}.json", list(videos(seed, first, until))


def music(seed: str, play: Play) -> Json:
    """A song, as the extended history tells of it."""
    dice, song = Dice(f"{seed}/row/{play.ended}"), play.song
    return row(
        dice,
        play.ended,
        play.ms,
        master_metadata_track_name=song.title,
        master_metadata_album_artist_name=song.album.artist.name,
        master_metadata_album_album_name=song.album.title,
        spotify_track_uri=f"spotify:track:{song.id}",
        reason_end="fwdbtn" if play.is_skipped else "trackdone",
        skipped=play.is_skipped,
        incognito_mode=play.is_private,
    )


def row(dice: Dice, ended: datetime, ms: int, **told: object) -> Json:
    """All columns, the personal ones too: the addresses are of those that are nobody's."""
    return {
        "ts": f"{ended:%Y-%m-%dT%H:%M:%SZ}",
        "username": "robin-vale-example",
        "platform": dice.among(DEVICES),
        "ms_played": ms,
        "conn_country": "DE",
        "ip_addr": f"192.0.2.{1 + dice.below(254)}",
        "user_agent_decrypted": "unknown",
        "master_metadata_track_name": None,
        "master_metadata_album_artist_name": None,
        "master_metadata_album_album_name": None,
        "spotify_track_uri": None,
        "episode_name": None,
        "episode_show_name": None,
        "spotify_episode_uri": None,
        "audiobook_title": None,
        "audiobook_uri": None,
        "audiobook_chapter_uri": None,
        "audiobook_chapter_title": None,
        "reason_start": dice.among(("trackdone", "trackdone", "clickrow")),
        "reason_end": "trackdone",
        "shuffle": dice.is_so(40),
        "skipped": False,
        "offline": dice.is_so(5),
        "offline_timestamp": dice.among((None, int(ended.timestamp()), int(ended.timestamp()) * 1000)),
        "incognito_mode": False,
    } | told


def evenings(
    seed: str, about: str, per_cent: int, first: date, until: datetime
) -> Iterator[tuple[datetime, Dice]]:
    """The evenings, so many out of a hundred, on which something ended that is not music."""
    for number in range((until.date() - first).days):
        day = first + timedelta(days=number)
        dice = Dice(f"{seed}/{about}/{day}")
        if dice.is_so(per_cent):
            yield datetime(day.year, day.month, day.day, HOUR, 30 + dice.below(30), tzinfo=UTC), dice


def spoken(seed: str, first: date, until: datetime) -> Iterator[Json]:
    """Episodes, chapters, and rows that name nothing."""
    for ended, dice in evenings(seed, "podcast", SPOKEN, first, until):
        show, number = dice.among(SHOWS), 1 + dice.below(90)
        uri = f"spotify:episode:{base62('episode', show, str(number))}"
        named = {"episode_name": f"Episode {number}", "episode_show_name": show, "spotify_episode_uri": uri}
        yield row(dice, ended, 60_000 * (5 + dice.below(50)), **named)
    for ended, dice in evenings(seed, "audiobook", SPOKEN // 3, first, until):
        title, chapter = dice.among(BOOKS), 1 + dice.below(20)
        named = {"audiobook_title": title, "audiobook_uri": f"spotify:show:{base62('book', title)}"}
        named["audiobook_chapter_title"] = f"Chapter {chapter}"
        yield row(dice, ended, 60_000 * (5 + dice.below(30)), **named)
    for ended, dice in evenings(seed, "nothing", SPOKEN // 4, first, until):
        yield row(dice, ended, dice.below(4000))


def videos(seed: str, first: date, until: datetime) -> Iterator[Json]:
    """Episodes that were watched."""
    for ended, dice in evenings(seed, "video", SPOKEN // 6, first, until):
        named = {"episode_name": "On Camera", "episode_show_name": dice.among(SHOWS)}
        yield row(dice, ended, 60_000 * (5 + dice.below(30)), **named)


def account_files(seed: str, first: date, until: datetime) -> Iterator[tuple[str, list[Json]]]:
    """The files of the account's data: a year at most, by names and minutes, nothing of private sessions."""
    plays = [play for play in heard_between(seed, first, until) if not play.is_private]
    for number, begin in enumerate(range(0, len(plays), ROWS)):
        part = plays[begin : begin + ROWS]
        yield f"StreamingHistory_music_{number}.json", [in_short(play) for play in part]
    episodes = evenings(seed, "podcast", SPOKEN, first, until)
    yield "StreamingHistory_podcast_0.json", [episode_in_short(ended, dice) for ended, dice in episodes]


def in_short(play: Play) -> Json:
    return {
        "endTime": f"{play.ended:%Y-%m-%d %H:%M}",
        "artistName": play.song.album.artist.name,
        "trackName": play.song.title,
        "msPlayed": play.ms,
    }


def episode_in_short(ended: datetime, dice: Dice) -> Json:
    show, number = dice.among(SHOWS), 1 + dice.below(90)
    return {
        "endTime": f"{ended:%Y-%m-%d %H:%M}",
        "podcastName": show,
        "episodeName": f"Episode {number}",
        "msPlayed": 60_000 * (5 + dice.below(50)),
    }

"""Plays told in words: data/ is loaded into a real database, and its views answer.

    heard(data, "2026-11-20 14:03 api Roads", "2026-11-20 14:07 extended Roads 31000")

A play ended at that instant (UTC; seconds and milliseconds may follow). The rest of its line is who says
so, a song, how long it was heard (ms; left out: 200000, but the api never says) and what is kept: `hour` or
`day`. A song is its own id, unless it begins with a capital, `Artist/Title`: then only its name is known.
"""

from collections.abc import Iterable
from pathlib import Path
from zoneinfo import ZoneInfo

from chart_stories import Row, loaded, rows, write
from sqlalchemy import Engine

from generator.listening import item_key
from generator.warehouse.clocks import LEAST_MS, Reading

HEADER = "played_at,source,item_key,ms_played,skipped,digest"
TRACKS = "id,title,artist_ids,album_id,duration_ms,isrc"


def heard(data: Path, *plays: str, who: str = "me") -> None:
    """Write the plays of a listener, in place of those of the same months."""
    months: dict[str, list[str]] = {}
    for number, play in enumerate(plays):
        day, clock, source, song, *rest = play.split(" ")
        kept = next((word for word in rest if not word.isdigit()), "")
        ms = next((word for word in rest if word.isdigit()), "" if source == "api" else "200000")
        digest = f"{kept[:1]}{number:021}" if kept else ""
        line = f"{day}T{clock}{'00:00:00.000'[len(clock) :]}Z,{source},{key(song)},{ms},,{digest}"
        months.setdefault(day[:7], []).append(line)
    for month, lines in months.items():
        write(data / who / "plays" / f"{month}.csv", HEADER, sorted(lines))


def over_and_over(song: str, *days: str, times: int = 1) -> list[str]:
    """Plays of a song on some days, so many on each, from noon on."""
    return [f"{day} 12:{at:02} extended {song}" for day in days for at in range(0, 4 * times, 4)]


def key(song: str) -> str:
    artist, slash, title = song.partition("/")
    return item_key(artist, title) if slash else song


def named(data: Path, *songs: str, **ids: str) -> None:
    """What exports name: `Artist/Title` or `Artist/Title/Album`, by its key or by an id."""
    said = [("", song) for song in songs] + list(ids.items())
    lines = []
    for one, song in said:
        artist, title, album = (*song.split("/"), "")[:3]
        lines.append(f"{one or item_key(artist, title)},{title},{artist},{album}")
    write(data / "catalog/named.csv", "item_key,title,artist,album", sorted(lines))


def catalog(data: Path, **tracks: str) -> None:
    """What Spotify names: `Artist/Title/Album`, by id; artists are `by_` and albums `on_` their name."""
    said = {one: song.split("/") for one, song in tracks.items()}
    lines = [
        f"{one},{title},by_{artist},on_{album},180000,"
        for one, (artist, title, album) in sorted(said.items())
    ]
    write(data / "catalog/tracks.csv", TRACKS, lines)
    names(data, "artists", "id,name,image_url", {f"by_{artist}": artist for artist, _, _ in said.values()})
    names(
        data,
        "albums",
        "id,title,release_date,image_url",
        {f"on_{album}": f"{album},1994" for *_, album in said.values()},
    )


def names(data: Path, table: str, header: str, said: dict[str, str]) -> None:
    write(data / f"catalog/{table}.csv", header, [f"{one},{name}," for one, name in sorted(said.items())])


def read(
    warehouse: Engine, data: Path, query: str, *, zone: str = "UTC", least_ms: int = LEAST_MS
) -> list[Row]:
    """Load, as of listeners who live in a zone, and ask."""
    loaded(warehouse, data, Reading({}, ZoneInfo(zone), least_ms))
    return rows(warehouse, query)


def counted(warehouse: Engine, data: Path) -> list[str]:
    """The plays that count: at which hour and minute (UTC) they ended, and the song."""
    found = read(warehouse, data, "select played_at, item_id from counted")
    return sorted(f"{at:%H:%M} {song}" for at, song in found)


def sessions(warehouse: Engine, data: Path, *, zone: str = "UTC") -> list[str]:
    """The sessions: the day of the month, from when to when on the listener's clock, and how many plays."""
    found = read(warehouse, data, "select began, ended, plays from sessions", zone=zone)
    return sorted(f"{began:%d %H:%M} to {ended:%H:%M}, {plays} plays" for began, ended, plays in found)


def everything(warehouse: Engine, views: Iterable[str]) -> dict[str, list[Row]]:
    return {view: rows(warehouse, f"select * from {view}") for view in views}

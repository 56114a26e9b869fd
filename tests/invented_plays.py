"""Invented plays: of three sources, on days with every trouble that clocks, names and exports bring."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from chart_stories import write

from generator import listening
from generator.warehouse.clocks import Reading

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia")
CHANGES = (
    "2028-03-12T06",
    "2028-03-25T23",
    "2028-04-01T14",
    "2028-09-30T15",
    "2028-10-28T23",
    "2028-11-05T05",
)
RELEASED = ("1994", "2001-05", "2009-05-18", "0000", "")
NAMED = {  # what only exports know: key, title, artist, album
    "x0": ("SONG 3", "artist 3", "The album 3"),
    "x1": ("Lonely", "Nobody", "Alone at Last"),
    "x2": ("LONELY", "nobody", ""),
    "x3": ("Song 3", "Somebody", "Ａlbum 2"),
    "x4": ("Apart, but one", "Nobody", ""),
    "x5": ("Joined by hand", "Artist 0", "Album 0"),
    "x6": ("Song 4", "Artist 4", ""),
    "t02": ("Song 1 as exports call it", "Artist 1", "Album 1"),
    "t06": ("Song 3", "Artist 3", "Album 3"),
}


def reading(seed: int) -> Reading:
    """How an invented past is read: mine on one clock, and everybody else's on another."""
    mine, elsewhere = (ZoneInfo(ZONES[number % len(ZONES)]) for number in (seed, seed + 4))
    return Reading({"me": mine}, elsewhere, least_ms=10_000 if seed == 3 else 30_000)


def music(data: Path, dice: Random) -> None:
    """A catalog that knows some of what is played, and what exports name."""
    tracks = [
        f"t{number:02},Song {number // 2},{maker(number)},{f'b{number % 6}' if number % 8 else ''},"
        f"{1000 if number % 10 != 8 else ''},"
        for number in range(44)
        if number % 2 == 0 or number % 10 == 1
    ]
    write(data / "catalog/tracks.csv", "id,title,artist_ids,album_id,duration_ms,isrc", tracks)
    artists = [
        f"a{number:02},{name},"
        for number, name in enumerate(("Artist 0", "ＡRTIST 1", "Artist 1", "Artist 3"))
    ]
    write(data / "catalog/artists.csv", "id,name,image_url", artists)
    albums = [f"b{number},Album {number},{dice.choice(RELEASED)}," for number in range(5)]
    write(data / "catalog/albums.csv", "id,title,release_date,image_url", albums)
    by_name = {listening.item_key(artist, title): (title, artist, "") for title, artist in names()}
    lines = [f'{key},"{title}",{artist},{album}' for key, (title, artist, album) in (NAMED | by_name).items()]
    write(data / "catalog/named.csv", "item_key,title,artist,album", sorted(lines))
    if dice.random() < 0.5:
        own = listening.item_key("Nowhere", "Alone")
        write(
            data / "same.csv", "id,song", sorted(["x4,x5", "x6,x6", "t08,words", f"{own},words", "t20,t20"])
        )


def maker(number: int) -> str:
    return f"a{number // 2 % 5:02} a09" if number // 2 % 3 else f"a{number // 2 % 5:02}"


def names() -> Iterator[tuple[str, str]]:
    """Titles and artists that an account's export tells."""
    yield from ((f"song {number}", f"Artist {number % 5}") for number in range(6))
    yield from (("lonely", "NOBODY"), ("Alone", "Nowhere"), ("Alone too", "nowhere"))


def listened(data: Path, dice: Random, who: str, latest: date) -> None:
    """The plays of a listener whose latest chart is of a date."""
    lines: dict[str, set[str]] = {}
    for instant in instants(dice, latest):
        for line in told(dice, instant):
            lines.setdefault(line[:7], set()).add(line)
    for month, found in lines.items():
        write(
            data / f"{who}/plays/{month}.csv",
            "played_at,source,item_key,ms_played,skipped,digest",
            sorted(found),
        )
    starts = {f"{dice.choice(CHANGES)[:8]}{day:02}T0{dice.randint(0, 9)}" for day in range(1, 29, 5)}
    starts |= {f"2028-03-0{day}T0{hour}" for day in range(1, 5) for hour in range(4)}
    gaps = [f"{at}:0{dice.randint(0, 4)}:00.000Z,{at}:5{dice.randint(5, 9)}:00.000Z" for at in sorted(starts)]
    write(data / f"{who}/gaps.csv", "since,until", dice.sample(gaps, 9))


def instants(dice: Random, latest: date) -> Iterator[datetime]:
    """When music was heard: days on which sources overlap, nights on which clocks change, years around."""
    for _ in range(60):
        yield datetime(2028, 3, dice.randint(1, 4), dice.randint(0, 3), dice.randint(0, 9), tzinfo=UTC)
    for night in CHANGES:
        at = datetime.fromisoformat(f"{night}:00:00+00:00")
        for _ in range(9):
            at += timedelta(minutes=dice.choice((3, 4, 29, 31, 33, 36, 60)))
            yield at
    noon = datetime(latest.year, latest.month, latest.day, 12, tzinfo=UTC)
    for days in (0, 27, 28, 29, 179, 180, 181, 364, 365, 366, *(dice.randint(0, 700) for _ in range(50))):
        yield noon - timedelta(days, minutes=dice.randint(0, 1440))


def told(dice: Random, instant: datetime) -> Iterator[str]:
    """What one or more sources say of an instant; now and then a song is heard over and over."""
    source = dice.choice(("api", "account", "extended"))
    second = "00" if source == "account" else f"{dice.randint(0, 59):02}"
    own = [listening.item_key(artist, title) for title, artist in names()]
    key = (
        dice.choice(own)
        if source == "account"
        else dice.choice((*NAMED, *(f"t{one:02}" for one in range(24))))
    )
    for again in range(dice.choice((1, 1, 1, 1, 5, 6))):
        at = instant + timedelta(minutes=again * 3)
        ms = (
            ""
            if source == "api"
            else str(dice.choice((0, 9_999, 29_999, 30_000, 200_000, 200_000, 4_000_000)))
        )
        skipped = dice.choice(("true", "false", "")) if source == "extended" else ""
        digest = f"{dice.choice('hd')}{dice.getrandbits(84):021x}" if dice.random() < 0.1 else ""
        yield f"{at:%Y-%m-%dT%H:%M}:{second}.000Z,{source},{key},{ms},{skipped},{digest}"

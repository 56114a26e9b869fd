"""Sites of listeners whose plays are kept: plays told in words, loaded into a real database, rendered.

    played_site(folder, "2026-01-03: Roads 3, Teardrop by Mossfen", lists=["2026-01-04: Roads, Numb"])

A number behind a title says how often it was played on that day. `~Roads` is known by its name only, as in
the account's data; of `?Roads` no source says how long it was heard; nobody says what `!Roads` is called.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from blank import blank
from chart_stories import loaded, write
from rendered_site import Rendered
from stories import known_as, tell

from generator.analyse.archive import archive, charts
from generator.analyse.plays.diary import diary
from generator.listening import item_key
from generator.model import Keeping, Listener, Shelf, Site
from generator.tally.diary import Rule
from generator.warehouse.engine import Connection, connected
from generator.warehouse.once import once

WORDS = re.compile(r"(?P<mark>[~?!]?)(?P<title>.*?)(?: by (?P<artist>.+?))?(?: (?P<times>\d+))?")
SOURCES = {"": "extended", "~": "account", "?": "api", "!": "extended"}
HEARD = 200_460  # milliseconds
PLAYS, NAMED = "played_at,source,item_key,ms_played,skipped,digest", "item_key,title,artist,album"


class Heard(NamedTuple):
    """Some plays of one song on one day."""

    title: str
    artist: str
    source: str
    times: int
    is_named: bool

    @property
    def key(self) -> str:
        return item_key(self.artist, self.title) if self.source == "account" else known_as(self.title)


def played_site(  # noqa: PLR0913 - as many things a story may tell
    folder: Path,
    *days: str,
    lists: Sequence[str] = (),
    gaps: Sequence[tuple[str, str]] = (),
    keeping: Keeping = "exact",
    listeners: int = 1,
    today: date | None = None,
) -> Site:
    """A site whose listeners have all played this, and whose lists were these; `today`: when it is built."""
    data, warehouse = folder / "data", blank(folder / "warehouse.duckdb")
    if lists:
        tell(data, *lists)
    listened(data, days)
    if gaps:
        write(data / "me/gaps.csv", "since,until", [f"{since},{until}" for since, until in gaps])
    loaded(warehouse, data)
    with connected(warehouse) as connection, once(connection):
        shelves = tuple(
            shelf(connection, Listener(slug, slug.title(), ZoneInfo("UTC"), keeping), today)
            for slug in ("me", "ida")[:listeners]
        )
    warehouse.dispose()
    return Site("Heavy & rotating", "https://nora.example.org/rotation/", None, shelves)


def shelf(connection: Connection, listener: Listener, today: date | None) -> Shelf:
    """What "me" has, as the shelf of some listener."""
    own = Listener("me", "Me", listener.zone, listener.plays)
    whole = archive(connection, "me", {})
    counted = diary(connection, own, Rule(30, has_private=False), today)
    if not whole:
        return Shelf(listener, (), None, 0, None, diary=counted)
    latest = whole.editions[-1]
    now = charts(connection, "me", latest.date, whole.items)
    return Shelf(listener, now, latest.date, latest.number, None, whole, diary=counted)


def listened(data: Path, days: Sequence[str]) -> None:
    """Write the plays of some days, and what exports say of their songs."""
    lines: dict[str, list[str]] = {}
    named: dict[str, str] = {}
    for day, heard in ((day, one) for text in days for day, one in told(text)):
        album = "" if heard.source == "account" else f"Album of {heard.title}"
        if heard.is_named:
            named[heard.key] = f"{heard.key},{heard.title},{heard.artist},{album}"
        month = lines.setdefault(f"{day:%Y-%m}", [])
        for _ in range(heard.times):
            at = day + timedelta(minutes=4 * len(month) % 600)
            ms = "" if heard.source == "api" else HEARD
            month.append(f"{at:%Y-%m-%dT%H:%M:%S.000Z},{heard.source},{heard.key},{ms},,")
    for name, rows in lines.items():
        write(data / f"me/plays/{name}.csv", PLAYS, sorted(rows))
    write(data / "catalog/named.csv", NAMED, [named[key] for key in sorted(named)])


def told(text: str) -> Iterator[tuple[datetime, Heard]]:
    """What a day's words say."""
    day, _, songs = text.partition(":")
    for song in songs.split(","):
        found = WORDS.fullmatch(song.strip())
        assert found
        artist = found["artist"] or f"Band of {found['title']}"
        heard = Heard(
            found["title"], artist, SOURCES[found["mark"]], int(found["times"] or 1), found["mark"] != "!"
        )
        yield datetime.fromisoformat(f"{day}T08:00:00"), heard


def files_of(site: Site) -> Mapping[str, bytes]:
    """Every file of the site by its path."""
    return Rendered(site)

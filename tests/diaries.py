"""Pages of habits and finds, of plays told in words, loaded into a real database.

    pages(folder, "2026-01-03 08:00: Roads 3, Teardrop by Mossfen", "2026-01-04 21h: -Roads", "2026-01-05: A")

The first are kept exactly, four minutes apart; the second by the hour, the last by the day. A number behind a
title says how often it was played, `-` that it was begun and skipped, `?` that no source says for how long.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

from blank import blank
from chart_stories import loaded, write
from stories import known_as, tell
from test_render_site import parsed

from generator.analyse.plays.diary import diary
from generator.model import Keeping, Listener, Shelf, Site
from generator.render.environment import make_environment
from generator.render.plays import finds, habits, on_this_day
from generator.render.sheets import sheets
from generator.render.site import TEMPLATES, files_of
from generator.tally.diary import Rule
from generator.warehouse.engine import connected
from generator.warehouse.once import once

DAY = re.compile(r"(?P<date>[\d-]+)(?: (?P<hour>\d\d)(?P<exact>:\d\d|h))?: (?P<songs>.+)")
SONG = re.compile(r"(?P<mark>[-?]?)(?P<title>.+?)(?: by (?P<artist>.+?))?(?: (?P<times>\d+))?")
LENGTHS = {"": "200000", "-": "9000", "?": ""}
USUAL = Rule(30, has_private=False)
MAKERS = (habits.habits, finds.finds, on_this_day.on_this_day, sheets.sheets)


def site_of(
    folder: Path,
    *days: str,
    keeping: Keeping = "exact",
    lists: Sequence[str] = (),
    gaps: Sequence[str] = (),
    rule: Rule = USUAL,
) -> Site:
    """A site of one listener; a gap is two dates, "2026-01-03 2026-01-05"."""
    if lists:
        tell(folder / "data", *lists)
    months: dict[str, list[str]] = {}
    named: dict[str, str] = {}
    for line, name in (told for day in days for told in rows(day)):
        months.setdefault(line[:7], []).append(line)
        named |= name
    for month, lines in months.items():
        header = "played_at,source,item_key,ms_played,skipped,digest"
        write(folder / f"data/me/plays/{month}.csv", header, sorted(lines))
    write(folder / "data/catalog/named.csv", "item_key,title,artist,album", sorted(named.values()))
    if gaps:
        lines = [f"{since}T00:00:00.000Z,{until}T23:59:00.000Z" for since, until in map(str.split, gaps)]
        write(folder / "data/me/gaps.csv", "since,until", lines)
    warehouse = blank(folder / "warehouse.duckdb")
    loaded(warehouse, folder / "data")
    listener = Listener("me", "Me", ZoneInfo("UTC"), keeping)
    with connected(warehouse) as connection, once(connection):
        kept = diary(connection, listener, rule)
    warehouse.dispose()
    return Site("Heavy & rotating", None, None, (Shelf(listener, (), None, 0, None, diary=kept),))


def rows(day: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The lines of plays that a day's words tell, each with the name of its song."""
    found = DAY.fullmatch(day)
    assert found
    minute = (found["exact"] or "h").removeprefix(":").replace("h", "00")
    at = datetime.fromisoformat(f"{found['date']}T{found['hour'] or '00'}:{minute}")
    grain = "" if found["exact"] and found["exact"] != "h" else "h" if found["hour"] else "d"
    number = 0
    for one in found["songs"].split(", "):
        song = SONG.fullmatch(one)
        assert song
        key, title = known_as(song["title"]), song["title"]
        source, skipped = (
            ("api", "") if song["mark"] == "?" else ("extended", str(song["mark"] == "-").lower())
        )
        for _ in range(int(song["times"] or 1)):
            instant = at if grain else at + timedelta(minutes=4 * number)
            digest = f"{grain}{number:08}" if grain else ""
            cells = (f"{instant:%Y-%m-%dT%H:%M:%S.000Z}", source, key, LENGTHS[song["mark"]], skipped, digest)
            yield ",".join(cells), {key: f"{key},{title},{song['artist'] or f'Band of {title}'},"}
            number += 1


def shown(site: Site) -> dict[str, str]:
    """The pages and tables of habits, finds and first listens, by path."""
    environment = make_environment(TEMPLATES)
    made = (one for make in MAKERS for one in make(site))
    return {path: content.decode() for one in made for path, content in files_of(environment, site, one)}


def pages(folder: Path, *days: str, **more: object) -> dict[str, str]:
    """The same of plays told in words."""
    return shown(site_of(folder, *days, **more))  # type: ignore[arg-type]


def words(page: str) -> str:
    """All that a page says, in one line."""
    return said(parsed(page))


def said(part: Element) -> str:
    """What a part of a page says, with room between its cells."""
    line = " ".join(" ".join(part.itertext()).split())
    return re.sub(r" (?=[,.;:])", "", line)


def section(page: str, id_: str) -> str:
    """What the section says that has the heading of this id."""
    return said(next(one for one in parsed(page).iter() if one.get("aria-labelledby") == id_))

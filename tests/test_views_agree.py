"""Over any past, every view gives the same rows on DuckDB, on PostgreSQL and by hand."""

import os
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from random import Random
from typing import cast

import pytest
from chart_stories import Fact, Row, catalog, ledger, loaded, rows, write
from charts_by_hand import by_hand
from plays_by_hand import Row as Play
from plays_by_hand import counted
from sqlalchemy import Engine

from generator.model import KINDS, SPANS
from generator.warehouse import engine
from generator.warehouse.views import VIEWS

PASTS = int(os.environ.get("PASTS", "0")) or 6  # `make chaos` invents more
LEAP = date(2028, 2, 29)


@pytest.mark.parametrize("seed", range(PASTS))
def test_every_view_gives_the_same_rows_on_both_databases_and_by_hand(
    postgres_url: str, tmp_path: Path, seed: int
) -> None:
    invented(tmp_path / "data", seed)
    embedded = engine.duckdb(tmp_path / "warehouse.duckdb")
    server = engine.postgres(postgres_url, "rotation")
    for database in (embedded, server):
        loaded(database, tmp_path / "data")
    expected = by_hand(*known(embedded)) | {"counted": played(embedded), "open_gaps": missing(embedded)}
    for view in VIEWS:
        found = rows(embedded, f"select * from {view}")
        assert found == rows(server, f"select * from {view}"), view
        assert found == expected.get(view, []), view
    embedded.dispose()
    server.dispose()


def test_the_invented_pasts_have_something_for_every_view_and_every_story(tmp_path: Path) -> None:
    views, told = set(), set()
    for seed in range(6):
        invented(tmp_path / str(seed), seed)
        database = engine.duckdb(tmp_path / f"{seed}.duckdb")
        loaded(database, tmp_path / str(seed))
        views |= {view for view in VIEWS if rows(database, f"select * from {view}")}
        told |= {story for (story,) in rows(database, "select distinct story from stories")}
        database.dispose()
    assert views == set(VIEWS)
    assert told == {
        *("climber", "debut", "comeback", "farewell", "stay"),
        *("jump", "reign", "hundred", "anniversary"),
    }


def played(database: Engine) -> list[Row]:
    """What the view `counted` must hold."""
    told = rows(
        database, "select listener, played_at, source, item_key, ms_played, skipped, digest from plays"
    )
    tracks = {
        str(one): (str(title), ms)
        for one, title, ms in rows(database, "select id, title, duration_ms from tracks")
    }
    named = {str(key): str(title) for key, title in rows(database, "select item_key, title from named")}
    return sorted(counted((Play(*row) for row in told), tracks, named), key=repr)  # type: ignore[arg-type]


def missing(database: Engine) -> list[Row]:
    """What the view `open_gaps` must hold."""
    told = rows(database, "select listener, played_at, source from plays")
    exported = [played_at for _, played_at, source in told if source != "api"]
    gaps = rows(database, "select listener, since, until from gaps")
    return [
        (who, since, until)
        for who, since, until in gaps
        if not any(since <= at <= until for at in exported)  # type: ignore[operator]
        or not (min(exported) <= since and max(exported) >= until)  # type: ignore[type-var, operator]
    ]


def listened(data: Path, dice: Random) -> None:
    """Plays of three sources, some of them of one minute, on a few days."""
    lines = set()
    for _ in range(60):
        minute = f"2028-03-0{dice.randint(1, 4)}T{dice.randint(0, 3):02}:{dice.randint(0, 9):02}"
        source = dice.choice(("api", "account", "extended"))
        second = "00" if source == "account" else f"{dice.randint(0, 59):02}"
        key = f"name:{dice.randint(0, 9):022x}" if source == "account" else f"t{dice.randint(0, 19):02}"
        ms = "" if source == "api" else str(dice.choice((0, 29_999, 30_000, 200_000)))
        skipped = dice.choice(("true", "false", "")) if source == "extended" else ""
        digest = f"{dice.choice('hd')}{dice.getrandbits(88):022x}" if dice.random() < 0.1 else ""
        lines.add(f"{minute}:{second}.000Z,{source},{key},{ms},{skipped},{digest}")
    write(data / "me/plays/2028-03.csv", "played_at,source,item_key,ms_played,skipped,digest", sorted(lines))
    starts = [f"2028-03-0{day}T0{hour}" for day in range(1, 5) for hour in range(4)]
    gaps = [
        f"{start}:0{dice.randint(0, 4)}:00.000Z,{start}:0{dice.randint(5, 9)}:00.000Z" for start in starts
    ]
    write(data / "me/gaps.csv", "since,until", gaps)
    names = [f"name:{number:022x},Song {number},Artist," for number in range(5)]
    write(data / "catalog/named.csv", "item_key,title,artist,album", names)


def known(database: Engine) -> tuple[list[Fact], dict[str, str]]:
    """What the oracle starts from: the ledger, and which tracks are one song."""
    facts = rows(database, "select listener, edition, kind, span, position, item_id from lists")
    return cast("list[Fact]", facts), dict(
        cast("list[tuple[str, str]]", rows(database, "select id, song from song_of"))
    )


def invented(data: Path, seed: int) -> None:
    """Pasts of one or two listeners from a leap day on, with gaps and with songs under several ids."""
    dice = Random(seed)
    listened(data, dice)
    songs = [(f"t{number:02}", f"Song {number // 2}", "x", 1000, "") for number in range(44)]
    catalog(data, [song for number, song in enumerate(songs) if number % 2 == 0 or number % 10 == 1])
    facts: list[Fact] = []
    for listener in ("me", "you")[: 1 + seed % 2]:
        day, editions = LEAP - timedelta(dice.randint(0, 9)), 130 if seed == 0 else 34
        names = [
            (kind, span) for kind, span in product(KINDS, SPANS) if dice.random() < 0.3 or span == SPANS[0]
        ]
        taste = {name: dice.sample(range(44), 30) for name in names}
        for _ in range(editions):
            heard = dice.sample(names, dice.randint(1, len(names)))
            facts += [fact for name in heard for fact in heard_on(dice, listener, day, name, taste[name])]
            day += timedelta(dice.choice((1, 1, 1, 2) if dice.random() < 0.9 else (40, 365)))
    ledger(data, facts)


def heard_on(
    dice: Random, listener: str, day: date, name: tuple[str, str], taste: list[int]
) -> Iterator[Fact]:
    """A list, after the taste has drifted a little: somebody climbs, and the tail comes and goes."""
    for _ in range(dice.randint(0, 3)):
        taste.insert(dice.randrange(len(taste)), taste.pop(dice.randrange(len(taste))))
    kind, span = name
    shown = [one for one in taste if dice.random() < 0.98][: 3 if dice.random() < 0.05 else 28]
    places = sorted(dice.sample(range(1, 51), len(shown)))
    for position, one in zip(places, shown, strict=True):
        yield listener, day, kind, span, position, f"{kind[0]}{one:02}"

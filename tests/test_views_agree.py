"""Over any past, every view gives the same rows on DuckDB, on PostgreSQL and by hand."""

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from functools import cache
from itertools import product
from pathlib import Path
from random import Random
from typing import Any, NamedTuple, cast

import habits_by_hand as habits
import names_by_hand as names
import periods_by_hand as periods
import pytest
from chart_stories import Fact, Row, ledger, loaded, rows
from charts_by_hand import by_hand
from invented_plays import listened, music, reading
from names_by_hand import Known, Named, Track
from plays_by_hand import Row as Play
from plays_by_hand import counted, open_gaps, ruling, skips
from sqlalchemy import Engine

from generator.model import KINDS, SPANS
from generator.warehouse import engine
from generator.warehouse.clocks import Reading
from generator.warehouse.views import VIEWS

PASTS = int(os.environ.get("PASTS", "0")) or 6  # `make chaos` invents more
LEAP = date(2028, 2, 29)


class Past(NamedTuple):
    """An invented past, and what every view tells of it on DuckDB."""

    data: Path
    embedded: Engine
    told: dict[str, list[Row]]


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[int], Past]]:
    """The invented past of a number; each is made once."""
    with ExitStack() as stack:

        @cache
        def made(seed: int) -> Past:
            folder = tmp_path_factory.mktemp("past")
            invented(folder / "data", seed)
            embedded = engine.duckdb(folder / "warehouse.duckdb")
            stack.callback(embedded.dispose)
            loaded(embedded, folder / "data", reading(seed))
            return Past(folder / "data", embedded, {view: everything(embedded, view) for view in VIEWS})

        yield made


def everything(database: Engine, view: str) -> list[Row]:
    return rows(database, f"select * from {view}")


@pytest.mark.parametrize("seed", range(PASTS))
def test_every_view_gives_the_same_rows_on_both_databases_and_by_hand(
    past: Callable[[int], Past], postgres_url: str, seed: int
) -> None:
    data, embedded, told = past(seed)
    server = engine.postgres(postgres_url, "rotation")
    loaded(server, data, reading(seed))
    charts = by_hand(*known(embedded))
    expected = charts | plays_by_hand(embedded, charts, reading(seed))
    for view in VIEWS:
        assert told[view] == everything(server, view), view
        assert told[view] == expected.get(view, []), view
    server.dispose()


def test_the_invented_pasts_have_something_for_every_view_and_every_story(
    past: Callable[[int], Past],
) -> None:
    views, stories = set(), set()
    for _, embedded, told in map(past, range(6)):
        views |= {view for view in VIEWS if told[view]}
        stories |= {story for (story,) in rows(embedded, "select distinct story from stories")}
    assert views == set(VIEWS)
    assert stories == {
        *("climber", "debut", "comeback", "farewell", "stay"),
        *("jump", "reign", "hundred", "anniversary"),
    }


def music_of(database: Engine) -> Known:
    """All that the database knows about music."""

    def table(query: str) -> dict[str, Any]:
        return {str(one): said for one, *said in rows(database, query)}

    tracks = table("select id, title, artist_ids, album_id, duration_ms from tracks")
    albums = table("select id, title, release_date from albums")
    named = table("select item_key, title, artist, album from named")
    return Known(
        {one: Track(*said) for one, said in tracks.items()},
        {one: name for one, (name,) in table("select id, name from artists").items()},
        {one: (title, released) for one, (title, released) in albums.items()},
        {one: Named(*said) for one, said in named.items()},
        {one: song for one, (song,) in table("select id, song from song_of").items()},
        frozenset(table("select id from same")),
    )


def plays_by_hand(database: Engine, charts: dict[str, list[Row]], read: Reading) -> dict[str, list[Row]]:
    """What each view of plays must hold."""
    told: Any = rows(
        database, "select listener, played_at, source, item_key, ms_played, skipped, digest from plays"
    )
    plays = [Play(*row) for row in told]
    known, found = music_of(database), defaultdict[str, list[Any]](list)
    zones = {play.listener: read.zones.get(play.listener, read.elsewhere) for play in plays}
    listeners = {who: names.listener(known, heads_of(charts, who)) for who in zones}
    gaps: Any = rows(database, "select listener, since, until from gaps")
    found["ruling"] = ruling(plays, zones, read.least_ms)
    found["counted"] = counted(found["ruling"], listeners)
    found["open_gaps"] = list(open_gaps(gaps, plays, zones))
    found["skips"] = skips(plays, listeners)
    for who, listener in listeners.items():
        own = [play for play in found["counted"] if play.listener == who]
        missing = [dates for listener, _, _, *dates in found["open_gaps"] if listener == who]
        chart: list[Any] = [
            (kind, span, e, at, one) for w, kind, span, e, _, at, one, *_ in charts["chart"] if w == who
        ]
        answers: list[tuple[str, Iterable[Any]]] = [
            ("songs", list(listener.songs.values())),
            ("played_as", names.played_as(listener)),
            *periods.of_listener(own, missing),
            *habits.of_listener(own, missing, zones[who]),
            ("listed", habits.listed(own, chart)),
        ]
        for view, answer in answers:
            found[view] += [(who, *row) for row in answer]
    return {view: sorted(map(tuple, answer), key=repr) for view, answer in found.items()}


def heads_of(charts: dict[str, list[Row]], listener: str) -> dict[str, str]:
    """The id by which a listener's charts call a song."""
    heads = (row for row in charts["heads"] if row[:2] == (listener, "tracks"))
    return {str(song): str(one) for _, _, song, one, _ in heads}


def known(database: Engine) -> tuple[list[Fact], dict[str, str]]:
    """What the oracle starts from: the ledger, and which tracks are one song."""
    facts = rows(database, "select listener, edition, kind, span, position, item_id from lists")
    return cast("list[Fact]", facts), dict(
        cast("list[tuple[str, str]]", rows(database, "select id, song from song_of"))
    )


def invented(data: Path, seed: int) -> None:
    """Pasts of one or two listeners from a leap day on, with gaps and with songs under several ids."""
    dice = Random(seed)
    music(data, dice)
    facts: list[Fact] = []
    for listener in ("me", "you")[: 1 + seed % 2]:
        day, latest, editions = LEAP - timedelta(dice.randint(0, 9)), LEAP, 130 if seed == 0 else 34
        names = [
            (kind, span) for kind, span in product(KINDS, SPANS) if dice.random() < 0.3 or span == SPANS[0]
        ]
        taste = {name: dice.sample(range(44), 30) for name in names}
        for _ in range(editions):
            heard = dice.sample(names, dice.randint(1, len(names)))
            facts += [fact for name in heard for fact in heard_on(dice, listener, day, name, taste[name])]
            latest, day = (
                day,
                day + timedelta(dice.choice((1, 1, 1, 2) if dice.random() < 0.9 else (40, 365))),
            )
        listened(data, dice, listener, latest)
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

"""Answers that are nearly, or not at all, as Spotify describes them: never a crash, never a wrong row."""

import os
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from blank import blank
from chart_stories import write
from hypothesis import given, settings
from hypothesis import strategies as st
from spotify_description import ALBUM, ARTIST, PLAY, STRANGE, TRACK, Schema, invented
from spotify_service import ARTISTS, RECENT, TRACKS, Reply, Service, running
from stories import tell
from test_run_sequences import hurried_to, kept

from generator.model import SPANS, Report
from generator.pipeline.refresh import Options, refresh
from generator.pipeline.run import Run
from generator.store.audit import audit

DESCRIPTION = Path(__file__).parents[1].parent / "shared" / "spotify" / "openapi.yml"
EXAMPLES = int(os.environ.get("ANSWERS", "0")) or 20  # `make chaos` tries more
DAY = date(2026, 11, 20)
EARLIER = "2026-11-19: Roads, Teardrop; artists/short_term: Ann, Bea"
PATHS = {"tracks": TRACKS, "artists": ARTISTS, "plays": RECENT}
Bodies = dict[str, list[Any]]  # by kind, one for each span; the plays' once


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with running() as service:
        yield service


def body(dice: Random, schema: Schema, kind: str, address: str) -> Any:
    """A page of a list: some are as they should be, some have holes, some are nothing of the kind."""
    if dice.random() < 0.1:
        return dice.choice([*STRANGE, {"items": dice.choice(STRANGE)}])
    share = dice.choice((0, 0, 0.003, 0.02, 0.2))
    rows = [invented(dice, schema, "", share, kind) for _ in range(dice.choice((0, 1, 20, 50, 50)))]
    if rows and dice.random() < 0.1:
        rows *= dice.choice((2, 100))
    here = f"{address}/v1/me/somewhere?offset=50"
    return {
        "href": here,
        "items": rows,
        "next": dice.choice((None, here, "https://elsewhere.invalid/v1/me/top/tracks", 7)),
        "total": dice.choice((len(rows), 10**9, None, "many")),
        "limit": 50,
        "offset": 0,
    }


def heard(service: Service, dice: Random, root: Path) -> tuple[Run, Report, Bodies]:
    """A refresh that is told such pages, one for each list."""
    bodies = {
        kind: [body(dice, schema, kind.removesuffix("s"), service.address) for _ in SPANS]
        for kind, schema in (("tracks", TRACK), ("artists", ARTIST))
    } | {"plays": [body(dice, PLAY, "play", service.address)]}
    for kind, path in PATHS.items():
        service.says(path, *(Reply(one) for one in bodies[kind]))
    service.asked.clear()
    run = hurried_to(root, service.address, DAY)
    (report,) = refresh(run, run.settings.listeners, Options())
    return run, report, bodies


def ledger(root: Path) -> list[list[str]]:
    lines = (root / "data/me/lists/2026-11.csv").read_text("utf-8").splitlines()[1:]
    return [line.split(",") for line in lines]


@given(st.integers(0, 2**32))
@settings(max_examples=EXAMPLES)
def test_whatever_spotify_answers_no_row_is_stored_that_it_did_not_give(service: Service, seed: int) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        write(root / "rotation.toml", "[[listener]]", "slug = 'me'", "name = 'Me'", "plays = 'exact'")
        tell(root / "data", EARLIER)
        blank(root / ".cache" / "warehouse.duckdb").dispose()
        before = ledger(root)
        run, report, bodies = heard(service, Random(seed), root)
        assert report.exit_code in {0, 75}, report
        assert [row for row in ledger(root) if row[0] != str(DAY)] == before
        for edition, kind, _, position, item in ledger(root):
            if edition == str(DAY):
                assert any(stands(item, int(position), one) for one in bodies[kind]), (kind, position, item)
        (page,) = bodies["plays"]
        for played_at, key in kept(run):
            assert was_played(key, datetime.fromisoformat(played_at), page), (played_at, key)
        assert audit(run.data).faults == ()
        assert run.warehouse.load() == ()  # it holds them already
        # No `next` was followed, round for ever or elsewhere: each would have asked for the fiftieth row on.
        assert {one.query.get("offset", "0") for one in service.asked} == {"0"}


def was_played(key: str, ended: datetime, page: Any) -> bool:
    """Did this page tell that the track ended in this second?"""
    rows = page.get("items") if isinstance(page, dict) else None
    plays = [row for row in rows or () if isinstance(row, dict) and isinstance(row.get("track"), dict)]
    return any(row["track"].get("id") == key and is_in_second(row.get("played_at"), ended) for row in plays)


def is_in_second(said: Any, ended: datetime) -> bool:
    try:
        return datetime.fromisoformat(said).replace(microsecond=0) == ended
    except (TypeError, ValueError):
        return False


def stands(item: str, position: int, page: Any) -> bool:
    """Did this page give the item at this place?"""
    rows = page.get("items") if isinstance(page, dict) else None
    row = rows[position - 1] if isinstance(rows, list) and len(rows) >= position else None
    return isinstance(row, dict) and row.get("id") == item and bool(row.get("name"))


@pytest.mark.skipif(
    not DESCRIPTION.exists(), reason="the whole description lies beside the project, not in it"
)
@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("TrackObject", TRACK),
        ("ArtistObject", ARTIST),
        ("SimplifiedAlbumObject", ALBUM),
        ("PlayHistoryObject", PLAY),
    ],
)
def test_what_is_invented_is_as_the_description_says(name: str, ours: Schema) -> None:
    schemas = yaml.load(DESCRIPTION.read_text("utf-8"), Loader=yaml.CSafeLoader)["components"]["schemas"]
    theirs = properties(schemas, schemas[name])
    assert ours["properties"].keys() <= theirs.keys()
    for part, schema in ours["properties"].items():
        assert theirs[part].get("type", schema["type"]) == schema["type"], part


def properties(schemas: dict[str, Any], schema: Any) -> dict[str, Any]:
    """All properties of a schema, also those that it takes from others."""
    if "$ref" in schema:
        return properties(schemas, schemas[schema["$ref"].rpartition("/")[2]])
    found = {
        name: part for each in schema.get("allOf", ()) for name, part in properties(schemas, each).items()
    }
    return {**found, **schema.get("properties", {})}

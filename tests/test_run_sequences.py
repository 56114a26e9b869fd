"""Trouble after trouble, in both shapes of Spotify's answers: no list is stored that was not given."""

import os
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from random import Random

import pytest
from chart_stories import write
from stories import repository

from generator.config.load import load
from generator.demo.answers import Shape
from generator.demo.effects import CHANGES, REFUSALS
from generator.demo.server import CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN, SimulatedSpotify
from generator.listening import instant
from generator.model import KINDS, SPANS, Kind, Span
from generator.pipeline.listen import client
from generator.pipeline.refresh import Options, refresh
from generator.pipeline.run import Run
from generator.spotify.budget import Budget
from generator.store.audit import audit
from generator.store.ledger import Ledger

DAYS = (
    int(os.environ.get("TROUBLED_DAYS", "0")) or 12
)  # in each of the four sequences; `make chaos` lives through more
SEEDS = [int(os.environ.get("KILL_SEED", "0")) or 1, 2]
FIRST = date(2026, 11, 20)
EFFECTS = sorted(REFUSALS.keys() | CHANGES.keys() - {"deny", "wrong-state"})
PATHS = (
    "GET /v1/me/top/*",
    "GET /v1/me/top/tracks",
    "GET /v1/me/top/artists",
    "GET /v1/me/player/recently-played",
    "GET /v1/me",
    "POST /api/token",
)

Lists = dict[tuple[Kind, Span], list[str]]


class Hurried(Run):
    """A run that waits for Spotify as long as any other, in a world in which that takes no time."""

    @cached_property
    def patience(self) -> Budget:
        return Budget(60, lambda _: None)


def hurried_to(root: Path, address: str, day: date) -> Run:
    """A run on a day, with a Spotify at an address."""
    environment = {
        "SPOTIFY_CLIENT_ID": CLIENT_ID,
        "SPOTIFY_CLIENT_SECRET": CLIENT_SECRET,
        "SPOTIFY_REFRESH_TOKEN": REFRESH_TOKEN,
        "SPOTIFY_API_URL": f"{address}/v1",
        "SPOTIFY_ACCOUNTS_URL": address,
    }
    now = datetime(day.year, day.month, day.day, 6, tzinfo=UTC)
    return Hurried(load(root, environment), now, lambda _: None)


def given(run: Run) -> Lists:
    """What Spotify gives on a day on which nothing is wrong."""
    asking = client(run, run.settings.listeners[0])
    return {
        (kind, span): [item.id for item in asking.top(kind, span).items.values()]
        for kind in KINDS
        for span in SPANS
    }


def stored(run: Run, day: date) -> Lists:
    """The lists that the ledger has of a day."""
    rows = Ledger(run.data, "me").rows(f"{day:%Y-%m}")
    of_day = rows[rows["edition"] == day.isoformat()]
    names = [(kind, span) for kind in KINDS for span in SPANS]
    found = {name: of_day[(of_day["kind"] == name[0]) & (of_day["span"] == name[1])] for name in names}
    return {name: list(frame["item_id"]) for name, frame in found.items() if len(frame)}


def played(run: Run) -> set[tuple[str, str]]:
    """The plays that Spotify gives on a day on which nothing is wrong: each its instant and its track."""
    recent = client(run, run.settings.listeners[0]).recent(run.now)
    return {(instant(play.ended), play.track.id) for play in recent.plays}


def kept(run: Run) -> set[tuple[str, str]]:
    """The plays that are stored."""
    files = sorted((run.data / "me" / "plays").glob("*.csv"))
    rows = [row.split(",") for file in files for row in file.read_text("utf-8").splitlines()[1:]]
    return {(played_at, key) for played_at, _, key, *_ in rows}


def troubles(dice: Random) -> str:
    """One to three things that go wrong on a day, some of them for a while only."""
    return "\n".join(
        f"{dice.choice(PATHS)}: {dice.choice(EFFECTS)}"
        + dice.choice(["", "", " times=1", " after=2", " after=5"])
        for _ in range(dice.randint(1, 3))
    )


@pytest.mark.parametrize("shape", ["old", "2026"])
@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_goes_wrong_day_after_day_only_what_spotify_gave_is_stored(
    tmp_path: Path, shape: Shape, seed: int
) -> None:
    dice = Random(f"{seed}/{shape}")
    root = repository(tmp_path / "music")
    write(root / "rotation.toml", "[[listener]]", "slug = 'me'", "name = 'Me'", "plays = 'exact'")
    heard: set[tuple[str, str]] = set()
    with SimulatedSpotify(shape=shape) as spotify:
        for number in range(DAYS):
            spotify.day = FIRST + timedelta(number)
            run = hurried_to(root, spotify.accounts_url, spotify.day)
            spotify.script("")
            truth, heard = given(run), heard | played(run)
            script = troubles(dice) if number % 5 else ""
            spotify.script(script)
            before = {path: path.read_bytes() for path in run.data.rglob("*.csv")}
            (report,) = refresh(run, run.settings.listeners, Options(commit=True))
            told = f"{spotify.day}, {script!r}: {report}"
            assert report.exit_code in {0, 1, 75, 77}, told
            assert bool(report.failure) == bool(report.exit_code), told
            if report.failure:
                assert {path: path.read_bytes() for path in run.data.rglob("*.csv")} == before, told
            for name, ids in stored(run, spotify.day).items():
                # One row in ten may be lost; who is left stands in the order that Spotify gave.
                assert ids == [one for one in truth[name] if one in set(ids)], told
                assert len(ids) >= 0.9 * len(truth[name]), told
            assert kept(run) <= heard, told
            assert audit(run.data).faults == (), told
            if not script:
                latest = Ledger(run.data, "me").standing(spotify.day)
                assert {name: list(frame["item_id"]) for name, frame in latest.items()} == truth, told
                assert played(run) <= kept(run), told

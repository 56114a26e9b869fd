"""`rotation build --at DATE`: the site as it would have stood on that date."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from blank import blank
from chart_stories import write
from stories import contents, known_as, repository, tell
from typer.testing import CliRunner

from generator.cli.app import app
from generator.config.load import load
from generator.model import Report
from generator.pipeline import health
from generator.pipeline.build import build
from generator.pipeline.run import Run

NOW = datetime(2026, 11, 20, 6, tzinfo=UTC)
DAYS = (
    "2026-10-30: Roads, Teardrop, Angel; artists/short_term: Ann, Bea",
    "2026-10-31: Teardrop, Roads, Angel",
    "2026-11-02: Teardrop, Glass Box, Roads",
    "2026-11-05: artists/short_term: Bea, Cat",
    "2026-12-01: Glass Box, Angel, Teardrop",
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "today"
    write(folder / "rotation.toml", "[[listener]]", "slug = 'me'", "name = 'Me'")
    tell(folder / "data", *DAYS)
    return folder


def start(root: Path) -> Run:
    return Run(load(root, {}), NOW, say=lambda _: None)


def lived_until(tmp_path: Path, root: Path, days: int) -> dict[str, bytes]:
    """The site after so many days only, but with today's catalog and corrections."""
    folder = tmp_path / "then"
    write(folder / "rotation.toml", "[[listener]]", "slug = 'me'", "name = 'Me'")
    tell(folder / "data", *DAYS[:days])
    shutil.copytree(root / "data" / "catalog", folder / "data" / "catalog", dirs_exist_ok=True)
    if (root / "data" / "same.csv").exists():
        shutil.copy(root / "data" / "same.csv", folder / "data" / "same.csv")
    blank(folder / ".cache" / "warehouse.duckdb").dispose()
    build(start(folder))
    return contents(folder / "site")


@pytest.mark.parametrize(
    ("at", "days"),
    [
        ("2026-10-30", 1),
        ("2026-10-31", 2),
        ("2026-11-01", 2),
        ("2026-11-02", 3),
        ("2026-11-30", 4),
        ("2026-12-01", 5),
        ("2030-01-01", 5),
    ],
)
def test_it_is_the_site_that_was_built_then(tmp_path: Path, root: Path, at: str, days: int) -> None:
    build(start(root), at=date.fromisoformat(at))
    assert contents(root / "site") == lived_until(tmp_path, root, days)


PLAYED = (
    f"2026-10-29T10:00:00.000Z,extended,{known_as('Roads')},200000,true,",
    f"2026-10-30T10:59:59.999Z,extended,{known_as('Roads')},200000,false,",
    f"2026-10-30T11:00:00.000Z,api,{known_as('Angel')},,,",  # 31 October in Auckland
    f"2026-10-30T11:00:00.000Z,api,{known_as('Roads')},,,d123",
    f"2026-10-31T10:59:59.999Z,extended,{known_as('Roads')},9000,true,",
    f"2026-10-31T11:00:00.000Z,extended,{known_as('Angel')},200000,true,",
    f"2026-10-31T11:00:00.000Z,extended,{known_as('Roads')},200000,,d456",
    f"2026-11-02T08:00:00.000Z,extended,{known_as('Glass Box')},200000,true,",
)
GAPS = (
    "2026-10-29T10:00:00.000Z,2026-10-30T10:59:59.999Z",
    "2026-10-31T10:59:59.999Z,2026-10-31T11:00:00.000Z",
)


def played(root: Path, plays: Sequence[str], gaps: Sequence[str]) -> Path:
    """Let somebody in Auckland have played this."""
    zone = ("time_zone = 'Pacific/Auckland'", "[[listener]]", "slug = 'me'", "name = 'Me'")
    write(root / "rotation.toml", *zone)
    for month in ("2026-10", "2026-11"):
        rows = [play for play in plays if play.startswith(month)]
        if rows:
            write(
                root / f"data/me/plays/{month}.csv",
                "played_at,source,item_key,ms_played,skipped,digest",
                rows,
            )
    write(root / "data/me/gaps.csv", "since,until", [*gaps])
    return root


@pytest.mark.parametrize(
    ("at", "counts"),  # of days, plays and gaps
    [
        ("2026-10-30", (1, 2, 1)),
        ("2026-10-31", (2, 5, 1)),
        ("2026-11-01", (2, 7, 2)),
        ("2026-11-19", (4, 8, 2)),
        ("9999-12-31", (5, 8, 2)),
    ],
)
def test_plays_end_with_that_date(tmp_path: Path, root: Path, at: str, counts: tuple[int, int, int]) -> None:
    then, (days, plays, gaps) = tmp_path / "then", counts
    tell(then / "data", *DAYS[:days])
    shutil.copytree(root / "data" / "catalog", then / "data" / "catalog", dirs_exist_ok=True)
    for folder in (played(root, PLAYED, GAPS), played(then, PLAYED[:plays], GAPS[:gaps])):
        build(start(folder), at=date.fromisoformat(at))
    assert contents(root / "site") == contents(then / "site")


def test_todays_corrections_hold_for_then(tmp_path: Path, root: Path) -> None:
    ids = [line.split(",")[0] for line in (root / "data/catalog/tracks.csv").read_text().splitlines()[1:3]]
    write(root / "data" / "same.csv", "id,song", ",".join(ids))
    build(start(root), at=date(2026, 10, 31))
    assert contents(root / "site") == lived_until(tmp_path, root, 2)


def test_before_the_first_edition_there_is_a_site_without_charts(root: Path) -> None:
    assert build(start(root), at=date(2026, 10, 29))
    site = contents(root / "site")
    assert b"Teardrop" not in b"".join(site.values())
    assert "index.html" in site


def test_data_is_not_touched(root: Path) -> None:
    before = contents(root / "data")
    build(start(root), at=date(2026, 10, 31))
    assert contents(root / "data") == before


def test_the_next_build_is_todays_again(root: Path) -> None:
    build(start(root))
    today = contents(root / "site")
    build(start(root), at=date(2026, 10, 31))
    assert contents(root / "site") != today
    build(start(root))
    assert contents(root / "site") == today


def test_two_processes_build_the_same_bytes(root: Path) -> None:
    sites = []
    for seed in ("1", "2", "3"):
        subprocess.run(
            [sys.executable, "-m", "generator", "build", "--root", root],
            cwd=Path(__file__).parents[1],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        )
        sites.append(contents(root / "site"))
        shutil.rmtree(root / "site")
        shutil.rmtree(root / ".cache")
    assert sites[0] == sites[1] == sites[2]


def test_a_connected_postgresql_keeps_todays_editions(root: Path, postgres_url: str) -> None:
    run = Run(load(root, {"DATABASE_URL": postgres_url}), NOW, say=lambda _: None)
    run.warehouse.load()
    build(run, at=date(2026, 10, 31))
    assert run.warehouse.load() == ()


def test_what_the_last_refresh_found_is_not_said_of_then(tmp_path: Path) -> None:
    root = repository(tmp_path / "root")
    write(root / "rotation.toml", "[[listener]]", "slug = 'me'", "name = 'Me'")
    tell(root / "data", *DAYS)
    run = start(root)
    health.keep(run, [Report(run.settings.listeners[0], asked=True, failure="no", exit_code=75)])
    build(run)
    assert b"did not succeed" in b"".join(contents(root / "site").values())
    build(run, at=date(2026, 11, 30))
    assert b"did not succeed" not in b"".join(contents(root / "site").values())


def test_the_command_takes_a_date_and_nothing_else(root: Path) -> None:
    done = CliRunner().invoke(app, ["build", "--root", str(root), "--at", "2026-10-31"])
    assert done.exit_code == 0
    assert (root / "site" / "on" / "2026-10-31").is_dir()
    assert not (root / "site" / "on" / "2026-11-02").exists()
    wrong = CliRunner().invoke(app, ["build", "--root", str(root), "--at", "31 October"])
    assert wrong.exit_code == 2
    assert "write a date like 2026-11-20" in wrong.output

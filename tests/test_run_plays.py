"""A run that keeps plays: every listen once, two-hourly, with the gaps that nobody can fill."""

from datetime import date
from pathlib import Path

import pytest
from exports import extended, write
from world import Root

from generator.git import git
from generator.model import Keeping

KEY = {"ROTATION_PLAY_KEY": "sea and salt"}


@pytest.fixture
def keeping(root: Root) -> Root:
    return chosen(root, "exact")


def chosen(root: Root, how: Keeping) -> Root:
    """Keep plays from now on."""
    file = root.folder / "rotation.toml"
    file.write_text(file.read_text("utf-8").replace('plays = "off"', f'plays = "{how}"'), "utf-8")
    git(root.folder, "commit", "--quiet", "--all", "--message=Keep plays")
    return root


def at(root: Root, day: str, hour: int, *args: str, **environment: str) -> str:
    """The scheduled run of an hour; answers the subject of its commit, or nothing."""
    root.spotify.day = date.fromisoformat(day)
    before = len(root.subjects)
    done = root.rotation(
        "run", "--commit", "--scheduled", "--now", f"{day}T{hour:02}:43:00Z", *args, **environment
    )
    assert (done.code, done.err) == (0, "")
    return root.subjects[-1] if len(root.subjects) > before else ""


def plays(root: Root) -> list[str]:
    files = sorted((root.folder / "data" / "me" / "plays").glob("*.csv"))
    return [line for file in files for line in file.read_text("utf-8").splitlines()[1:]]


def test_plays_are_off_until_a_person_chooses(root: Root) -> None:
    at(root, "2026-11-21", 6)
    assert not (root.folder / "data" / "me" / "plays").exists()
    assert not [path for _, path in root.spotify.requests if "recently-played" in path]


def test_a_day_that_has_its_edition_still_brings_its_plays(keeping: Root) -> None:
    assert at(keeping, "2026-11-20", 8) == "data: 50 plays on 20 Nov 2026"
    assert at(keeping, "2026-11-20", 10) == ""
    told = git(keeping.folder, "log", "-1", "--format=%B")
    assert "Plays: 50\nLists: none" in told
    assert at(keeping, "2026-11-21", 6).endswith(" plays")
    assert len(plays(keeping)) == len(set(plays(keeping))) > 50
    assert keeping.rotation("check").code == 0
    assert git(keeping.folder, "status", "--porcelain") == ""


def test_fifty_plays_of_which_none_is_known_leave_a_gap(keeping: Root) -> None:
    at(keeping, "2026-11-20", 8)
    at(keeping, "2026-11-21", 8)
    assert not (keeping.folder / "data" / "me" / "gaps.csv").exists()
    last = plays(keeping)[-1].split(",")[0]
    at(keeping, "2026-11-27", 8)
    gaps = (keeping.folder / "data" / "me" / "gaps.csv").read_text("utf-8").splitlines()
    first = next(line.split(",")[0] for line in plays(keeping) if line.split(",")[0] > last)
    assert gaps == ["since,until", f"{last},{first}"]


def test_an_hour_is_all_that_is_kept_where_a_person_wants_no_more(root: Root) -> None:
    chosen(root, "hour")
    at(root, "2026-11-20", 8, **KEY)
    assert {line[13:24] for line in plays(root)} == {":00:00.000Z"}
    assert len(plays(root)) == 50
    assert at(root, "2026-11-20", 10, **KEY) == ""


def test_without_its_key_a_run_stops_before_it_asks(root: Root) -> None:
    chosen(root, "day")
    data, asked = root.data, len(root.spotify.requests)
    done = root.rotation("run", "--commit", "--now", "2026-11-21T06:00:00Z")
    assert done.code == 1
    assert "ROTATION_PLAY_KEY is not set" in done.err
    assert (root.data, len(root.spotify.requests)) == (data, asked)


def test_plays_go_with_the_listener_and_with_the_past(keeping: Root) -> None:
    at(keeping, "2026-11-20", 8)
    at(keeping, "2026-11-21", 8)
    now = ("--now", "2026-11-21T09:00:00Z")
    cut = keeping.rotation("purge", "me", "--before", "2026-11-20", "--rewrite-history", "--yes", *now)
    assert (cut.code, cut.err) == (0, "")
    assert plays(keeping)
    assert min(plays(keeping)) >= "2026-11-20"
    assert "\n+2026-11-19T" not in git(keeping.folder, "log", "--branches", "-p")
    assert keeping.rotation("check").code == 0
    assert keeping.rotation("purge", "me", "--rewrite-history", "--yes", *now).code == 0
    assert "data/me/plays" not in git(keeping.folder, "log", "--branches", "-p")


def test_a_play_that_spotify_tells_badly_is_skipped_with_its_reason(keeping: Root) -> None:
    keeping.spotify.script("GET /v1/me/player/recently-played: null-rows")
    done = keeping.rotation("run", "--commit", "--now", "2026-11-20T08:00:00Z")
    assert done.code == 0
    assert "Skipped play 3: " in done.out
    assert 0 < len(plays(keeping)) < 50


def test_the_about_page_says_how_many_plays_are_kept_and_where_some_may_be_missing(keeping: Root) -> None:
    at(keeping, "2026-11-20", 8)
    about = keeping.site["about/index.html"].decode()
    assert "50 plays of 30 seconds or more are kept" in about
    assert "plays may be missing" not in about
    at(keeping, "2026-11-27", 8)
    about = keeping.site["about/index.html"].decode()
    assert "At least 100 plays of 30 seconds or more are kept" in about
    assert about.count("plays may be missing") == 1


def test_an_import_that_covers_a_gap_closes_it(keeping: Root, tmp_path: Path) -> None:
    at(keeping, "2026-11-20", 8)
    at(keeping, "2026-11-27", 8)
    file = write(tmp_path / "export.json", extended("2026-11-22T10:00:00Z", "Roads"))
    assert keeping.rotation("import", str(file), "--now", "2026-11-27T09:00:00Z").code == 0
    assert at(keeping, "2026-11-27", 10) == "data: 1 play on 27 Nov 2026"
    assert "plays may be missing" not in keeping.site["about/index.html"].decode()
    assert keeping.rotation("leaks").code == 0
    assert git(keeping.folder, "status", "--porcelain") == ""

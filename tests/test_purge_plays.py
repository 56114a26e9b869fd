"""Plays alone are purged: gone from data/, database, site and Git's past, while lists and charts stay."""

import csv
import io
from pathlib import Path

import pytest
from exports import extended, write
from test_purge import everywhere, history
from test_run_plays import at, chosen, plays
from world import Root

from generator import publish
from generator.demo.server import SimulatedSpotify
from generator.git import git

DAYS = ("2026-11-21", "2026-11-22", "2026-11-23")
NOW = ("--now", "2026-11-23T20:00:00Z")


@pytest.fixture(scope="module")
def once(first_edition: Root, tmp_path_factory: pytest.TempPathFactory) -> Root:
    """Four editions, and the plays of three days and a gap: to be copied, not to be changed."""
    with SimulatedSpotify() as spotify:
        root = chosen(first_edition.copy(tmp_path_factory.mktemp("heard"), spotify), "exact")
        for day in DAYS:
            for hour in (6, 12):
                at(root, day, hour)
        gaps = root.folder / "data" / "me" / "gaps.csv"
        gaps.write_text("since,until\n2026-11-21T10:00:00.000Z,2026-11-22T10:00:00.000Z\n", "utf-8")
        git(root.folder, "add", "data")
        git(root.folder, "commit", "--quiet", "--message=A gap")
        assert root.rotation("build", *NOW).code == 0
    return root


@pytest.fixture
def heard(once: Root, tmp_path: Path, spotify: SimulatedSpotify) -> Root:
    return once.copy(tmp_path, spotify)


def keys(rows: list[str]) -> set[str]:
    return {row.split(",")[2] for row in rows}


def on_lists(root: Root) -> set[str]:
    lists = b"".join(content for path, content in root.data.items() if path.startswith("me/lists/"))
    return {row["item_id"] for row in csv.DictReader(io.StringIO(lists.decode()))}


def test_plays_go_and_the_charts_stay(heard: Root) -> None:
    lists = {path: content for path, content in heard.data.items() if "/lists/" in path or "top-" in path}
    songs, only_played = heard.songs(), keys(plays(heard)) - on_lists(heard)
    assert only_played
    done = heard.rotation("purge", "me", "--plays", *NOW, "--yes")
    assert (done.code, done.err) == (0, "")
    assert 'write plays = "off" into [[listener]] me' in done.out
    assert {path: heard.data.get(path) for path in lists} == lists
    assert not {path for path in heard.data if "/plays/" in path or "gaps" in path}
    assert heard.songs() == songs
    assert not {path for path in heard.site if path.startswith("plays/")}
    assert [one for one in only_played if one.encode() in everywhere(heard)] == []
    assert heard.rotation("check").code == 0


def test_the_number_of_plays_that_go_is_told_before(heard: Root) -> None:
    count = len(plays(heard))
    done = heard.rotation("purge", "me", "--plays", *NOW)  # nobody says yes
    assert f", {count} rows of plays; " in done.out
    assert len(plays(heard)) == count


@pytest.mark.parametrize(("before", "is_told"), [("2026-11-01", False), (DAYS[1], True)])
def test_that_plays_come_back_is_told_where_they_can(heard: Root, before: str, *, is_told: bool) -> None:
    """The last fifty plays seldom reach further back than a week."""
    done = heard.rotation("purge", "me", "--plays", "--before", before, *NOW, "--yes")
    assert done.code == 0
    assert ("The next run would keep again" in done.out) == is_told


def test_gaps_without_plays_are_called_gaps(heard: Root) -> None:
    for file in (heard.folder / "data" / "me" / "plays").iterdir():
        file.unlink()
    git(heard.folder, "commit", "--quiet", "--all", "--message=By hand")
    done = heard.rotation("purge", "me", "--plays", *NOW)  # nobody says yes
    assert "the plays of me: rows of gaps; 1 file" in done.out


def test_gits_past_forgets_plays_and_how_many_there_were(heard: Root) -> None:
    only_played = keys(plays(heard)) - on_lists(heard)
    editions = git(heard.folder, "log", "--format=%(trailers:key=Edition)")
    done = heard.rotation("purge", "me", "--plays", "--rewrite-history", *NOW, "--yes")
    assert (done.code, done.err) == (0, "")
    past = history(heard)
    assert [one for one in only_played if one in past] == []
    assert "data/me/plays/" not in past
    assert "data/me/gaps.csv" not in past
    assert not [subject for subject in heard.subjects if " plays" in subject]
    assert "Plays: " not in past
    assert git(heard.folder, "log", "--format=%(trailers:key=Edition)").split() == editions.split()
    assert heard.rotation("check").code == 0


def test_gits_past_forgets_what_an_export_called_a_song_of_the_lists(heard: Root, tmp_path: Path) -> None:
    heard.add_listener("sam", "Sam", 2)
    with (heard.folder / "rotation.toml").open("a", encoding="utf-8") as settings:
        settings.write('plays = "exact"\n')
    mine, ours = sorted(on_lists(heard))[:2]
    for who, heard_by in (("me", [mine, ours]), ("sam", [ours])):
        rows = [
            extended("2026-11-01T03:00:00Z", "As Exported", spotify_track_uri=f"spotify:track:{one}")
            for one in heard_by
        ]
        file = write(tmp_path / f"{who}.json", *rows)
        assert heard.rotation("import", str(file), "--listener", who, *NOW).code == 0
    git(heard.folder, "add", "data", "rotation.toml")
    git(heard.folder, "commit", "--quiet", "--message=Two exports")
    done = heard.rotation("purge", "me", "--plays", "--rewrite-history", *NOW, "--yes")
    assert (done.code, done.err) == (0, "")
    assert f"{mine},As Exported" not in history(heard)
    assert f"{ours},As Exported" in history(heard)  # sam's plays need it
    assert mine in on_lists(heard)


def test_plays_before_a_day_go_and_later_ones_stay(heard: Root) -> None:
    data, before = heard.data, plays(heard)
    later = [one for one in heard.subjects if " plays" in one and not one.startswith("data: 21 Nov")]
    midnight = "2026-11-21T23:00:00.000Z"  # of 22 November in Berlin
    done = heard.rotation("purge", "me", "--plays", "--before", DAYS[1], "--rewrite-history", *NOW, "--yes")
    assert (done.code, done.err) == (0, "")
    assert "plays of me before 22 November 2026" in done.out
    assert plays(heard) == [row for row in before if row >= midnight] != []
    assert heard.data["me/gaps.csv"].decode() == f"since,until\n{midnight},2026-11-22T10:00:00.000Z\n"
    assert "2026-11-21T10:00:00.000Z" not in history(heard)  # when a play ended that is gone
    assert heard.data["me/lists/2026-11.csv"] == data["me/lists/2026-11.csv"]
    old = [row for row in before if row < midnight]
    assert [row for row in old if row in history(heard)] == []
    assert [one for one in heard.subjects if " plays" in one] == later


@pytest.mark.parametrize(
    ("told", "left"),
    [
        ("data: 37 plays on 20 Nov 2026\n\nListener: me\nPlays: 37\nSource: api\n", "data: removed\n"),
        ("data: Sam, 1 play on 2 Nov 2026\n\nListener: sam\nPlays: 1\n", "data: removed\n"),
        ("data: 1,204 plays imported\n\nListener: me\nPlays: 1204\nSource: extended\n", "data: removed\n"),
        (
            "data: 20 Nov 2026 · #1 “5 plays · more” Ann (=) · 21 plays · 2 plays imported\n\nPlays: 23\n",
            "data: 20 Nov 2026 · #1 “5 plays · more” Ann (=)\n\n",
        ),
        ("I wrote about 5 plays\n", "I wrote about 5 plays\n"),
    ],
)
def test_a_message_tells_of_no_play_any_more(told: str, left: str) -> None:
    assert publish.without_plays(told) == left

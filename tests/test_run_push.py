"""Pushing: to a remote that agrees, that has moved on, or that is not there."""

from pathlib import Path

import pytest
from stories import contents
from world import FIRST, NEXT, Root

from generator.demo.server import SimulatedSpotify
from generator.git import git


@pytest.fixture
def remote(root: Root, tmp_path: Path) -> Path:
    """A bare repository that the root pushes to, level with it."""
    bare = tmp_path / "remote.git"
    git(tmp_path, "clone", "--quiet", "--bare", str(root.folder), str(bare))
    git(root.folder, "remote", "set-url", "origin", str(bare))
    return bare


@pytest.fixture
def colleague(remote: Path, tmp_path: Path, spotify: SimulatedSpotify) -> Root:
    """Another clone of the same repository."""
    git(tmp_path, "clone", "--quiet", str(remote), "colleague")
    folder = tmp_path / "colleague"
    git(folder, "config", "user.name", "Grace Example")
    git(folder, "config", "user.email", "grace@example.org")
    return Root(folder, spotify)


def head(folder: Path) -> str:
    return git(folder, "rev-parse", "main")


def writes(who: Root, name: str) -> None:
    """A person adds a page of notes."""
    (who.folder / name).write_text("Something of mine.\n")
    git(who.folder, "add", name)
    git(who.folder, "commit", "--quiet", "--message=Notes")


def test_a_commit_arrives_in_the_remote(root: Root, remote: Path) -> None:
    done = root.run("--push")
    assert (done.code, done.err) == (0, "")
    assert len(root.subjects) == 2
    assert head(remote) == head(root.folder)


def test_after_a_lost_race_both_are_in_the_remote(root: Root, remote: Path, colleague: Root) -> None:
    writes(colleague, "NOTES.md")
    git(colleague.folder, "push", "--quiet")
    done = root.run("--push")
    assert (done.code, done.err) == (0, "")
    assert "Somebody else pushed first" in done.out
    assert head(remote) == head(root.folder)
    assert len(root.subjects) == 2
    assert (root.folder / "NOTES.md").exists()
    assert git(root.folder, "log", "-1", "--format=%s").startswith("data: 21 Nov 2026")
    assert git(root.folder, "status", "--porcelain") == ""


def test_two_machines_that_hear_the_same_make_one_edition(root: Root, remote: Path, colleague: Root) -> None:
    assert colleague.run("--push").code == 0
    done = root.run("--push")
    assert (done.code, done.err) == (0, "")
    assert head(remote) == head(root.folder) == head(colleague.folder)
    assert len(root.subjects) == 2
    assert root.data == colleague.data
    assert "Me: 5 lists changed" not in done.out  # theirs, not ours
    assert "committed" not in done.out


def test_two_machines_that_hear_different_days_lose_neither(
    root: Root, remote: Path, colleague: Root
) -> None:
    assert colleague.run("--push", day="2026-11-22").code == 0
    done = root.run("--push", day="2026-11-24")
    assert (done.code, done.err) == (0, "")
    editions = git(
        remote, "log", "--reverse", "--format=%(trailers:key=Edition,valueonly,separator=%x20)", "main"
    )
    assert editions.split() == [FIRST, "2026-11-22", "2026-11-24"]
    months = contents(root.folder / "data" / "me" / "lists")["2026-11.csv"].decode()
    assert {line.split(",")[0] for line in months.splitlines()[1:]} == {FIRST, "2026-11-22", "2026-11-24"}


def test_a_persons_unpushed_commits_are_never_dropped(root: Root, remote: Path, colleague: Root) -> None:
    writes(colleague, "THEIRS.md")
    git(colleague.folder, "push", "--quiet")
    writes(root, "MINE.md")
    before = head(remote)
    done = root.run("--push")
    assert done.code == 1
    assert "git pull --rebase" in done.err
    assert (root.folder / "MINE.md").exists()
    assert len(root.subjects) == 2
    assert head(remote) == before
    git(root.folder, "pull", "--quiet", "--rebase", "origin", "main")
    assert root.run("--push").code == 0
    assert head(remote) == head(root.folder)


def test_a_remote_that_is_not_there_leaves_the_commit_for_the_next_run(root: Root, remote: Path) -> None:
    git(root.folder, "remote", "set-url", "origin", "http://robin:hunter2@127.0.0.1:1/music.git")
    done = root.run("--push")
    assert done.code == 75
    assert "the next run pushes it" in done.err
    assert "hunter2" not in done.said
    assert len(root.subjects) == 2
    assert len(root.songs()) == 20
    git(root.folder, "remote", "set-url", "origin", str(remote))
    again = root.run("--push", "--scheduled")
    assert (again.code, again.err) == (0, "")
    assert len(root.subjects) == 2
    assert head(remote) == head(root.folder)


def test_an_edition_that_was_never_pushed_survives_a_race_on_a_later_day(root: Root, colleague: Root) -> None:
    root.run(day="2026-11-21")  # committed, and for some reason never pushed
    writes(colleague, "NOTES.md")
    git(colleague.folder, "push", "--quiet")
    done = root.run("--push", day="2026-11-24")
    assert done.code == 1
    assert "git pull --rebase" in done.err
    assert [subject[6:17] for subject in root.subjects] == ["20 Nov 2026", "21 Nov 2026", "24 Nov 2026"]


def test_a_rule_that_forbids_the_push_is_a_mistake_to_mend(root: Root, remote: Path) -> None:
    hook = remote / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'this branch is protected' >&2\nexit 1\n")
    hook.chmod(0o755)
    done = root.run("--push", day=NEXT)
    assert done.code == 1
    assert "this branch is protected" in done.err
    assert len(root.subjects) == 2

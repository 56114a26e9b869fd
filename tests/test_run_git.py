"""Git in a state that nobody planned for: the run overcomes it, or names it, and nothing is lost."""

from pathlib import Path

import pytest
from world import FIRST, NEXT, Root

from generator.demo.server import SimulatedSpotify
from generator.git import git

DIFFERENT_OWNER = {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "true"}  # git's own way to try that out


@pytest.fixture
def remote(root: Root, tmp_path: Path) -> Path:
    """A bare repository that the root pushes to, level with it."""
    bare = tmp_path / "remote.git"
    git(tmp_path, "clone", "--quiet", "--bare", str(root.folder), str(bare))
    git(root.folder, "remote", "set-url", "origin", str(bare))
    return bare


def hook(root: Root, name: str, *lines: str) -> Path:
    file = root.folder / ".git/hooks" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("\n".join(["#!/bin/sh", *lines, ""]))
    file.chmod(0o755)
    return file


def test_a_repository_of_another_user_is_named_and_left_as_it_is(root: Root) -> None:
    data, subjects = root.data, root.subjects
    for command in ("run", "refresh", "build"):
        done = root.rotation(command, "--now", f"{NEXT}T06:00:00Z", **DIFFERENT_OWNER)
        assert done.code == 1
        assert "belongs to another user of this machine" in done.err
        assert "git config --global --add safe.directory" in done.err
        assert "Traceback" not in done.said
    assert (root.data, root.subjects) == (data, subjects)
    assert root.run(day=NEXT).code == 0


@pytest.mark.parametrize("rule", ["*.csv\n", "lists/\n", "data/\n"])
def test_an_edition_is_committed_whatever_a_person_ignores(root: Root, rule: str) -> None:
    (root.folder / ".gitignore").write_text(rule)
    git(root.folder, "add", ".gitignore")
    git(root.folder, "commit", "--quiet", "--message=Ignore")
    done = root.run(day="2026-12-01")  # whose ledger is a new file
    assert (done.code, done.err) == (0, "")
    assert "data/me/lists/2026-12.csv" in git(root.folder, "ls-files", "data").splitlines()
    assert len(root.subjects) == 2
    assert "nothing new" in root.run(day="2026-12-01").out


def test_a_shallow_clone_adds_its_edition_to_the_past(root: Root, remote: Path, tmp_path: Path) -> None:
    root.run("--push")
    git(tmp_path, "clone", "--quiet", "--depth=1", remote.as_uri(), "shallow")
    shallow = Root(tmp_path / "shallow", root.spotify)
    done = shallow.run("--push", day="2026-11-23")
    assert (done.code, done.err) == (0, "")
    assert git(remote, "rev-list", "--count", "main").strip() == "5"  # two of a person, three of data
    assert shallow.rotation("check").code == 0
    assert set(shallow.site) >= {f"on/{day}/index.html" for day in (FIRST, NEXT, "2026-11-23")}


def test_on_a_detached_head_an_edition_is_kept_and_the_push_says_what_to_do(root: Root, remote: Path) -> None:
    git(root.folder, "switch", "--quiet", "--detach")
    done = root.run("--push")
    assert done.code == 1
    assert "No branch is checked out, so there is nothing to push to: `git switch main`" in done.err
    assert len(root.subjects) == 2
    assert len(root.songs()) == 20
    # As a person would: the edition is the branch's from then on, and the next run pushes it.
    git(root.folder, "switch", "--quiet", "--force-create", "main")
    assert root.run("--push").code == 0
    assert git(remote, "rev-parse", "main") == git(root.folder, "rev-parse", "main")


def test_a_race_that_is_lost_five_times_leaves_the_commit_for_the_next_run(
    root: Root, remote: Path, tmp_path: Path, spotify: SimulatedSpotify
) -> None:
    git(tmp_path, "clone", "--quiet", str(remote), "colleague")
    faster = (
        f"cd '{tmp_path / 'colleague'}'",
        "export GIT_DIR=.git",
        "git config user.name Grace && git config user.email grace@example.org",
        "git commit --quiet --allow-empty --message=Faster",
        "git push --quiet origin HEAD:main",
    )
    hindrance = hook(root, "pre-push", *faster)
    done = root.run("--push")
    assert done.code == 75
    assert "Somebody else pushed first 5 times in a row" in done.err
    assert git(remote, "log", "--format=%s", "main").count("Faster") == 5
    assert len(root.subjects) == 2
    assert root.notice is not None
    asked = len(spotify.requests)
    hindrance.unlink()
    again = root.run("--push", "--scheduled")
    assert (again.code, again.err) == (0, "")
    assert len(spotify.requests) == asked  # the edition was kept: nobody had to ask for it again
    assert git(remote, "rev-parse", "main") == git(root.folder, "rev-parse", "main")
    assert len(root.subjects) == 2


@pytest.mark.parametrize("name", ["pre-commit", "commit-msg"])
def test_a_hook_that_refuses_is_quoted_and_the_edition_waits_for_a_run_that_may(
    root: Root, name: str
) -> None:
    hindrance = hook(root, name, "echo 'no commits on a Saturday' >&2", "exit 1")
    done = root.run()
    assert done.code == 1
    assert "git commit failed: no commits on a Saturday" in done.err
    assert len(root.subjects) == 1
    assert root.rotation("check").code == 0
    hindrance.unlink()
    assert root.run().code == 0
    assert len(root.subjects) == 2
    assert git(root.folder, "status", "--porcelain") == ""


def test_without_git_on_the_path_a_run_in_a_repository_touches_nothing(root: Root) -> None:
    data = root.data
    done = root.rotation("run", "--now", f"{NEXT}T06:00:00Z", PATH="/nowhere")
    assert done.code == 1
    assert "`git` is not installed" in done.err
    assert "Traceback" not in done.said
    assert root.data == data

"""Two runs at once, and runs that are killed: the next one finds everything in order, or puts it so."""

import os
import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from pathlib import Path
from random import Random

import pytest
from filelock import FileLock
from world import NEXT, Root

from generator.demo.server import SimulatedSpotify
from generator.git import git

KILLS = int(os.environ.get("KILLS", "0")) or 8  # `make chaos` kills more often
SEED = int(os.environ.get("KILL_SEED", "0")) or time.time_ns() % 100_000


def test_of_two_runs_at_once_one_makes_the_commit_and_the_other_finds_nothing_new(root: Root) -> None:
    root.spotify.day = date.fromisoformat(NEXT)
    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(lambda _: root.run(day=NEXT), range(2)))
    assert [(done.code, done.err) for done in both] == [(0, ""), (0, "")]
    assert len(root.subjects) == 2
    assert sorted("nothing new" in done.out for done in both) == [False, True]


def test_whatever_holds_the_folder_is_waited_for(root: Root) -> None:
    lock = FileLock(root.folder / ".cache" / "run.lock")
    with lock, root.begin("build") as build:
        assert build.stdout is not None
        told = build.stdout.readline()
        lock.release()
        built = build.stdout.read()
    assert told == "Another run is at work in this folder: waiting for it …\n"
    assert re.match(r"Built \d+ pages", built)
    assert build.returncode == 0


@pytest.fixture(scope="module")
def undisturbed(first_edition: Root, tmp_path_factory: pytest.TempPathFactory) -> Root:
    """What a run on the second day leaves when nobody kills it."""
    with SimulatedSpotify() as spotify:
        root = first_edition.copy(tmp_path_factory.mktemp("undisturbed"), spotify)
        assert root.run(day=NEXT).code == 0
    return root


def kill(root: Root, requests: int, pause_s: float) -> None:
    """Begin a run and kill it with all that it started, some time after it asked Spotify so many things."""
    root.spotify.day = date.fromisoformat(NEXT)
    with root.begin("run", "--commit", "--now", f"{NEXT}T06:00:00Z") as process:
        while len(root.spotify.requests) < requests and process.poll() is None:
            time.sleep(0.005)
        time.sleep(pause_s)
        for one in (process.pid, *children(process.pid)):
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)


def children(parent: int) -> list[int]:
    """The processes that a process has started."""
    listed = Path(f"/proc/{parent}/task/{parent}/children")
    found = [int(one) for one in listed.read_text().split()] if listed.exists() else []
    return [*found, *(deeper for one in found for deeper in children(one))]


@pytest.mark.parametrize("kill_number", range(KILLS))
def test_a_killed_run_is_mended_by_the_next(undisturbed: Root, root: Root, kill_number: int) -> None:
    dice = Random(f"{SEED}/{kill_number}")
    requests, pause_s = dice.choice((1, 4, 7, 7, 7, 7)), dice.uniform(0, 0.8)
    kill(root, requests, pause_s)
    found = root.rotation("check")
    assert found.code == 0, f"KILL_SEED={SEED}: {found.said}"
    next_run = root.run(day=NEXT)
    told = f"KILL_SEED={SEED}: killed {pause_s:.3f} s after request {requests}; {next_run.said}"
    assert (next_run.code, next_run.err) == (0, ""), told
    assert root.data == undisturbed.data, told
    assert root.subjects == undisturbed.subjects, told
    assert root.site.keys() == undisturbed.site.keys(), told
    assert root.songs() == undisturbed.songs(), told
    assert git(root.folder, "status", "--porcelain") == "", told
    git(root.folder, "fsck", "--strict")


def test_a_lock_that_a_killed_commit_left_is_removed(root: Root) -> None:
    (root.folder / ".cache" / "changing-git").touch()
    for lock in ("index.lock", "refs/heads/main.lock"):
        (root.folder / ".git" / lock).touch()
    done = root.run(day=NEXT)
    assert (done.code, done.err) == (0, "")
    assert len(root.subjects) == 2
    assert not (root.folder / ".cache" / "changing-git").exists()


def test_a_lock_of_a_persons_own_git_is_respected(root: Root) -> None:
    lock = root.folder / ".git" / "index.lock"
    lock.touch()
    done = root.run(day=NEXT)
    assert done.code == 1
    assert "git add failed" in done.err
    assert lock.exists()
    assert len(root.subjects) == 1
    lock.unlink()
    assert root.run(day=NEXT).code == 0
    assert len(root.subjects) == 2

"""Two runs at once, and runs that are killed: the next one finds everything in order, or puts it so."""

import os
import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
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


# A commit's name holds the time at which it was made: with one time for all, equal commits are equal bytes.
ONE_TIME = {"GIT_COMMITTER_DATE": f"{NEXT}T06:00:00Z"}
KILLED = ("run --commit", "run --commit", "refresh --commit", "load", "build")


@pytest.fixture(scope="module")
def undisturbed(first_edition: Root, tmp_path_factory: pytest.TempPathFactory) -> Root:
    """What a run on the second day leaves when nobody kills it."""
    with SimulatedSpotify() as spotify:
        root = first_edition.copy(tmp_path_factory.mktemp("undisturbed"), spotify)
        assert root.given(**ONE_TIME).run(day=NEXT).code == 0
    return root


@dataclass(frozen=True)
class Kill:
    """What is killed, and when: so many seconds after it asked Spotify so many things."""

    command: str
    requests: int  # 0: since it began its work
    pause_s: float
    has_server: bool  # its database is PostgreSQL

    def strike(self, root: Root) -> bool:
        """Begin the command and kill it with all that it started; answer whether it was still at work."""
        root.spotify.day = date.fromisoformat(NEXT)
        begun = root.folder / ".cache" / "run.lock"
        begun.unlink(missing_ok=True)
        if not self.requests:  # without a database, loading it is a part of the work
            (begun.parent / "warehouse.duckdb").unlink()
        with root.begin(*self.command.split(), "--now", f"{NEXT}T06:00:00Z") as process:
            while process.poll() is None and not self.is_due(root, begun):
                time.sleep(0.005)
            time.sleep(self.pause_s)
            was_at_work = process.poll() is None
            for one in (process.pid, *children(process.pid)):
                with suppress(ProcessLookupError):
                    os.kill(one, signal.SIGKILL)
        return was_at_work

    def is_due(self, root: Root, begun: Path) -> bool:
        return len(root.spotify.requests) >= self.requests if self.requests else begun.exists()


def any_kill(number: int) -> Kill:
    """The same for the same seed."""
    dice = Random(f"{SEED}/{number}")
    command = dice.choice(KILLED)
    requests = dice.choice((1, 4, 7, 7, 7, 7)) if "commit" in command else 0
    longest_s = {"run --commit": 0.9, "refresh --commit": 0.5, "load": 0.4, "build": 0.8}[command]
    return Kill(command, requests, dice.uniform(0, longest_s), dice.random() < 0.25)


def children(parent: int) -> list[int]:
    """The processes that a process has started."""
    listed = Path(f"/proc/{parent}/task/{parent}/children")
    found = [int(one) for one in listed.read_text().split()] if listed.exists() else []
    return [*found, *(deeper for one in found for deeper in children(one))]


@pytest.mark.parametrize("number", range(KILLS))
def test_whatever_is_killed_the_next_run_gives_the_bytes_of_an_undisturbed_one(
    undisturbed: Root, root: Root, number: int, request: pytest.FixtureRequest
) -> None:
    kill = any_kill(number)
    root = root.given(**ONE_TIME)
    if kill.has_server:
        root = root.given(DATABASE_URL=request.getfixturevalue("postgres_url"))
    was_at_work = kill.strike(root)
    request.node.user_properties.append(("killed", f"{kill.command}, at work: {was_at_work}"))
    told = f"KILL_SEED={SEED}, number {number}: {kill}"
    found = root.rotation("check")
    assert found.code == 0, f"{told}; {found.said}"
    next_run = root.run(day=NEXT)
    assert (next_run.code, next_run.err) == (0, ""), f"{told}; {next_run.said}"
    assert root.data == undisturbed.data, told
    assert root.subjects == undisturbed.subjects, told
    assert different(root.site, undisturbed.site) == [], told
    assert git(root.folder, "status", "--porcelain") == "", told
    git(root.folder, "fsck", "--strict")


def different(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The files in which two folders differ."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


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

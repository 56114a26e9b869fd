"""Two runs at once, and runs that are killed: the next one finds everything in order, or puts it so."""

import os
import re
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from exports import account, extended, write
from filelock import FileLock
from test_run_plays import chosen
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


KILLED = ("run --commit", "run --commit", "refresh --commit", "load", "build")


Roots = dict[bool, Root]  # by whether plays are kept


@pytest.fixture(scope="module")
def begun(first_edition: Root, tmp_path_factory: pytest.TempPathFactory) -> Roots:
    """Where every command begins: to be copied, not to be changed."""
    keeping = first_edition.copy(tmp_path_factory.mktemp("keeping"), first_edition.spotify)
    return {False: first_edition, True: chosen(keeping, "exact")}


@pytest.fixture(scope="module")
def undisturbed(begun: Roots, tmp_path_factory: pytest.TempPathFactory) -> Roots:
    """What a run on the second day leaves when nobody kills it."""
    with SimulatedSpotify() as spotify:
        roots = {keeps: begun[keeps].copy(tmp_path_factory.mktemp("whole"), spotify) for keeps in begun}
        for root in roots.values():
            assert root.run(day=NEXT).code == 0
    return roots


@dataclass(frozen=True)
class Kill:
    """What is killed, and when: so many seconds after it asked Spotify so many things."""

    command: str
    requests: int  # 0: since it began its work
    pause_s: float
    has_server: bool  # its database is PostgreSQL
    keeps_plays: bool

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
    return Kill(command, requests, dice.uniform(0, longest_s), dice.random() < 0.25, dice.random() < 0.5)


def children(parent: int) -> list[int]:
    """The processes that a process has started."""
    listed = Path(f"/proc/{parent}/task/{parent}/children")
    found = [int(one) for one in listed.read_text().split()] if listed.exists() else []
    return [*found, *(deeper for one in found for deeper in children(one))]


@pytest.fixture
def beginning(begun: Roots, tmp_path: Path, spotify: SimulatedSpotify) -> Callable[..., Root]:
    """Makes a root of the test's own, in which plays are kept or not."""

    def copied(*, keeps_plays: bool) -> Root:
        return begun[keeps_plays].copy(tmp_path, spotify)

    return copied


@pytest.mark.parametrize("number", range(KILLS))
def test_whatever_is_killed_the_next_run_gives_the_bytes_of_an_undisturbed_one(
    beginning: Callable[..., Root], undisturbed: Roots, number: int, request: pytest.FixtureRequest
) -> None:
    kill = any_kill(number)
    root, whole = beginning(keeps_plays=kill.keeps_plays), undisturbed[kill.keeps_plays]
    if kill.has_server:
        root = root.given(DATABASE_URL=request.getfixturevalue("postgres_url"))
    was_at_work = kill.strike(root)
    request.node.user_properties.append(("killed", f"{kill.command}, at work: {was_at_work}"))
    told = f"KILL_SEED={SEED}, number {number}: {kill}"
    found = root.rotation("check")
    assert found.code == 0, f"{told}; {found.said}"
    next_run = root.run(day=NEXT)
    assert (next_run.code, next_run.err) == (0, ""), f"{told}; {next_run.said}"
    assert root.data == whole.data, told
    assert root.subjects == whole.subjects, told
    assert different(root.site, whole.site) == [], told
    assert git(root.folder, "status", "--porcelain") == "", told
    git(root.folder, "fsck", "--strict")


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export of both kinds, over three years."""
    folder = tmp_path_factory.mktemp("export")
    days = [date(2023, 1, 1) + timedelta(number) for number in range(1000)]
    write(folder / "long.json", *(extended(f"{day}T09:00:00Z", f"Song {day.day}") for day in days))
    write(folder / "short.json", *(account(f"{day} 21:30", f"Tune {day.day}") for day in days[500:]))
    return folder


@pytest.fixture(scope="module")
def imported(begun: Roots, export: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What data/ holds after an import that nobody kills."""
    root = begun[True].copy(tmp_path_factory.mktemp("imported"), begun[True].spotify)
    assert root.rotation("import", str(export)).code == 0
    return root.data


@pytest.mark.parametrize("number", range(max(KILLS // 10, 2)))
def test_whatever_is_killed_of_an_import_the_same_import_mends_it(
    beginning: Callable[..., Root],
    imported: dict[str, bytes],
    export: Path,
    number: int,
    request: pytest.FixtureRequest,
) -> None:
    dice = Random(f"{SEED}/import/{number}")
    kill = Kill(f"import {export}", 0, dice.uniform(0, 1.2), has_server=False, keeps_plays=True)
    root = beginning(keeps_plays=True)
    request.node.user_properties.append(("killed", f"import, at work: {kill.strike(root)}"))
    told = f"KILL_SEED={SEED}, import {number}: {kill}"
    assert root.rotation("check").code == 0, told
    assert root.rotation("import", str(export)).code == 0, told
    assert root.data == imported, told
    done = root.run(day=NEXT)
    assert (done.code, done.err) == (0, ""), told
    assert git(root.folder, "status", "--porcelain") == "", told


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

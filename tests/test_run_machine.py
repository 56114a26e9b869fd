"""Troubles of the machine: a disk that is full, folders that may not be written, odd days, new time zones."""

import shutil
import subprocess
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from loaded_program import Outcome
from world import NEXT, ROTATION, Root

from generator.demo.server import SimulatedSpotify
from generator.git import git

UNSHARE = ("unshare", "--user", "--map-root-user", "--mount")
# What the disk still takes: from nothing at all to all but the site.
SPARE_KB = (0, 150, 600, 1200)


def may_mount() -> bool:
    """Can a test have a disk of its own? Some systems and containers forbid it."""
    if not shutil.which("unshare"):
        return False
    tried = subprocess.run(
        [*UNSHARE, "mount", "-t", "tmpfs", "tmpfs", "/tmp"], capture_output=True, check=False
    )
    return tried.returncode == 0


needs_mounts = pytest.mark.skipif(not may_mount(), reason="this system lets no test mount a disk of its own")


def within(root: Root, mounts: str, *, after: str = ":") -> Outcome:
    """Run `rotation run` on the second day in a mount namespace of its own."""
    root.spotify.day = date.fromisoformat(NEXT)
    command = f"{ROTATION} run --commit --now {NEXT}T06:00:00Z"
    script = f"set -e; {mounts}; set +e; {command}; code=$?; {after}; exit $code"
    done = subprocess.run(
        [*UNSHARE, "bash", "-c", script],
        cwd=root.folder,
        env=root.surroundings(),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def undisturbed(first_edition: Root, tmp_path_factory: pytest.TempPathFactory) -> Root:
    """What a run on the second day leaves when nothing is in its way."""
    with SimulatedSpotify() as spotify:
        root = first_edition.copy(tmp_path_factory.mktemp("undisturbed"), spotify)
        assert root.run(day=NEXT).code == 0
    return root


def mended(root: Root, undisturbed: Root) -> None:
    """Everything is whole, and the next run leaves what an undisturbed one does."""
    assert root.rotation("check").code == 0
    done = root.run(day=NEXT)
    assert (done.code, done.err) == (0, "")
    assert root.data == undisturbed.data
    assert root.subjects == undisturbed.subjects
    assert root.songs() == undisturbed.songs()
    assert root.site.keys() == undisturbed.site.keys()
    assert git(root.folder, "status", "--porcelain") == ""
    git(root.folder, "fsck", "--strict")


@needs_mounts
@pytest.mark.parametrize("spare_kb", SPARE_KB)
def test_a_full_disk_loses_nothing(root: Root, undisturbed: Root, tmp_path: Path, spare_kb: int) -> None:
    disk, saved = tmp_path / "disk", tmp_path / "saved"
    disk.mkdir()
    needed = int(subprocess.check_output(["du", "-sk", "--apparent-size", root.folder]).split()[0])
    # Each file takes whole pages of the disk; what is left after the copy is filled but for the spare room.
    filling = (
        f"head -c $(( ($(df --output=avail -k . | tail -1) - {spare_kb}) * 1024 )) /dev/zero > ../filler"
    )
    mounts = (
        f"mount -t tmpfs -o size={4 * needed + 8192}k tmpfs {disk}; cp -a {root.folder} {disk}/music;"
        f" cd {disk}/music; {filling}"
    )
    done = within(root, mounts, after=f"cp -a {disk}/music {saved}")
    assert "Traceback" not in done.said
    assert not done.code or "Make room" in done.err
    mended(replace(root, folder=saved), undisturbed)


# Bytes beyond which no file can grow, and whether the database has to be made anew.
@pytest.mark.parametrize(("limit", "is_loaded"), [(700, True), (20_000, True), (700, False), (80_000, False)])
def test_where_no_file_can_grow_a_run_says_so_and_the_next_one_mends_all(
    root: Root, undisturbed: Root, limit: int, *, is_loaded: bool
) -> None:
    if not is_loaded:
        shutil.rmtree(root.folder / ".cache")
    root.spotify.day = date.fromisoformat(NEXT)
    now = f"{NEXT}T06:00:00Z"
    done = root.on_a_full_disk("run", "--commit", "--now", now, largest_file=limit)
    assert "Traceback" not in done.said
    assert done.code in {1, 75}
    assert "Make room" in done.err
    mended(root, undisturbed)


@needs_mounts
@pytest.mark.parametrize("folder", ["data", ".git", ".cache", "."])
def test_a_folder_that_may_not_be_written_loses_nothing(root: Root, undisturbed: Root, folder: str) -> None:
    before = root.data
    done = within(
        root, f"mount --bind {folder} {folder}; mount -o remount,ro,bind {folder}; cd {root.folder}"
    )
    assert "Traceback" not in done.said
    assert done.code
    assert done.err.count("\n") <= 2, done.err
    if folder in {"data", "."}:
        assert root.data == before
    mended(root, undisturbed)


@pytest.mark.parametrize("day", ["2027-03-28", "2027-10-31"])  # of 23 and of 25 hours in Berlin
def test_days_of_23_and_25_hours_have_one_edition_each(root: Root, day: str) -> None:
    before = date.fromisoformat(day) - timedelta(days=1)
    instants = [f"{before}T21:30:00Z", f"{before}T23:30:00Z", f"{day}T00:30:00Z", f"{day}T01:30:00Z"]
    for number, instant in enumerate([*instants, f"{day}T21:30:00Z"]):
        root.spotify.day = before + timedelta(days=number)
        assert root.rotation("run", "--commit", "--now", instant).code == 0
    assert [edition for edition in editions(root) if edition >= str(before)] == [str(before), day]


def test_another_time_zone_moves_no_edition(root: Root) -> None:
    assert root.run(day=NEXT).code == 0
    before, data = editions(root), root.data
    file = root.folder / "rotation.toml"
    file.write_text(file.read_text("utf-8").replace("Europe/Berlin", "Pacific/Auckland"), "utf-8")
    again = root.run(day=NEXT)
    assert (again.code, again.err) == (0, "")
    assert (editions(root), root.data) == (before, data)
    assert root.run(day="2026-11-23").code == 0
    assert editions(root) == [*before, "2026-11-23"]


def editions(root: Root) -> list[str]:
    rows = (root.folder / "data" / "me" / "lists").glob("*.csv")
    return sorted({line[:10] for file in rows for line in file.read_text("utf-8").splitlines()[1:]})

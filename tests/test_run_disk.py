"""A disk that is full or must not be written: said in a sentence, nothing half written, made good later."""

import os
import shutil
import subprocess
from dataclasses import replace
from datetime import date

import pytest
from world import NEXT, Root

from generator.demo.server import SimulatedSpotify
from generator.git import git

RUN = ("run", "--commit", "--now", f"{NEXT}T06:00:00Z")
# A copy of the folder on a disk of its own with little room, which is brought back whatever happens.
SMALL_DISK = """
set -e
mkdir disk && mount -t tmpfs -o "size=$0" none disk
cp -a music/. disk/
cd disk
set +e
"$@"
code=$?
cd ..
rm -r music && cp -a disk music
exit $code
"""


@pytest.fixture(scope="module")
def undisturbed(first_edition: Root, tmp_path_factory: pytest.TempPathFactory) -> Root:
    """What a run on the second day leaves when nothing is in its way."""
    with SimulatedSpotify() as spotify:
        root = first_edition.copy(tmp_path_factory.mktemp("undisturbed"), spotify)
        assert root.run(day=NEXT).code == 0
    return root


def is_mended(root: Root, undisturbed: Root) -> None:
    """Nothing is lost now, and the next run does what this one could not."""
    whole = root.rotation("check")
    assert whole.code == 0, whole.said
    again = root.run(day=NEXT)
    assert (again.code, again.err) == (0, "")
    assert root.data == undisturbed.data
    assert root.subjects == undisturbed.subjects
    assert root.site.keys() == undisturbed.site.keys()
    assert root.songs() == undisturbed.songs()
    assert git(root.folder, "status", "--porcelain") == ""
    git(root.folder, "fsck", "--strict")


# Bytes beyond which no file can grow, and whether the database has to be made anew.
@pytest.mark.parametrize(("limit", "is_loaded"), [(700, True), (20_000, True), (700, False), (80_000, False)])
def test_where_no_file_can_grow_a_run_says_so_and_the_next_one_mends_all(
    root: Root, undisturbed: Root, limit: int, *, is_loaded: bool
) -> None:
    if not is_loaded:
        shutil.rmtree(root.folder / ".cache")
    root.spotify.day = date.fromisoformat(NEXT)
    done = root.on_a_full_disk(*RUN, largest_file=limit)
    assert "Traceback" not in done.said
    assert done.code in {1, 75}
    assert "Make room" in done.err
    is_mended(root, undisturbed)


@pytest.mark.parametrize("room_kb", [40, 400])
def test_a_disk_that_is_full_costs_nothing(root: Root, undisturbed: Root, room_kb: int) -> None:
    around = root.folder.parent
    alone = ("unshare", "--map-root-user", "--mount", "sh", "-c")
    trial = [*alone, "mkdir try && mount -t tmpfs none try && umount try && rmdir try"]
    if not shutil.which("unshare") or subprocess.run(trial, cwd=around, check=False).returncode:
        pytest.skip("only a Linux that lets us mount a disk of our own can try this")
    root.spotify.day = date.fromisoformat(NEXT)
    held_kb = int(subprocess.check_output(["du", "-sk", "music"], cwd=around, text=True).split()[0])
    outer = replace(root, folder=around)
    done = outer.cold(*RUN, through=(*alone, SMALL_DISK, f"{held_kb + room_kb}k"))
    assert "Traceback" not in done.said
    assert done.code in {1, 75}, done.said
    assert "Make room" in done.err
    is_mended(root, undisturbed)


def as_nobody_special() -> tuple[str, ...]:
    """What makes the rights of files hold for root too."""
    if os.geteuid():
        return ()
    if not shutil.which("setpriv"):
        pytest.skip("root may write anywhere, and nothing here can take that from it")
    rights = "-dac_override,-dac_read_search,-fowner"
    return ("setpriv", "--inh-caps", rights, "--bounding-set", rights)


@pytest.mark.parametrize("place", ["data/me/lists", ".git/objects", ".cache"])
def test_a_folder_that_may_only_be_read_is_named_and_nothing_is_lost(
    root: Root, undisturbed: Root, place: str
) -> None:
    root.spotify.day = date.fromisoformat(NEXT)
    folder = root.folder / place
    folder.chmod(0o555)
    done = root.cold(*RUN, through=as_nobody_special())
    folder.chmod(0o755)
    assert done.code == 1, done.said
    assert any(words in done.err for words in ("Permission denied", "insufficient permission"))
    assert "Traceback" not in done.said
    is_mended(root, undisturbed)

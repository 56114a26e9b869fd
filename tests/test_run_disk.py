"""A disk on which no file can grow: said in a sentence, nothing half written, made good by the next run."""

import shutil
from datetime import date

import pytest
from world import NEXT, Root

from generator.demo.server import SimulatedSpotify
from generator.git import git


@pytest.fixture(scope="module")
def undisturbed(first_edition: Root, tmp_path_factory: pytest.TempPathFactory) -> Root:
    """What a run on the second day leaves when nothing is in its way."""
    with SimulatedSpotify() as spotify:
        root = first_edition.copy(tmp_path_factory.mktemp("undisturbed"), spotify)
        assert root.run(day=NEXT).code == 0
    return root


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
    whole = root.rotation("check")
    assert whole.code == 0, whole.said
    again = root.run(day=NEXT)
    assert (again.code, again.err) == (0, "")
    assert (root.data, root.subjects) == (undisturbed.data, undisturbed.subjects)
    assert root.site.keys() == undisturbed.site.keys()
    assert git(root.folder, "status", "--porcelain") == ""
    git(root.folder, "fsck", "--strict")

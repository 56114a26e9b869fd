"""Writing data/: whole or not at all, and never over what a person has not committed."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from stories import contents, lists, merged, repository, tell

from generator import publish
from generator.errors import DataError
from generator.git import git
from generator.store import difference, files

NOW = datetime(2026, 11, 20, 6, tzinfo=UTC)
SONGS = "me/top-tracks.csv"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return repository(tmp_path / "root")


def refresh(root: Path, story: str, *, listener: str = "me") -> Mapping[str, bytes]:
    """Store a day's lists as the program does, and answer what was written."""
    day, _, text = story.partition(":")
    change = merged(root / "data", day, lists(text), listener=listener)
    files.write(root, change.files)
    return change.files


def commit(root: Path) -> None:
    publish.commit(root, files.unfinished(root), "data: a day\n", NOW)


def edit(file: Path, text: str = "mine\n") -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a") as out:
        out.write(text)


def test_what_was_written_is_what_is_to_be_committed(root: Path) -> None:
    written = refresh(root, "2026-11-19: Roads")
    assert set(files.unfinished(root)) == {f"data/{path}" for path in written}
    commit(root)
    assert files.unfinished(root) == ()
    assert git(root, "status", "--porcelain") == ""


def test_a_file_with_a_persons_edits_is_not_written_and_neither_is_any_other(root: Path) -> None:
    refresh(root, "2026-11-19: Roads")
    commit(root)
    edit(root / "data" / SONGS)
    before = contents(root)
    with pytest.raises(
        DataError, match=rf"data/{SONGS} has changes of yours .* `git checkout HEAD -- data/{SONGS}`"
    ):
        refresh(root, "2026-11-20: Angel")
    assert contents(root) == before


def test_staged_edits_of_a_person_count_too(root: Path) -> None:
    refresh(root, "2026-11-19: Roads")
    commit(root)
    edit(root / "data" / SONGS)
    git(root, "add", ".")
    with pytest.raises(DataError, match="Nothing was written"):
        refresh(root, "2026-11-20: Angel")


def test_a_file_that_a_person_deleted_is_not_brought_back_behind_their_back(root: Path) -> None:
    refresh(root, "2026-11-19: Roads")
    commit(root)
    (root / "data" / SONGS).unlink()
    with pytest.raises(DataError, match=SONGS):
        refresh(root, "2026-11-20: Angel")


def test_a_file_that_a_person_put_where_ours_belongs_is_not_overwritten(root: Path) -> None:
    edit(root / "data" / SONGS)
    with pytest.raises(DataError, match=SONGS):
        refresh(root, "2026-11-19: Roads")
    assert contents(root / "data") == {SONGS: b"mine\n"}


def test_a_persons_edits_elsewhere_in_data_are_left_alone_and_not_committed(root: Path) -> None:
    refresh(root, "2026-11-19: Roads", listener="bo")
    commit(root)
    edit(root / "data/bo/top-tracks.csv")
    edit(root / "data/notes.txt")
    refresh(root, "2026-11-20: Angel")
    assert not {"data/bo/top-tracks.csv", "data/notes.txt"} & set(files.unfinished(root))
    commit(root)
    assert (root / "data/notes.txt").read_text() == "mine\n"
    assert git(root, "status", "--porcelain").split() == [
        "M",
        "data/bo/top-tracks.csv",
        "??",
        "data/notes.txt",
    ]


def test_an_edit_that_a_person_committed_is_theirs_no_longer(root: Path) -> None:
    refresh(root, "2026-11-19: Roads")
    commit(root)
    edit(root / "data/README.md")
    git(root, "commit", "--quiet", "--all", "--message=Notes")
    refresh(root, "2026-11-20: Angel")
    assert "data/README.md" in files.unfinished(root)


def test_files_of_a_run_that_did_not_commit_are_known_again(root: Path) -> None:
    refresh(root, "2026-11-18: Roads")
    refresh(root, "2026-11-19: Angel")
    refresh(root, "2026-11-20: Roads, Angel")
    assert difference.difference(root, files.unfinished(root)) == (
        (date(2026, 11, 18), date(2026, 11, 19), date(2026, 11, 20)),
        ("tracks/short_term",),
    )


@pytest.mark.parametrize("written", [0, 3, 6, 7])
def test_a_run_killed_between_two_files_is_mended_by_the_next(
    root: Path, tmp_path: Path, written: int
) -> None:
    refresh(root, "2026-11-19: Roads")
    commit(root)
    change = merged(root / "data", "2026-11-20", lists("Angel, Roads"))
    files.write(root, change.files)
    # As if the run had ended after so many files: the others are what they were.
    for path in list(change.files)[written:]:
        git(root, "checkout", "HEAD", "--", f"data/{path}")
    refresh(root, "2026-11-20: Angel, Roads")
    tell(tmp_path / "quiet", "2026-11-19: Roads", "2026-11-20: Angel, Roads")
    assert contents(root / "data") == contents(tmp_path / "quiet")
    assert difference.difference(root, files.unfinished(root))[0] == (date(2026, 11, 20),)


def test_a_run_that_finds_nothing_new_leaves_what_is_to_be_committed(root: Path) -> None:
    refresh(root, "2026-11-19: Roads")
    left = files.unfinished(root)
    assert refresh(root, "2026-11-19: Roads") == {}
    assert files.unfinished(root) == left


def test_a_person_who_edits_our_uncommitted_file_makes_it_theirs(root: Path) -> None:
    refresh(root, "2026-11-19: Roads")
    edit(root / "data" / SONGS)
    assert f"data/{SONGS}" not in files.unfinished(root)
    with pytest.raises(DataError, match=SONGS):
        refresh(root, "2026-11-20: Angel")


def test_a_day_that_went_back_to_the_list_before_has_no_edition(root: Path) -> None:
    refresh(root, "2026-11-19: Roads")
    refresh(root, "2026-11-20: Angel")
    commit(root)
    refresh(root, "2026-11-20: Roads")
    assert difference.difference(root, files.unfinished(root)) == ((), ("tracks/short_term",))


def test_it_works_without_git(tmp_path: Path) -> None:
    refresh(tmp_path, "2026-11-19: Roads")
    edit(tmp_path / "data/me/notes.txt")
    refresh(tmp_path, "2026-11-20: Angel")
    tell(tmp_path / "other", "2026-11-19: Roads", "2026-11-20: Angel")
    assert contents(tmp_path / "other") == {
        path: content for path, content in contents(tmp_path / "data").items() if path != "me/notes.txt"
    }


def test_it_works_before_the_first_commit_of_a_repository(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    refresh(tmp_path, "2026-11-19: Roads")
    refresh(tmp_path, "2026-11-20: Angel")
    commit(tmp_path)
    assert files.unfinished(tmp_path) == ()


def test_it_works_in_a_subfolder_of_a_repository(root: Path) -> None:
    sub = root / "music"
    sub.mkdir()
    edit(root / "data" / SONGS)  # not ours: another data/, at the top
    refresh(sub, "2026-11-19: Roads")
    assert f"data/{SONGS}" in files.unfinished(sub)
    commit(sub)
    assert git(root, "status", "--porcelain").split() == ["??", "data/"]
    refresh(sub, "2026-11-20: Angel")
    assert difference.difference(sub, files.unfinished(sub))[0] == (date(2026, 11, 20),)


def test_leftovers_of_a_killed_write_vanish(root: Path) -> None:
    refresh(root, "2026-11-19: Roads")
    (root / "data/me/.top-tracks.csv.new").write_text("half a fi")
    refresh(root, "2026-11-20: Angel")
    assert not [path for path in contents(root) if path.endswith(".new")]


def test_nothing_is_left_of_a_write_but_the_files(root: Path) -> None:
    written = refresh(root, "2026-11-19: Roads")
    assert contents(root / "data") == written


def test_a_damaged_file_stops_the_check_with_file_and_line(root: Path) -> None:
    refresh(root, "2026-11-19: Roads")
    paths = files.fact_files(root / "data")
    files.check(root / "data", paths)
    edit(root / "data/me/lists/2026-11.csv", "2026-11-31,tracks,short_term,1,x\n")
    before = contents(root)
    with pytest.raises(DataError, match=r"me/lists/2026-11\.csv, line 3: its edition cannot be"):
        files.check(root / "data", paths)
    assert contents(root) == before


def test_the_files_of_facts_are_the_catalog_and_the_ledgers(root: Path) -> None:
    refresh(root, "2026-11-19: Roads")
    edit(root / "data/me/notes.csv")
    assert files.fact_files(root / "data") == (
        "catalog/albums.csv",
        "catalog/artists.csv",
        "catalog/tracks.csv",
        "me/lists/2026-11.csv",
    )
    assert files.fact_files(root / "nowhere") == ()

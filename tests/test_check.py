"""`rotation check`: everything in data/ is readable, in order, and hangs together."""

from collections.abc import Callable
from pathlib import Path

import pytest
from chart_stories import write
from play_stories import heard
from stories import contents, tell
from typer.testing import CliRunner

from generator.cli.app import app

DAYS = (
    "2026-10-31: Roads, Teardrop; artists/short_term: Ann, Bea",
    "2026-11-02: Teardrop, Roads, Angel",
)
OCTOBER, NOVEMBER = "data/me/lists/2026-10.csv", "data/me/lists/2026-11.csv"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path / "rotation.toml", "[[listener]]", "slug = 'me'", "name = 'Me'")
    tell(tmp_path / "data", *DAYS)
    return tmp_path


def check(root: Path) -> tuple[int, str]:
    before = contents(root / "data")
    done = CliRunner().invoke(app, ["check", "--root", str(root)])
    assert contents(root / "data") == before  # looking changes nothing
    return done.exit_code, done.output


def test_what_the_program_wrote_is_whole(root: Path) -> None:
    assert check(root) == (0, "data/ is whole: 5 files, 2 editions, 7 rows.\n")


def test_an_empty_root_is_whole(tmp_path: Path) -> None:
    write(tmp_path / "rotation.toml", "[[listener]]", "slug = 'me'", "name = 'Me'")
    assert check(tmp_path) == (0, "data/ is whole: 0 files, 0 editions, 0 rows.\n")


def test_plays_are_counted_where_there_are_any(tmp_path: Path) -> None:
    write(tmp_path / "rotation.toml", "[[listener]]", "slug = 'me'", "name = 'Me'")
    told = "2026-11-20 14:03 api roads", "2026-11-20 14:09 api roads"
    for number, rows in ((1, "1 row"), (2, "2 rows")):
        heard(tmp_path / "data", *told[:number])
        assert check(tmp_path) == (0, f"data/ is whole: 1 file, 0 editions, 0 rows, {rows} of plays.\n")


def edit(root: Path, path: str, change: Callable[[str], str]) -> None:
    file = root / path
    text = file.read_text("utf-8")
    assert change(text) != text
    file.write_text(change(text), "utf-8")


def swapped(text: str) -> str:
    """The first two rows in the other order."""
    head, first, second, *rest = text.splitlines(keepends=True)
    return "".join([head, second, first, *rest])


def forgotten(text: str) -> str:
    """The table without its last row."""
    return "".join(text.splitlines(keepends=True)[:-1])


@pytest.mark.parametrize(
    ("path", "change", "fault"),
    [
        (NOVEMBER, lambda text: "<<<<<<< HEAD\n" + text, "holds a merge conflict"),
        (NOVEMBER, lambda text: text[:-3], "is cut short"),
        (NOVEMBER, lambda text: text.replace("position", "place"), "must name the columns"),
        (NOVEMBER, lambda text: text + text.splitlines(keepends=True)[-1], "repeats the key"),
        (NOVEMBER, swapped, "the rows are not sorted"),
        (NOVEMBER, lambda text: text.replace("2026-11-02", "2026-12-02"), "its edition is of another month"),
        ("data/catalog/tracks.csv", forgotten, "of which catalog/tracks.csv knows nothing"),
        ("data/catalog/albums.csv", forgotten, "of which catalog/albums.csv knows nothing"),
    ],
)
def test_each_damage_is_a_sentence_with_its_file(
    root: Path, path: str, change: Callable[[str], str], fault: str
) -> None:
    edit(root, path, change)
    code, said = check(root)
    assert code == 1
    assert fault in said
    assert Path(path).name in said


def test_a_generated_file_that_is_behind_is_no_harm(root: Path) -> None:
    edit(root, "data/me/top-tracks.csv", forgotten)
    code, said = check(root)
    assert code == 0
    assert "data/me/top-tracks.csv: does not show the lists as they stand. The next run writes it" in said


def test_a_list_that_was_written_without_news_is_found(root: Path) -> None:
    again = "".join(
        line.replace("2026-10-31", "2026-11-01")
        for line in (root / OCTOBER).read_text("utf-8").splitlines(keepends=True)[1:]
        if "tracks" in line
    )
    edit(root, NOVEMBER, lambda text: text.replace("\n", f"\n{again}", 1))
    assert check(root) == (
        1,
        "data/me/lists: tracks/short_term of 2026-11-01 repeats the list before it.\n",
    )


def test_every_damaged_file_is_named_at_once(root: Path) -> None:
    for path in (OCTOBER, NOVEMBER):
        edit(root, path, lambda text: text[:-3])
    code, said = check(root)
    assert code == 1
    assert said.count("is cut short") == 2

"""`rotation show`, `history` and `compare`: charts for a terminal, for a pipe, and for a narrow window."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from chart_stories import write
from stories import answer, contents, merged, put, tell, track
from typer.testing import CliRunner

from generator.cli.app import app
from generator.errors import RotationError

ESCAPE = "\x1b["


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Three editions of Ada's songs, and one list of artists."""
    write(tmp_path / "rotation.toml", "[[listener]]", 'slug = "ada"', 'name = "Ada"', "")
    tell(
        tmp_path / "data",
        "2026-11-17: Roads, Teardrop, Glass Box; artists/long_term: Ann, Bea",
        "2026-11-18: Teardrop, Roads",
        "2026-11-20: Teardrop, Angel, Glass Box",
        listener="ada",
    )
    return tmp_path


def said(root: Path, *words: str) -> list[str]:
    """What a command prints into a pipe, line by line."""
    done = CliRunner().invoke(app, [*words, "--root", str(root)], env={"FORCE_COLOR": None})
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return [line.rstrip() for line in done.output.splitlines()]


def cells(line: str) -> list[str]:
    return re.split(r"\s{2,}", line.strip())


def on_terminal(root: Path, *words: str, columns: int, **environment: str) -> list[str]:
    """What a command prints on a terminal of so many columns."""
    done = subprocess.run(
        [sys.executable, "-m", "generator", *words, "--root", root],
        cwd=Path(__file__).parents[1],
        env={
            **os.environ,
            "COLUMNS": str(columns),
            "FORCE_COLOR": "1",
            "TERM": "xterm-256color",
            **environment,
        },
        capture_output=True,
        check=True,
    )
    return done.stdout.decode().splitlines()


def test_the_chart_has_places_movement_titles_artists_peaks_and_editions(root: Path) -> None:
    title, number, left, blank, head, *lines = said(root, "show")
    assert title == "Ada: Top 3 songs of the last four weeks"
    assert number == "Edition 3 of this chart, 20 November 2026."
    assert left == "Left: Roads (was 2)."
    assert blank == ""
    assert cells(head) == ["#", "Title", "Artists", "Peak", "Eds"]
    assert [cells(line) for line in lines] == [
        ["1", "=", "Teardrop", "Band of Teardrop", "1", "3"],
        ["2", "NEW", "Angel", "Band of Angel", "2", "1"],
        ["3", "RE", "Glass Box", "Band of Glass Box", "3", "2"],
    ]


def test_on_its_first_edition_nobody_is_marked_as_new(root: Path) -> None:
    assert "NEW" not in "".join(said(root, "show", "--on", "2026-11-17"))


def test_a_date_between_two_editions_shows_the_one_that_stood(root: Path) -> None:
    lines = said(root, "show", "--on", "2026-11-19")
    assert lines[1] == "Edition 2 of this chart, 18 November 2026, which still stood on 19 November 2026."
    assert cells(lines[-2])[1:3] == ["▲1", "Teardrop"]


def test_a_date_to_come_shows_the_latest_edition_and_tells_no_more_than_today(root: Path) -> None:
    lines = said(root, "show", "--on", "2030-01-01", "--now", "2026-11-21T06:00:00Z")
    assert lines[1] == "Edition 3 of this chart, 20 November 2026, which still stood on 21 November 2026."
    lines = said(root, "show", "--on", "2030-01-01", "--now", "2026-11-20T06:00:00Z")
    assert lines[1] == "Edition 3 of this chart, 20 November 2026."


def test_artists_and_other_spans_have_charts_too(root: Path) -> None:
    lines = said(root, "show", "--kind", "artists", "--span", "long_term")
    assert lines[0] == "Ada: Top 2 artists of the last year"
    assert cells(lines[-1]) == ["2", "=", "Bea", "2", "3"]


def test_a_date_before_the_first_edition_names_the_nearest(root: Path) -> None:
    with pytest.raises(RotationError, match=r"no edition on 2026-11-16 yet\. .* nearest .* 2026-11-17\.$"):
        said(root, "show", "--on", "2026-11-16")
    with pytest.raises(RotationError, match="2026-11-17"):
        said(root, "compare", "2026-11-20", "2020-01-01")


@pytest.mark.parametrize("words", [["show"], ["history"], ["compare", "2026-11-19", "2026-11-20"]])
def test_without_an_edition_each_says_how_to_get_one(tmp_path: Path, words: list[str]) -> None:
    write(tmp_path / "rotation.toml", "[[listener]]", 'slug = "me"', 'name = "Me"')
    (tmp_path / "data").mkdir()
    with pytest.raises(RotationError, match="Me has no edition yet: `rotation refresh`"):
        said(tmp_path, *words)


def test_a_list_that_spotify_has_not_given_yet_is_named_with_those_that_it_has(root: Path) -> None:
    with pytest.raises(
        RotationError, match=r"no list tracks/long_term yet\. .*--kind artists --span long_term"
    ):
        said(root, "show", "--span", "long_term")


def test_a_word_that_is_no_kind_and_no_date_is_a_mistake_in_the_command(root: Path) -> None:
    assert CliRunner().invoke(app, ["show", "--kind", "albums", "--root", str(root)]).exit_code == 2
    assert CliRunner().invoke(app, ["show", "--on", "yesterday", "--root", str(root)]).exit_code == 2
    assert CliRunner().invoke(app, ["compare", "2026-11-20", "--root", str(root)]).exit_code == 2


def test_the_first_listener_is_shown_unless_another_is_named(root: Path) -> None:
    with (root / "rotation.toml").open("a") as file:
        file.write('[[listener]]\nslug = "bo"\nname = "Bo"\nsign_in = 2\n')
    tell(root / "data", "2026-11-20: Roads", listener="bo")
    assert said(root, "show")[0].startswith("Ada: ")
    assert said(root, "show", "--listener", "bo")[0].startswith("Bo: ")
    with pytest.raises(RotationError, match="ada, bo"):
        said(root, "history", "--listener", "cy")


def test_the_history_has_a_line_for_each_edition_newest_first(root: Path) -> None:
    title, _, head, *lines = said(root, "history")
    assert title == "Ada: 3 editions from 17 November 2026 to 20 November 2026"
    assert cells(head) == ["Edition", "Number one", "Artists", "New", "Back", "Left"]
    assert [cells(line) for line in lines] == [
        ["2026-11-20", "Teardrop", "Band of Teardrop", "1", "1", "1"],
        ["2026-11-18", "Teardrop", "Band of Teardrop", "0", "0", "1"],
        ["2026-11-17", "Roads", "Band of Roads", "0", "0", "0"],
    ]


def test_the_history_is_as_long_as_one_likes(root: Path) -> None:
    title, more, _, _, *lines = said(root, "history", "--limit", "1")
    assert title.startswith("Ada: 3 editions")
    assert more == "These are the latest 1; --limit 3 prints all."
    assert [cells(line)[0] for line in lines] == ["2026-11-20"]


def test_an_edition_before_the_first_songs_has_an_empty_line(root: Path) -> None:
    write(root / "rotation.toml", "[[listener]]", 'slug = "bo"', 'name = "Bo"')
    tell(root / "data", "2026-11-19: artists/long_term: Ann", "2026-11-20: Roads", listener="bo")
    assert said(root, "history")[-2:] == [
        "2026-11-20  Roads       Band of Roads    0     0     0",
        "2026-11-19",
    ]


def test_two_dates_are_compared_whichever_comes_first(root: Path) -> None:
    lines = said(root, "compare", "2026-11-17", "2026-11-20")
    turned = said(root, "compare", "2026-11-20", "2026-11-17")
    note = turned.pop(2)
    assert note == "The second date is the earlier one: “Was” is on that date, “Is” on the first."
    assert turned == lines
    assert lines[0] == "Ada: Top 3 songs of the last four weeks, 17 November 2026 against 20 November 2026"
    assert lines[1] == "1 entered, 1 left, 1 climbed, 0 fell, 1 stayed."
    assert [cells(line) for line in lines[3:]] == [
        ["Was", "Is", "Title", "Artists"],
        ["2", "IN", "Angel", "Band of Angel"],
        [""],
        ["1", "OUT", "Roads", "Band of Roads"],
        [""],
        ["2", "1", "▲1", "Teardrop", "Band of Teardrop"],
        [""],
        ["3", "3", "=", "Glass Box", "Band of Glass Box"],
    ]


def test_a_fall_is_told_with_its_depth(root: Path) -> None:
    lines = said(root, "compare", "2026-11-17", "2026-11-18")
    assert cells(lines[-1]) == ["1", "2", "▼1", "Roads", "Band of Roads"]


@pytest.mark.parametrize("later", ["2026-11-21", "2026-12-24", "9999-12-31"])
def test_dates_that_show_one_edition_are_said_to(root: Path, later: str) -> None:
    lines = said(root, "compare", "2026-11-20", later, "--now", "2026-11-25T12:00:00Z")
    assert lines[0] == "Ada: Top 3 songs of the last four weeks, 20 November 2026"
    assert lines[1] == "On both dates stood the same edition, that of 20 November 2026."


def test_a_date_to_come_is_compared_as_today(root: Path) -> None:
    lines = said(root, "compare", "2026-11-17", "2027-01-01", "--now", "2026-11-19T12:00:00Z")
    assert lines[0].endswith(", 17 November 2026 against 18 November 2026")


def test_nothing_is_cut_and_nothing_coloured_in_a_pipe(root: Path) -> None:
    long = "A title that goes on and on " * 10
    song = track(long.strip(), by=" & ".join(f"Somebody {number}" for number in range(20)))
    put(
        root / "data",
        merged(root / "data", "2026-11-20", [answer("tracks", "short_term", [song])], listener="ada"),
    )
    shown = "\n".join(said(root, "show"))
    assert long.strip() in shown
    assert "Somebody 19" in shown
    assert ESCAPE not in shown


def test_a_title_cannot_steer_the_terminal_or_add_a_line(root: Path) -> None:
    song = track("[red]Bold\x1b[31m\n\x07 [/red]", by="A\tB")
    put(
        root / "data",
        merged(root / "data", "2026-11-20", [answer("tracks", "short_term", [song])], listener="ada"),
    )
    assert cells(said(root, "show")[-1])[2:4] == ["[red]Bold[31m [/red]", "A B"]


@pytest.mark.parametrize("columns", [32, 40, 80])
def test_a_chart_fits_the_terminal_with_every_figure_whole(root: Path, columns: int) -> None:
    song = track(
        "A title that goes on and on and on and on", by="Somebody Else & A Band With a Name That Goes On"
    )
    songs = [song, *(track(f"猫の歌 {number}") for number in range(12))]
    put(
        root / "data",
        merged(root / "data", "2026-11-20", [answer("tracks", "short_term", songs)], listener="ada"),
    )
    lines = on_terminal(root, "show", columns=columns, NO_COLOR="1")
    plain = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in lines]
    assert max(sum(2 if char > "\u2fff" else 1 for char in line) for line in plain) <= columns
    assert sum(bool(re.match(r" ?\d+  NEW  .* +\d+ +1$", line)) for line in plain) == 13
    assert "…" in "".join(plain)


def test_colour_comes_with_a_terminal_and_goes_with_no_color(root: Path) -> None:
    up = next(line for line in on_terminal(root, "show", "--on", "2026-11-18", columns=80) if "▲1" in line)
    assert f"{ESCAPE}32m▲1" in up
    calm = on_terminal(root, "show", "--on", "2026-11-18", columns=80, NO_COLOR="1")
    assert not re.search(r"\x1b\[(?:\d+;)*[349]\d", "\n".join(calm))
    assert any("▲1" in line for line in calm)


def test_a_terminal_that_cannot_write_a_title_still_shows_the_chart(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "generator", "show", "--root", root, "--on", "2026-11-18"],
        cwd=Path(__file__).parents[1],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
    )
    assert b"Teardrop" in done.stdout


def test_looking_changes_nothing_in_data(root: Path) -> None:
    before = contents(root / "data")
    for words in (["show"], ["history"], ["compare", "2026-11-17", "2026-11-20"]):
        assert said(root, *words) == said(root, *words)
    assert contents(root / "data") == before


def test_help_waits_for_no_heavy_library() -> None:
    heavy = {"pandas", "sqlalchemy", "duckdb", "spotipy", "pydantic", "jinja2", "requests", "rich"}
    code = f"import sys, generator.cli.app; print(*sorted({heavy!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.split() == []

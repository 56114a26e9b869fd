"""`rotation import`: whatever mixture Spotify sent, each play once, and a report that adds up."""

import json
import os
import subprocess
import sys
import zipfile
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from chart_stories import write as write_lines
from exports import account, extended, write
from loaded_program import Outcome
from stories import contents, known_as
from typer.testing import CliRunner
from world import PLAY_KEY

from generator.cli.app import app
from generator.errors import ConfigError
from generator.listening import item_key

ROADS = known_as("Roads")
DOCUMENTED = (Path(__file__).parents[1] / "docs" / "plays.md").read_text("utf-8")
LONG = [
    extended("2026-01-05T14:23:10Z", "Roads"),
    extended("2026-01-05T14:30:00Z", "Angel", ms=12_000, skipped=True),
]
SHORT = [account("2026-01-05 14:23", "Roads"), account("2026-01-06 09:00", "Machine Hum")]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return made(tmp_path / "music")


def made(root: Path, plays: str = "exact") -> Path:
    listener = ("[[listener]]", "slug = 'me'", "name = 'Me'", f"plays = '{plays}'")
    write_lines(root / "rotation.toml", *listener)
    return root


def run(root: Path, *args: object) -> Outcome:
    done = CliRunner().invoke(
        app, ["import", *map(str, args), "--root", str(root), "--now", "2026-11-20T06:00:00Z"]
    )
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return Outcome(done.exit_code, done.stdout, done.stderr)


def report(root: Path, *args: object) -> dict[str, Any]:
    """The report of an import, checked: it adds up."""
    done = run(root, *args, "--json")
    told: dict[str, Any] = json.loads(done.out)
    assert all(reason in DOCUMENTED for reason in told["skipped"])
    assert told["read"] == told["stored"] + told["duplicates"] + sum(told["skipped"].values())
    return told


def plays(root: Path) -> list[str]:
    files = sorted((root / "data" / "me" / "plays").glob("*.csv"))
    return [line for file in files for line in file.read_text("utf-8").splitlines()[1:]]


def test_both_kinds_are_read_under_any_name_and_kept_side_by_side(root: Path, tmp_path: Path) -> None:
    told = report(root, write(tmp_path / "a.json", *LONG), write(tmp_path / "b.json", *SHORT))
    assert (told["files"], told["read"], told["stored"], told["duplicates"]) == (2, 4, 4, 0)
    assert told["listener"] == "me"
    assert plays(root) == [
        f"2026-01-05T14:23:00.000Z,account,{item_key('Thornwhale', 'Roads')},200000,,",
        f"2026-01-05T14:23:10.000Z,extended,{ROADS},200000,,",
        f"2026-01-05T14:30:00.000Z,extended,{known_as('Angel')},12000,true,",
        f"2026-01-06T09:00:00.000Z,account,{item_key('Thornwhale', 'Machine Hum')},200000,,",
    ]
    assert (told["first"], told["last"]) == ("2026-01-05T14:23:00.000Z", "2026-01-06T09:00:00.000Z")
    named = (root / "data" / "catalog" / "named.csv").read_text("utf-8")
    assert f"{ROADS},Roads,Thornwhale,Album of Roads\n" in named
    assert f"{item_key('Thornwhale', 'Machine Hum')},Machine Hum,Thornwhale,\n" in named


def test_hours_of_two_kinds_are_said_to_be_counted_once(root: Path, tmp_path: Path) -> None:
    long, short = write(tmp_path / "a.json", *LONG), write(tmp_path / "b.json", *SHORT)
    both = run(root, long, short, "--dry-run").out
    assert "10 minutes of music in what was read, from 2026-01-05 to 2026-01-06.\n" in both
    assert "The site counts a day of which two exports tell once, and" in both
    assert "4 minutes of music, from 2026-01-05 to 2026-01-05.\n" in run(root, long, "--dry-run").out
    told = report(root, long, short)
    assert (told["sources"], told["hours"]) == (["account", "extended"], 0.17)


@pytest.mark.parametrize(
    ("ms", "said"),
    [
        (1_000, "1 second"),
        (50_000, "50 seconds"),
        (60_000, "1 minute"),
        (3_600_000, "1.0 hours"),
        (2**31 - 1, "596.5 hours"),
    ],
)
def test_short_times_are_not_told_in_hours(root: Path, tmp_path: Path, ms: int, said: str) -> None:
    done = run(root, write(tmp_path / "a.json", extended("2026-01-05T14:00:00Z", "Roads", ms=ms)))
    assert f"\n{said} of music, from " in done.out


def test_a_later_export_that_says_more_wins_in_any_order(tmp_path: Path) -> None:
    instants = [f"2026-01-05T14:{minute}:00Z" for minute in (10, 20, 30)]
    old = [extended(at, "Roads", skipped=None) for at in instants]
    new = [
        extended(at, "Roads", skipped=said) for at, said in zip(instants, (True, False, None), strict=True)
    ]
    for row in new:
        row["master_metadata_track_name"] = "A Roads, renamed"
    files = write(tmp_path / "old.json", *old), write(tmp_path / "new.json", *new)
    roots = [made(tmp_path / name) for name in ("forth", "back", "both")]
    for root, order in zip(roots, (files, files[::-1]), strict=False):
        for file in order:
            report(root, file)
    both = report(roots[2], *files)
    assert (both["stored"], both["duplicates"], round(both["hours"] * 3600)) == (3, 3, 600)
    assert contents(roots[0] / "data") == contents(roots[1] / "data") == contents(roots[2] / "data")
    assert [line.split(",")[4] for line in plays(roots[0])] == ["true", "false", ""]


def test_private_sessions_are_kept_where_rotation_toml_says_so(root: Path, tmp_path: Path) -> None:
    file = write(
        tmp_path / "a.json",
        extended("2026-01-05T14:00:00Z", "Roads", incognito_mode=True),
        extended("2026-01-05T15:00:00Z", "Roads"),
    )
    assert report(root, file)["skipped"] == {"private session": 1}
    with (root / "rotation.toml").open("a", encoding="utf-8") as settings:
        settings.write("[plays]\nprivate_sessions = true\n")
    assert report(root, file)["stored"] == 1
    assert len(plays(root)) == 2


def test_a_folder_without_an_export_is_named(root: Path, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/todo.txt").write_text("Ask for the export.")
    done = run(root, tmp_path / "notes")
    assert done.code == 1
    assert done.err == f"{tmp_path / 'notes'}: holds no plays as Spotify exports them.\n"
    assert done.out == ""  # no report of nothing


def test_a_name_that_looks_like_a_pattern_is_a_name(root: Path, tmp_path: Path) -> None:
    write(tmp_path / "a1.json", *SHORT)
    told = report(root, write(tmp_path / "a[1].json", LONG[0]))
    assert (told["read"], told["stored"]) == (1, 1)


def test_a_title_of_nothing_that_can_be_written_is_none(root: Path, tmp_path: Path) -> None:
    told = report(root, write(tmp_path / "a.json", account("2026-01-05 14:23", "\0"), *SHORT))
    assert told["skipped"] == {"nothing named": 1}
    assert report(root, write(tmp_path / "b.json", *SHORT))["stored"] == 0  # data/ can still be read


def test_what_any_row_shows_to_be_hidden_is_left_out_in_all(root: Path, tmp_path: Path) -> None:
    with (root / "rotation.toml").open("a") as file:
        file.write("[privacy]\nhide = ['thornwhale']\n")
    bare = extended("2026-01-05T15:00:00Z", "Roads", master_metadata_album_artist_name=None)
    told = report(root, write(tmp_path / "a.json", bare, LONG[0]))
    assert told["skipped"] == {"hidden": 2}
    assert not (root / "data").exists()


@pytest.mark.parametrize("ms", ["1.6", 1.6, "1e3", "x", {"a": 1}])
def test_a_length_is_whole_milliseconds(root: Path, tmp_path: Path, ms: object) -> None:
    told = report(root, write(tmp_path / "a.json", LONG[0], extended("2026-01-05T15:00:00Z", "Roads", ms=ms)))
    assert told["skipped"] == {"no valid length": 1}


def test_a_zip_whose_bytes_are_damaged_and_json_without_end_are_sentences(root: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bad.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("endsong_0.json", json.dumps(LONG * 50))
    content = bytearray((tmp_path / "bad.zip").read_bytes())
    content[60:80] = b"\xff" * 20
    (tmp_path / "bad.zip").write_bytes(content)
    (tmp_path / "deep.json").write_text("[" * 100_000 + "]" * 100_000)
    done = run(root, tmp_path / "bad.zip", tmp_path / "deep.json", write(tmp_path / "good.json", *SHORT))
    assert done.code == 1
    assert len(done.err.splitlines()) == 2
    assert len(plays(root)) == 2


def test_a_zip_with_a_password_is_to_be_unpacked_by_its_owner(root: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "locked.zip", "w") as packed:
        packed.writestr("endsong_0.json", json.dumps(LONG))
    content = bytearray((tmp_path / "locked.zip").read_bytes())
    for header, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(header) + flags] |= 1
    (tmp_path / "locked.zip").write_bytes(content)
    done = run(root, tmp_path / "locked.zip")
    told = "locked.zip: asks for a password. Unpack it, and import the folder.\n"
    assert (done.code, done.err.endswith(told), len(done.err.splitlines())) == (1, True, 1)


def test_in_a_folder_and_a_zip_plays_are_found_under_any_name(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "export"
    write(folder / "endsong_0.txt", *LONG)
    write(folder / "endsong_1", *SHORT[:1])
    (folder / "settings.ini").write_text("[section]\nname = Ada\n")
    (folder / "list.js").write_text("[1, 2]")
    (folder / "cover.png").write_bytes(b"\x89PNG")
    (folder / "null.json").write_text("null")
    with zipfile.ZipFile(folder / "a.zip", "w") as packed:
        packed.writestr("inside/", "")
        packed.writestr("inside/endsong_2.csv", f"\ufeff\n{json.dumps(SHORT[1:])}")
        packed.writestr("inside/cover.png", b"\x89PNG")
    told = report(root, folder)
    assert (told["files"], told["stored"], told["faults"]) == (3, 4, [])


def test_a_list_that_begins_with_no_row_is_not_passed_over(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "export"
    write(folder / "a.json", None, *LONG)
    write(folder / "b.json", {}, *SHORT)
    told = report(root, folder)
    assert (told["stored"], told["skipped"], told["faults"]) == (4, {"no valid time": 2}, [])


def test_a_track_beside_an_episode_without_a_name_is_music(root: Path, tmp_path: Path) -> None:
    blank = extended("2026-01-05T14:00:00Z", "Roads", episode_name="", audiobook_title=" ")
    assert report(root, write(tmp_path / "a.json", blank))["stored"] == 1


def test_what_a_mac_adds_is_passed_over(root: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "again.zip", "w") as packed:
        packed.writestr("endsong_0.json", json.dumps(LONG))
        packed.writestr("__MACOSX/._endsong_0.json", b"\0\5\x16\7")
    (tmp_path / "folder" / "x.json").mkdir(parents=True)
    assert run(root, tmp_path / "again.zip", tmp_path / "folder").code == 0


def test_nothing_personal_comes_in(root: Path, tmp_path: Path) -> None:
    run(root, write(tmp_path / "a.json", *LONG))
    stored = b"".join(contents(root / "data").values())
    for private in (b"ada-example", b"192.0.2.7", b"Android", b"XX"):
        assert private not in stored


def test_an_instant_with_another_offset_is_told_in_utc(root: Path, tmp_path: Path) -> None:
    offsets = ("2025-03-01T12:00:00+02:00", "2025-03-01T06:31:00-0330", "2025-03-01T10:02:00")
    report(root, write(tmp_path / "a.json", *(extended(one, "Roads") for one in offsets)))
    assert [line[:24] for line in plays(root)] == [f"2025-03-01T10:0{n}:00.000Z" for n in range(3)]


def test_in_any_order_and_again_the_bytes_are_the_same(tmp_path: Path) -> None:
    overlap = [
        *LONG[1:],
        extended(
            "2026-02-01T08:00:00Z", "roads", by="thornwhale", spotify_track_uri=f"spotify:track:{ROADS}"
        ),
    ]
    files = [write(tmp_path / f"{n}.json", *rows) for n, rows in enumerate((LONG, SHORT, overlap))]
    found = []
    for number, order in enumerate(permutations(files)):
        root = made(tmp_path / f"root{number}")
        for file in order:
            report(root, file)
        again = report(root, *files)
        assert (again["stored"], again["read"]) == (0, again["duplicates"])
        found.append(contents(root / "data"))
    assert all(one == found[0] for one in found)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (extended("2026-01-05T14:00:00Z", None, episode_name="A talk"), "podcast"),
        (extended("2026-01-05T14:00:00Z", None, spotify_episode_uri="spotify:episode:x"), "podcast"),
        (
            {"endTime": "2026-01-05 14:00", "podcastName": "Talk", "episodeName": "1", "msPlayed": 3},
            "podcast",
        ),
        (extended("2026-01-05T14:00:00Z", None, audiobook_title="A book"), "audiobook"),
        (extended("2026-01-05T14:00:00Z", "Roads", incognito_mode=True), "private session"),
        (extended("2026-01-05T14:00:00Z", None), "nothing named"),
        (extended("2026-01-05T14:00:00Z", "Roads", ms=None), "no valid length"),
        (extended("2026-01-05T14:00:00Z", "Roads", ms=-1), "no valid length"),
        (extended("2026-01-05T14:00:00Z", "Roads", ms=10**20), "no valid length"),
        (extended("yesterday", "Roads"), "no valid time"),
        (extended("1970-01-01T00:00:00Z", "Roads"), "no valid time"),
        (extended("2027-01-01T00:00:00Z", "Roads"), "no valid time"),
    ],
)
def test_what_is_no_play_of_music_is_skipped_by_its_reason(
    root: Path, tmp_path: Path, row: dict[str, Any], reason: str
) -> None:
    told = report(
        root,
        write(tmp_path / "a.json", LONG[0], row)
        if "ts" in row
        else write(tmp_path / "a.json", SHORT[0], row),
    )
    assert told["skipped"] == {reason: 1}
    assert told["stored"] == 1


@pytest.mark.parametrize("skipped", [None, True, False, 1, 0, "false"])
def test_skipped_may_be_anything(root: Path, tmp_path: Path, skipped: object) -> None:
    report(root, write(tmp_path / "a.json", extended("2026-01-05T14:00:00Z", "Roads", skipped=skipped)))
    (line,) = plays(root)
    assert line.split(",")[4] == {None: "", True: "true", False: "false", "false": "false"}[skipped]  # type: ignore[index]


@pytest.mark.parametrize("stamp", [None, 0, 1_700_000_000, 1_700_000_000_000, "junk", -5, 1e300])
def test_an_offline_timestamp_is_not_even_looked_at(root: Path, tmp_path: Path, stamp: object) -> None:
    told = report(
        root, write(tmp_path / "a.json", extended("2026-01-05T14:00:00Z", "Roads", offline_timestamp=stamp))
    )
    assert told["stored"] == 1


def test_a_track_without_an_id_is_kept_by_its_names(root: Path, tmp_path: Path) -> None:
    local = extended("2026-01-05T14:00:00Z", "Home Tape", spotify_track_uri="spotify:local:::Home+Tape:180")
    assert report(root, write(tmp_path / "a.json", local))["stored"] == 1
    assert item_key("Thornwhale", "Home Tape") in plays(root)[0]


def test_a_zip_and_a_folder_are_looked_through_and_other_files_passed_over(
    root: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "export"
    write(folder / "Playlist1.json", {"playlists": []})
    write(folder / "deep" / "endsong_0.json", *LONG)
    (folder / "Userdata.json").write_text('{"email": "ada@example.org"}')
    with zipfile.ZipFile(folder / "my_spotify_data.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("Spotify Account Data/StreamingHistory_music_0.json", json.dumps(SHORT))
        packed.writestr("../../evil.json", json.dumps([account("2026-01-07 10:00", "Roads")]))
        packed.writestr("ReadMeFirst.pdf", b"%PDF")
    told = report(root, folder)
    assert (told["files"], told["stored"], told["faults"]) == (3, 5, [])
    assert not list(tmp_path.parent.rglob("evil.json"))
    assert list((root / ".cache").glob("tmp*")) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"  \n", "is empty"),
        (b"Dear Ada,", "is not JSON"),
        (json.dumps(LONG).encode()[:-20], "is cut short"),
        (json.dumps(LONG).encode()[:-1] + b",", "is cut short"),
        (b'[{"ts": "2026-01-05T14:00:00Z", "ms_played": 1}, {"ts": ]', "is not whole JSON"),
        (json.dumps(LONG).encode().replace(b"Roads", b"Ro\xff"), "holds text that is no Unicode"),
        (b'{"playlists": []}', "no list of plays"),
        (b"[1, 2]", "no list of plays"),
        (b" null\n", "is JSON, but no list of plays"),
        (b"-1.5", "is JSON, but no list of plays"),
        (b'"Dear Ada,"', "is JSON, but no list of plays"),
        (json.dumps([None, 1, *LONG]).encode(), "not all of its rows are objects"),
        (b" [ ]\n", "holds no plays: its list is empty."),
        (b"PK\x03\x04 but no zip", "is a zip that was cut short. Download the export again."),
    ],
)
def test_a_file_that_cannot_be_used_is_one_sentence_and_the_others_are_stored(
    root: Path, tmp_path: Path, content: bytes, said: str
) -> None:
    bad = tmp_path / "bad.json"
    bad.write_bytes(content)
    done = run(root, bad, write(tmp_path / "good.json", *SHORT))
    assert done.code == 1
    assert len(done.err.splitlines()) == 1
    assert f"{bad}: " in done.err
    assert said in done.err
    assert len(plays(root)) == 2


def test_what_is_called_a_zip_and_is_none_is_said(root: Path, tmp_path: Path) -> None:
    (tmp_path / "export.zip").write_bytes(b"<html>Sign in</html>")
    done = run(root, tmp_path / "export.zip")
    assert (done.code, done.err.endswith("export.zip: is neither a zip nor JSON.\n")) == (1, True)


def test_a_bomb_is_not_unpacked(root: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("endsong_0.json", b" " * 300_000_000)
    done = run(root, tmp_path / "bomb.zip")
    assert (done.code, "would unpack to 300,000,000 bytes" in done.err) == (1, True)


def test_a_folder_in_a_zip_is_none_of_its_files_and_a_strange_name_is_told_in_one_line(
    root: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        packed.writestr("2026.json/", "")
        packed.writestr("2026.json/plays.json", json.dumps(LONG))
        packed.writestr("cut\n\x1b[31m.json", "[")
    done = run(root, tmp_path / "a.zip")
    assert (done.code, len(plays(root))) == (1, 2)
    assert done.err == f"{tmp_path / 'a.zip'}: cut��[31m.json: is cut short. Download the export again.\n"


def test_a_zip_within_a_zip_is_said_and_what_lies_beside_it_is_stored(root: Path, tmp_path: Path) -> None:
    inner = tmp_path / "inner.zip"
    with zipfile.ZipFile(inner, "w") as packed:
        packed.writestr("endsong_0.json", json.dumps(LONG))
    for name in ("alone", "beside"):
        with zipfile.ZipFile(tmp_path / f"{name}.zip", "w") as packed:
            packed.write(inner, "more/inner.zip")
            packed.writestr("__MACOSX/more/._inner.zip", b"\0\5\x16\7")
            packed.writestr("old.zip/", "")
            if name == "beside":
                packed.writestr("endsong_1.json", json.dumps(SHORT))
        done = run(root, tmp_path / f"{name}.zip")
        said = f"{tmp_path / name}.zip: more/inner.zip: is a zip within a zip. Unpack it first.\n"
        assert (done.code, done.err) == (1, said)
    assert len(plays(root)) == 2


def test_what_can_be_read_only_once_is_to_be_saved_as_a_file(root: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    for path, typed in (("/dev/stdin", json.dumps(LONG)), (pipe, "")):
        done = subprocess.run(
            [sys.executable, "-m", "generator", "import", path, "--root", root],
            input=typed,
            check=False,
            capture_output=True,
            text=True,
            timeout=60,
        )
        said = f"{path}: can be read only once. Save what it holds as a file, and import that.\n"
        assert (done.returncode, done.stdout, done.stderr) == (1, "", said)


def test_a_process_that_ends_at_once_leaves_its_database_in_order(root: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "a.json", *LONG)
    command = (sys.executable, "-m", "generator", "import", str(file), "--root", str(root))
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    assert f"{root} shows it here.\n" in done.stdout
    assert {one.name for one in (root / ".cache").iterdir()} == {"run.lock", "warehouse.duckdb"}


def test_a_path_that_is_not_there_is_said(root: Path, tmp_path: Path) -> None:
    done = run(root, tmp_path / "nothing")
    assert (done.code, "there is no such file or folder" in done.err) == (1, True)


def test_an_import_says_how_it_is_shown_and_a_purge_how_many_plays_go(root: Path, tmp_path: Path) -> None:
    done = run(root, write(tmp_path / "a.json", *LONG))
    assert f"\nrotation run --rebuild-only --root {root} shows it here.\n" in done.out  # no Git, so no GitHub
    gone = CliRunner().invoke(app, ["purge", "me", "--yes", "--root", str(root)])
    assert gone.output.startswith("This removes all of me: 2 rows of plays; ")


def test_a_dry_run_reports_and_changes_nothing(root: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "a.json", *LONG)
    done = run(root, file, "--dry-run")
    assert done.code == 0
    assert "2  would be stored" in done.out
    assert not (root / "data").exists()


def test_while_plays_are_off_nothing_is_stored_and_the_line_to_add_is_told(tmp_path: Path) -> None:
    root, file = made(tmp_path / "off", "off"), write(tmp_path / "a.json", *LONG)
    done = CliRunner().invoke(app, ["import", str(file), "--root", str(root)])
    assert isinstance(done.exception, ConfigError)
    assert 'write plays = "exact"' in str(done.exception)
    assert not (root / "data").exists()


def test_what_is_hidden_is_left_out(root: Path, tmp_path: Path) -> None:
    with (root / "rotation.toml").open("a") as file:
        file.write("[privacy]\nhide = ['roads']\n")
    told = report(root, write(tmp_path / "a.json", *LONG), write(tmp_path / "b.json", *SHORT))
    assert told["skipped"] == {"hidden": 2}
    assert b"Roads" not in b"".join(contents(root / "data").values())


@pytest.mark.parametrize("keeping", ["exact", "hour", "day"])
def test_years_of_plays_told_in_parts_and_together_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keeping: str
) -> None:
    monkeypatch.setenv("ROTATION_PLAY_KEY", PLAY_KEY)
    days = [
        f"{year}-{month:02}-{day}" for year in (2024, 2025) for month in range(1, 13) for day in ("01", "28")
    ]
    rows = [extended(f"{day}T{hour}:30:00Z", "Roads") for day in days for hour in ("00", "23")]
    whole = write(tmp_path / "whole.json", *rows)
    parts = [write(tmp_path / f"{n}.json", *rows[n::3], *rows[:9]) for n in range(3)]
    roots = [made(tmp_path / name, keeping) for name in ("once", "parts", "bit by bit")]
    report(roots[0], whole)
    report(roots[1], *parts)
    for part in parts[::-1]:
        report(roots[2], part)
    assert contents(roots[0] / "data") == contents(roots[1] / "data") == contents(roots[2] / "data")
    assert len(plays(roots[0])) == len(rows)
    assert report(roots[0], whole)["stored"] == 0


def test_what_is_too_old_to_be_kept_is_skipped(root: Path, tmp_path: Path) -> None:
    with (root / "rotation.toml").open("a") as file:
        file.write("[privacy]\nretention_days = 30\n")
    old, new = extended("2026-01-05T14:23:10Z", "Roads"), extended("2026-11-15T14:23:10Z", "Angel")
    told = report(root, write(tmp_path / "a.json", old, new, old))
    assert (told["skipped"], told["stored"]) == ({"older than is kept": 2}, 1)
    assert b"Roads" not in b"".join(contents(root / "data").values())


def test_a_row_larger_than_any_export_has_is_a_sentence(root: Path, tmp_path: Path) -> None:
    big = extended("2026-01-05T14:23:10Z", "x" * 17_000_000)
    done = run(root, write(tmp_path / "a.json", *LONG, big))
    assert (done.code, len(done.err.splitlines())) == (1, 1)
    assert not (root / "data").exists()

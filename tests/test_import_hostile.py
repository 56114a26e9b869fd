"""An export may be written by anybody: what it names is text, and no id of it is a path."""

import json
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from exports import account, extended, write
from hypothesis import given
from hypothesis import strategies as st
from test_browser_hostile import TITLES
from test_run_plays import chosen
from world import Root, tree

from generator.export.files import Export
from generator.export.halves import LONGEST, copy_without_halves
from generator.export.rows import Told
from generator.git import git

IDS = ("../../x", "..%2f..%2fx", "a/b", "\x00", "", "<b>", "\u202e", "x" * 100_000, 'a"b,c\r\nd')
NOW = ("--now", "2026-11-21T06:00:00Z")


def test_hostile_names_and_ids_of_an_export_stay_text(root: Root, tmp_path: Path) -> None:
    chosen(root, "exact")
    named = [extended(f"2026-11-19T{at:02}:00:00Z", title, by=title) for at, title in enumerate(TITLES)]
    strange = [
        extended(f"2026-11-18T{at:02}:00:00Z", "Roads", spotify_track_uri=f"spotify:track:{one}")
        for at, one in enumerate(IDS)
    ]
    short = [account(f"2026-11-17 {at:02}:00", title, by=title) for at, title in enumerate(TITLES)]
    write(tmp_path / "export" / "long.json", *named, *strange)
    write(tmp_path / "export" / "short.json", *short)
    done = root.rotation("import", str(tmp_path / "export"), "--json", *NOW)
    assert (done.code, done.err) == (0, "")
    told = json.loads(done.out)
    assert told["read"] == told["stored"] + told["duplicates"] + sum(told["skipped"].values())
    assert root.rotation("check").code == 0
    run = root.run(day="2026-11-21")
    assert (run.code, run.err) == (0, "")
    assert git(root.folder, "status", "--porcelain") == ""
    assert not [path for path in tmp_path.iterdir() if path.name not in {"export", "music", "home"}]
    rows = root.data["catalog/named.csv"].decode().splitlines()
    assert max(map(len, rows)) < 4_000
    for path, page in root.site.items():
        assert len(path) < 200
        if path.endswith(".html"):
            scripts = [one.get("src") or "" for one in tree(page.decode()).iter("script")]
            assert all("static/" in one for one in scripts), path


def test_halves_of_characters_are_left_out_of_names(root: Root, tmp_path: Path) -> None:
    chosen(root, "exact")
    named = {"Ro\ud83dads": "Roads", "\udc00Sand": "Sand", "\U0001f600 \\ud83d": "\U0001f600 \\ud83d"}
    rows = [extended(f"2026-11-19T0{at}:00:00Z", title) for at, title in enumerate([*named, "\ud83d"])]
    done = root.rotation("import", str(write(tmp_path / "export.json", *rows)), *NOW)
    assert (done.code, done.err) == (0, "")
    stored = [row.split(",")[1] for row in root.data["catalog/named.csv"].decode().splitlines()[1:]]
    assert sorted(stored) == sorted(named.values())


def test_nothing_stays_of_the_copy_without_halves(tmp_path: Path) -> None:
    file = write(tmp_path / "export.json", extended("2026-11-19T10:00:00Z", "Ro\ud83dads"))
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with closing(Told(scratch, datetime(2026, 11, 21, tzinfo=UTC))) as told:
        told.add(Export("export.json", file, "extended", file.stat().st_size))
        assert told.read == 1
        assert not list(scratch.rglob("*.json"))


def test_a_file_that_cannot_be_mended_for_want_of_room_leaves_the_others_alone(
    root: Root, tmp_path: Path
) -> None:
    chosen(root, "exact")
    half = extended("2026-11-19T10:00:00Z", "Ro\ud83dads", city="x" * 900_000)
    large = write(tmp_path / "export" / "large.json", *[half] * 40)
    write(tmp_path / "export" / "small.json", extended("2026-11-20T10:00:00Z", "Sand"))
    done = root.on_a_full_disk("import", str(tmp_path / "export"), *NOW, largest_file=30_000_000)
    assert done.code == 1
    assert done.err == f"{large}: could not be read on this machine (File too large).\n"
    stored = [row.split(",")[1] for row in root.data["catalog/named.csv"].decode().splitlines()[1:]]
    assert stored == ["Sand"]


def test_a_stretch_without_a_comma_is_copied_in_pieces(tmp_path: Path) -> None:
    content = b'["' + b"x" * (2 * LONGEST) + b'"]'
    (tmp_path / "from.json").write_bytes(content)
    copy_without_halves(tmp_path / "from.json", tmp_path / "to.json")
    assert (tmp_path / "to.json").read_bytes() == content


@given(st.lists(st.text(st.characters(categories=["L", "Cs", "So"]) | st.sampled_from('{}\\"u')), max_size=9))
def test_only_halves_that_stand_alone_are_left_out(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    spelled = json.dumps([{"text": one} for one in texts])
    folder = tmp_path_factory.mktemp("halves")
    (folder / "from.json").write_text(spelled, "utf-8")
    for chunk in (1, 7, 1000):
        copy_without_halves(folder / "from.json", folder / "to.json", chunk)
        read = json.loads((folder / "to.json").read_text("utf-8"))
        # What JSON makes of the text: two halves that stand side by side are a character.
        assert read == [
            {key: text.encode(errors="ignore").decode() for key, text in one.items()}
            for one in json.loads(spelled)
        ]

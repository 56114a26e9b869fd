"""Mistakes that a person has to mend: named plainly, and nothing of theirs is touched."""

from collections.abc import Callable
from pathlib import Path

import pytest
from exports import account, extended, write
from test_run_plays import chosen
from world import FIRST, NEXT, Root, leaked

from generator.git import git


def spoil(root: Root, path: str, number: int, line: str) -> Path:
    """Put a line in place of another, and commit it: git has nothing to object to."""
    file = root.folder / path
    lines = file.read_text("utf-8").split("\n")
    lines[number - 1] = line
    file.write_text("\n".join(lines), "utf-8")
    git(root.folder, "commit", "--quiet", "--all", "--message=By hand")
    return file


@pytest.mark.parametrize(
    ("path", "line", "fault"),
    [
        (
            "data/me/lists/2026-11.csv",
            "2026-11-20,tracks,short_term,no,abc",
            "its position cannot be 'no'",
        ),
        ("data/catalog/artists.csv", "<<<<<<< HEAD", "holds a merge conflict"),
        ("data/catalog/tracks.csv", "one,two", "has 2 cells where 6 are due"),
    ],
)
def test_a_damaged_file_is_named_with_its_line_and_never_overwritten(
    root: Root, path: str, line: str, fault: str
) -> None:
    file = spoil(root, path, 3, line)
    data, site, asked = root.data, root.site, len(root.spotify.requests)
    done = root.run(day=NEXT)
    assert done.code == 1
    assert f"{path}, line 3: {fault}" in done.err
    assert "git checkout HEAD --" in done.err
    assert "Traceback" not in done.said
    assert root.data == data
    assert root.site == site
    assert file.read_text("utf-8").split("\n")[2] == line
    assert len(root.spotify.requests) == asked
    assert len(root.subjects) == 1


@pytest.fixture
def listened(root: Root, tmp_path: Path) -> Root:
    """A root with plays of exports, and a stretch of which nobody knows."""
    chosen(root, "exact")
    rows = [extended(f"2026-11-1{day}T08:00:00Z", "Roads") for day in range(3)]
    file = write(tmp_path / "export.json", *rows)
    more = write(
        tmp_path / "more.json", account("2026-11-19 08:00", "Numb"), account("2026-11-19 09:00", "Glory")
    )
    assert root.rotation("import", str(file), str(more)).code == 0
    gaps = [f"2026-11-1{day}T09:00:00.000Z,2026-11-1{day}T10:00:00.000Z\n" for day in range(5, 7)]
    (root.folder / "data/me/gaps.csv").write_text("".join(["since,until\n", *gaps]), "utf-8")
    git(root.folder, "add", "data")
    git(root.folder, "commit", "--quiet", "--message=What was heard")
    return root


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        (lambda text: text.replace("\n", "\n<<<<<<< HEAD\n", 1), "line 2: holds a merge conflict"),
        (lambda text: text[:-3], "line {last}: is cut short"),
        (lambda text: text.replace(",", ",strange,", 1), "line 1: must name the columns"),
        (lambda text: text + text.splitlines(keepends=True)[-1], "line {next}: repeats the key"),
    ],
    ids=["conflict", "cut", "column", "key"],
)
@pytest.mark.parametrize("path", ["data/me/plays/2026-11.csv", "data/catalog/named.csv", "data/me/gaps.csv"])
def test_a_damaged_file_of_plays_is_named_with_its_line_and_stops_every_command(
    listened: Root, tmp_path: Path, path: str, damage: Callable[[str], str], fault: str
) -> None:
    file = listened.folder / path
    text = file.read_text("utf-8")
    last = text.count("\n")
    assert last > 2
    file.write_text(damage(text), "utf-8")
    git(listened.folder, "commit", "--quiet", "--all", "--message=By hand")
    data, site, asked = listened.data, listened.site, len(listened.spotify.requests)
    sentence = f"{path}, {fault.format(last=last, next=last + 1)}"
    news = write(
        tmp_path / "news.json",
        extended("2026-11-20T08:00:00Z", "Teardrop"),
        account("2026-11-20 09:00", "Angel"),
    )
    for done in (
        listened.run(day=NEXT),
        listened.rotation("check"),
        listened.rotation("import", str(news)),
        listened.rotation("build"),
    ):
        assert done.code == 1
        assert done.said.count(sentence) == 1
        assert "Traceback" not in done.said
        assert (listened.data, listened.site) == (data, site)
    assert len(listened.spotify.requests) == asked
    assert len(listened.subjects) == 1


def test_damage_in_an_old_month_is_found_before_anything_is_written(root: Root) -> None:
    old = root.folder / "data" / "me" / "lists" / "2026-10.csv"
    old.write_text("edition,kind,span,position,item_id\n2026-10-01,tracks,short_term,1\n")
    data, site = root.data, root.site
    done = root.run(day=NEXT)
    assert done.code == 1
    assert "2026-10.csv, line 2: has 4 cells where 5 are due" in done.err
    assert (root.data, root.site, len(root.subjects)) == (data, site, 1)


def test_rows_that_a_person_put_out_of_order_are_read_and_written_in_order_again(root: Root) -> None:
    ledger, tracks = (root.folder / path for path in ("data/me/lists/2026-11.csv", "data/catalog/tracks.csv"))
    for file in (ledger, tracks):
        head, *rows = file.read_text("utf-8").splitlines(keepends=True)
        file.write_text("".join([head, *reversed(rows)]), "utf-8")
    git(root.folder, "commit", "--quiet", "--all", "--message=Upside down")
    assert root.rotation("check").err.count("the rows are not sorted") == 2
    done = root.run(day=NEXT)
    assert (done.code, done.err) == (0, "")
    assert root.rotation("check").code == 0
    assert len(root.subjects) == 2


def test_strange_files_in_data_are_left_alone_and_not_committed(root: Root) -> None:
    strange = {
        "notes.csv": b"mine\n",
        "me/lists/2026-13.csv": b"\xff",
        "me/lists/.DS_Store": b"\0",
        "link.csv": b"",
    }
    for path, content in strange.items():
        (root.folder / "data" / path).write_bytes(content)
    done = root.run(day=NEXT)
    assert (done.code, done.err) == (0, "")
    assert {path: root.data[path] for path in strange} == strange
    assert git(root.folder, "ls-files", "--others", "data").split() == sorted(
        f"data/{path}" for path in strange
    )


def test_a_persons_own_edit_is_neither_overwritten_nor_committed(root: Root) -> None:
    file = root.folder / "data" / "catalog" / "tracks.csv"
    file.write_text(file.read_text("utf-8").replace("\n", "\n0mine,My song,0me,,,\n", 1), "utf-8")
    data = root.data
    done = root.run(day=NEXT)
    assert done.code == 1
    assert "data/catalog/tracks.csv has changes of yours that are not committed" in done.err
    assert root.data == data
    assert len(root.subjects) == 1
    assert root.notice is not None


def test_an_edit_elsewhere_is_left_out_of_the_commit(root: Root) -> None:
    (root.folder / "README.md").write_text("# Mine, and better\n")
    (root.folder / "rotation.toml").write_text((root.folder / "rotation.toml").read_text() + "# later\n")
    git(root.folder, "add", "README.md")
    done = root.run(day=NEXT)
    assert (done.code, done.err) == (0, "")
    changed = git(root.folder, "show", "--format=", "--name-only").split()
    assert all(path.startswith("data/") for path in changed)
    assert git(root.folder, "diff", "--cached", "--name-only").split() == ["README.md"]


@pytest.mark.parametrize("name", ["SPOTIFY_CLIENT_SECRET", "SPOTIFY_REFRESH_TOKEN"])
def test_a_missing_secret_is_named_with_where_to_store_it(root: Root, name: str) -> None:
    data = root.data
    done = root.given(**{name: " "}).run(day=NEXT)
    assert done.code == 1
    assert f"{name} is not set. " in done.err
    assert "the repository's secrets" in done.err
    assert root.data == data
    assert len(root.songs()) == 20
    assert leaked(done.said) == []


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SPOTIFY_API_URL", "http://example.org/v1", "SPOTIFY_API_URL must start with https://"),
        ("DATABASE_URL", "mysql://robin:hunter2@127.0.0.1/db", "no address of a PostgreSQL database"),
        ("SPOTIFY_REFRESH_TOKEN", "two\nlines", "Store SPOTIFY_REFRESH_TOKEN again"),
    ],
)
def test_a_setting_that_cannot_be_is_named_before_spotify_is_asked(
    root: Root, name: str, value: str, sentence: str
) -> None:
    data, asked = root.data, len(root.spotify.requests)
    done = root.given(**{name: value}).run(day=NEXT)
    assert done.code == 1
    assert sentence in done.err
    assert "hunter2" not in done.said
    assert "Traceback" not in done.said
    assert root.data == data
    assert len(root.spotify.requests) == asked


def test_without_a_repository_nothing_can_be_committed_and_the_reader_hears_why(
    root: Root, tmp_path: Path
) -> None:
    elsewhere = Root(tmp_path / "plain", root.spotify)
    elsewhere.folder.mkdir()
    assert elsewhere.rotation("init").code == 0
    assert elsewhere.rotation("run", "--now", f"{FIRST}T06:00:00Z").code == 0
    assert len(elsewhere.songs()) == 20
    done = elsewhere.run(day=FIRST)
    assert done.code == 1
    assert "is no Git repository" in done.err
    assert "Traceback" not in done.said


def test_a_folder_without_a_rotation_toml_says_how_to_get_one(root: Root, tmp_path: Path) -> None:
    done = root.rotation("run", "--root", str(tmp_path / "nowhere"))
    assert done.code == 1
    assert done.err.startswith("rotation: There is no ")
    assert "rotation init" in done.err
    assert not (tmp_path / "nowhere").exists()


def test_an_edit_of_the_catalog_that_is_not_committed_does_not_leak_into_a_commit(root: Root) -> None:
    tracks = root.folder / "data/catalog/tracks.csv"
    lines = tracks.read_text("utf-8").splitlines(keepends=True)
    tracks.write_text("".join(lines[:-1]), "utf-8")
    before, subjects = root.data, root.subjects
    done = root.run("--commit", day=NEXT)
    assert done.code == 1
    assert "data/catalog/tracks.csv has changes of yours" in done.err
    assert (root.data, root.subjects) == (before, subjects)


def test_a_catalog_row_that_was_lost_is_learnt_again(root: Root) -> None:
    tracks = root.folder / "data/catalog/tracks.csv"
    whole = tracks.read_text("utf-8")
    item = root.folder.joinpath("data/me/top-tracks.csv").read_text("utf-8").splitlines()[1].split(",")[-1]
    tracks.write_text("".join(x for x in whole.splitlines(keepends=True) if not x.startswith(item)), "utf-8")
    git(root.folder, "commit", "--quiet", "--all", "--message=By hand")
    assert root.run("--commit", day=FIRST).code == 0
    assert tracks.read_text("utf-8") == whole

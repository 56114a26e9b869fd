"""The gate: what must not be public is found in data/ and in a site, and odd titles are let through."""

import html
import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from stories import answer, merged, put, track
from test_run_mistakes import spoil
from world import NEXT, Root

from generator.demo.server import REFRESH_TOKEN
from generator.git import git
from generator.leaks import leaks, names

TOKEN = "BQ" + "x1-_" * 30
PRIVATE = {
    "an e-mail address": (
        "ada.lovelace+music@mail.example.org",
        "<a href='mailto:ada@example.org'>",
        "me@münchen.example",
    ),
    "an IP address": ("84.23.101.7", "from 84.23.101.7.", "2a02:8109:9c40:2f::1", "ip=2001:db8:0:0:1:0:0:1;"),
    "a user agent": ("Mozilla/5.0 (X11; Linux x86_64)", "Spotify/8.9 iOS/17 (iPhone12,1)", "okhttp/3.12"),
    "an account id": (
        "spotify:user:ada",
        "https://open.spotify.com/user/31abc",
        "https://open.spotify.com/intl-de/user/31abc",
        "https://api.spotify.com/v1/users/ada",
    ),
    "a token": (
        TOKEN,
        "ghp_" + "a1B2" * 9,
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc",
        "0123456789abcdef" * 2,
    ),
    "a private key": ("-----BEGIN RSA PRIVATE KEY-----",),
    "a password": ("postgresql://ada:hunter2@db.example.org/music",),
}
INNOCENT = (
    "06:17:03.000Z",
    "2026-11-20T06:17:03+01:00",
    "@media (max-width: 40em) { a::before { content: '' } }",
    "1.2.3.4.5",
    "999.1.1.1",
    "http://127.0.0.1:8000/image/x",
    "a3f5" * 10,  # Git's name of a commit
    "1:2:3",
    "M0 0l.5.5.25.25",
    "@ home",
    "https://open.spotify.com/track/0AAAAAAAAAAAAAAAAAAAAA",
)


@pytest.mark.parametrize(
    ("what", "text"), [(what, text) for what, texts in PRIVATE.items() for text in texts]
)
@pytest.mark.parametrize("path", ["data/notes.txt", "site/index.html", "site/api/v1/lists.json"])
def test_what_is_private_is_found_with_its_place_and_never_repeated(what: str, text: str, path: str) -> None:
    found = list(leaks([(path, f"fine\nso far\n<p>{text} </p>\n".encode())], ()))
    assert what in [one.what for one in found]
    assert {(one.path, one.line) for one in found} == {(path, 3)}
    assert text not in "".join(map(str, found))


@pytest.mark.parametrize("text", INNOCENT)
def test_what_merely_looks_odd_is_let_through(text: str) -> None:
    assert list(leaks([("site/index.html", text.encode())], ())) == []


@pytest.mark.parametrize(
    "title",
    [
        *(text for texts in PRIVATE.values() for text in texts),
        "http://Rock&Roll:live@venue.example",
        "DM me\nrobin@example.org",
        'the "real" ada@example.org\t<3',
        "a\u2028b c@example.org",
    ],
)
def test_a_title_may_look_like_anything(title: str) -> None:
    pages = [
        ("site/index.html", f"<h1>{html.escape(title)}</h1>".encode()),
        ("site/top20.txt", title.encode()),
        ("site/api/v1/tracks.json", json.dumps([title], ensure_ascii=False).encode()),
    ]
    assert list(leaks(pages, ["Roads", f"{title} (live)"])) == []
    assert {one.path for one in leaks(pages, ["Roads"])} == {path for path, _ in pages}


def test_the_titles_of_a_catalog_are_read_whatever_they_hold(tmp_path: Path) -> None:
    odd = "two\nlines, a \x0b and \u2028 and ada@example.org"
    song = replace(track("Roads"), title=odd)
    put(tmp_path, merged(tmp_path, "2026-11-20", [answer("tracks", "short_term", [song, track("Angel")])]))
    assert {odd, "Angel"} <= set(names(tmp_path))


def test_an_address_that_a_page_spells_otherwise_is_found() -> None:
    assert list(leaks([("site/index.html", b"<p>me&#64;example.org</p>")], ()))


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04\xff\xfe", '[{"a": 1}]'.encode("utf-16"), b"\x89PNG\r\n\x1a\n\x00"]
)
def test_what_cannot_be_looked_through_has_no_place_in_data(content: bytes) -> None:
    found = [one.what for one in leaks([("data/export.png", content)], ())]
    assert found == ["a file that cannot be looked through"]
    assert list(leaks([("site/pictures/card.png", content)], ())) == []


def test_a_title_excuses_nobody_elses_address() -> None:
    found = leaks([("site/index.html", b"ada@example.org bob@example.org")], ["ada@example.org"])
    assert [one.what for one in found] == ["an e-mail address"]


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("data/me/lists/2026-11.csv", "edition,kind,span,position,item_id,ip_addr\n"),
        ("data/export.csv", "title,country\n"),
        ("data/StreamingHistory0.json", '[{"endTime": "2026-01-05 14:23", "msPlayed": 3}]'),
        ("data/me.json", '{"display_name": "Ada"}'),
        ("data/me.JSON", '[[{"title": {"country": "DE"}}]]'),
        ("data/me.jsonl", '{"title": "Roads"}\n{"country": "DE"}\n'),
        ("data/me.tsv", "title\tcountry\n"),
    ],
)
def test_a_column_that_no_table_has_is_refused(path: str, content: str) -> None:
    assert [one.what[:10] for one in leaks([(path, content.encode())], ())] == ["the column"]


@pytest.mark.parametrize("path", ["data/README.md", "data/notes.json", "site/top20.csv"])
def test_other_files_have_no_columns(path: str) -> None:
    assert list(leaks([(path, b"title,country\n")], ())) == []


def test_the_value_of_a_secret_may_stand_nowhere() -> None:
    page = [("site/index.html", b"<p>listener ada-31</p>")]
    found = list(leaks(page, (), {"SPOTIFY_ACCOUNT": "ada-31"}))
    assert [one.what for one in found] == ["the value of SPOTIFY_ACCOUNT"]
    assert list(leaks(page, (), {"SPOTIFY_ACCOUNT": "da-3"})) == []  # a part of a word is not the value
    assert list(leaks(page, ["ada-31"], {"SPOTIFY_ACCOUNT": "ada-31"})) == []  # a name that a person chose
    assert list(leaks(page, ["ada-312"], {"SPOTIFY_ACCOUNT": "ada-31"}))  # another name excuses nothing
    script = [("site/static/compare.js", b"Math.max(1, 2)")]
    assert list(leaks(script, (), {"SPOTIFY_ACCOUNT": "max"})) == []


def test_a_run_of_the_program_has_nothing_to_hide(root: Root) -> None:
    done = root.rotation("leaks")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Nothing in ")


def test_a_site_that_holds_a_token_is_refused(root: Root) -> None:
    (root.folder / "site" / "about" / "index.html").write_text(f"<p>\n{REFRESH_TOKEN}</p>")
    done = root.rotation("leaks")
    assert done.code == 1
    assert "site/about/index.html, line 2: the value of SPOTIFY_REFRESH_TOKEN" in done.err
    assert REFRESH_TOKEN not in done.said


def test_a_run_commits_no_file_that_holds_what_is_private(root: Root) -> None:
    row = "0AAAAAAAAAAAAAAAAAAAAA,Nobody,https://ada:hunter2@i.scdn.co/image/x"
    spoil(root, "data/catalog/artists.csv", 2, row)
    commit = git(root.folder, "rev-parse", "HEAD")
    done = root.run(day=NEXT)
    assert done.code == 1
    assert "data/catalog/artists.csv, line 2: a password" in done.err
    assert "hunter2" not in done.said
    assert git(root.folder, "rev-parse", "HEAD") == commit


def commit(root: Root, path: str, content: str) -> subprocess.CompletedProcess[str]:
    """Commit a file as a person does, with the hook that `make hook` switches on."""
    file = root.folder / path
    file.write_text(content)
    hooks = root.folder / ".githooks"
    if not hooks.exists():
        shutil.copytree(Path(__file__).parents[1] / ".githooks", hooks)
        (root.folder / ".venv").symlink_to(Path(__file__).parents[1] / ".venv")
        git(root.folder, "config", "core.hooksPath", ".githooks")
    git(root.folder, "add", "--force", path)
    words = ["git", "commit", "--quiet", "--message=Mine", "--", path]
    return subprocess.run(
        words, cwd=root.folder, env=root.surroundings(), capture_output=True, text=True, check=False
    )


def test_the_hook_refuses_a_commit_that_holds_what_is_private(root: Root) -> None:
    before = git(root.folder, "rev-parse", "HEAD")
    done = commit(root, "data/export.json", '[{"ip_addr": "84.23.101.7"}]')
    assert done.returncode == 1
    assert "data/export.json, line 1: an IP address" in done.stderr
    assert git(root.folder, "rev-parse", "HEAD") == before


def test_the_hook_lets_other_commits_through(root: Root) -> None:
    assert commit(root, "notes.txt", "ada@example.org\n").returncode == 0
    assert commit(root, "data/same.csv", "id,song\n").returncode == 0

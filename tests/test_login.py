"""`rotation login`, from the browser to where the runs find the sign-in."""

import json
import re
import socket
import sys
from pathlib import Path

import pytest
from world import NEXT, Root, leaked

from generator.demo.server import REFRESH_TOKENS
from generator.git import git

KEY = r"ROTATION_PLAY_KEY='?([\w-]{40,})"
BROWSER = """#!{python}
import sys, urllib.request
urllib.request.urlopen(sys.argv[1], timeout=10).read()
"""
GH = """#!{python}
import json, os, sys
with open({record!r}, "a") as file:
    file.write(json.dumps([sys.argv[1:], sys.stdin.read(), os.getcwd()]) + "\\n")
sys.exit({code})
"""


def executable(file: Path, text: str) -> Path:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text)
    file.chmod(0o755)
    return file


@pytest.fixture
def person(root: Root, tmp_path: Path) -> Root:
    """Somebody with a browser that agrees to everything, and without a stored sign-in."""
    settings = root.folder / "rotation.toml"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings.write_text(settings.read_text().replace("sign_in_port = 8888", f"sign_in_port = {port}"))
    git(root.folder, "commit", "--quiet", "--all", "--message=Another port")
    browser = executable(tmp_path / "bin" / "browser", BROWSER.format(python=sys.executable))
    return root.given(BROWSER=str(browser), SPOTIFY_REFRESH_TOKEN="")


def with_gh(person: Root, tmp_path: Path, *, code: int = 0) -> tuple[Root, Path]:
    """The same person, with GitHub's command line; what it is asked is recorded in a file."""
    record = tmp_path / "asked"
    executable(tmp_path / "bin" / "gh", GH.format(python=sys.executable, record=str(record), code=code))
    return person.given(PATH=f"{tmp_path / 'bin'}:{person.surroundings()['PATH']}"), record


def test_a_sign_in_is_kept_where_only_its_owner_can_read_it_and_runs_find_it(person: Root) -> None:
    done = person.rotation("login", "--now", "2026-11-21T06:00:00Z")
    assert (done.code, done.err) == (0, "")
    env = person.folder / ".env"
    assert env.stat().st_mode & 0o777 == 0o600
    stored = env.read_text()
    assert f"SPOTIFY_REFRESH_TOKEN='{REFRESH_TOKENS[0]}'" in stored
    assert "SPOTIFY_ACCOUNT='demo-account'" in stored
    assert "SPOTIFY_AUTHORIZED_AT='2026-11-21T06:00:00Z'" in stored
    assert leaked(done.said) == []
    assert git(person.folder, "status", "--porcelain") == ""
    run = person.run(day=NEXT)
    assert (run.code, run.err) == (0, "")
    env.unlink()
    assert leaked(person.folder) == []


def test_each_listener_has_a_slot(person: Root) -> None:
    person.add_listener("kim", "Kim Ortega", 2)
    person.spotify.accounts.signing_in = 2
    done = person.rotation("login", "--listener", "kim")
    assert (done.code, done.err) == (0, "")
    assert "sign in to Spotify as Kim Ortega" in done.out
    stored = (person.folder / ".env").read_text()
    assert f"SPOTIFY_REFRESH_TOKEN_2='{REFRESH_TOKENS[1]}'" in stored
    assert "SPOTIFY_REFRESH_TOKEN=" not in stored


def test_a_sign_in_is_shown_once_to_who_asks_for_it(person: Root) -> None:
    done = person.rotation("login", "--show")
    assert (done.code, done.err) == (0, "")
    assert done.out.count(f"SPOTIFY_REFRESH_TOKEN={REFRESH_TOKENS[0]}\n") == 1
    assert done.out.count(REFRESH_TOKENS[0]) == 1
    assert not (person.folder / ".env").exists()


def keeping_hours(person: Root) -> Root:
    file = person.folder / "rotation.toml"
    file.write_text(file.read_text("utf-8").replace('plays = "off"', 'plays = "hour"'), "utf-8")
    return person


def test_a_key_that_can_be_guessed_is_replaced(person: Root) -> None:
    keeping_hours(person).rotation("login", ROTATION_PLAY_KEY="a")
    assert len(re.findall(KEY, (person.folder / ".env").read_text())) == 1


def test_a_key_of_plays_is_made_once_where_instants_are_not_kept(person: Root) -> None:
    keeping_hours(person).rotation("login")
    found = re.findall(KEY, (person.folder / ".env").read_text())
    assert len(found) == 1
    person.rotation("login")
    assert re.findall(KEY, (person.folder / ".env").read_text()) == found
    run = person.run(day=NEXT)
    assert (run.code, run.err) == (0, "")
    assert found[0] not in run.said


def test_without_need_no_key_of_plays_is_made(person: Root) -> None:
    person.rotation("login")
    assert "ROTATION_PLAY_KEY" not in (person.folder / ".env").read_text()


@pytest.mark.parametrize("known", ["ROTATION_PLAY_KEY\t2026-11-20", "SPOTIFY_ACCOUNT\t2026-11-20"])
def test_a_key_that_github_has_is_not_replaced(person: Root, tmp_path: Path, known: str) -> None:
    listing, record = with_gh(keeping_hours(person), tmp_path)
    gh = tmp_path / "bin" / "gh"
    gh.write_text(gh.read_text().replace("sys.exit(", f"print({known!r})\nsys.exit("))
    assert listing.rotation("login", typed="y\n").code == 0
    asked = [json.loads(line)[0] for line in record.read_text().splitlines()]
    stored = {words[2] for words in asked if words[:2] == ["secret", "set"]}
    assert ("ROTATION_PLAY_KEY" in stored) is ("PLAY_KEY" not in known)


def test_github_gets_the_secrets_through_standard_input_only(person: Root, tmp_path: Path) -> None:
    person, record = with_gh(person, tmp_path)
    done = person.rotation("login", "--now", "2026-11-21T06:00:00Z", typed="y\n")
    assert (done.code, done.err) == (0, "")
    assert "github.com/ada-example/music" in done.out
    asked = [json.loads(line) for line in record.read_text().splitlines()]
    assert all(args[3:] == ["--repo", "https://github.com/ada-example/music.git"] for args, _, _ in asked)
    assert {(*args[:3], stdin) for args, stdin, _ in asked} == {
        ("secret", "set", "SPOTIFY_REFRESH_TOKEN", REFRESH_TOKENS[0]),
        ("secret", "set", "SPOTIFY_ACCOUNT", "demo-account"),
        ("secret", "set", "SPOTIFY_CLIENT_ID", "demo-client"),
        ("secret", "set", "SPOTIFY_CLIENT_SECRET", "demo-secret"),
        ("variable", "set", "SPOTIFY_AUTHORIZED_AT", "2026-11-21T06:00:00Z"),
    }
    assert {Path(folder) for *_, folder in asked} == {person.folder}
    assert not (person.folder / ".env").exists()
    assert leaked(done.said) == []


def test_without_a_yes_github_gets_nothing(person: Root, tmp_path: Path) -> None:
    person, record = with_gh(person, tmp_path)
    done = person.rotation("login", typed="n\n")
    assert (done.code, done.err) == (0, "")
    assert not record.exists()
    assert REFRESH_TOKENS[0] in (person.folder / ".env").read_text()


def test_a_github_that_refuses_does_not_cost_the_sign_in(person: Root, tmp_path: Path) -> None:
    person, _ = with_gh(person, tmp_path, code=4)
    done = person.rotation("login", typed="y\n")
    assert (done.code, done.err) == (0, "")
    assert "gh secret failed: exit code 4" in done.out
    assert "kept here instead" in done.out
    assert REFRESH_TOKENS[0] in (person.folder / ".env").read_text()


@pytest.mark.parametrize(
    ("trouble", "code", "sentence"),
    [
        ("GET /authorize: deny", 1, "press Agree"),
        ("GET /authorize: wrong-state", 1, "another sign-in"),
        ("POST /api/token: 400 invalid_client", 1, "SPOTIFY_CLIENT_ID or SPOTIFY_CLIENT_SECRET is wrong"),
        ("POST /api/token: 503", 75, "503"),
        ("GET /v1/me: 403 premium", 1, "Spotify Premium"),
    ],
)
def test_a_sign_in_that_fails_stores_nothing(person: Root, trouble: str, code: int, sentence: str) -> None:
    person.spotify.script(trouble)
    done = person.rotation("login")
    assert done.code == code
    assert sentence in done.err
    assert len(done.err.splitlines()) == 1
    assert not (person.folder / ".env").exists()
    assert leaked(done.said) == []

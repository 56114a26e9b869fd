"""No secret is said: not by us, not by a library that logs everything, not by a traceback."""

import base64
import html
import io
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from world import NEXT, Root, leaked

from generator.config.load import load
from generator.config.new import new_file
from generator.demo.server import CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN
from generator.discretion import Discretion, Stream

ENVIRONMENT = {
    "SPOTIFY_CLIENT_ID": CLIENT_ID,
    "SPOTIFY_CLIENT_SECRET": CLIENT_SECRET,
    "SPOTIFY_REFRESH_TOKEN_3": "AQ/third+token",
    "DATABASE_URL": "postgresql://ada:p%40ssword@db.example.org/music",
    "SPOTIFY_ACCOUNT_2": "robin-of-the-hill",
    "ROTATION_PLAY_KEY": "sea and salt",
    "GITHUB_TOKEN": "ghs_of-this-job",
    "ROTATION_HIDE": "Glass Harbour\nspotify:artist:4tideAndGull\nAir\n",
    "PATH": "/usr/bin:/bin",
}
APP = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
# Everything that can be made to talk, talks; then the program does what it always does, and a bug follows.
LOUD = """
import logging
from http.client import HTTPConnection
logging.basicConfig(level=logging.DEBUG)
HTTPConnection.debuglevel = 1
from generator.spotify import client
client.quieten = lambda: None
from generator.cli import app
try:
    app.main()
finally:
    logging.getLogger("urllib3").error("sent %s", {"refresh_token": "demo-access-0"})
    try:
        raise OSError("refused: demo-secret, Authorization: Bearer demo-access-9")
    except OSError:
        logging.getLogger("spotipy").exception("no answer")
    raise RuntimeError("https://accounts.example/?refresh_token=demo-refresh&x=demo-secret")
"""


@pytest.mark.parametrize(
    ("said", "read"),
    [
        (f"secret is {CLIENT_SECRET}.", "secret is ***."),
        ("AQ/third+token or AQ%2Fthird%2Btoken", "*** or ***"),
        ("connection to postgresql://ada:p%40ssword@db.example.org/music failed", "connection to *** failed"),
        ("password p%40ssword", "password ***"),
        (f"Authorization: Basic {APP}", "Authorization: Basic ***"),
        ("Authorization: Bearer BQxyz-123_4", "Authorization: Bearer ***"),
        ("{'Authorization': 'Bearer BQxyz'}", "{'Authorization': 'Bearer ***'}"),
        ("{'access_token': 'BQxyz', 'expires_in': 3600}", "{'access_token': '***', 'expires_in': 3600}"),
        ('{"refresh_token":"AQ1"}', '{"refresh_token":"***"}'),
        ("grant_type=refresh_token&refresh_token=AQ1&x=2", "grant_type=refresh_token&refresh_token=***&x=2"),
        ("http://robin:hunter2@example.org/x.git", "http://robin:***@example.org/x.git"),
        ("token ghs_of-this-job", "token ***"),
        ("not the account robin-of-the-hill", "not the account ***"),
        ("key sea and salt", "key ***"),
        ("skipped “Anchors” by glass harbour", "skipped “Anchors” by ***"),
        ("GET /v1/artists/4tideAndGull and spotify:artist:4tideAndGull", "GET /v1/artists/*** and ***"),
    ],
)
def test_a_secret_is_said_in_stars_in_whatever_form(said: str, read: str) -> None:
    assert Discretion(ENVIRONMENT).applied(said) == read


@pytest.mark.parametrize(
    "text",
    ["/usr/bin:/bin", "data: 20 Nov 2026 · #1 “Bearer Songs” Basic Authorization", "no secret: none", ""],
)
def test_what_is_no_secret_is_said_as_it_is(text: str) -> None:
    assert Discretion(ENVIRONMENT).applied(text) == text
    assert Discretion({}).applied(text) == text


def test_a_stream_is_as_it_was_but_for_secrets() -> None:
    inner = io.StringIO()
    stream = Stream(inner, Discretion(ENVIRONMENT))
    assert stream.write(CLIENT_SECRET) == len(CLIENT_SECRET)
    stream.writelines(["one ", f"{CLIENT_SECRET}\n"])
    assert inner.getvalue() == "***one ***\n"
    assert not stream.isatty()


def test_libraries_that_log_everything_and_a_bug_tell_no_secret(root: Root) -> None:
    root.spotify.day = date.fromisoformat(NEXT)
    done = subprocess.run(
        [sys.executable, "-c", LOUD, "run", "--commit", "--now", f"{NEXT}T06:00:00Z"],
        cwd=root.folder,
        env=root.surroundings(),
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout + done.stderr
    for name in ("DEBUG:spotipy", "DEBUG:urllib3", "Authorization: Bearer ***", "Authorization: Basic ***"):
        assert name in said, name
    assert "Traceback" in said
    assert "committed “data: 21 Nov 2026" in said
    assert leaked(root.folder, said) == []


def test_what_a_log_stars_no_page_may_hold(tmp_path: Path) -> None:
    (tmp_path / "rotation.toml").write_text(new_file("Europe/Berlin"), "utf-8")
    secrets = load(tmp_path, ENVIRONMENT).secrets
    assert sorted(set(ENVIRONMENT) - set(secrets)) == ["PATH", "ROTATION_HIDE", "SPOTIFY_CLIENT_ID"]
    assert [Discretion(ENVIRONMENT).applied(value) for value in secrets.values()] == ["***"] * len(secrets)


def test_a_jobs_summary_tells_no_secret(root: Root, tmp_path: Path) -> None:
    account, summary = "robin_of_the_hill", tmp_path / "summary.md"
    settings = root.folder / "rotation.toml"
    settings.write_text(settings.read_text("utf-8").replace('name = "Me"', f'name = "{account}"'), "utf-8")
    done = root.run(day=NEXT, SPOTIFY_ACCOUNT=account, GITHUB_STEP_SUMMARY=str(summary))
    told = html.unescape(summary.read_text("utf-8"))
    assert "- ❌ ***: " in told
    assert account not in told + done.said


def test_a_log_is_quiet_where_nobody_asked_it_to_talk(root: Root) -> None:
    done = root.run(day=NEXT)
    assert "DEBUG" not in done.said
    assert REFRESH_TOKEN not in done.said

"""What the commands beside the run say and do: help, options, init, load, serve, demo, upgrade."""

import os
import pty
import socket
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
import requests
from world import FIRST, NEXT, Root, leaked, tree

from generator.demo.server import SimulatedSpotify
from generator.git import git

COMMANDS = ("init", "login", "refresh", "load", "build", "run", "serve", "demo", "upgrade")


@pytest.fixture
def empty(tmp_path: Path, spotify: SimulatedSpotify) -> Root:
    """A folder without anything."""
    (tmp_path / "music").mkdir()
    return Root(tmp_path / "music", spotify)


def test_the_help_names_every_command(empty: Root) -> None:
    for asked in (("--help",), ("-h",)):
        done = empty.cold(*asked)
        assert done.code == 0
        assert all(f"\n  {command} " in done.out for command in COMMANDS)


def test_the_version_is_that_of_the_package(empty: Root) -> None:
    done = empty.cold("--version")
    assert (done.code, done.out) == (0, f"Heavy Rotation {version('heavy-rotation')}\n")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_takes_a_root_and_a_clock(empty: Root, command: str) -> None:
    done = empty.cold(command, "--help")
    assert (done.code, done.err) == (0, "")
    assert "--root DIR" in done.out
    assert "--now INSTANT" in done.out


@pytest.mark.parametrize("instant", ["yesterday", "2026-13-01", ""])
def test_an_instant_that_is_none_is_refused(empty: Root, instant: str) -> None:
    done = empty.rotation("build", "--now", instant)
    assert done.code == 2
    assert "write an instant like 2026-11-20T06:00:00Z" in " ".join(done.err.replace("│", "").split())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["show", "--span", "decade"],
            "'--span': 'decade' is not one of 'short_term', 'medium_term', 'long_term'.",
        ),
        (["serve", "--port", "0"], "'--port': must be greater than or equal to 1"),
        (
            ["history", "--limit", "ten"],
            "'--limit': must be a valid integer, unable to parse string as an integer",
        ),
    ],
)
def test_an_option_that_is_no_good_is_refused_in_plain_words(
    empty: Root, words: list[str], said: str
) -> None:
    done = empty.rotation(*words)
    assert done.code == 2
    assert done.err.endswith(f"Error: Invalid value for {said}\n")


def test_an_instant_without_a_zone_is_utc(root: Root) -> None:
    site = root.site
    for instant in (f"{FIRST}T06:00:00", f"{FIRST}T07:00:00+01:00"):
        assert root.rotation("build", "--now", instant).code == 0
        assert root.site == site


@pytest.mark.parametrize(
    ("into", "code", "said"),
    [
        (">/dev/full", 1, "rotation: No space left on device."),
        (">&-", 0, ""),
        ("2>&-", 0, ""),
    ],
)
def test_what_cannot_be_said_makes_no_traceback(into: str, code: int, said: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    command = f"exec {sys.executable} -m generator doctor --help {into}"
    done = subprocess.run(["sh", "-c", command], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.startswith(said)) == (code, True)
    assert "Traceback" not in done.stderr


def test_init_writes_a_root_that_says_what_to_do_next_and_never_overwrites(empty: Root) -> None:
    done = empty.rotation("init", "--time-zone", "Europe/Berlin")
    assert (done.code, done.err) == (0, "")
    assert "rotation login" in done.out
    assert 'time_zone = "Europe/Berlin"' in (empty.folder / "rotation.toml").read_text()
    (empty.folder / "rotation.toml").write_text("# mine\n")
    again = empty.rotation("init")
    assert again.code == 1
    assert "is there already" in again.err
    assert (empty.folder / "rotation.toml").read_text() == "# mine\n"


def test_init_asks_at_a_terminal_how_exactly_listens_are_kept_and_says_what_each_shows(
    tmp_path: Path,
) -> None:
    person, terminal = pty.openpty()
    os.write(person, b"weekly\nhour\n")
    command = (sys.executable, "-m", "generator", "init", str(tmp_path / "music"))
    done = subprocess.run(command, stdin=terminal, capture_output=True, text=True, check=True)
    os.close(person)
    os.close(terminal)
    assert "when you sleep" in done.stdout
    assert 'plays = "hour"' in (tmp_path / "music/rotation.toml").read_text("utf-8")


def test_init_refuses_a_zone_that_is_none_before_it_asks(tmp_path: Path) -> None:
    person, terminal = pty.openpty()
    os.write(person, b"hour\n")
    command = (sys.executable, "-m", "generator", "init", str(tmp_path / "music"), "--time-zone", "Mars/Base")
    done = subprocess.run(command, stdin=terminal, capture_output=True, text=True, check=False)
    os.close(person)
    os.close(terminal)
    assert (done.returncode, done.stdout) == (1, "")
    assert "'Mars/Base' is no time zone" in done.stderr


def test_init_takes_how_listens_are_kept_as_an_option_and_asks_nobody_in_a_pipe(empty: Root) -> None:
    made = empty.rotation("init", "one", "--plays", "day")
    assert made.out.endswith("rotation login --root one\n")
    assert 'plays = "day"' in (empty.folder / "one/rotation.toml").read_text("utf-8")
    assert "sleep" not in empty.rotation("init", "two").out
    assert 'plays = "off"' in (empty.folder / "two/rotation.toml").read_text("utf-8")


def test_init_takes_a_folder_and_refuses_a_zone_that_is_none(empty: Root) -> None:
    wrong = empty.rotation("init", "there", "--time-zone", "Mars/Olympus")
    assert wrong.code == 1
    assert "Traceback" not in wrong.err
    assert not (empty.folder / "there" / "rotation.toml").exists()
    assert empty.rotation("init", "there").code == 0
    assert (empty.folder / "there" / "data" / "README.md").exists()


def test_a_fresh_root_can_be_built_before_anything_has_arrived(empty: Root) -> None:
    empty.rotation("init")
    built = empty.rotation("build")
    assert (built.code, built.err) == (0, "")
    assert "Soon" in empty.page


def test_load_says_what_it_read_and_that_there_is_nothing_to_read(root: Root) -> None:
    (root.folder / ".cache" / "warehouse.duckdb").unlink()
    assert root.rotation("load").out == "Loaded 4 changed files.\n"
    assert root.rotation("load").out == "The database is equal to data/ already.\n"


def test_refresh_keeps_commits_and_leaves_the_site_alone(root: Root) -> None:
    site = root.site
    root.spotify.day = root.spotify.day.replace(day=21)
    done = root.rotation("refresh", "--commit", "--now", f"{NEXT}T06:00:00Z")
    assert (done.code, done.err) == (0, "")
    assert len(root.subjects) == 2
    assert root.site == site


def test_commands_work_from_another_folder(root: Root, tmp_path: Path) -> None:
    site = root.site
    outside = Root(tmp_path, root.spotify)
    at = ("--root", "music", "--now", f"{FIRST}T06:00:00Z")
    for command in (("run", "--commit"), ("build",)):
        done = outside.rotation(*command, *at)
        assert (done.code, done.err) == (0, "")
    assert root.site == site
    assert not (tmp_path / ".cache").exists()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_serve_shows_pages_and_invented_covers_until_it_is_stopped(root: Root) -> None:
    port = free_port()
    (root.folder / "site/covers").mkdir()
    (root.folder / "site/covers/index.html").write_text('<img src="http://127.0.0.1:8000/image/ab67">')
    with root.begin("serve", "--port", str(port)) as server:
        assert server.stdout is not None
        assert f"http://127.0.0.1:{port}/" in server.stdout.readline()
        page = requests.get(f"http://127.0.0.1:{port}/", timeout=10)
        covers = requests.get(f"http://127.0.0.1:{port}/covers/?first=1#top", timeout=10)
        cover = requests.get(f"http://127.0.0.1:{port}/image/ab67", timeout=10)
        secret = requests.get(f"http://127.0.0.1:{port}/../rotation.toml", timeout=10)
        taken = root.rotation("serve", "--port", str(port))
        server.terminate()
        assert server.stdout.read() == "Stopped.\n"
    assert server.returncode == 0
    assert page.content == root.site["index.html"]
    assert covers.text == '<img src="/image/ab67">'
    assert cover.headers["Content-Type"] == "image/svg+xml"
    assert secret.status_code == 404
    assert secret.content == root.site["404.html"]
    assert (taken.code, taken.err) == (
        1,
        f"rotation: Port {port} is taken. Choose another: --port {port + 1}\n",
    )


def test_serve_without_a_site_says_how_to_get_one(empty: Root) -> None:
    done = empty.rotation("serve")
    assert done.code == 1
    assert "rotation build" in done.err


def test_the_demo_lives_through_days_in_a_folder_of_its_own(empty: Root) -> None:
    done = empty.rotation("demo", "--days", "2", "--root", "try", "--now", f"{NEXT}T06:00:00Z")
    assert (done.code, done.err) == (0, "")
    assert "2 of 2 days brought news." in done.out
    demo = Root(empty.folder / "try", empty.spotify)
    first, imported, last = demo.subjects
    assert (first[:17], last[:17]) == ("data: 20 Nov 2026", "data: 21 Nov 2026")
    assert imported.endswith(" plays imported")
    assert " collected, " in done.out
    assert len(demo.songs()) == 20
    assert any("127.0.0.1:8000/image/" in (each.get("src") or "") for each in tree(demo.page).iter("img"))
    assert "Sign-in valid until" in demo.page
    assert "sign-in.ics" in demo.site
    assert leaked(demo.folder, done.said) == []


def test_the_demo_leaves_a_folder_alone_that_is_not_its_own(root: Root) -> None:
    data = root.data
    done = root.rotation("demo", "--days", "1", "--root", ".")
    assert done.code == 1
    assert "choose another folder" in done.err
    assert root.data == data


def test_the_demo_never_takes_a_clone_that_holds_a_demo_for_a_demo(root: Root) -> None:
    (root.folder / ".demo").mkdir()
    before = root.data
    done = root.rotation("demo", "--root", str(root.folder), "--days", "1")
    assert done.code == 1
    assert "is not empty and no earlier demo" in done.err
    assert root.data == before


def test_an_upgrade_needs_to_know_from_where(root: Root) -> None:
    done = root.rotation("upgrade", "--dry-run")
    assert done.code == 1
    assert "upstream is blank" in done.err


def test_an_upgrade_can_be_looked_at_and_then_made(root: Root, tmp_path: Path) -> None:
    upstream = Root(tmp_path / "upstream", root.spotify)
    git(tmp_path, "clone", "--quiet", str(root.folder), "upstream")
    (upstream.folder / "generator").mkdir()
    (upstream.folder / "generator" / "news.py").write_text("")
    git(upstream.folder, "add", ".")
    git(
        upstream.folder,
        "-c",
        "user.name=U",
        "-c",
        "user.email=u@example.org",
        "commit",
        "--quiet",
        "-m",
        "Two",
    )
    git(upstream.folder, "tag", "v2.0")
    settings = root.folder / "rotation.toml"
    settings.write_text(settings.read_text().replace('upstream = ""', f'upstream = "{upstream.folder}"'))
    looked = root.rotation("upgrade", "--dry-run")
    assert (looked.code, looked.err) == (0, "")
    assert "generator/news.py" in looked.out
    assert not (root.folder / "generator").exists()
    made = root.rotation("upgrade", "--to", "v2.0")
    assert (made.code, made.err) == (0, "")
    assert "git revert" in made.out
    assert (root.folder / "generator" / "news.py").exists()

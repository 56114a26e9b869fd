"""The whole program over simulated days, with an invented listener and Spotify on loopback."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread

import requests

from generator import config, git
from generator.demo.server import CLIENT_ID, CLIENT_SECRET, SimulatedSpotify
from generator.errors import ConfigError
from generator.pipeline import health
from generator.pipeline.build import build
from generator.pipeline.refresh import Options, refresh
from generator.pipeline.root import init
from generator.pipeline.run import Run
from generator.spotify.signin import sign_in

# Tells a folder of ours, which may be made anew, from one that somebody needs.
MARK = "made-by-rotation-demo"
MARKED = "`rotation demo` makes this folder anew, and everything in it.\n"
COVERS_URL = "http://127.0.0.1:8000/image/"  # where `make serve` draws the invented covers

SIGNED_IN = timedelta(days=100)  # before the demo's last day: so long ago, and yet it holds for months


def demo(root: Path, days: int, now: datetime) -> Iterator[str]:
    """Live through `days` days that end with `now`; yields each day's commit subject, or nothing new.

    Raises ConfigError for a folder that is not a demo's own.
    """
    _make_root(root)
    with SimulatedSpotify(image_url=COVERS_URL) as spotify:
        environment = {
            "SPOTIFY_CLIENT_ID": CLIENT_ID,
            "SPOTIFY_CLIENT_SECRET": CLIENT_SECRET,
            "SPOTIFY_REFRESH_TOKEN": _sign_in(spotify),
            "SPOTIFY_AUTHORIZED_AT": (now - SIGNED_IN).isoformat(),
            "SPOTIFY_API_URL": spotify.api_url,
            "SPOTIFY_ACCOUNTS_URL": spotify.accounts_url,
        }
        settings = config.load(root, environment)
        for ago in reversed(range(days)):
            run = Run(settings, now - timedelta(days=ago), say=lambda _: None)
            spotify.day = settings.listeners[0].local_date(run.now)
            (report,) = refresh(run, settings.listeners, Options(commit=True))
            if report.failure:
                raise ConfigError(f"The simulated day {spotify.day} failed: {report.failure}")
            if not ago:
                health.keep(run, [report])
                build(run)
            yield report.commit or ""


def _make_root(root: Path) -> None:
    """An empty root in a repository of its own, in place of an earlier demo."""
    if root.exists() and not _is_ours(root):
        raise ConfigError(f"{root} is not empty and no earlier demo: choose another folder with --root.")
    shutil.rmtree(root, ignore_errors=True)
    settings = init(root, "Europe/Berlin")
    settings.write_text(settings.read_text("utf-8").replace('name = "Me"', 'name = "Robin Vale"'), "utf-8")
    (root / MARK).write_text(MARKED, "utf-8")
    git.git(root, "init", "--quiet", "--initial-branch=main")
    git.git(root, "config", "user.name", "Heavy Rotation demo")
    git.git(root, "config", "user.email", "demo@localhost")
    git.git(root, "add", ".")
    git.git(root, "commit", "--quiet", "--message=Start from the template")


def _is_ours(root: Path) -> bool:
    """Is it an earlier demo, or a folder with nothing in it?"""
    if not root.is_dir():
        return False
    mark = root / MARK
    return (mark.is_file() and mark.read_text("utf-8", "replace") == MARKED) or not any(root.iterdir())


def _sign_in(spotify: SimulatedSpotify) -> str:
    """Sign in as a person would, with a browser that agrees to everything."""

    def browse(page: str) -> None:
        Thread(target=requests.get, args=(page,), kwargs={"timeout": 10}, daemon=True).start()

    signed = sign_in(CLIENT_ID, CLIENT_SECRET, port=0, accounts_url=spotify.accounts_url, open_browser=browse)
    return signed.refresh_token

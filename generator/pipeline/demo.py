"""The whole program over simulated days, with an invented listener and Spotify on loopback."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread

import requests

from generator import git
from generator.config.load import load
from generator.demo import export
from generator.demo.server import CLIENT_ID, CLIENT_SECRET, SimulatedSpotify
from generator.demo.story import Story
from generator.errors import ConfigError
from generator.model import Keeping, Report
from generator.pipeline import health, keep
from generator.pipeline.build import build
from generator.pipeline.imports import import_plays
from generator.pipeline.refresh import Options, refresh
from generator.pipeline.root import init
from generator.pipeline.run import Run
from generator.pipeline.serve import COVERS_URL
from generator.spotify.signin import sign_in

# Tells a folder of ours, which may be made anew, from one that somebody needs.
MARK = "made-by-rotation-demo"
MARKED = "`rotation demo` makes this folder anew, and everything in it.\n"

EXPORTS = "export"  # in the demo's folder: `rotation import` can be tried on it

SIGNED_IN = timedelta(days=100)  # before the demo's last day: so long ago, and yet it holds for months


@dataclass(frozen=True, slots=True)
class Day:
    """What a simulated day brought."""

    commits: tuple[str, ...] = ()  # their subjects
    collected: int = 0  # plays
    imported: int = 0  # rows of plays


def demo(root: Path, days: int, now: datetime, plays: Keeping = "exact") -> Iterator[Day]:
    """Live through `days` days that end with `now`, and import the listener's exports near their end.

    Raises ConfigError for a folder that is not a demo's own.
    """
    _make_root(root, plays)
    with SimulatedSpotify(image_url=COVERS_URL) as spotify, ExitStack() as stack:
        settings = load(root, _environment(spotify, now))
        story, asked = Story(days, now, spotify.seed, plays != "off"), list[Run]()
        for ago in reversed(range(days)):
            moments = list(story.moments(ago, asked[-1].now if asked else None))
            runs = [Run(settings, moment, say=lambda _: None) for moment in moments]
            for run in runs:
                stack.callback(run.warehouse.close)
            reports = [_refresh(run, spotify) for run in runs]
            asked += runs[-1:]
            commit, imported = _import(asked[-1], story) if story.is_imported(ago) else (None, 0)
            if not ago:
                health.keep(asked[-1], reports[-1:])
                build(asked[-1])
            commits = filter(None, (*(report.commit for report in reports), commit))
            yield Day(tuple(commits), sum(report.plays for report in reports), imported)


def _environment(spotify: SimulatedSpotify, now: datetime) -> dict[str, str]:
    """What a person who has signed in has in their secrets."""
    return {
        "SPOTIFY_CLIENT_ID": CLIENT_ID,
        "SPOTIFY_CLIENT_SECRET": CLIENT_SECRET,
        "SPOTIFY_REFRESH_TOKEN": _sign_in(spotify),
        "SPOTIFY_AUTHORIZED_AT": (now - SIGNED_IN).isoformat(),
        "SPOTIFY_API_URL": spotify.api_url,
        "SPOTIFY_ACCOUNTS_URL": spotify.accounts_url,
    }


def _refresh(run: Run, spotify: SimulatedSpotify) -> Report:
    """A run as the schedule makes it."""
    listeners = run.settings.listeners
    spotify.day, spotify.now = listeners[0].local_date(run.now), run.now
    (report,) = refresh(run, listeners, Options(commit=True, scheduled=True))
    if report.failure:
        raise ConfigError(f"The simulated day {spotify.day} failed: {report.failure}")
    return report


def _import(run: Run, story: Story) -> tuple[str | None, int]:
    """Store what the exports tell, in a commit of its own; answer its subject and how many rows."""
    (listener,) = run.settings.listeners
    folder = run.root / EXPORTS
    export.write(folder, story.first_heard(), *story.exported(), seed=story.seed)
    done = import_plays(run, listener, [folder], lambda *_: None, dry_run=False)
    return keep.commit(run, listener, Report(listener)).commit, done.stored


def _make_root(root: Path, plays: Keeping) -> None:
    """An empty root in a repository of its own, in place of an earlier demo."""
    if root.exists() and not _is_ours(root):
        raise ConfigError(f"{root} is not empty and no earlier demo: choose another folder with --root.")
    shutil.rmtree(root, ignore_errors=True)
    settings = init(root, "Europe/Berlin", plays)
    settings.write_text(settings.read_text("utf-8").replace('name = "Me"', 'name = "Robin Vale"'), "utf-8")
    with (root / ".gitignore").open("a", encoding="utf-8") as ignored:
        ignored.write(f"{EXPORTS}/\n")
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

"""A person's folder with everything around it: Git, the simulated Spotify, and the real command."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import loaded_program
from loaded_program import Outcome
from stories import contents, repository

from generator.demo.server import CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN, REFRESH_TOKENS, SimulatedSpotify
from generator.git import git

ROTATION = Path(sys.executable).with_name("rotation")
FIRST = "2026-11-20"  # the simulated Spotify's first day
NEXT = "2026-11-21"  # a day on which all its lists are other ones
REMOTE = "https://github.com/ada-example/music.git"  # never asked: it gives pages their links to commits
PLAY_KEY = "sea and salt, and a boat far out on them"

# What may stand nowhere but in the environment and in .env; access tokens and codes are numbered stems.
SECRETS = (CLIENT_SECRET, *REFRESH_TOKENS, "demo-access", "demo-code", "demo-refresh-rotated")


@dataclass(frozen=True, slots=True)
class Root:
    """One folder with a rotation.toml, in a Git repository."""

    folder: Path
    spotify: SimulatedSpotify
    environment: dict[str, str] = field(default_factory=dict)  # beside what every command needs

    def rotation(self, *args: str, typed: str = "", **environment: str) -> Outcome:
        """Run a command in the folder, and type something."""
        surroundings = self.surroundings() | environment
        return loaded_program.run(list(args), folder=self.folder, environment=surroundings, typed=typed)

    def on_a_full_disk(self, *args: str, largest_file: int, **environment: str) -> Outcome:
        """Run a command that cannot make any file larger than so many bytes."""
        surroundings = self.surroundings() | environment
        return loaded_program.run(
            list(args), folder=self.folder, environment=surroundings, typed="", largest_file=largest_file
        )

    def cold(self, *args: str, **environment: str) -> Outcome:
        """Run the installed command itself, which loads everything anew."""
        with self.begin(*args, **environment) as process:
            out, err = process.communicate(timeout=120)
        return Outcome(process.returncode, out, err)

    def begin(self, *args: str, **environment: str) -> subprocess.Popen[str]:
        """Start the installed command, and let it work."""
        return subprocess.Popen(
            [ROTATION, *args],
            cwd=self.folder,
            env=self.surroundings() | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *args: str, day: str = NEXT, hour: int = 6, **environment: str) -> Outcome:
        """`rotation run --commit` on a day on which Spotify's lists are those of that day."""
        self.spotify.day = date.fromisoformat(day)
        return self.rotation("run", "--commit", "--now", f"{day}T{hour:02}:00:00Z", *args, **environment)

    def surroundings(self) -> dict[str, str]:
        """The whole environment of a command; what is given as "" is left out of it."""
        everything = {
            "PATH": f"{ROTATION.parent}:{os.environ['PATH']}",
            "HOME": str(self.folder.parent / "home"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_ALLOW_PROTOCOL": "file:http",  # Git reaches nobody but this machine either
            "SPOTIFY_CLIENT_ID": CLIENT_ID,
            "SPOTIFY_CLIENT_SECRET": CLIENT_SECRET,
            "SPOTIFY_REFRESH_TOKEN": REFRESH_TOKEN,
            "SPOTIFY_API_URL": self.spotify.api_url,
            "SPOTIFY_ACCOUNTS_URL": self.spotify.accounts_url,
            **self.environment,
        }
        return {name: value for name, value in everything.items() if value}

    def given(self, **environment: str) -> "Root":
        """The same folder with more in its environment."""
        return replace(self, environment=self.environment | environment)

    def copy(self, to: Path, spotify: SimulatedSpotify) -> "Root":
        """The same in another folder, with another Spotify."""
        shutil.copytree(self.folder, to / "music")
        return replace(self, folder=to / "music", spotify=spotify)

    @property
    def data(self) -> dict[str, bytes]:
        return contents(self.folder / "data")

    @property
    def site(self) -> dict[str, bytes]:
        return contents(self.folder / "site")

    @property
    def page(self) -> str:
        return (self.folder / "site" / "index.html").read_text("utf-8")

    @property
    def subjects(self) -> list[str]:
        """The subjects of all commits of data, oldest first."""
        subjects = git(self.folder, "log", "--reverse", "--format=%s").splitlines()
        return [subject for subject in subjects if subject.startswith("data: ")]

    @property
    def notice(self) -> str | None:
        """What the front page says about its own freshness; None: nothing."""
        found = [each for each in tree(self.page).iter() if each.get("class") == "notice"]
        return " ".join("".join(found[0].itertext()).split()) if found else None

    def songs(self, page: str = "index.html") -> list[str]:
        """The titles of a chart page, in order."""
        site = tree((self.folder / "site" / page).read_text("utf-8"))
        lines = site.iterfind(".//ol[@class]/li")
        titles = [
            each
            for line in lines
            if (line.get("class") or "").startswith("rank")
            for each in line.iter("p")
            if (each.get("class") or "").split()[:1] == ["title"]
        ]
        return ["".join(title.itertext()).strip() for title in titles]

    def add_listener(self, slug: str, name: str, sign_in: int) -> None:
        """Follow one more person."""
        with (self.folder / "rotation.toml").open("a", encoding="utf-8") as file:
            file.write(f'\n[[listener]]\nslug = "{slug}"\nname = "{name}"\nsign_in = {sign_in}\n')


def tree(page: str) -> Element:
    root: Element = html5lib.parse(page, namespaceHTMLElements=False)
    return root


def new_root(folder: Path, spotify: SimulatedSpotify) -> Root:
    """A folder as `rotation init` leaves it, committed by a person, with no edition yet."""
    root = Root(repository(folder / "music"), spotify)
    made = root.rotation("init", "--time-zone", "Europe/Berlin")
    assert made.code == 0, made.said
    git(root.folder, "remote", "add", "origin", REMOTE)
    git(root.folder, "add", ".")
    git(root.folder, "commit", "--quiet", "--message=Set up")
    return root


def leaked(*places: Path | str) -> list[str]:
    """Which secrets stand in these texts, or anywhere below these folders (Git's objects unpacked)."""
    found = []
    for place in places:
        content = place.encode() if isinstance(place, str) else everything(place)
        found += [secret for secret in SECRETS if secret.encode() in content]
    return found


def everything(folder: Path) -> bytes:
    """All bytes of a folder: names, files, and whatever Git holds."""
    files = sorted(file for file in folder.rglob("*") if file.is_file() and "objects" not in file.parts)
    objects = git(folder, "rev-list", "--objects", "--all", "--no-object-names")
    history = git(folder, "cat-file", "--batch", stdin=objects.encode()).encode()
    return b"".join(str(file).encode() + file.read_bytes() for file in files) + history

"""Everything that a person can get wrong, looked at one by one: what is good, what is not, and the remedy."""

import platform
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from importlib import metadata
from typing import Literal

from generator import git
from generator.errors import GitError, RotationError
from generator.listening import PLAY_KEY
from generator.model import Listener
from generator.pipeline.ending import ending
from generator.pipeline.listen import client, is_set_up
from generator.pipeline.run import Run
from generator.pipeline.stamp import PINS
from generator.render.filters import long_date
from generator.spotify.client import Client
from generator.spotify.signin import SCOPES
from generator.store.audit import audit
from generator.store.gaps import has_api
from generator.store.hidden import hidden_in
from generator.store.ledger import Ledger
from generator.store.plays import play_files
from generator.warehouse.engine import version

PACKAGE = "heavy-rotation"
OLDEST_PYTHON = (3, 11)
PIN = re.compile(r"^([\w.-]+)==([\w.]+)", re.MULTILINE)
SKEW = timedelta(minutes=2)  # more than this, and dates near midnight may be another day's


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the examination."""

    subject: str
    verdict: Literal["good", "bad", "unknown"]
    said: str
    remedy: str = ""  # what to do; blank: nothing


Check = Callable[[Run], Iterator[Finding]]


def good(subject: str, said: str) -> Finding:
    return Finding(subject, "good", said)


def bad(subject: str, said: str, remedy: str) -> Finding:
    return Finding(subject, "bad", said, remedy)


def unknown(subject: str, said: str) -> Finding:
    return Finding(subject, "unknown", said)


def examine(run: Run, *, offline: bool) -> Iterator[Finding]:
    """All checks in order; `offline`: those that need no network."""
    for check in (*HERE, *(() if offline else OUTSIDE)):
        if offline and check is warehouse and run.settings.get("DATABASE_URL"):
            yield unknown("Warehouse", "not asked, since DATABASE_URL may name another machine")
            continue
        try:
            yield from check(run)
        except RotationError as error:
            yield bad(check.__name__.replace("_", " ").capitalize(), str(error), "")


def python(_: Run) -> Iterator[Finding]:
    said = platform.python_version()
    if sys.version_info < OLDEST_PYTHON:
        yield bad("Python", said, "Install Python 3.11 or newer.")
    else:
        yield good("Python", said)


def packages(_: Run) -> Iterator[Finding]:
    """Is what is installed what requirements.txt pins? A pin that another system needs may be absent."""
    pins = defaultdict(set)  # a package may be pinned twice: for older and for newer Pythons
    for name, pinned in PIN.findall(PINS.read_text("utf-8")) if PINS.exists() else ():
        pins[name].add(pinned)
    other = [f"{name} {found}" for name in pins if (found := installed(name)) not in {None, *pins[name]}]
    other += [
        f"{name} is missing" for name in needed(metadata.requires(PACKAGE) or ()) if not installed(name)
    ]
    if other:
        remedy = "Run `make setup`, or `pip install --require-hashes -r requirements.txt`."
        yield bad("Packages", f"not as pinned: {', '.join(other)}", remedy)
    else:
        yield good("Packages", f"{len(pins)} as pinned in requirements.txt")


def needed(requirements: Iterable[str]) -> Iterator[str]:
    """The packages that are needed everywhere, whatever the system and without any extra."""
    yield from (re.split(r"[^\w.-]", one)[0] for one in requirements if ";" not in one)


def installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def configuration(run: Run) -> Iterator[Finding]:
    """rotation.toml was read before anything else here: a fault in it ends the examination."""
    slugs = ", ".join(one.slug for one in run.settings.listeners)
    yield good("Configuration", f"rotation.toml follows {slugs}")
    for one in run.settings.listeners:
        yield good(f"Time zone of {one.slug}", f"{one.zone.key}, where it is {one.local_date(run.now)}")


def variables(run: Run) -> Iterator[Finding]:
    """Is everything set that a refresh needs?"""
    settings = run.settings
    tokens = [settings.slot(one, "SPOTIFY_REFRESH_TOKEN") for one in settings.listeners]
    keys = [PLAY_KEY] if any(one.plays in {"hour", "day"} for one in settings.listeners) else []
    asking = ("SPOTIFY_CLIENT_ID", "SPOTIFY_CLIENT_SECRET", *tokens)
    if only_imports(run):
        yield unknown("Spotify’s variables", "none is set: imports are shown, and Spotify is not asked")
        asking = ()
    for name in (*asking, *keys):
        try:
            settings.need(name)
        except RotationError as error:
            said, _, remedy = str(error).partition(". ")
            yield bad(f"Variable {name}", said.removeprefix(f"{name} "), remedy)
        else:
            yield good(f"Variable {name}", "is set")


def only_imports(run: Run) -> bool:
    """Has nobody ever signed in, and is there nothing but imported plays?"""
    listeners = run.settings.listeners
    if any(is_set_up(run, one) or has_told(run, one) for one in listeners):
        return False
    return any(play_files(run.data, one.slug) for one in listeners)


def has_told(run: Run, one: Listener) -> bool:
    """Does data/ hold anything that Spotify answered? A new account has plays before it has lists."""
    return Ledger(run.data, one.slug).latest() is not None or has_api(run.data, one.slug)


def sign_in_age(run: Run) -> Iterator[Finding]:
    for one in run.settings.listeners:
        end, subject = ending(run, one), f"Sign-in of {one.slug}"
        if not run.settings.get(run.settings.slot(one, "SPOTIFY_REFRESH_TOKEN")):
            yield unknown(subject, "not looked at, since a variable is missing")
        elif end.day and not end.sentence:
            yield good(subject, f"valid until {long_date(end.day)}")
        else:
            said, _, remedy = str(end.sentence).partition(". " if end.day else ": ")
            yield bad(subject, said, remedy[:1].upper() + remedy[1:])


def data(run: Run) -> Iterator[Finding]:
    found = audit(run.data)
    for fault in found.faults:
        yield bad("Data", fault, "")
    if not found.faults:
        yield good("Data", f"{found.counts}, all whole")


def hidden(run: Run) -> Iterator[Finding]:
    """Is what a person hides out of the past, too?"""
    if not run.settings.hidden:
        return
    if still := hidden_in(run.data, run.settings.hidden):
        said = f"still in data/, songs and artists together: {len(still)}"
        yield bad("Hidden", said, "`rotation purge --hidden` takes them out of the past.")
    else:
        yield good("Hidden", "nothing that you hide stands in data/")


def warehouse(run: Run) -> Iterator[Finding]:
    """Can a database be had, and is it the one that was asked for?"""
    said = run.warehouse.ask(version)
    if run.settings.get("DATABASE_URL") and not said.startswith("PostgreSQL"):
        remedy = "Check the address, the server and its firewall: runs go on with DuckDB meanwhile."
        yield bad("Warehouse", f"DATABASE_URL is set, but nobody answers there; {said} steps in", remedy)
    else:
        yield good("Warehouse", f"{said}, equal to data/")


def repository(run: Run) -> Iterator[Finding]:
    """Can a run commit here, and can everybody see where to?"""
    if not git.is_repository(run.root):
        yield bad("Git", "no repository", "`git init` here, or clone your copy of the template.")
        return
    yield good("Git", "a repository")
    if name := git.identity(run.root):
        yield good("Git identity", name)
    else:
        remedy = "`git config user.name …` and `git config user.email …`."
        yield bad("Git identity", "nobody: a commit would be refused", remedy)
    if run.remote:
        yield good("Git remote", run.remote)
    else:
        remedy = "`git remote add origin ADDRESS`; without one, the site cannot be published."
        yield bad("Git remote", "none named origin", remedy)
    if branch := git.branch(run.root):
        yield good("Git branch", branch)
    else:
        yield bad(
            "Git branch", "HEAD is detached: what is committed belongs to no branch", "`git switch main`."
        )
    if git.is_shallow(run.root):
        remedy = "`git fetch --unshallow`: pages link each edition to its commit."
        yield bad("Git history", "cut off (a shallow clone)", remedy)
    else:
        yield good("Git history", "whole")


def spotify(run: Run) -> Iterator[Finding]:
    """Does each sign-in work, for all that we ask, and does Spotify's clock agree with ours?"""
    for one in run.settings.listeners:
        yield from spotify_of(run, one)


def spotify_of(run: Run, one: Listener) -> Iterator[Finding]:
    subject = f"Spotify for {one.slug}"
    try:
        asked = client(run, one)
    except RotationError:
        yield unknown(subject, "not asked, since a variable is missing")
        return
    try:
        asked.check_account(run.settings.get(run.settings.slot(one, "SPOTIFY_ACCOUNT")))
    except RotationError as error:
        yield bad(subject, str(error), "")
        return
    yield good(subject, "the sign-in works")
    yield good(f"Premium and allow-list for {one.slug}", "Spotify answers this app and this account")
    for scope in SCOPES:
        if scope in asked.scopes:
            yield good(f"Scope of {one.slug}", scope)
        else:
            remedy = f"`rotation login --listener {one.slug}`, and agree to everything."
            yield bad(f"Scope of {one.slug}", f"{scope} was not granted", remedy)
    yield from clock(run, asked)


def clock(run: Run, asked: Client) -> Iterator[Finding]:
    """Spotify stamps each answer with its own time."""
    if asked.said_at is None:
        yield unknown("Clock", "Spotify did not say what time it is")
        return
    skew = abs(run.now - asked.said_at)
    if skew > SKEW:
        remedy = "Set this machine's clock: an edition bears the date that it shows."
        yield bad("Clock", f"differs from Spotify's by {skew.total_seconds():,.0f} seconds", remedy)
    else:
        yield good("Clock", "agrees with Spotify's")


def pages(run: Run) -> Iterator[Finding]:
    """Is GitHub set to publish what the workflow builds, as far as `gh` can see?"""
    found = re.search(r"github\.com[:/](.+?)(?:\.git)?/?$", run.remote or "")
    if not found or not git.has_gh():
        yield unknown("GitHub Pages", "only `gh` can tell, for a remote on GitHub")
        return
    remedy = "Settings → Pages → Build and deployment → Source: GitHub Actions."
    try:
        kind = git.gh(run.root, "api", f"repos/{found[1]}/pages", "--jq", ".build_type").strip()
    except GitError:
        yield bad("GitHub Pages", "not set up, or not visible to you", remedy)
        return
    if kind == "workflow":
        yield good("GitHub Pages", "published by the workflow")
    else:
        yield bad("GitHub Pages", f"published from a branch ({kind}), not by the workflow", remedy)


HERE: tuple[Check, ...] = (
    python,
    packages,
    configuration,
    variables,
    sign_in_age,
    data,
    hidden,
    warehouse,
    repository,
)
OUTSIDE: tuple[Check, ...] = (spotify, pages)

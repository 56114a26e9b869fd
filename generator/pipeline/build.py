"""Warehouse → site/."""

import gc
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from urllib.parse import urlsplit

from generator import git
from generator.analyse.archive import archive, charts
from generator.analyse.plays.diary import diary
from generator.model import Archive, Health, Listener, Shelf, Site
from generator.pipeline import health, stamp
from generator.pipeline.past import past
from generator.pipeline.run import Run, Warehouse
from generator.render.site import TEMPLATES, rewrite, write
from generator.store.plays import latest
from generator.tally.diary import Rule
from generator.tally.periods import Grain
from generator.warehouse.engine import Connection
from generator.warehouse.once import once

Commits = Mapping[tuple[str, str], str]  # (listener's slug, edition) → id of the newest commit that holds it


def build(run: Run, *, at: date | None = None) -> int:
    """Render the site from data/ into site/; answer how many pages it has.

    `at`: as charts and plays stood on that date, with today's catalog and same.csv.
    """
    with without_collecting():
        if at is None:
            return _build_now(run)
        stamp.forget(run)
        with past(run, at) as warehouse:
            shown = site(run, warehouse, health.remembered(run), commits(run), at)
            return write(shown, templates=TEMPLATES, to=run.root / "site")


def _build_now(run: Run) -> int:
    """Render the site; only its living pages where it was built from the same and is untouched."""
    folder, made_by = run.root / "site", commits(run)
    healths = health.remembered(run)
    ends = [(slug, found.valid_until) for slug, found in sorted(healths.items())]
    shown = site(run, run.warehouse, healths, made_by)
    inputs = stamp.inputs(run, made_by, run.remote, ends, running(shown))
    last, program = stamp.read(run), stamp.program()
    is_ours = last is not None and (last.program, last.site) == (program, stamp.inventory(folder))
    if last and is_ours and last.inputs == inputs:
        rewrite(shown, templates=TEMPLATES, within=folder)
        pages = last.pages
    else:
        pages = write(shown, templates=TEMPLATES, to=folder, drawn=folder if is_ours else None)
    stamp.keep(run, stamp.Stamp(inputs, program, stamp.inventory(folder), pages))
    return pages


@contextmanager
def without_collecting() -> Iterator[None]:
    """The values of a long past are many and all stay: to look for garbage among them costs half the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def running(shown: Site) -> list[tuple[str, Grain, date, date]]:
    """The periods that are not over, by listener: a day without a play is news of them, too."""
    return [
        (shelf.listener.slug, *one.key, one.last)
        for shelf in shown.shelves
        for one in (shelf.diary.periods.values() if shelf.diary else ())
        if one.is_running
    ]


def site(
    run: Run,
    warehouse: Warehouse,
    healths: Mapping[str, Health],
    made_by: Commits,
    at: date | None = None,
) -> Site:
    """Everything that the pages show, asked of the warehouse; `at`: on that date instead of today's."""
    repository = web_address(run.remote)
    asked = run.settings.file.plays
    rule = Rule(asked.least_seconds, asked.private_sessions)

    def shelf(connection: Connection, listener: Listener) -> Shelf:
        known = {
            date.fromisoformat(edition): f"{repository}/commit/{commit}"
            for (slug, edition), commit in made_by.items()
            if repository and slug == listener.slug
        }
        whole = archive(connection, listener.slug, known)
        found = healths.get(listener.slug)
        made = _shelf(connection, listener, whole, None if at else found)
        return replace(made, diary=diary(connection, listener, rule, _heard(run, listener, found, at)))

    def all_shelves(connection: Connection) -> tuple[Shelf, ...]:
        with once(connection):
            return tuple(shelf(connection, listener) for listener in run.settings.listeners)

    shelves = warehouse.ask(all_shelves)
    file = run.settings.file
    return Site(file.title, address(run), repository, shelves, is_indexed=not file.privacy.noindex)


def _heard(run: Run, listener: Listener, found: Health | None, at: date | None) -> date | None:
    """The last date, not after `at`, up to which plays are known; None: nobody here knows.

    At a date in the past, what was heard after it tells that all was known then.
    """
    heard = listener.local_date(found.heard) if found and found.heard else None
    if at is None:
        return heard
    last = latest(run.data, listener.slug)
    known = [one for one in (heard, last and listener.local_date(datetime.fromisoformat(last))) if one]
    return min(at, max(known)) if known else None


def _shelf(connection: Connection, listener: Listener, whole: Archive | None, found: Health | None) -> Shelf:
    if not whole:
        return Shelf(listener, (), None, 0, None, health=found)
    latest = whole.editions[-1]
    current = charts(connection, listener.slug, latest.date, whole.items)
    return Shelf(listener, current, latest.date, latest.number, latest.commit, whole, found)


def commits(run: Run) -> Commits:
    """Which commit made which edition: one `git log` over the trailers."""
    found: dict[tuple[str, str], str] = {}
    if git.is_repository(run.root) and git.has_commits(run.root):
        for commit, (listeners, editions) in git.trailers(run.root, "Listener", "Edition"):
            for listener in listeners:
                for edition in editions:
                    found.setdefault((listener, edition), commit)
    return found


def web_address(remote: str | None) -> str | None:
    """The web page of a remote on a public host: https://github.com/owner/name; None: it has none."""
    found = re.fullmatch(r"(?:git@|ssh://git@|https://)([\w.-]+\.[a-z]+)[:/](.+?)(?:\.git)?/?", remote or "")
    return f"https://{found[1]}/{found[2]}" if found else None


def address(run: Run) -> str | None:
    """Where the site is published: as rotation.toml says, else as GitHub Pages derives it from the remote."""
    if run.settings.file.address:
        return run.settings.file.address
    parts = urlsplit(web_address(run.remote) or "")
    owner, _, name = parts.path.strip("/").partition("/")
    if parts.hostname != "github.com" or not name:
        return None
    host = f"{owner.lower()}.github.io"
    return f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"

"""Warehouse → site/."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from urllib.parse import urlsplit

from generator import git
from generator.analyse.charts import charts, latest_edition
from generator.errors import SignInRequired
from generator.model import Listener, Report, Shelf, Site
from generator.pipeline.run import Run
from generator.render.site import TEMPLATES, write
from generator.warehouse.engine import Connection

Commits = Mapping[tuple[str, str], str]  # (listener's slug, edition) → id of the newest commit that holds it


def build(run: Run, reports: Sequence[Report] = ()) -> int:
    """Render the site from data/ into site/; answer how many pages it has."""
    said = {report.listener.slug: report for report in reports}
    made_by = commits(run)
    repository = web_address(run.remote)

    def shelf(connection: Connection, listener: Listener) -> Shelf:
        found = latest_edition(connection, listener.slug)
        edition, number = found or (None, 0)
        commit = made_by.get((listener.slug, str(edition)))
        return Shelf(
            listener=listener,
            charts=charts(connection, listener.slug, edition) if edition else (),
            edition=edition,
            number=number,
            commit=f"{repository}/commit/{commit}" if repository and commit else None,
            notice=notice(said.get(listener.slug), edition),
        )

    shelves = tuple(
        run.warehouse.ask(partial(shelf, listener=listener)) for listener in run.settings.listeners
    )
    site = Site(run.settings.file.title, address(run), repository, shelves)
    return write(site, templates=TEMPLATES, to=run.root / "site")


def commits(run: Run) -> Commits:
    """Which commit made which edition: one `git log` over the trailers."""
    found: dict[tuple[str, str], str] = {}
    if git.is_repository(run.root) and git.has_commits(run.root):
        for commit, (listeners, editions) in git.trailers(run.root, "Listener", "Edition"):
            for listener in listeners:
                for edition in editions:
                    found.setdefault((listener, edition), commit)
    return found


def notice(report: Report | None, edition: date | None) -> str | None:
    """Why the page is not as fresh as it could be; None: it is, or nobody knows better."""
    since = f" This is the edition of {edition.day} {edition:%B %Y}." if edition else ""
    if report is None:
        return None
    if report.exit_code == SignInRequired.exit_code:
        return f"Spotify no longer accepts the sign-in, so the charts stand still.{since}"
    if report.failure:
        return f"The last refresh did not succeed; the next one will be tried on schedule.{since}"
    if report.ignored:
        return f"Spotify’s last answer could not be used in full, so the last good lists stay.{since}"
    return None


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

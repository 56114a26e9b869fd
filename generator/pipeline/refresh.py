"""Spotify → data/ → warehouse → commit → push, for each listener."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import PurePosixPath

from generator import git, publish, schema, transform
from generator.analyse.archive import charts
from generator.errors import DiskError, GitError, RotationError, Unavailable
from generator.model import KINDS, SPANS, Chart, Listener, Report
from generator.pipeline import gate
from generator.pipeline.ending import ending
from generator.pipeline.run import Run
from generator.spotify.client import Client, Credentials
from generator.store import difference, files, purge
from generator.store.ledger import Ledger
from generator.store.merge import merge

RACES = 5  # pushes that may be lost to somebody else before a run gives up


@dataclass(frozen=True, slots=True)
class Options:
    """What a person or the schedule asked for."""

    commit: bool = False
    push: bool = False
    scheduled: bool = False  # leave a listener alone who has an edition of today already


def refresh(run: Run, listeners: Iterable[Listener], options: Options) -> tuple[Report, ...]:
    """Refresh each listener; one that fails does not keep the others from theirs."""
    return tuple(_reported(run, listener, options) for listener in listeners)


def _reported(run: Run, listener: Listener, options: Options) -> Report:
    try:
        return refresh_listener(run, listener, options)
    except RotationError as error:
        return _failed(listener, error)
    except OSError as error:
        return _failed(listener, DiskError(error))


def _failed(listener: Listener, error: RotationError) -> Report:
    return Report(listener, asked=True, failure=str(error), exit_code=error.exit_code)


def refresh_listener(run: Run, listener: Listener, options: Options) -> Report:
    """Fetch what is new, keep it, load it; where asked to, commit and push it. Say what happened."""
    if options.commit and not git.is_repository(run.root):
        raise GitError(
            f"{run.root.resolve()} is no Git repository, so nothing can be committed: `git init` first."
        )
    run.warehouse.load()  # a damaged file of data/ is found before anything is asked or written
    heard, asked = listen(run, listener, options)
    for _ in range(RACES):
        report = stored(run, listener, heard, asked, options)
        if not options.push:
            return report
        try:
            publish.push(run.root)
        except publish.PushRejected:
            run.say("Somebody else pushed first: taking theirs, and storing these answers on top of it …")
            with run.changing_git():
                publish.take_theirs(run.root, listener, listener.local_date(run.now) if heard else None)
        else:
            return report
    stored(run, listener, heard, asked, options)  # what was heard is kept here, too
    raise Unavailable(
        f"Somebody else pushed first {RACES} times in a row."
        " The commit is made and waits here; the next run pushes it."
    )


def stored(
    run: Run, listener: Listener, heard: transform.Tables | None, asked: Report, options: Options
) -> Report:
    """Keep what was heard, load it and, where asked to, commit it."""
    report = keep(run, listener, heard, asked)
    run.warehouse.load()
    return commit(run, listener, report) if options.commit else report


def listen(run: Run, listener: Listener, options: Options) -> tuple[transform.Tables | None, Report]:
    """Ask Spotify for every list, unless the schedule asks and there is an edition of today already."""
    latest = Ledger(run.data, listener.slug).latest()
    if options.scheduled and latest == listener.local_date(run.now):
        return None, Report(listener, notes=("There is an edition of today already.",))
    if options.scheduled and latest is None and not is_set_up(run, listener):
        note = "It is not set up yet: the README's numbered steps tell how."
        return None, Report(listener, is_set_up=False, notes=(note,))
    run.say(f"Asking Spotify for the lists of {listener.name} …")
    spotify = client(run, listener)
    account = run.settings.slot(listener, "SPOTIFY_ACCOUNT")
    spotify.check_account(run.settings.get(account), account)
    answers = [spotify.top(kind, span) for kind in KINDS for span in SPANS]
    heard = transform.tables(answers, run.settings.hidden)
    end = ending(run, listener)
    notes = (*spotify.notes, end.sentence) if end.day and end.sentence else spotify.notes
    return heard, Report(listener, asked=True, skipped=heard.skipped, notes=notes)


def keep(run: Run, listener: Listener, heard: transform.Tables | None, report: Report) -> Report:
    """Add what was heard to data/."""
    if not heard:
        return report
    if (oldest := kept_since(run, listener)) and purge.is_overdue(run.data, listener.slug, oldest):
        files.write(run.root, purge.before(run.data, listener.slug, oldest).files)
    catalog = {"tracks": heard.tracks, "artists": heard.artists, "albums": heard.albums}
    # Outside of Git nobody knows what an earlier run left behind.
    is_unfinished = not git.is_repository(run.root) or bool(files.unfinished(run.root))
    today = listener.local_date(run.now)
    merged = merge(run.data, listener.slug, catalog, heard.lists, today, is_unfinished=is_unfinished)
    files.write(run.root, merged.files, leaning_on=("catalog/", f"{listener.slug}/"))
    return replace(report, changed=merged.changed, ignored=(*heard.ignored, *merged.ignored))


def kept_since(run: Run, listener: Listener) -> date | None:
    """The day from which on rotation.toml lets the past be kept; None: all of it."""
    days = run.settings.file.privacy.retention_days
    return listener.local_date(run.now) - timedelta(days) if days else None


def commit(run: Run, listener: Listener, report: Report) -> Report:
    """Commit what differs from HEAD of the listener's data, be it of this run or of one that was killed."""
    own = (f"data/{listener.slug}/", "data/catalog/", "data/same.csv", "data/README.md")
    paths = [path for path in files.unfinished(run.root) if path.startswith(own)]
    if not paths:
        return replace(report, notes=(*report.notes, *_uncommitted(run, own)))
    editions, changed = difference.difference(run.root, paths, since=kept_since(run, listener))
    chart = _songs(run, listener) if editions else None
    alone = len(run.settings.listeners) == 1
    text = publish.message(listener, editions, changed, chart, alone=alone)
    gate.guard(run, paths)
    with run.changing_git():
        publish.commit(run.root, paths, text, run.now)
    return replace(report, commit=text.splitlines()[0])


def _uncommitted(run: Run, own: tuple[str, ...]) -> Iterator[str]:
    """What a person has to commit, since the program cannot know that it is its own."""
    changed = [path for path in git.uncommitted(run.root, "data") if path.startswith(own)]
    strange = [path for path in changed if schema.place(PurePosixPath(path).relative_to("data"))]
    if strange:
        more = f" and {len(strange) - 1} more" if strange[1:] else ""
        yield f"{strange[0]}{more} differs from the last commit, and not by this program: commit it."


def is_set_up(run: Run, listener: Listener) -> bool:
    """Has a person stored anything at all? A fresh copy of the template should not fail every day."""
    names = (
        "SPOTIFY_CLIENT_ID",
        "SPOTIFY_CLIENT_SECRET",
        run.settings.slot(listener, "SPOTIFY_REFRESH_TOKEN"),
    )
    return any(run.settings.get(name) for name in names)


def client(run: Run, listener: Listener) -> Client:
    """Who asks Spotify for a listener."""
    settings = run.settings
    credentials = Credentials(
        settings.need("SPOTIFY_CLIENT_ID"),
        settings.need("SPOTIFY_CLIENT_SECRET"),
        settings.need(settings.slot(listener, "SPOTIFY_REFRESH_TOKEN")),
    )
    return Client(
        credentials,
        who=listener.slug,
        api_url=settings.api_url,
        accounts_url=settings.accounts_url,
        budget=run.patience,
    )


def _songs(run: Run, listener: Listener) -> Chart | None:
    """The chart of the last four weeks' songs on the latest edition."""
    edition = Ledger(run.data, listener.slug).latest()
    if edition is None:
        return None
    found = run.warehouse.ask(lambda connection: charts(connection, listener.slug, edition))
    chart = next((chart for chart in found if (chart.kind, chart.span) == ("tracks", "short_term")), None)
    # A song that was hidden today leaves without a word.
    hidden = run.settings.hidden
    return chart and replace(
        chart, departures=tuple(one for one in chart.departures if not hidden.covers_item(one.item))
    )

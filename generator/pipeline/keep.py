"""What was heard → data/ → a commit."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from generator import git, publish, schema
from generator.analyse.archive import charts
from generator.listening import midnight
from generator.model import Chart, Listener, Report
from generator.pipeline import gate
from generator.pipeline.keeping import kept_since, play_key
from generator.pipeline.listen import Listened
from generator.pipeline.run import Run
from generator.store import difference, files, purge
from generator.store.gaps import has_api, with_first_gap, with_gap
from generator.store.ledger import Ledger
from generator.store.merge import catalog_files, merge
from generator.store.plays import latest
from generator.store.recent import add
from generator.transform import lists, plays


def keep(run: Run, listener: Listener, heard: Listened, report: Report) -> Report:
    """Add what was heard to data/."""
    if (
        heard
        and (oldest := kept_since(run, listener))
        and purge.is_overdue(run.data, listener.slug, oldest, listener.zone)
    ):
        files.write(run.root, purge.before(run.data, listener.slug, oldest, listener.zone).files)
    if heard.lists:
        report = _keep_lists(run, listener, heard.lists, report)
    if heard.plays and heard.plays.heard:
        report = _keep_plays(run, listener, heard.plays, report)
    return report


def _keep_lists(run: Run, listener: Listener, heard: lists.Tables, report: Report) -> Report:
    catalog = {"tracks": heard.tracks, "artists": heard.artists, "albums": heard.albums}
    # Outside of Git nobody knows what an earlier run left behind.
    is_unfinished = not git.is_repository(run.root) or bool(files.unfinished(run.root))
    today = listener.local_date(run.now)
    merged = merge(run.data, listener.slug, catalog, heard.lists, today, is_unfinished=is_unfinished)
    files.write(run.root, merged.files, leaning_on=("catalog/", f"{listener.slug}/"))
    return replace(report, changed=merged.changed, ignored=(*heard.ignored, *merged.ignored))


def _keep_plays(run: Run, listener: Listener, heard: plays.Tables, report: Report) -> Report:
    oldest = kept_since(run, listener)
    first = midnight(oldest, listener.zone) if oldest else ""
    recent = [one.played_at >= first for one in heard.heard]
    names = [one for one, is_recent in zip(heard.heard, recent, strict=True) if is_recent]
    rows = heard.plays.loc[recent]
    last = latest(run.data, listener.slug)
    added = add(run.data, listener.slug, rows, play_key(run, listener))
    if not added.plays:
        return report
    written: dict[str, bytes] = {}
    # The gap is written first: once the plays are, nobody could tell any more.
    if not has_api(run.data, listener.slug):
        written = with_first_gap(run.data, listener.slug, added.files)
    elif heard.is_full and last and last < min(one.played_at for one in names) and added.plays == added.told:
        # Fifty plays, and not one of them known: there may have been more in between.
        written = with_gap(run.data, listener.slug, last, str(rows["played_at"].min()))
    written |= catalog_files(run.data, heard.catalog) | added.files
    files.write(run.root, written, leaning_on=("catalog/", f"{listener.slug}/plays/"))
    return replace(report, plays=added.plays)


def commit(run: Run, listener: Listener, report: Report) -> Report:
    """Commit what differs from HEAD of the listener's data, be it of this run or of one that was killed."""
    own = (f"data/{listener.slug}/", "data/catalog/", "data/same.csv", "data/README.md")
    paths = [path for path in files.unfinished(run.root) if path.startswith(own)]
    if not paths:
        return replace(report, notes=(*report.notes, *_uncommitted(run, own)))
    editions, changed = difference.difference(run.root, paths, since=kept_since(run, listener))
    news = publish.News(editions, changed, _songs(run, listener) if editions else None)
    new = difference.plays(run.root, paths)
    news = replace(news, plays=new.collected, imported=new.imported, rows=new.rows, sources=new.sources)
    news = replace(news, today=listener.local_date(run.now))
    text = publish.message(listener, news, alone=len(run.settings.listeners) == 1)
    gate.guard(run, paths)
    with run.changing_git():
        publish.commit(run.root, paths, text, run.now)
    return replace(report, commit=text.splitlines()[0])


def _uncommitted(run: Run, own: tuple[str, ...]) -> Iterator[str]:
    """What a person has to commit, since the program cannot know that it is its own."""
    changed = [path for path in git.uncommitted(run.root, "data") if path.startswith(own)]
    strange = [path for path in changed if schema.place(PurePosixPath(path).relative_to("data"))]
    if strange:
        differ, them = (f" and {len(strange) - 1} more differ", "them") if strange[1:] else (" differs", "it")
        yield f"{strange[0]}{differ} from the last commit, and not by this program: commit {them}."


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

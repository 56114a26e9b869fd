"""Spotify → data/ → warehouse → commit → push, for each listener."""

from collections.abc import Iterable

from generator import git, publish
from generator.errors import DiskError, GitError, RotationError, Unavailable
from generator.model import Listener, Report
from generator.pipeline.keep import commit, keep
from generator.pipeline.keeping import play_key
from generator.pipeline.listen import Listened, Options, listen
from generator.pipeline.run import Run
from generator.store import files
from generator.store.carry import Carried, carried, with_carried

__all__ = ["Options", "refresh"]

RACES = 5  # pushes that may be lost to somebody else before a run gives up


def refresh(run: Run, listeners: Iterable[Listener], options: Options) -> tuple[Report, ...]:
    """Refresh each listener; one that fails does not keep the others from theirs."""
    return tuple(_reported(run, listener, options) for listener in listeners)


def _reported(run: Run, listener: Listener, options: Options) -> Report:
    try:
        return refresh_listener(run, listener, options)
    except RotationError as error:
        return _failed(listener, options, error)
    except OSError as error:
        return _failed(listener, options, DiskError(error))


def _failed(listener: Listener, options: Options, error: RotationError) -> Report:
    return Report(listener, asked=options.asks, failure=str(error), exit_code=error.exit_code)


def refresh_listener(run: Run, listener: Listener, options: Options) -> Report:
    """Fetch what is new, keep it, load it; where asked to, commit and push it. Say what happened."""
    if options.commit and not git.is_repository(run.root):
        raise GitError(
            f"{run.root.resolve()} is no Git repository, so nothing can be committed: `git init` first."
        )
    run.warehouse.load()  # a damaged file of data/ is found before anything is asked or written
    begun = git.head(run.root) if options.push else None
    heard, asked = listen(run, listener, options)
    beside: Carried | None = None
    for _ in range(RACES):
        report = stored(run, listener, heard, asked, options, beside)
        if not options.push:
            return report
        try:
            publish.push(run.root)
        except publish.PushRejected:
            run.say("Somebody else pushed first: taking theirs, and storing ours on top of it …")
            beside = carried(run.root, listener.slug, begun) if begun else None
            edition = listener.local_date(run.now) if heard.lists else None
            with run.changing_git():
                publish.take_theirs(run.root, listener, edition, since=begun)
            begun = git.head(run.root)
        else:
            return report
    stored(run, listener, heard, asked, options, beside)  # what was heard is kept here, too
    raise Unavailable(
        f"Somebody else pushed first {RACES} times in a row."
        " The commit is made and waits here; the next run pushes it."
    )


def stored(  # noqa: PLR0913, PLR0917 - what was heard, and what lay here before
    run: Run, listener: Listener, heard: Listened, asked: Report, options: Options, beside: Carried | None
) -> Report:
    """Keep what was heard, and what was stored `beside` it; load it and, where asked to, commit it."""
    report = keep(run, listener, heard, asked)
    if beside:
        files.write(run.root, with_carried(run.data, listener.slug, beside, play_key(run, listener)))
    run.warehouse.load()
    return commit(run, listener, report) if options.commit else report

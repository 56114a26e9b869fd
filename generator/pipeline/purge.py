"""A part of the past → gone: from data/, the database and the site, and where asked to from Git's past."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from generator import git, history, publish, schema
from generator.errors import ConfigError, GitError
from generator.pipeline import gate, health
from generator.pipeline.build import build
from generator.pipeline.run import Run
from generator.render.filters import long_date
from generator.store import files
from generator.store import purge as store
from generator.store.forget import forget

Ask = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person wants gone: a listener, a listener's editions before a day, or what is hidden."""

    listener: str | None  # slug; None: what is hidden
    before: date | None = None

    @property
    def words(self) -> str:
        if not self.listener:
            return "what you hide"
        return (
            f"{self.listener} before {long_date(self.before)}" if self.before else f"all of {self.listener}"
        )


def purge(run: Run, wanted: Wanted, ask: Ask, *, rewrite_history: bool) -> None:
    """Remove it, never without a yes; say what goes, what Git still holds, and what is left to do."""
    _check(run, wanted)
    plan = _plan(run, wanted)
    if plan.files:
        run.say(_told(wanted, plan))
        if not ask("Remove it from data/, the database and the site?"):
            run.say("Nothing was changed.")
            return
        _remove(run, wanted, plan)
    else:
        run.say(f"data/ holds nothing of {wanted.words}.")
    if git.is_repository(run.root) and git.has_commits(run.root):
        if rewrite_history:
            _rewrite(run, wanted, ask)
        else:
            run.say(
                "Git's past still holds what was committed before."
                " The same command with --rewrite-history takes it out of there, in a copy first."
            )
    if wanted.listener and not wanted.before:
        run.say(
            f"The next run would begin anew: take [[listener]] {wanted.listener} out of rotation.toml, delete"
            " the secrets of that sign-in, and remove the app's access at"
            " https://www.spotify.com/account/apps/."
        )


def _check(run: Run, wanted: Wanted) -> None:
    """Raise ConfigError for what cannot be meant."""
    known = store.listeners(run.data)
    if wanted.listener and wanted.listener not in known:
        raise ConfigError(
            f"data/ holds nothing of {wanted.listener!r}. It knows: {', '.join(known) or 'nobody'}."
        )
    if wanted.before and wanted.before > run.now.date():
        raise ConfigError(f"{long_date(wanted.before)} has not come yet: name a day that is past.")
    if not wanted.listener and not run.settings.hidden:
        raise ConfigError(
            "Nothing is hidden. Write names, ids or links into [privacy] hide of rotation.toml, or into the"
            " secret ROTATION_HIDE, a line each."
        )


def _plan(run: Run, wanted: Wanted) -> store.Purge:
    if not wanted.listener:
        return store.of_hidden(run.data, store.listeners(run.data), run.settings.hidden)
    if wanted.before:
        return store.before(run.data, wanted.listener, wanted.before)
    return store.of_listener(run.data, wanted.listener)


def _told(wanted: Wanted, plan: store.Purge) -> str:
    """What goes, in figures."""
    counts = ((plan.editions, "edition"), (plan.songs, "song"), (plan.artists, "artist"))
    gone = ", ".join(f"{count:,} {word}{'' if count == 1 else 's'}" for count, word in counts if count)
    anew = (
        f" The lists that stood on {long_date(wanted.before)} stay, as of that day." if wanted.before else ""
    )
    files_changed = f"{len(plan.files)} {'file' if len(plan.files) == 1 else 'files'} of data/ change"
    return f"This removes {wanted.words}: {gone or 'rows of lists'}; {files_changed}.{anew}"


def _remove(run: Run, wanted: Wanted, plan: store.Purge) -> None:
    files.write(run.root, plan.files, leaning_on=("",))
    if git.is_repository(run.root):
        if paths := files.unfinished(run.root):
            gate.guard(run, paths)
            with run.changing_git():
                publish.commit(run.root, paths, publish.removal(wanted.listener, wanted.before), run.now)
        if wanted.listener and not wanted.before:
            health.forget(run, wanted.listener)
    run.warehouse.begin_anew()
    pages = build(run)
    run.say(f"Removed. The site was built anew: {pages} pages.")


def _rewrite(run: Run, wanted: Wanted, ask: Ask) -> None:
    """Take it out of every commit, in a copy, and take the copy over after a yes."""
    if not git.branch(run.root):
        raise GitError("No branch is checked out, so its past cannot be rewritten: `git switch main`.")
    run.say("Rewriting a copy of the repository …")
    with TemporaryDirectory(dir=run.cache, ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / "rewritten.git"
        history.copy(run.root, copy)
        counts = _rewritten(run, wanted, copy)
        if not (counts.versions or counts.messages):
            run.say("Git's past holds nothing of it.")
            return
        run.say(
            f"Of {counts.before:,} commits {counts.before - counts.after:,} would go; {counts.versions:,}"
            f" versions of files would go or lose rows, {counts.messages:,} messages go or be shortened."
            f"\nEvery commit since gets another name. The copy is {copy}, to look at."
        )
        if not ask("Take it over as this repository's past?"):
            run.say("The past stays as it is.")
            return
        with run.changing_git():
            history.replace(run.root, copy)
    build(run)  # pages link to commits
    run.say(
        "Done here. What is left to you is the remote, and then what this clone remembers:"
        "\n  git push --force --all && git push --force --tags"
        "\n  git reflog expire --expire=now --all && git gc --prune=now"
        "\nForks and other clones keep what they have, and GitHub may show a removed commit to whoever knows"
        " its name until its support has cleared it."
    )


def _rewritten(run: Run, wanted: Wanted, copy: Path) -> history.Counts:
    """Rewrite the copy; answer what changed."""
    below = f"{git.prefix(run.root)}data"
    stand = git.names(run.root, "data")  # of the newest versions
    past = {table.name: history.versions(copy, f"{below}/{schema.path(table)}") for table in schema.CATALOG}
    hidden = None if wanted.listener else run.settings.hidden
    gone = forget(past, store.catalog(run.data), hidden, wanted.listener, wanted.before)

    def version(commit: history.Commit, path: str, name: str, content: bytes) -> bytes | None:
        is_current = not _is_old(wanted, commit) or stand.get(path) == name
        return gone.version(path, content, is_current=is_current)

    def message(commit: history.Commit) -> str:
        return publish.shortened(commit.message, gone.names, is_gone=_is_told(wanted, commit))

    return history.rewrite(copy, below, version, message)


def _is_old(wanted: Wanted, commit: history.Commit) -> bool:
    """Was the commit made of editions that go?"""
    if not wanted.before:
        return False
    listeners, editions = publish.trailers(commit.message)
    if editions:
        return wanted.listener in listeners and max(editions) < wanted.before.isoformat()
    return commit.when.date() < wanted.before


def _is_told(wanted: Wanted, commit: history.Commit) -> bool:
    """Does the commit's message tell of nothing but what goes?"""
    if wanted.before or not wanted.listener:
        return _is_old(wanted, commit)
    return wanted.listener in publish.trailers(commit.message)[0]

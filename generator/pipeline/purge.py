"""A part of the past → gone: from data/, the database and the site, and where asked to from Git's past."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from generator import git, history, publish
from generator.errors import ConfigError, GitError
from generator.pipeline import gate, health
from generator.pipeline.build import build
from generator.pipeline.run import Run
from generator.render.filters import long_date
from generator.store import files
from generator.store import purge as store
from generator.store.forget import Forget, Past, Wanted

__all__ = ["Wanted", "purge"]

A_WEEK = timedelta(days=7)  # further back the last fifty plays seldom reach
Ask = Callable[[str], bool]


def purge(run: Run, wanted: Wanted, ask: Ask, *, rewrite_history: bool) -> None:
    """Remove it, never without a yes; say what goes, what Git still holds, and what is left to do."""
    _check(run, wanted, rewrite_history=rewrite_history)
    plan = _plan(run, wanted)
    if plan.files:
        run.say(_told(wanted, plan))
        if not ask("Remove it from data/, the database and the site?"):
            run.say("Nothing was changed.")
            return
        _remove(run, wanted, plan)
    else:
        run.say("data/ holds nothing of that any more.")
    if rewrite_history:
        _rewrite(run, wanted, ask)
    elif _has_past(run):
        run.say(
            "Push the commit, and the next run publishes without it: git push"
            "\nGit's past still holds it, and whoever reads the last commit sees what went: the same command"
            " with --rewrite-history takes it out of there too, in a copy first."
            if plan.files
            else "Git's past may still hold it: the same command with --rewrite-history looks there."
        )
    keeping = {one.slug for one in run.settings.listeners if one.plays != "off"}
    is_recent = wanted.before is None or wanted.before > run.now.date() - A_WEEK
    if wanted.plays and is_recent and wanted.listener in keeping:
        run.say(
            'The next run would keep again what is among the last fifty plays: write plays = "off" into'
            f" [[listener]] {wanted.listener} of rotation.toml, unless you want that."
        )
    if wanted.is_whole:
        run.say(
            f"The next run would begin anew: take [[listener]] {wanted.listener} out of rotation.toml, delete"
            " the secrets of that sign-in, and remove the app's access at"
            " https://www.spotify.com/account/apps/."
        )


def _check(run: Run, wanted: Wanted, *, rewrite_history: bool) -> None:
    """Raise ConfigError for what cannot be meant, and GitError for a past that cannot be rewritten."""
    known = store.listeners(run.data)
    if rewrite_history:
        _check_repository(run)
    is_past = rewrite_history and wanted.listener and git.has_past(run.root, f"data/{wanted.listener}")
    if wanted.listener and wanted.listener not in known and not is_past:
        raise ConfigError(
            f"data/ holds nothing of {wanted.listener!r}. It knows: {', '.join(known) or 'nobody'}."
        )
    if wanted.before and wanted.before > run.now.date():
        raise ConfigError(f"{long_date(wanted.before)} has not come yet: name a day that is past.")
    if not wanted.listener and not wanted.hidden:
        raise ConfigError(
            "Nothing is hidden. Write names, ids or links into [privacy] hide of rotation.toml, or into the"
            " secret ROTATION_HIDE, a line each."
        )


def _check_repository(run: Run) -> None:
    """Raise GitError unless the whole past is here, and nobody else stands on it."""
    if not _has_past(run):
        raise GitError("There is no past to rewrite: this folder has no commits.")
    if not git.branch(run.root):
        raise GitError("No branch is checked out, so its past cannot be rewritten: `git switch main`.")
    if git.is_shallow(run.root):
        raise GitError("This clone has but a part of the past: `git fetch --unshallow`, then purge again.")
    if git.git(run.root, "worktree", "list", "--porcelain").count("worktree ") > 1:
        raise GitError("Another work tree stands on this repository: `git worktree remove` it first.")
    if run.remote:
        try:
            git.git(run.root, "fetch", "--quiet", "origin")
        except GitError as error:
            run.say(f"The remote could not be asked whether it has more: {error}")
    if git.is_behind(run.root):
        raise GitError("The remote has commits that are not here: `git pull --rebase`, then purge again.")


def _has_past(run: Run) -> bool:
    return git.is_repository(run.root) and git.has_commits(run.root)


def _plan(run: Run, wanted: Wanted) -> store.Purge:
    if wanted.hidden:
        return store.of_hidden(run.data, store.listeners(run.data), wanted.hidden)
    if wanted.plays:
        return store.of_plays(run.data, str(wanted.listener), wanted.before, wanted.zone)
    if wanted.before:
        return store.before(run.data, str(wanted.listener), wanted.before, wanted.zone)
    return store.of_listener(run.data, str(wanted.listener))


def _words(wanted: Wanted) -> str:
    if not wanted.listener:
        return "what you hide"
    if not wanted.before:
        return f"{'the plays' if wanted.plays else 'all'} of {wanted.listener}"
    plays = "plays of " if wanted.plays else ""
    return f"{plays}{wanted.listener} before {long_date(wanted.before)}"


def _told(wanted: Wanted, plan: store.Purge) -> str:
    """What goes, in figures."""
    counts = ((plan.editions, "edition"), (plan.songs, "song"), (plan.artists, "artist"), (plan.plays, "row"))
    gone = ", ".join(f"{count:,} {word}{'' if count == 1 else 's'}" for count, word in counts if count)
    gone = f"{gone} of plays" if plan.plays else gone
    changed = (
        "1 file of data/ changes" if len(plan.files) == 1 else f"{len(plan.files)} files of data/ change"
    )
    day = wanted.before and not wanted.plays and long_date(wanted.before)
    anew = f" The lists that stood on {day} stay, as of that day." if day else ""
    rows = f"rows of {'gaps' if wanted.plays else 'lists'}"
    return f"This removes {_words(wanted)}: {gone or rows}; {changed}.{anew}"


def _remove(run: Run, wanted: Wanted, plan: store.Purge) -> None:
    files.write(run.root, plan.files, leaning_on=("",))
    if git.is_repository(run.root):
        _commit(run, publish.REMOVED if wanted.plays else publish.removal(wanted.listener, wanted.before))
        if wanted.listener and wanted.is_whole:
            health.forget(run, wanted.listener)
    run.warehouse.begin_anew()
    pages = build(run)
    run.say(f"Removed. The site was built anew: {pages} pages.")


def _commit(run: Run, message: str) -> None:
    if paths := files.unfinished(run.root):
        gate.guard(run, paths)
        with run.changing_git():
            publish.commit(run.root, paths, message, run.now)


def _rewrite(run: Run, wanted: Wanted, ask: Ask) -> None:
    """Take it out of every commit, in a copy, and take the copy over after a yes."""
    run.say("Rewriting a copy of the repository …")
    with TemporaryDirectory(dir=run.cache, ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / "rewritten.git"
        forget = _learn(run, wanted, copy)
        counts = history.rewrite(copy, _below(run), *_rules(run, forget))
        if not (counts.versions or counts.messages):
            run.say("Git's past holds nothing of it.")
            return
        run.say(
            f"Of {counts.before:,} commits {counts.before - counts.after:,} go; {counts.versions:,}"
            f" versions of files go or lose rows, {counts.messages:,} messages go or are shortened."
            f"\nEvery commit since gets another name. The copy is {copy}, to look at."
        )
        if not ask("Take it over as this repository's past?"):
            run.say("The past stays as it is.")
            return
        push = _push(run)
        with run.changing_git():
            history.replace(run.root, copy)
    build(run)  # pages link to commits
    run.say(
        "Done here. What is left to you is the remote, without a pull before it, and what this clone knows:"
        f"{push}"
        "\n  git reflog expire --expire=now --all && git gc --prune=now"
        "\nStashes, notes, forks and other clones keep what they have, and GitHub may show a removed commit"
        " to whoever knows its name until its support has cleared it."
    )


def _learn(run: Run, wanted: Wanted, copy: Path) -> Forget:
    """Copy the repository, and find what has to go; what still stands in the newest files goes at once."""
    history.copy(run.root, copy)
    past = Past(wanted)
    for path, content in history.versions(copy, _below(run)):
        past.learn(path, content)
    forget = past.forget()
    stand = {path: (run.data / path).read_bytes() for path in git.names(run.root, "data")}
    left = {path: forget.version(path, content, is_current=True) for path, content in stand.items()}
    if changed := {path: content for path, content in left.items() if content != stand[path]}:
        files.write(run.root, changed, leaning_on=("",))
        _commit(run, publish.REMOVED)
        git.git(copy, "fetch", "--quiet", str(run.root.absolute()), "+refs/heads/*:refs/heads/*")
    return forget


def _below(run: Run) -> str:
    """Where data/ lies in the repository."""
    return f"{git.prefix(run.root)}data"


def _rules(run: Run, forget: Forget) -> tuple[history.Version, history.Message]:
    """What becomes of each version of a file, and of each message."""
    stand = git.names(run.root, "data")  # of the newest versions
    wanted = forget.wanted

    def version(commit: history.Commit, path: str, name: str, content: bytes) -> bytes | None:
        is_current = not _is_old(wanted, commit) or stand.get(path) == name
        return forget.version(path, content, is_current=is_current)

    def message(commit: history.Commit) -> str:
        is_of_past = _is_of_past(wanted, commit)
        if wanted.plays and any(publish.trailers(commit.message)):
            # It names songs of lists, none of which goes, though another that does may be called the same.
            return publish.without_plays(commit.message) if is_of_past else commit.message
        return publish.shortened(commit.message, forget.names, is_gone=is_of_past)

    return version, message


def _is_old(wanted: Wanted, commit: history.Commit) -> bool:
    """Was the commit made before the day from which on the listener's past stays?"""
    if not wanted.before:
        return False
    _, editions = publish.trailers(commit.message)
    if editions:
        return max(editions) < wanted.before.isoformat()
    return commit.when.date() < wanted.before


def _is_of_past(wanted: Wanted, commit: history.Commit) -> bool:
    """Was the commit made of the listener's past that goes, be it the whole of it or its plays?"""
    listeners, _ = publish.trailers(commit.message)
    return wanted.listener in listeners and (not wanted.before or _is_old(wanted, commit))


def _push(run: Run) -> str:
    """The command that brings the rewritten branches to the remote, if it has not moved on meanwhile."""
    if not run.remote:
        return ""
    theirs = git.remote_branches(run.root)
    leases = " ".join(f"--force-with-lease={branch}:{commit}" for branch, commit in theirs.items())
    tags = " && git push --force --tags" if git.git(run.root, "tag", "--list").strip() else ""
    return f"\n  git push {leases or '--force'} origin {' '.join(theirs) or git.branch(run.root)}{tags}"

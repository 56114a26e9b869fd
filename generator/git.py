"""Runs git (and GitHub's `gh`), returns its text, or raises with what it said."""

import hashlib
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.errors import Busy, GitError

try:
    import fcntl
except ImportError:  # Windows, where nobody can ask whether the git of a killed run is still at work
    fcntl = None  # type: ignore[assignment]

# A remote's address may carry a password; no message of ours repeats it.
PASSWORD = re.compile(r"://[^/\s]+@")
DUBIOUS = re.compile("dubious ownership in repository at '(.+)'")
PATIENCE_S = 60.0  # for a git that outlives a killed run
SAME_TIME_S = 60.0  # between a mark and the locks that belong to it
ABSENT = 1  # what git answers, without a word, to a question after something that is not there


def git(folder: Path, *args: str, stdin: bytes | None = None, **more: str) -> str:
    """Run `git ARGS` in the folder and return its output; raise GitError with what it said.

    Its environment holds `more` than this process's.
    """
    # Asking a question takes no lock that a killed run could leave behind.
    options = ("--no-optional-locks", "-C", str(folder.absolute()), "-c", "core.quotePath=false")
    return _run("git", *options, *args, stdin=stdin, more=more)


@contextmanager
def changing(mark: Path) -> Iterator[None]:
    """A mark stands while git changes the repository: what a killed run leaves behind can be told by it.

    It is held by this process and by every git that it starts: as long as one of them lives, it is not free.
    """
    mark.touch()
    with mark.open("ab") as held:
        if fcntl:
            os.set_inheritable(held.fileno(), True)  # noqa: FBT003 - how it is spelled
            fcntl.flock(held, fcntl.LOCK_EX)
        try:
            yield
        finally:
            mark.unlink(missing_ok=True)


def mend(folder: Path, mark: Path, *, patience_s: float = PATIENCE_S) -> None:
    """Remove the locks that the git of a killed run left behind: with them git refuses to go on.

    Raises Busy where that git is still at work after `patience_s`.
    """
    if not mark.exists():
        return
    _wait_for_the_dead(mark, patience_s)
    since = mark.stat().st_mtime
    place = Path(git(folder, "rev-parse", "--absolute-git-dir").strip())
    for lock in (*place.glob("*.lock"), *place.glob("refs/**/*.lock")):
        with suppress(FileNotFoundError):
            if since <= lock.stat().st_mtime <= since + SAME_TIME_S:
                lock.unlink()
    mark.unlink()


def _wait_for_the_dead(mark: Path, patience_s: float) -> None:
    """Wait until no git of the killed run holds its mark any more."""
    deadline = time.monotonic() + patience_s
    with mark.open("ab") as held:
        while fcntl:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                if time.monotonic() > deadline:
                    raise Busy(
                        "The git of a run that was stopped is still at work in this folder. Try again later."
                    ) from None
                time.sleep(0.05)
            else:
                return


def gh(folder: Path, *args: str, stdin: bytes | None = None) -> str:
    """Run GitHub's own command line in the folder; secrets go in through `stdin`, never as arguments."""
    return _run("gh", *args, stdin=stdin, more={}, cwd=folder)


def has_gh() -> bool:
    """Is GitHub's command line installed?"""
    return shutil.which("gh") is not None


def is_repository(folder: Path) -> bool:
    """Does the folder lie in a work tree of Git? Raise GitError where git will not say."""
    try:
        return git(folder, "rev-parse", "--is-inside-work-tree").strip() == "true"
    except GitError as error:
        if _is_none(error, folder):
            return False
        raise


def _is_none(error: GitError, folder: Path) -> bool:
    """Did git fail because there is no repository, and not over one that it cannot or must not read?"""
    if error.status is None:  # there is no git, so no repository either, unless one is seen
        return not any((above / ".git").exists() for above in (folder.absolute(), *folder.absolute().parents))
    return "not a git repository" in str(error)


def has_commits(folder: Path) -> bool:
    """Is there a HEAD to compare with? A fresh `git init` has none."""
    try:
        git(folder, "rev-parse", "--verify", "--quiet", "HEAD")
    except GitError as error:
        if error.status == ABSENT:
            return False
        raise
    return True


def blob_id(content: bytes) -> str:
    """The name Git gives to these bytes."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def uncommitted(folder: Path, place: str) -> tuple[str, ...]:
    """Paths below `place`, relative to `folder`, that differ from HEAD or that Git does not know yet.

    Also those that an ignore rule hides: a `*.csv` in somebody's settings must not cost the past.
    """
    options = ("--porcelain", "-z", "--no-renames", "--untracked-files=all", "--ignored=traditional")
    out = git(folder, "status", *options, "--", place)
    top = prefix(folder)
    return tuple(entry[3:].removeprefix(top) for entry in out.split("\0") if entry)


def committed(folder: Path, path: str, commit: str = "HEAD") -> str:
    """The text of a file at a commit; empty where it does not have it."""
    if not has_commits(folder) or not git(folder, "ls-tree", commit, "--", path):
        return ""
    return git(folder, "show", f"{commit}:./{path}")


def prefix(folder: Path) -> str:
    """Where the folder lies in its repository, as `music/`; empty: it is the repository's own."""
    return git(folder, "rev-parse", "--show-prefix").strip()


def names(folder: Path, place: str) -> dict[str, str]:
    """Git's names of all files below `place` at HEAD, by their path in there."""
    out = git(folder, "ls-tree", "-r", "-z", "HEAD", "--", f"{place}/")
    entries = (entry.split("\t") for entry in out.split("\0") if entry)
    return {path.removeprefix(f"{place}/"): said.split()[2] for said, path in entries}


@contextmanager
def contents(folder: Path) -> Iterator[Callable[[str], bytes]]:
    """Answers the bytes of any object of the repository, by Git's name."""
    with subprocess.Popen(  # noqa: S603 - a list of words, no shell
        ("git", "-C", str(folder.absolute()), "cat-file", "--batch"),  # noqa: S607 - found on the path
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        asked, told = process.stdin, process.stdout
        assert asked  # noqa: S101 - it was asked for
        assert told  # noqa: S101 - this, too

        def content(name: str) -> bytes:
            asked.write(f"{name}\n".encode())
            asked.flush()
            size = told.readline().split()[-1]
            return told.read(int(size) + 1)[:-1]

        yield content
        asked.close()


def head(folder: Path) -> str | None:
    """Git's name of the newest commit; None: there is none."""
    return git(folder, "rev-parse", "HEAD").strip() if has_commits(folder) else None


def is_ancestor(folder: Path, commit: str, of: str) -> bool:
    """Does one commit's past hold another?"""
    return not git(folder, "rev-list", "--max-count=1", commit, f"^{of}").strip()


def has_past(folder: Path, place: str) -> bool:
    """Did any branch or tag ever hold something below `place`?"""
    return bool(git(folder, "log", "--branches", "--tags", "--max-count=1", "--format=%H", "--", place))


def remote_branches(folder: Path) -> dict[str, str]:
    """The branches that exist here and, as far as this clone knows, at `origin`, with their commit there."""
    there = git(folder, "for-each-ref", "--format=%(refname:lstrip=3) %(objectname)", "refs/remotes/origin")
    here = git(folder, "for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads").split()
    told = dict(line.split() for line in there.splitlines())
    return {branch: commit for branch, commit in told.items() if branch in here}


def is_behind(folder: Path) -> bool:
    """Does a branch of the remote's hold commits that the same branch here does not?"""
    return any(
        git(folder, "rev-list", "--max-count=1", f"refs/heads/{branch}..{commit}").strip()
        for branch, commit in remote_branches(folder).items()
    )


def staged(folder: Path, *places: str) -> tuple[str, ...]:
    """Paths, relative to the folder, that the next commit would add or change below some places."""
    options = ("--cached", "--name-only", "--diff-filter=d", "--relative", "-z")
    out = git(folder, "diff", *options, "--", *places)
    return tuple(filter(None, out.split("\0")))


def staged_content(folder: Path, path: str) -> bytes:
    """A file as the next commit would hold it."""
    name = git(folder, "rev-parse", f":./{path}").strip()
    with contents(folder) as content:
        return content(name)


def own_file(folder: Path, name: str) -> Path:
    """A file of ours inside `.git`: it belongs to this clone, is never committed, survives a clean-up."""
    return folder / git(folder, "rev-parse", "--git-path", f"heavy-rotation/{name}").strip()


def remote_address(folder: Path) -> str | None:
    """Where `origin` lives, without any password; None without a remote."""
    try:
        address = git(folder, "remote", "get-url", "origin").strip()
    except GitError as error:
        if "No such remote" in str(error) or _is_none(error, folder):
            return None
        raise
    return PASSWORD.sub("://", address) or None


def identity(folder: Path) -> str | None:
    """Who would commit, as `Name <address>`; None: git would refuse."""
    try:
        return git(folder, "var", "GIT_COMMITTER_IDENT").rpartition(">")[0] + ">"
    except GitError:
        return None


def branch(folder: Path) -> str | None:
    """The branch that HEAD stands on; None: it is detached."""
    return git(folder, "branch", "--show-current").strip() or None


def is_shallow(folder: Path) -> bool:
    """Was the history cut off when the repository was cloned?"""
    return git(folder, "rev-parse", "--is-shallow-repository").strip() == "true"


def trailers(folder: Path, *names: str) -> Iterator[tuple[str, tuple[tuple[str, ...], ...]]]:
    """Every commit that touched data/, newest first: its id and the values of each named trailer."""
    fields = "%x1f".join(f"%(trailers:key={name},valueonly,separator=%x1e)" for name in names)
    out = git(folder, "log", f"--format=%H%x1f{fields}%x00", "--", "data")
    for entry in filter(None, (part.strip("\n") for part in out.split("\0"))):
        commit, *values = entry.split("\x1f")
        yield commit, tuple(tuple(filter(None, value.split("\x1e"))) for value in values)


def _run(program: str, *args: str, stdin: bytes | None, more: dict[str, str], cwd: Path | None = None) -> str:
    try:
        # A session of its own has no terminal: git can never stop to ask for a password.
        done = subprocess.run(  # noqa: S603 - a list of words, no shell
            (program, *args),
            input=stdin or b"",
            cwd=cwd,
            env=os.environ | {"LC_ALL": "C"} | more,  # what is read in its answers is English
            capture_output=True,
            check=False,
            start_new_session=True,
            close_fds=False,  # the one that Python lets through is the mark of `changing`
        )
    except FileNotFoundError:
        raise GitError(f"`{program}` is not installed, or not on the PATH.") from None
    if done.returncode:
        # Which ref a push could not move, and why, stands in its output alone.
        said = (done.stderr + done.stdout).decode(errors="replace").strip() or f"exit code {done.returncode}"
        if owned := DUBIOUS.search(said):
            raise GitError(
                f"{owned[1]} belongs to another user of this machine, so git leaves it alone."
                f" If you trust it: git config --global --add safe.directory {owned[1]}",
                done.returncode,
            )
        command = next(arg for arg in args if re.fullmatch("[a-z][a-z-]+", arg))
        raise GitError(PASSWORD.sub("://", f"{program} {command} failed: {said}"), done.returncode)
    return done.stdout.decode(errors="replace")

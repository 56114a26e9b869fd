"""Rewrites the past of a repository, commit by commit, in a copy of it."""

import io
from collections.abc import Callable
from contextlib import chdir, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import git_filter_repo

from generator import git
from generator.errors import GitError


@dataclass(frozen=True, slots=True)
class Commit:
    """What is known of a commit when it is decided what becomes of it."""

    message: str
    when: datetime  # by its author's date


Version = Callable[[Commit, str, str, bytes], bytes | None]  # commit, path, Git's name, content → new content
Message = Callable[[Commit], str]


@dataclass(slots=True)
class Counts:
    """What rewriting changed."""

    before: int = 0  # commits
    after: int = 0
    versions: int = 0  # of files, rewritten or gone
    messages: int = 0


def copy(root: Path, to: Path) -> None:
    """A copy of a repository's branches and tags."""
    git.git(root, "clone", "--quiet", "--bare", "--no-local", str(root.absolute()), str(to.absolute()))


def rewrite(repository: Path, below: str, version: Version, message: Message) -> Counts:
    """Rewrite every commit of a bare copy; one that is left with nothing goes.

    `version` is asked for each version of a file below the folder `below`, with its path in there.
    """
    counts = Counts(before=commits(repository))
    with chdir(repository), redirect_stdout(io.StringIO()):
        _filter(below, version, message, counts).run()
    counts.after = commits(repository)
    return counts


def commits(repository: Path) -> int:
    """How many commits branches and tags hold."""
    return int(git.git(repository, "rev-list", "--count", "--branches", "--tags"))


def versions(root: Path, path: str) -> list[bytes]:
    """Every version of a file that branches and tags ever held, without those that were only moved."""
    said = git.git(root, "log", "--branches", "--tags", "--format=", "--raw", "--no-abbrev", "-m", "--", path)
    names = {line.split()[3] for line in said.splitlines() if line.startswith(":")} - {"0" * 40}
    return [git.git(root, "cat-file", "blob", name).encode() for name in sorted(names)]


def replace(root: Path, repository: Path) -> None:
    """Take over the branches and tags of a rewritten copy.

    Raises GitError, changing nothing, unless its newest files are the same.
    """
    if tree(root) != tree(repository):
        raise GitError("The rewritten copy does not end with the same files, so nothing was taken over.")
    refs = ("+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*")
    git.git(
        root,
        "fetch",
        "--quiet",
        "--update-head-ok",
        "--no-auto-maintenance",
        str(repository.absolute()),
        *refs,
    )


def tree(root: Path) -> str:
    """Git's name of all files of the newest commit."""
    return git.git(root, "rev-parse", "HEAD^{tree}").strip()


def _filter(below: str, version: Version, message: Message, counts: Counts) -> Any:
    """The library's filter for the repository in the working directory."""
    options = git_filter_repo.FilteringOptions.parse_args(["--force", "--quiet"])

    def change(commit: Any, _: Any) -> None:
        seconds, _zone = commit.author_date.split()
        known = Commit(commit.message.decode(errors="replace"), datetime.fromtimestamp(int(seconds), UTC))
        for one in commit.file_changes:
            path = one.filename.decode(errors="surrogateescape")
            if one.type == b"M" and path.startswith(f"{below}/"):
                _change(one, version(known, path.removeprefix(f"{below}/"), one.blob_id.decode(), read(one)))
        said = message(known)
        if said != known.message:
            counts.messages += 1
            commit.message = said.encode()

    def read(one: Any) -> bytes:
        content: bytes = objects.get_contents_by_identifier(one.blob_id)
        return content

    def _change(one: Any, content: bytes | None) -> None:
        if content is None:
            one.type, one.mode, one.blob_id = b"D", None, None
        elif content != read(one):
            one.blob_id = objects.insert_file_with_contents(content)
        else:
            return
        counts.versions += 1

    made = git_filter_repo.RepoFilter(options, commit_callback=change)
    objects = git_filter_repo.FileInfoValueHelper(None, made.insert, b".")
    return made

"""Rewrites the past of a repository, commit by commit, in a copy of it."""

import io
import re
from collections.abc import Callable, Iterator
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


# How `git log --raw -z` tells of a change: modes, Git's names before and after, the kind, the path.
CHANGE = re.compile(r":\d+ \d+ [0-9a-f]+ ([0-9a-f]+) \w+\0([^\0]+)")

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


def versions(repository: Path, below: str) -> Iterator[tuple[str, bytes]]:
    """Every version of every file that branches and tags ever held below a folder, by its path in there."""
    said = git.git(
        *(repository, "log", "--branches", "--tags", "--format=", "--raw", "--no-abbrev", "--no-renames"),
        *("-m", "-z", "--", below),
    )
    told = {(path, name) for name, path in CHANGE.findall(said)}
    with git.contents(repository) as content:
        for path, name in sorted(told):
            if name.strip("0"):  # a file that went has no name
                yield path.removeprefix(f"{below}/"), content(name)


def rewrite(repository: Path, below: str, version: Version, message: Message) -> Counts:
    """Rewrite every commit and tag of a bare copy; a commit that is left with nothing goes.

    `version` is asked for each version of a file below the folder `below`, with its path in there.
    """
    counts = Counts(before=commits(repository))
    with git.contents(repository) as content, chdir(repository), redirect_stdout(io.StringIO()):
        _filter(_Rules(below, version, message, content), counts).run()
    counts.after = commits(repository)
    return counts


def commits(repository: Path) -> int:
    """How many commits branches and tags hold."""
    return int(git.git(repository, "rev-list", "--count", "--branches", "--tags"))


def replace(root: Path, repository: Path) -> None:
    """Take over the branches and tags of a rewritten copy.

    Raises GitError, changing nothing, unless its newest files are the same.
    """
    if tree(root) != tree(repository):
        raise GitError("The rewritten copy does not end with the same files, so nothing was taken over.")
    refs = ("+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*")
    options = ("--quiet", "--atomic", "--update-head-ok", "--no-auto-maintenance")
    git.git(root, "fetch", *options, str(repository.absolute()), *refs)


def tree(root: Path) -> str:
    """Git's name of all files of the newest commit."""
    return git.git(root, "rev-parse", "HEAD^{tree}").strip()


@dataclass(frozen=True, slots=True)
class _Rules:
    below: str
    version: Version
    message: Message
    content: Callable[[str], bytes]  # of an object, by Git's name


def _filter(rules: _Rules, counts: Counts) -> Any:
    """The library's filter for the repository in the working directory."""

    def on_commit(commit: Any, _: Any) -> None:
        known = Commit(_text(commit.message), _moment(commit.author_date))
        for change in commit.file_changes:
            path = change.filename.decode(errors="surrogateescape")
            if change.type == b"M" and path.startswith(f"{rules.below}/"):
                name = change.blob_id.decode()
                old = rules.content(name)
                new = rules.version(known, path.removeprefix(f"{rules.below}/"), name, old)
                if new != old:
                    put(change, new)
        commit.message = told(known)

    def on_tag(tag: Any, _: Any) -> None:
        if tag.message:
            tag.message = told(Commit(_text(tag.message), _moment(tag.tagger_date)))

    def told(known: Commit) -> bytes:
        said = rules.message(known)
        counts.messages += said != known.message
        return said.encode()

    def put(change: Any, content: bytes | None) -> None:
        counts.versions += 1
        if content is None:
            change.type, change.mode, change.blob_id = b"D", None, None
        else:
            blob = git_filter_repo.Blob(content)
            made.insert(blob)
            change.blob_id = blob.id

    options = git_filter_repo.FilteringOptions.parse_args(["--force", "--quiet"])
    made = git_filter_repo.RepoFilter(options, commit_callback=on_commit, tag_callback=on_tag)
    return made


def _text(message: bytes) -> str:
    return message.decode(errors="replace")


def _moment(said: bytes) -> datetime:
    return datetime.fromtimestamp(int(said.split()[0]), UTC)

"""Takes over a newer version of the program's own files: copies of a template share no history with it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.errors import GitError
from generator.git import PASSWORD, git, uncommitted

OWN = ("data", "rotation.toml", ".env")  # the person's, whatever upstream does with them
THEIRS_ONCE_EDITED = ("README.md",)  # ours until a person makes it theirs
UPSTREAM = "refs/rotation/upstream"
PROPOSED = "refs/rotation/upgrade"
VERSION = re.compile(r"v(\d+(?:\.\d+)*)")


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What taking over an upstream version would change; paths are sorted."""

    upstream: str  # address, without any password
    tag: str  # the version, or the branch where upstream has no versions
    commit: str  # upstream's
    changed: tuple[str, ...]
    removed: tuple[str, ...]  # deleted upstream, and here still as upstream once had them
    edited: tuple[str, ...]  # those of `changed` that hold a person's own, committed edits

    def __bool__(self) -> bool:
        return bool(self.changed or self.removed)


def plan(folder: Path, upstream: str, tag: str | None = None) -> Upgrade:
    """Fetch upstream's `tag` (None: its newest version) and say what would change; touches no file.

    The fetch brings upstream's whole history: it tells a person's edits from older versions of our own.
    """
    if not upstream:
        raise GitError(
            "`upstream` in rotation.toml is blank: name the repository that newer versions come from."
        )
    if git(folder, "rev-parse", "--show-prefix").strip():
        raise GitError(f"{folder} is not the top of its repository: upgrade the repository itself.")
    name, ref = _find(folder, upstream, tag)
    git(folder, "fetch", "--quiet", "--no-tags", "--", upstream, f"+{ref}:{UPSTREAM}")
    commit = git(folder, "rev-parse", f"{UPSTREAM}^{{commit}}").strip()
    here, there = _entries(folder, "HEAD"), _entries(folder, commit)
    once = {line.split()[0] for line in git(folder, "rev-list", "--objects", commit).splitlines()}
    edited = {path for path, entry in here.items() if entry.split()[1] not in once}
    keep = {path for path in edited if path in THEIRS_ONCE_EDITED}
    changed = sorted(path for path in there if there[path] != here.get(path) and path not in keep)
    gone = git(folder, "log", "--format=", "--name-only", "-z", "--no-renames", "--diff-filter=D", commit)
    return Upgrade(
        upstream=PASSWORD.sub("://", upstream),
        tag=name,
        commit=commit,
        changed=tuple(changed),
        removed=tuple(sorted(set(gone.split("\0")) & (here.keys() - there.keys() - edited))),
        edited=tuple(path for path in changed if path in edited),
    )


def preview(folder: Path, upgrade: Upgrade) -> str:
    """What the upgrade's commit would change, file by file; touches no file."""
    return git(folder, "diff", "--stat", "HEAD", _propose(folder, upgrade)) if upgrade else ""


def apply(folder: Path, upgrade: Upgrade) -> str:
    """Make the upgrade, as one commit on top of HEAD, and return its id; HEAD's where nothing differs."""
    touched = {*upgrade.changed, *upgrade.removed}
    unsaved = sorted(touched.intersection(uncommitted(folder, ".")))
    if unsaved:
        raise GitError(
            f"The upgrade would overwrite edits that are not committed: {', '.join(unsaved)}. "
            "Commit them or put them away, then upgrade again."
        )
    if upgrade:
        # Git moves branch and files together, and refuses rather than lose anything.
        git(folder, "merge", "--quiet", "--ff-only", _propose(folder, upgrade))
    return git(folder, "rev-parse", "HEAD").strip()


def _find(folder: Path, upstream: str, tag: str | None) -> tuple[str, str]:
    """The name and the full ref of the version asked for."""
    try:
        lines = git(folder, "ls-remote", "--symref", "--", upstream).splitlines()
    except GitError as error:
        raise GitError(f"{error}\nCheck `upstream` in rotation.toml, and the network.") from None
    pairs = [line.split("\t") for line in lines]
    refs = {ref: value for value, ref in pairs if not value.startswith("ref: ")}
    versions = sorted((_version(ref), ref) for ref in refs if _version(ref))
    if tag is not None:
        candidates = [f"refs/tags/{tag}", f"refs/heads/{tag}"]
    elif versions:
        candidates = [versions[-1][1]]
    else:
        candidates = [value.removeprefix("ref: ") for value, ref in pairs if ref == "HEAD"]
    found = next((ref for ref in candidates if ref in refs), None)
    if found is None:
        newest = f" Its newest version is {versions[-1][1].removeprefix('refs/tags/')}." if versions else ""
        raise GitError(f"{PASSWORD.sub('://', upstream)} has no version {tag or 'at all'}.{newest}")
    return found.split("/", 2)[2], found


def _version(ref: str) -> tuple[int, ...]:
    """`refs/tags/v1.10` as (1, 10); empty for everything that is not a released version."""
    match = VERSION.fullmatch(ref.removeprefix("refs/tags/"))
    return tuple(map(int, match[1].split("."))) if match else ()


def _entries(folder: Path, commit: str) -> dict[str, str]:
    """Every file of a commit that is not the person's own: path → mode and blob."""
    lines = git(folder, "ls-tree", "-r", "-z", commit).split("\0")
    pairs = (line.split("\t", 1) for line in lines if line)
    entries = {path: " ".join(entry.split()[::2]) for entry, path in pairs}  # of "mode type blob"
    return {path: entry for path, entry in entries.items() if path.split("/")[0] not in OWN}


def _propose(folder: Path, upgrade: Upgrade) -> str:
    """Write the upgrade's commit, reachable from no branch, and return its id."""
    git(folder, "fast-import", "--quiet", "--force", stdin="\n".join(_commands(folder, upgrade)).encode())
    return git(folder, "rev-parse", PROPOSED).strip()


def _commands(folder: Path, upgrade: Upgrade) -> Iterator[str]:
    message = f"Upgrade Heavy Rotation to {upgrade.tag}\n\nUpstream: {upgrade.upstream} {upgrade.commit}\n"
    there = _entries(folder, upgrade.commit)
    yield f"commit {PROPOSED}"
    yield f"author {git(folder, 'var', 'GIT_AUTHOR_IDENT').strip()}"
    yield f"committer {git(folder, 'var', 'GIT_COMMITTER_IDENT').strip()}"
    yield f"data {len(message.encode())}\n{message}"
    yield f"from {git(folder, 'rev-parse', 'HEAD').strip()}"
    yield from (f"M {there[path]} {path}" for path in upgrade.changed)
    yield from (f"D {path}" for path in upgrade.removed)
    yield ""

"""The files of data/: which are fit to be read, which are ours to write, and how they are written."""

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

from generator import git, schema
from generator.errors import DataError
from generator.store import text

RECEIPT = "stored.json"  # what this program wrote and has not committed: path → Git's names of the bytes
REMOVED = "removed"  # there, in place of a name: this program took the file away


def fact_files(data: Path) -> tuple[str, ...]:
    """Paths of all files of facts, relative to data/, sorted."""
    found = (file.relative_to(data).as_posix() for file in data.rglob("*.csv"))
    return tuple(sorted(path for path in found if schema.place(PurePosixPath(path))))


def check(data: Path, paths: Iterable[str]) -> None:
    """Raise DataError, with file and line, if one of the files cannot be read as its table."""
    for path in paths:
        if place := schema.place(PurePosixPath(path)):
            text.check(place.table, (data / path).read_bytes(), data / path, place.month)


def differs(file: Path, content: bytes) -> bool:
    """Would writing the content change the file?"""
    try:
        return file.read_bytes() != content
    except FileNotFoundError:
        return True


def write(root: Path, files: Mapping[str, bytes | None], *, leaning_on: tuple[str, ...] = ()) -> None:
    """Write whole files into `root`/data, each atomically, in the order given; None: the file goes.

    Raises DataError, before anything is written, if a person's own uncommitted edits stand in one of them,
    or in a file of facts below the folders `leaning_on`: what was made from it would be committed without it.
    """
    data = root / "data"
    if files and git.is_repository(root):
        changed = [path.removeprefix("data/") for path in git.uncommitted(root, "data")]
        leant_on = [path for path in changed if path.startswith(leaning_on)]
        facts = {path for path in leant_on if schema.place(PurePosixPath(path))}
        _refuse_edited(root, [path for path in changed if path in facts | files.keys()])
        # Promised before it is done: a run killed in between finds its own files again.
        _sign(root, {f"data/{path}": _name(content) for path, content in files.items()})
    for leftover in data.rglob(".*.new"):
        leftover.unlink()
    for path, content in files.items():
        if content is None:
            _remove(data / path, data)
        else:
            write_atomically(data / path, content)


def _remove(file: Path, data: Path) -> None:
    """Take a file away, and the folders that it leaves empty."""
    file.unlink(missing_ok=True)
    with suppress(OSError):  # a folder that still holds something stays
        for folder in file.relative_to(data).parents[:-1]:
            (data / folder).rmdir()


def unfinished(root: Path) -> tuple[str, ...]:
    """Paths of data/ that this program wrote and that differ from HEAD: what is to be committed."""
    receipt = _receipt(root)
    return tuple(path for path in git.uncommitted(root, "data") if _is_ours(root, path, receipt))


def _refuse_edited(root: Path, paths: Iterable[str]) -> None:
    receipt = _receipt(root)
    if edited := [f"data/{path}" for path in paths if not _is_ours(root, f"data/{path}", receipt)]:
        raise DataError(
            f"{' and '.join(edited)} {'has' if len(edited) == 1 else 'have'} changes of yours that are not"
            f" committed. Nothing was written."
            f" Commit them, or drop them with `git checkout HEAD -- {' '.join(edited)}`, and run again."
        )


def _is_ours(root: Path, path: str, receipt: Mapping[str, list[str]]) -> bool:
    file = root / path
    return _name(file.read_bytes() if file.is_file() else None) in receipt.get(path, ())


def _name(content: bytes | None) -> str:
    """What the receipt says of a file."""
    return REMOVED if content is None else git.blob_id(content)


def _receipt(root: Path) -> dict[str, list[str]]:
    """What this program wrote; before the first commit also what it may have written before `git init`."""
    try:
        receipt = dict(json.loads(git.own_file(root, RECEIPT).read_bytes()))
    except (FileNotFoundError, ValueError):
        receipt = {}
    if git.has_commits(root):
        return receipt
    lying = (path for path in git.uncommitted(root, "data") if (root / path).is_file() and _is_made(path))
    return {path: [_name((root / path).read_bytes())] for path in lying} | receipt


def _is_made(path: str) -> bool:
    """Is it a file that this program makes, and none that a person laid beside them?"""
    file = PurePosixPath(path).relative_to("data")
    others = (schema.path(table, listener=file.parts[0]) for table in schema.CURRENT)
    return schema.place(file) is not None or str(file) in {"README.md", *others}


def _sign(root: Path, names: Mapping[str, str]) -> None:
    """Remember what is about to be written, and forget what has been committed since."""
    changed = git.uncommitted(root, "data")
    receipt = {path: known for path, known in _receipt(root).items() if path in changed}
    for path, name in names.items():
        # The older name stays: killed before the file is replaced, that is still what stands there.
        receipt[path] = sorted({*receipt.get(path, ()), name})
    write_atomically(git.own_file(root, RECEIPT), json.dumps(receipt, indent=1, sort_keys=True).encode())


def write_atomically(file: Path, content: bytes) -> None:
    """Write a whole file or, where that fails, leave the one that was there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(f".{file.name}.new")
    try:
        with new.open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        new.replace(file)
    except OSError:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise

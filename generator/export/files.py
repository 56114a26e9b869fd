"""Finds the JSON files in what a person names: files, folders, and the zip as Spotify sends it."""

import json
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath
from typing import Literal

Kind = Literal["extended", "account"]

LONGEST_BYTES = 16 * 2**30  # of all that a zip holds, unpacked
THICKEST = 200  # times that a zip may make its files smaller: JSON gets about twenty times smaller
CHUNK = 2**20
SNIFFED = 2**20  # bytes of a file in which its first row must end
BROKEN = (zipfile.BadZipFile, EOFError, RuntimeError, ValueError, zlib.error, lzma.LZMAError)
EXTENDED = {"ts", "ms_played"}
ACCOUNT = {"endTime", "msPlayed"}
ZIP = b"PK\x03\x04"  # how one begins, also one whose end is missing
WRONG = "is JSON, but no list of plays as Spotify exports them"


class ExportError(Exception):
    """A file cannot be used; the text says which and why."""


@dataclass(frozen=True, slots=True)
class Export:
    """A file of plays, ready to be read."""

    name: str  # as the person knows it
    file: Path
    kind: Kind
    size: int  # in bytes


def exports(
    paths: Sequence[Path], scratch: Path, passed: Callable[[int], object] = lambda _: None
) -> Iterator[Export | ExportError]:
    """The files of plays among what was named, and a reason for each that cannot be used.

    `passed` hears of every other file how many bytes it has: `size` counts them, too.

    Other JSON of an export (playlists, the account) is passed over, unless it was named itself. What a zip
    holds is unpacked into the folder `scratch`, under names of our own.
    """
    is_empty = True
    for path in paths:
        for found in _of_path(path, scratch, passed):
            is_empty = False
            yield found
    if is_empty:
        named = ", ".join(map(str, paths))
        yield ExportError(f"{named}: holds no plays as Spotify exports them.")


def _of_path(path: Path, scratch: Path, passed: Callable[[int], object]) -> Iterator[Export | ExportError]:
    try:
        if not path.exists():
            yield ExportError(f"{path}: there is no such file or folder.")
        elif path.is_dir():
            yield from _of_folder(path, scratch, passed)
        else:
            yield from _of_file(path, scratch, passed, is_named=True)
    except OSError as error:
        yield ExportError(f"{path}: {error.strerror or error}.")


def _of_folder(path: Path, scratch: Path, passed: Callable[[int], object]) -> Iterator[Export | ExportError]:
    for file in sorted(path.rglob("*")):
        if _is_wanted(file, (".json", ".zip")) and file.is_file():
            yield from _of_file(file, scratch, passed, is_named=False)


def size(paths: Iterable[Path]) -> int:
    """How many bytes `exports` will look at, as far as one can tell before."""
    total = 0
    for path in paths:
        files = (
            [one for one in path.rglob("*") if _is_wanted(one, (".json", ".zip"))]
            if path.is_dir()
            else [path]
        )
        for file in files:
            with suppress(OSError, *BROKEN):
                total += _size(file)
    return total


def _size(file: Path) -> int:
    if not zipfile.is_zipfile(file):
        return file.stat().st_size
    with zipfile.ZipFile(file) as packed:
        return sum(one.file_size for one in packed.infolist() if _is_wanted(PurePosixPath(one.filename)))


def _is_wanted(path: PurePath, kinds: tuple[str, ...] = (".json",)) -> bool:
    """May it hold plays? What a Mac adds to a folder or a zip does not."""
    return path.suffix.lower() in kinds and not path.name.startswith("._") and "__MACOSX" not in path.parts


def _of_file(
    path: Path, scratch: Path, passed: Callable[[int], object], *, is_named: bool
) -> Iterator[Export | ExportError]:
    try:
        if zipfile.is_zipfile(path):
            for name, file in _unpacked(path, scratch):
                yield from _recognised(f"{path}: {name}", file, passed, is_named=False)
        else:
            yield from _recognised(str(path), path, passed, is_named=is_named)
    except ExportError as error:
        yield error
    except OSError as error:
        yield ExportError(f"{path}: {error.strerror or error}.")


def _recognised(
    name: str, file: Path, passed: Callable[[int], object], *, is_named: bool
) -> Iterator[Export | ExportError]:
    bytes_ = file.stat().st_size
    try:
        kind = kind_of(name, file)
    except ExportError as error:
        passed(bytes_)
        yield error
        return
    if kind:
        yield Export(name, file, kind, bytes_)
        return
    passed(bytes_)
    if is_named:
        is_empty = bytes_ < CHUNK and "".join(file.read_text("utf-8-sig", "replace").split()) == "[]"
        what = "holds no plays: its list is empty" if is_empty else WRONG
        yield ExportError(f"{name}: {what}.")


def kind_of(name: str, file: Path) -> Kind | None:
    """What sort of plays a file holds, told by the fields of its first row; None: none.

    Raises ExportError for what is no JSON, or not whole.
    """
    with file.open("rb") as opened:
        start = opened.read(SNIFFED)
        opened.seek(max(opened.seek(0, 2) - SNIFFED, 0))
        end = opened.read().rstrip()
    if not start.strip():
        raise ExportError(f"{name}: is empty.")
    if start.startswith(ZIP):
        raise ExportError(f"{name}: is a zip that was cut short. Download the export again.")
    text = start.decode("utf-8-sig", errors="replace").lstrip()
    if text[:1] not in {"[", "{"}:
        what = "neither a zip nor" if name.lower().endswith(".zip") else "not"
        raise ExportError(f"{name}: is {what} JSON.")
    if not end.endswith(b"]" if text[0] == "[" else b"}"):
        raise ExportError(f"{name}: is cut short. Download the export again.")
    try:
        row, _ = json.JSONDecoder().raw_decode(text[1:].lstrip()) if text[0] == "[" else ({}, 0)
    except (ValueError, RecursionError):
        return None  # an empty list, or a row that goes on for a megabyte
    fields = row.keys() if isinstance(row, dict) else set()
    return "extended" if fields >= EXTENDED else "account" if fields >= ACCOUNT else None


def _unpacked(path: Path, scratch: Path) -> Iterator[tuple[str, Path]]:
    """The JSON files of a zip: its name in there, which is only told, and where it was unpacked to."""
    try:
        with zipfile.ZipFile(path) as packed:
            members = [one for one in packed.infolist() if _is_wanted(PurePosixPath(one.filename))]
            if not members:
                raise ExportError(f"{path}: holds no JSON.")
            _refuse_bomb(path, members)
            for number, member in enumerate(members):
                file = scratch / f"{path.stat().st_ino}-{number}.json"
                with packed.open(member) as inside, file.open("wb") as out:
                    while chunk := inside.read(CHUNK):
                        out.write(chunk)
                yield member.filename, file
                file.unlink()
    except BROKEN as error:
        raise ExportError(f"{path}: cannot be unpacked ({error}). Download the export again.") from None


def _refuse_bomb(path: Path, members: list[zipfile.ZipInfo]) -> None:
    size, packed = sum(one.file_size for one in members), sum(one.compress_size for one in members)
    if size > LONGEST_BYTES or size > THICKEST * packed + CHUNK:
        raise ExportError(f"{path}: would unpack to {size:,} bytes, as no export of Spotify's does.")

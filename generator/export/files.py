"""Finds the JSON files in what a person names: files, folders, and the zip as Spotify sends it."""

import json
import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from io import FileIO
from pathlib import Path, PurePath, PurePosixPath
from typing import IO, Literal

Kind = Literal["extended", "account"]

LONGEST_BYTES = 16 * 2**30  # of all that a zip holds, unpacked
THICKEST = 200  # times that a zip may make its files smaller: JSON gets about twenty times smaller
CHUNK = 2**20
SNIFFED = 2**20  # bytes of a file in which its first row must end
CHEAP = 2**10  # bytes that tell whether to look further, whatever it is called
BROKEN = (zipfile.BadZipFile, EOFError, RuntimeError, ValueError, zlib.error, lzma.LZMAError)
EXTENDED = {"ts", "ms_played"}
ACCOUNT = {"endTime", "msPlayed"}
LIST = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[")  # how a list begins
BETWEEN = re.compile(r"[\s,]*")  # the elements of one
ZIP = b"PK\x03\x04"  # how one begins, also one whose end is missing
LOCKED = 1  # among the flags of a file in a zip: a password is needed
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

    Whatever else there is (playlists, the account, pictures) is passed over, unless it was named itself.
    What a zip holds is unpacked into the folder `scratch`, under names of our own.
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
        elif not path.is_file():
            yield ExportError(
                f"{path}: can be read only once. Save what it holds as a file, and import that."
            )
        else:
            yield from _of_file(path, scratch, passed, is_named=True)
    except OSError as error:
        yield ExportError(f"{path}: {error.strerror or error}.")


def _of_folder(path: Path, scratch: Path, passed: Callable[[int], object]) -> Iterator[Export | ExportError]:
    for file in _files(path):
        yield from _of_file(file, scratch, passed, is_named=False)


def size(paths: Iterable[Path]) -> int:
    """How many bytes `exports` will look at, as far as one can tell before."""
    total = 0
    for path in paths:
        with suppress(OSError):
            for file in _files(path) if path.is_dir() else [path] if path.is_file() else []:
                with suppress(OSError, *BROKEN):
                    total += _size(file)
    return total


def _size(file: Path) -> int:
    if not zipfile.is_zipfile(file):
        return file.stat().st_size
    with zipfile.ZipFile(file) as packed:
        return sum(one.file_size for one in _members(packed))


def _files(folder: Path) -> list[Path]:
    """The files of a folder that may hold plays."""
    found = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return [file for file in found if _is_wanted(file, (".json", ".zip"), partial(FileIO, file))]


def _members(packed: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files of a zip that may hold plays."""
    return [
        one
        for one in packed.infolist()
        if not one.is_dir() and _is_wanted(PurePosixPath(one.filename), (".json",), partial(packed.open, one))
    ]


def _zips(packed: zipfile.ZipFile) -> list[str]:
    """The names of the zips in a zip."""
    named = (PurePosixPath(one.filename) for one in packed.infolist() if not one.is_dir())
    return [str(one) for one in named if one.suffix.lower() == ".zip" and not _is_of_a_mac(one)]


def _is_of_a_mac(path: PurePath) -> bool:
    """Did a Mac add it to what was packed?"""
    return path.name.startswith("._") or "__MACOSX" in path.parts


def _is_wanted(path: PurePath, kinds: tuple[str, ...], opened: Callable[[], IO[bytes]]) -> bool:
    """May it hold plays? What is named otherwise does if it begins with them; what a Mac adds does not."""
    if _is_of_a_mac(path):
        return False
    if path.suffix.lower() in kinds:
        return True
    with suppress(OSError, *BROKEN), opened() as file:
        start = file.read(CHEAP)
        return bool(LIST.match(start)) and _told_by(_text(start + file.read(SNIFFED))) is not None
    return False


def _of_file(
    path: Path, scratch: Path, passed: Callable[[int], object], *, is_named: bool
) -> Iterator[Export | ExportError]:
    try:
        if zipfile.is_zipfile(path):
            for name, file in _unpacked(path, scratch):
                if file:
                    yield from _recognised(f"{path}: {name}", file, passed, is_named=False)
                else:
                    yield ExportError(f"{path}: {name}: is a zip within a zip. Unpack it first.")
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
    """What sort of plays a file holds, told by the fields of its first row that has any; None: none.

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
    text = _text(start)
    if text[:1] not in {"[", "{"}:
        if _is_json(text):
            return None
        what = "neither a zip nor" if name.lower().endswith(".zip") else "not"
        raise ExportError(f"{name}: is {what} JSON.")
    if not end.endswith(b"]" if text[0] == "[" else b"}"):
        raise ExportError(f"{name}: is cut short. Download the export again.")
    return _told_by(text) if text[0] == "[" else None


def _text(start: bytes) -> str:
    return start.decode("utf-8-sig", errors="replace").lstrip()


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _told_by(text: str) -> Kind | None:
    """What sort of plays a list holds of which this is the beginning."""
    fields = next((row.keys() for row in _rows(text) if isinstance(row, dict) and row), set[str]())
    return "extended" if fields >= EXTENDED else "account" if fields >= ACCOUNT else None


def _rows(text: str) -> Iterator[object]:
    """The elements of a list, up to its end or to one that goes on for longer than the text."""
    end, decoder = 1, json.JSONDecoder()
    with suppress(ValueError, RecursionError):
        while between := BETWEEN.match(text, end):
            row, end = decoder.raw_decode(text, between.end())
            yield row


def _unpacked(path: Path, scratch: Path) -> Iterator[tuple[str, Path | None]]:
    """The JSON files of a zip: its name in there, which is only told, and where it was unpacked to.

    A zip within it is unpacked nowhere.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            members, zips = _members(packed), _zips(packed)
            if not members and not zips:
                raise ExportError(f"{path}: holds no JSON.")
            yield from ((_printable(name), None) for name in zips)
            if any(member.flag_bits & LOCKED for member in members):
                raise ExportError(f"{path}: asks for a password. Unpack it, and import the folder.")
            _refuse_bomb(path, members)
            for number, member in enumerate(members):
                file = scratch / f"{path.stat().st_ino}-{number}.json"
                with packed.open(member) as inside, file.open("wb") as out:
                    while chunk := inside.read(CHUNK):
                        out.write(chunk)
                yield _printable(member.filename), file
                file.unlink()
    except BROKEN as error:
        raise ExportError(f"{path}: cannot be unpacked ({error}). Download the export again.") from None


def _printable(name: str) -> str:
    """A name in a zip, of which a stranger may have made it, as it can be told in a sentence."""
    return "".join(char if char.isprintable() else "�" for char in name)


def _refuse_bomb(path: Path, members: list[zipfile.ZipInfo]) -> None:
    size, packed = sum(one.file_size for one in members), sum(one.compress_size for one in members)
    if size > LONGEST_BYTES or size > THICKEST * packed + CHUNK:
        raise ExportError(f"{path}: would unpack to {size:,} bytes, as no export of Spotify's does.")

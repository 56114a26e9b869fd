"""Looks for what must never be public, in files of data/ and of a built site."""

import csv
import html
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path, PurePosixPath

from generator import schema

PICTURES = {".png", ".ico", ".jpg", ".webp"}  # their bytes only look like text
TEXTS = {"title", "name", "artist", "album"}  # columns that hold what somebody called a thing

csv.field_size_limit(2**31 - 1)  # a title may be as long as it likes

Files = Iterable[tuple[str, bytes]]  # paths and contents
Match = re.Match[bytes]


@dataclass(frozen=True, slots=True)
class Leak:
    """Something that must not be public. Its text is never repeated: a report may be public, too."""

    path: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.path}, line {self.line}: {self.what}"


def _as_found(found: Match) -> bytes:
    return found[0]


def _mail(found: Match) -> bytes:
    """The whole address; empty for an @ with nobody before it."""
    who = re.search(rb"[\w.+-]*$", found.string[max(found.start() - 64, 0) : found.start()])
    return who[0] + found[0] if who and who[0] else b""


def _address(found: Match) -> bytes:
    """An address of some machine; empty for one's own, and for numbers that are none."""
    try:
        address = ip_address(found[0].decode())
    except ValueError:
        return b""
    return b"" if address.is_loopback or address.is_unspecified else found[0]


# What each looks like, and what of it is meant. Letters at the beginning make a search fast.
SIGNS: tuple[tuple[str, bytes, Callable[[Match], bytes]], ...] = (
    ("an e-mail address", rb"@[\w\x80-\xff-]+(?:\.[\w\x80-\xff-]+)*\.[A-Za-z]{2,}", _mail),
    ("an IP address", rb"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?!\w|\.\d)", _address),
    ("an IP address", rb"(?<![\w:.])[0-9A-Fa-f]{1,4}:[0-9A-Fa-f:]{2,34}(?![\w:.])", _address),
    *(("a user agent", sign, _as_found) for sign in (rb"Mozilla/\d", rb"AppleWebKit/\d", rb"okhttp/\d")),
    *(("a user agent", sign, _as_found) for sign in (rb"Dalvik/\d", rb"Spotify/\d")),
    *(
        ("an account id", sign, _as_found)
        for sign in (rb"spotify:user:\w", rb"open\.spotify\.com/(?:intl-[\w-]+/)?user/\w")
    ),
    ("an account id", rb"api\.spotify\.com/v1/users/\w", _as_found),
    *(("a token", sign, _as_found) for sign in (rb"BQ[\w-]{60,}", rb"AQ[\w-]{60,}", rb"gh[opsur]_\w{30,}")),
    *(("a token", sign, _as_found) for sign in (rb"github_pat_\w{20,}", rb"eyJ[\w-]{10,}\.[\w-]{10,}\.")),
    ("a token", rb"(?<![\w-])[0-9a-f]{32}(?![\w-])", _as_found),
    ("a private key", rb"-----BEGIN [A-Z ]*PRIVATE KEY", _as_found),
    ("a password", rb"://[^/\s:@\"'<>]+:[^/\s@\"'<>]+@", _as_found),
)
PATTERNS = tuple((what, re.compile(pattern), meant) for what, pattern, meant in SIGNS)


def leaks(files: Files, known: Iterable[str], secrets: Mapping[str, str] | None = None) -> Iterator[Leak]:
    """What stands in these files that must not be public.

    `known` are titles and names, which may look like anything; `secrets` are values, by their variable's
    name, that may stand nowhere but as a name.
    """
    names = [*known]
    excused = "\n".join(form for name in names for form in _written(name)).encode()
    forbidden = [
        (f"the value of {name}", _word(value), _as_found)
        for name, value in (secrets or {}).items()
        if not any(_word(value).search(one.encode()) for one in names)
    ]
    for path, content in files:
        if path.startswith("site/") and PurePosixPath(path).suffix.lower() in PICTURES:
            continue
        if not _is_text(content):
            yield Leak(path, 1, "a file that cannot be looked through")
            continue
        yield from _unknown_columns(path, content)
        shown = html.unescape(content.decode()).encode() if b"&#" in content else content
        found = {*_signs(shown, excused, PATTERNS), *_signs(shown, b"", forbidden)}
        for at, what in sorted(found):
            yield Leak(path, shown.count(b"\n", 0, at) + 1, what)


def _written(name: str) -> tuple[str, str, str]:
    """A name as it stands in a table, in a page and in a document for programs."""
    return name, html.escape(name), json.dumps(name, ensure_ascii=False)


def _is_text(content: bytes) -> bool:
    try:
        return "\0" not in content.decode()
    except UnicodeDecodeError:
        return False


def _word(value: str) -> re.Pattern[bytes]:
    return re.compile(rb"(?<![\w.-])" + re.escape(value.encode()) + rb"(?![\w(-])")


def _signs(
    content: bytes,
    excused: bytes,
    patterns: Iterable[tuple[str, re.Pattern[bytes], Callable[[Match], bytes]]],
) -> Iterator[tuple[int, str]]:
    for what, pattern, meant in patterns:
        for found in pattern.finditer(content):
            said = meant(found)
            if said and said not in excused:
                yield found.start(), what


def _unknown_columns(path: str, content: bytes) -> Iterator[Leak]:
    """Fields of a table in data/ that the field list does not know."""
    if not path.startswith("data/"):
        return
    known = {column.name for table in (*schema.FACTS, *schema.CURRENT) for column in table.columns}
    strange = sorted(set(_fields(PurePosixPath(path).suffix.lower(), content.decode())) - known)
    if strange:
        more = f" and {len(strange) - 1} more" if strange[1:] else ""
        yield Leak(path, 1, f"the column {strange[0]!r:.40}{more}, which no table of ours has")


def _fields(suffix: str, text: str) -> Iterator[str]:
    """The columns of a table in text, or the fields of all objects in a JSON document or in lines of such."""
    if suffix in {".csv", ".tsv"}:
        yield from next(csv.reader(text.splitlines()[:1], delimiter="\t" if suffix == ".tsv" else ","), [])
    elif suffix in {".json", ".jsonl", ".ndjson"}:
        for document in [text] if suffix == ".json" else text.splitlines():
            with suppress(ValueError):
                yield from _keys(json.loads(document))


def _keys(value: object) -> Iterator[str]:
    """The names of all fields, however deep."""
    if isinstance(value, dict):
        yield from value
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _keys(part)


def names(data: Path) -> Iterator[str]:
    """The titles and names in the catalog of data/."""
    for table in (*schema.CATALOG, schema.named):
        file = data / schema.path(table)
        text = file.read_bytes().decode(errors="replace") if file.is_file() else ""
        rows = csv.reader(io.StringIO(text, newline=""))
        wanted = [number for number, column in enumerate(next(rows, [])) if column in TEXTS]
        for row in rows:
            yield from (row[number] for number in wanted if number < len(row))


def below(root: Path, folder: str) -> Iterator[str]:
    """The paths of all files below a folder, relative to the root."""
    yield from (
        file.relative_to(root).as_posix() for file in sorted((root / folder).rglob("*")) if file.is_file()
    )

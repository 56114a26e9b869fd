"""Halves of characters: JSON can spell one alone, as no text can hold it."""

import re
from collections.abc import Iterator
from pathlib import Path

CHUNK = 1 << 20  # bytes
LONGEST = 1 << 24  # bytes without a comma; DuckDB refuses a row that is longer
# A backslash that is text, a whole character of two halves, or else a half by itself.
ESCAPES = re.compile(
    rb"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?P<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)


def copy_without_halves(file: Path, to: Path, chunk: int = CHUNK) -> None:
    """Copy a file of JSON but for the halves that stand alone."""
    with to.open("wb") as out:
        for part in _parts(file, chunk):
            out.write(ESCAPES.sub(lambda found: b"" if found["half"] else found[0], part))


def _parts(file: Path, chunk: int) -> Iterator[bytes]:
    """The file's bytes, parted at commas: no escape has one within it."""
    rest = b""
    with file.open("rb") as opened:
        while read := opened.read(chunk):
            part, comma, rest = (rest + read).rpartition(b",")
            yield part + comma
            if len(rest) > LONGEST:
                yield rest
                rest = b""
    yield rest

"""Stretches in which plays may be missing: `data/<listener>/gaps.csv`."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from generator import schema
from generator.store import text
from generator.store.files import differs
from generator.store.plays import play_files

API = b",api,"  # as it stands in a row
EXPORTS = (b",account,", b",extended,")

Gap = tuple[str, str]  # instants: the last play that was known, and the first one after


def with_gap(data: Path, listener: str, since: str, until: str) -> dict[str, bytes]:
    """The listener's gaps with one more."""
    return _written(listener, [*_known(data, listener), (since, until)])


def has_api(data: Path, listener: str) -> bool:
    """Is a play kept of which Spotify told?"""
    return any(API in (data / path).read_bytes() for path in reversed(play_files(data, listener)))


def with_first_gap(data: Path, listener: str, added: Mapping[str, bytes]) -> dict[str, bytes]:
    """The listener's gaps with the one before the first play that Spotify told of; nothing: there is none.

    It begins with the last play before that one which an export tells: the same, whether the export was
    imported before Spotify was first asked or after. `added`: what files of data/ hold with the new plays.
    """
    found = _before_first(data, listener, added)
    if not found:
        return {}
    others = (gap for gap in _known(data, listener) if gap[1] != found[1])
    written = _written(listener, [*others, found])
    return {path: content for path, content in written.items() if differs(data / path, content)}


def _before_first(data: Path, listener: str, added: Mapping[str, bytes]) -> Gap | None:
    """The last play before the first one that Spotify told of, and that one.

    None: there is no such play, or an export tells what was then.
    """

    def content(path: str) -> bytes:
        return added.get(path) or (data / path).read_bytes()

    def rows(path: str) -> list[list[str]]:
        found = text.lines(schema.plays, content(path), data / path, Path(path).stem)
        return [row.split(",", 2)[:2] for row in found]

    folder = schema.path(schema.plays, listener=listener, month="month").removesuffix("month.csv")
    paths = sorted({*play_files(data, listener), *(path for path in added if path.startswith(folder))})
    month = next((path for path in paths if API in content(path)), None)
    if not month:
        return None
    here = rows(month)
    first = min(at for at, source in here if source == "api")
    later = (content(path) for path in paths if path > month)
    if any(mark in rest for rest in later for mark in EXPORTS):
        return None
    if any(source != "api" and at >= first for at, source in here):
        return None
    earlier = [path for path in paths if path < month][-1:]
    before = [at for at, _ in (*here, *(row for path in earlier for row in rows(path))) if at < first]
    return (max(before), first) if before else None


def _path(listener: str) -> str:
    return schema.path(schema.gaps, listener=listener)


def _known(data: Path, listener: str) -> list[Gap]:
    file = data / _path(listener)
    if not file.is_file():
        return []
    return [(since, until) for since, until in text.cells(schema.gaps, file.read_bytes(), file)]


def _written(listener: str, gaps: Iterable[Gap]) -> dict[str, bytes]:
    """The file of these gaps; of two that begin with the same kept day the longer stays."""
    longest = dict(sorted(gaps))
    return {_path(listener): text.joined(schema.gaps, map(",".join, sorted(longest.items())))}

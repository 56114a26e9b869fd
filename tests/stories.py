"""A small language for tests: lists in words, and data/ folders told day by day.

    lists("tracks/short_term: Roads, Teardrop; artists/long_term: Thornwhale")
    tell(data, "2026-11-19: Roads, Teardrop", "2026-11-20: Teardrop, Roads")

Titles stand for invented songs whose ids, artists and albums follow from them. A list without a name in front
is `tracks/short_term`; `(nothing)` is an empty list.
"""

import re
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import cast

from generator.git import git
from generator.model import Album, Answer, Artist, Item, Kind, Span, Track
from generator.store.merge import Merge, merge
from generator.transform import lists as transform


def known_as(text: str) -> str:
    """An id that belongs to a text: the same every time, and shaped as Spotify's."""
    word = re.sub("[^A-Za-z0-9]", "", text)[:10]
    return f"{word}{sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"[:22]


def artist(name: str, *, image: str | None = None) -> Artist:
    return Artist(known_as(f"artist {name}"), name, image)


def track(title: str, *, by: str = "", album: str | None = "", image: str | None = None) -> Track:
    """An invented song; `album=None`: Spotify did not say."""
    record = f"Album of {title}" if album == "" else album
    return Track(
        id=known_as(title),
        title=title,
        artists=tuple(artist(name) for name in (by or f"Band of {title}").split(" & ")),
        album=None if record is None else Album(known_as(f"album {record}"), record, "1994-08", image),
        duration_ms=180_000 + len(title),
        isrc=None,
    )


def answer(kind: Kind, span: Span, items: Iterable[Item]) -> Answer:
    return Answer(kind, span, dict(enumerate(items, start=1)))


def lists(text: str) -> tuple[Answer, ...]:
    """What Spotify answers, from words."""
    return tuple(map(_list, text.split(";")))


def _list(text: str) -> Answer:
    name, _, titles = text.rpartition(":")
    kind, _, span = (name.strip() or "tracks/short_term").partition("/")
    words = [] if titles.strip() == "(nothing)" else [word.strip() for word in titles.split(",")]
    make = track if kind == "tracks" else artist
    return answer(cast("Kind", kind), cast("Span", span), [make(word) for word in words])


def merged(data: Path, day: str, answers: Iterable[Answer], *, listener: str = "me") -> Merge:
    """What data/ should hold after these answers; nothing is written."""
    heard = transform.tables(answers)
    catalog = {"tracks": heard.tracks, "artists": heard.artists, "albums": heard.albums}
    return merge(data, listener, catalog, heard.lists, date.fromisoformat(day))


def put(data: Path, change: Merge, *, files: int | None = None) -> Merge:
    """Write what a merge decided; with `files`, only so many, as a run that is killed then."""
    for path, content in list(change.files.items())[:files]:
        (data / path).parent.mkdir(parents=True, exist_ok=True)
        (data / path).write_bytes(content)
    return change


def tell(data: Path, *days: str, listener: str = "me") -> Merge:
    """Live through days, each a date and its lists; answers what the last one decided."""
    for day in days:
        when, _, text = day.partition(":")
        change = put(data, merged(data, when, lists(text), listener=listener))
    return change


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, but Git's own."""
    files = (file for file in folder.rglob("*") if file.is_file() and ".git" not in file.parts)
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def repository(folder: Path) -> Path:
    """A real Git repository with a person's name and a first commit."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "config", "user.name", "Ada Example")
    git(folder, "config", "user.email", "ada@example.org")
    (folder / "README.md").write_text("# Mine\n")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message=Start")
    return folder

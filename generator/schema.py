"""The one field list: CSV columns, frame types, SQL tables and the data dictionary all follow from it."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from sqlalchemy import Column, Date, DateTime, Integer, MetaData, Table, Text

__all__ = [  # with the words of the library that the field list is written in
    "CATALOG",
    "CURRENT",
    "FACTS",
    "MONTH",
    "Column",
    "Date",
    "DateTime",
    "Integer",
    "Place",
    "Table",
    "albums",
    "artists",
    "columns",
    "dated",
    "describe",
    "facts",
    "frame_types",
    "gaps",
    "is_key",
    "key",
    "lists",
    "path",
    "place",
    "plays",
    "same",
    "top_artists",
    "top_tracks",
    "tracks",
]

# The facts: files of data/ that are read, and the tables that the warehouse loads from them.
facts = MetaData()

tracks = Table(
    "tracks",
    facts,
    Column("id", Text, primary_key=True, comment="Spotify's id of the track"),
    Column("title", Text, nullable=False, comment="its title"),
    Column(
        "artist_ids",
        Text,
        nullable=False,
        comment="ids of its artists, in Spotify's order, with a space between",
    ),
    Column("album_id", Text, comment="id of its album"),
    Column("duration_ms", Integer, comment="length in milliseconds"),
    Column("isrc", Text, comment="International Standard Recording Code: equal for the same recording"),
    comment="One row per track that was ever on a list or collected as a play.",
    info={"file": "catalog/tracks.csv"},
)

artists = Table(
    "artists",
    facts,
    Column("id", Text, primary_key=True, comment="Spotify's id of the artist"),
    Column("name", Text, nullable=False, comment="the artist's name"),
    Column("image_url", Text, comment="where Spotify serves the artist's picture"),
    comment="One row per artist that was ever on a list or made a track of tracks.csv.",
    info={"file": "catalog/artists.csv"},
)

albums = Table(
    "albums",
    facts,
    Column("id", Text, primary_key=True, comment="Spotify's id of the album"),
    Column("title", Text, nullable=False, comment="its title"),
    Column("release_date", Text, comment="year, year-month or year-month-day, as exact as Spotify knows it"),
    Column("image_url", Text, comment="where Spotify serves the cover"),
    comment="One row per album of a track of tracks.csv.",
    info={"file": "catalog/albums.csv"},
)

lists = Table(
    "lists",
    facts,
    Column("listener", Text, primary_key=True, comment="slug of the listener", info={"from": "folder"}),
    Column(
        "edition",
        Date,
        primary_key=True,
        comment="the listener's local date on which the list changed",
        info={"divides": True},
    ),
    Column(
        "kind", Text, primary_key=True, comment="`tracks` or `artists`", info={"oneof": ("tracks", "artists")}
    ),
    Column(
        "span",
        Text,
        primary_key=True,
        comment="`short_term` (about 4 weeks), `medium_term` (6 months) or `long_term` (a year)",
        info={"oneof": ("short_term", "medium_term", "long_term")},
    ),
    Column("position", Integer, primary_key=True, autoincrement=False, comment="Spotify's position, from 1"),
    Column("item_id", Text, nullable=False, comment="id of the track or artist"),
    comment="The ledger: every list as it stood from an edition on, written only when it changed.",
    info={"file": "{listener}/lists/{month}.csv"},
)

# Plays have no primary key in SQL, where an empty cell can be part of none: the file's key is said beside it.
plays = Table(
    "plays",
    facts,
    Column("listener", Text, nullable=False, comment="slug of the listener", info={"from": "folder"}),
    Column(
        "played_at",
        DateTime,
        nullable=False,
        comment="the second (UTC) at which the play ended, or as much of it as the listener chose to keep",
        info={"key": True, "divides": True},
    ),
    Column(
        "source",
        Text,
        nullable=False,
        comment="who says so: `api` (Spotify's recent plays), `account` or `extended` (the two exports)",
        info={"key": True, "oneof": ("api", "account", "extended")},
    ),
    Column(
        "item_key",
        Text,
        nullable=False,
        comment="Spotify's id of the track; where only names are known, `name:` and a digest of them",
        info={"key": True},
    ),
    Column("ms_played", Integer, comment="how long it was heard, in milliseconds", info={"key": True}),
    Column(
        "skipped",
        Text,
        comment="`true` or `false`: whether it was skipped",
        info={"oneof": ("true", "false")},
    ),
    Column(
        "digest",
        Text,
        comment="tells plays apart whose instants are not kept: `h` or `d` for what is, then a keyed digest",
        info={"key": True},
    ),
    comment="One row per play of every source, side by side; which of them count is the view's business.",
    info={"file": "{listener}/plays/{month}.csv"},
)

named = Table(
    "named",
    facts,
    Column("item_key", Text, primary_key=True, comment="the key that plays name the track by"),
    Column("title", Text, nullable=False, comment="the track's title, as an export gives it"),
    Column("artist", Text, nullable=False, comment="the artist's name"),
    Column("album", Text, comment="the album's title"),
    comment="What exports say of the tracks that were played; they know names, and few ids.",
    info={"file": "catalog/named.csv"},
)

gaps = Table(
    "gaps",
    facts,
    Column("listener", Text, primary_key=True, comment="slug of the listener", info={"from": "folder"}),
    Column("since", DateTime, primary_key=True, comment="the last play that was known (UTC)"),
    Column("until", DateTime, nullable=False, comment="the first play known after it (UTC)"),
    comment="Stretches in which plays may be missing: Spotify's last 50 held none that was known already,"
    " or were the first after an export's.",
    info={"file": "{listener}/gaps.csv"},
)

same = Table(
    "same",
    facts,
    Column("id", Text, primary_key=True, comment="Spotify's id of a track"),
    Column(
        "song",
        Text,
        nullable=False,
        comment="ids with an equal song belong together; an id with itself alone is kept apart",
    ),
    comment="A person's own corrections of which tracks are one song; only `rotation purge` changes them.",
    info={"file": "same.csv"},
)

# The current lists with names: written for a person who reads a diff, never read by the program.
current = MetaData()

top_tracks = Table(
    "top_tracks",
    current,
    Column("span", Text, primary_key=True, comment="`short_term`, `medium_term` or `long_term`"),
    Column("position", Integer, primary_key=True, autoincrement=False, comment="Spotify's position, from 1"),
    Column("title", Text, comment="title of the track"),
    Column("artists", Text, comment="names of its artists, with a comma between"),
    Column("album", Text, comment="title of its album"),
    Column("track_id", Text, comment="Spotify's id of the track"),
    comment="The listener's top tracks as Spotify gives them now.",
    info={"file": "{listener}/top-tracks.csv"},
)

top_artists = Table(
    "top_artists",
    current,
    Column("span", Text, primary_key=True, comment="`short_term`, `medium_term` or `long_term`"),
    Column("position", Integer, primary_key=True, autoincrement=False, comment="Spotify's position, from 1"),
    Column("artist", Text, comment="the artist's name"),
    Column("artist_id", Text, comment="Spotify's id of the artist"),
    comment="The listener's top artists as Spotify gives them now.",
    info={"file": "{listener}/top-artists.csv"},
)

CATALOG: tuple[Table, ...] = (tracks, artists, albums)
FACTS: tuple[Table, ...] = (*CATALOG, named, lists, plays, gaps, same)
CURRENT: tuple[Table, ...] = (top_tracks, top_artists)

MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")


class Place(NamedTuple):
    """What a file of data/ holds: its table, and what its path says."""

    table: Table
    listener: str | None  # None: shared by all
    month: str | None  # "2026-11"; None: not divided by month


def columns(table: Table) -> tuple[Column[object], ...]:
    """The columns that stand in the table's file: all but those that its folder tells."""
    return tuple(column for column in table.columns if column.info.get("from") != "folder")


def key(table: Table) -> tuple[str, ...]:
    """The columns that together name a row of the table's file."""
    return tuple(column.name for column in columns(table) if is_key(column))


def is_key(column: Column[object]) -> bool:
    """Does the column help to name a row of the table's file?"""
    return column.primary_key or bool(column.info.get("key"))


def dated(table: Table) -> Column[object] | None:
    """The column by whose month the table is divided into files; None: it is one file."""
    return next((column for column in table.columns if column.info.get("divides")), None)


def frame_types(table: Table) -> dict[str, str]:
    """The pandas type of each column of the table's file: text and dates as str, numbers as Int64."""
    return {column.name: "Int64" if isinstance(column.type, Integer) else "str" for column in columns(table)}


def path(table: Table, *, listener: str = "", month: str = "") -> str:
    """Where the rows live, relative to data/."""
    return str(table.info["file"]).format(listener=listener, month=month)


def place(file: PurePosixPath) -> Place | None:
    """What a fact file holds, from its path relative to data/; None: no file of facts."""
    for table in FACTS:
        pattern = re.escape(table.info["file"]).replace(r"\{listener\}", "(?P<listener>[^/]+)")
        found = re.fullmatch(pattern.replace(r"\{month\}", f"(?P<month>{MONTH.pattern})"), str(file))
        if found:
            said = found.groupdict()
            return Place(table, said.get("listener"), said.get("month"))
    return None


def describe() -> Iterator[str]:
    """The data dictionary as Markdown lines."""
    for table in (*FACTS, *CURRENT):
        file = str(table.info["file"]).replace("{listener}", "<listener>").replace("{month}", "YYYY-MM")
        yield from ("", f"## `{file}`", "", f"{table.comment}", "", "| column | meaning |", "|---|---|")
        for column in columns(table):
            yield f"| `{column.name}`{' (key)' if is_key(column) else ''} | {column.comment} |"

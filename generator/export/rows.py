"""An export's rows → plays: read by DuckDB, whatever they hold, without one call to Spotify."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

import duckdb

from generator.export.files import Export, ExportError
from generator.hiding import Hidden
from generator.listening import item_key

# The fields that are read; all others, the personal ones among them, are never even looked at.
FIELDS = (
    *("ts", "ms_played", "master_metadata_track_name", "master_metadata_album_artist_name"),
    *("master_metadata_album_album_name", "spotify_track_uri", "episode_name", "spotify_episode_uri"),
    *("audiobook_title", "audiobook_uri", "skipped", "incognito_mode"),
    *("endTime", "artistName", "trackName", "msPlayed", "podcastName", "episodeName"),
)
COLUMNS = "{" + ", ".join(f"{field}: 'varchar'" for field in FIELDS) + "}"
OLDEST = "timestamp '2006-01-01'"  # Spotify is not older
LONGEST_MS = 2**31 - 1
AT_ONCE = 10_000  # rows that are held in memory beside what is kept of them
# One row of an export, cleaned, with the reason for which it is no play that can be kept; null: none.
CLEAN = f"""
with read as (
    select try_cast(coalesce(ts, endTime) as timestamp) as played_at,
           try_cast(regexp_extract(coalesce(ms_played, msPlayed), '^[0-9]+$') as bigint) as ms,
           nullif(trim(replace(coalesce(master_metadata_track_name, trackName), chr(0), '')), '') as title,
           nullif(trim(replace(coalesce(master_metadata_album_artist_name, artistName), chr(0), '')), '')
               as artist,
           nullif(trim(replace(master_metadata_album_album_name, chr(0), '')), '') as album,
           nullif(regexp_extract(spotify_track_uri, '^spotify:track:([A-Za-z0-9]+)$', 1), '') as id,
           coalesce(episode_name, spotify_episode_uri, podcastName, episodeName) as episode,
           coalesce(audiobook_title, audiobook_uri) as audiobook,
           lower(skipped) as skipped, lower(incognito_mode) as incognito
    from read_json(?, columns = {COLUMNS}, format = 'array', maximum_object_size = 67108864)
)
select case
           when episode is not null then 'podcast'
           when audiobook is not null then 'audiobook'
           when played_at is null or played_at < {OLDEST} or played_at > ? then 'no valid time'
           when ms is null or ms < 0 or ms > {LONGEST_MS} then 'no valid length'
           when incognito in ('true', '1') then 'private session'
           when id is null and (title is null or artist is null) then 'nothing named'
       end as reason,
       strftime(played_at, '%Y-%m-%dT%H:%M:%S.%gZ') as instant,
       cast(ms as integer) as ms, title, artist, album, id,
       case when skipped in ('true', '1') then 'true' when skipped in ('false', '0') then 'false' end
from read
"""


@dataclass(frozen=True, slots=True)
class Listen:
    """One play of an export."""

    instant: str  # as data/ writes instants
    ms: int
    key: str
    skipped: str | None


class Row(NamedTuple):
    """A row of an export, as the query CLEAN gives it."""

    reason: str | None  # why it cannot be kept; None: it can
    instant: str
    ms: int
    title: str | None
    artist: str | None
    album: str | None
    id: str | None
    skipped: str | None


Names = tuple[str, str, str | None]  # title, artist, album


@dataclass(slots=True)
class Told:
    """What exports told, file after file."""

    read: int = 0  # rows
    skipped: Counter[str] = field(default_factory=Counter)  # rows by reason
    listens: dict[str, set[Listen]] = field(default_factory=dict)  # by source
    names: dict[str, Names] = field(default_factory=dict)  # by key
    rows: Counter[str] = field(default_factory=Counter)  # that can be kept, by key
    hidden: set[str] = field(default_factory=set)  # keys that any row shows to be hidden


def tell(export: Export, told: Told, until: datetime, hidden: Hidden) -> None:
    """Add a file's rows to what was told; raise ExportError, adding nothing, if the file is not whole.

    `until`: what claims to be later cannot be.
    """
    # DuckDB takes the path for a pattern: a file called "plays [old].json" has to be spelled out.
    path = re.sub(r"[*?\[]", r"[\g<0>]", str(export.file))
    part = Told(names=dict(told.names))
    try:
        answer = duckdb.connect().execute(CLEAN, [path, until.replace(tzinfo=None)])
        while rows := answer.fetchmany(AT_ONCE):
            for row in rows:
                _add(part, export.kind, Row(*row), hidden)
    except duckdb.Error as error:
        raise ExportError(f"{export.name}: {_fault(str(error))}") from None
    told.read += part.read
    told.skipped += part.skipped
    told.listens.setdefault(export.kind, set()).update(part.listens.get(export.kind, ()))
    told.rows += part.rows
    told.names = part.names
    told.hidden |= part.hidden


def _add(told: Told, kind: str, row: Row, hidden: Hidden) -> None:
    told.read += 1
    key = row.id or (item_key(row.artist, row.title) if row.artist and row.title else "")
    if row.reason:
        told.skipped[row.reason] += 1
        return
    told.rows[key] += 1
    told.listens.setdefault(kind, set()).add(Listen(row.instant, row.ms, key, row.skipped))
    if hidden and (hidden.covers(key, row.title or "") or hidden.covers(key, row.artist or "")):
        told.hidden.add(key)
    if row.title and row.artist:
        told.names[key] = min(_names(told, key), (row.title, row.artist, row.album), key=_order)


def _fault(said: str) -> str:
    """What DuckDB found wrong with a file, as a sentence."""
    first = said.splitlines()[0]
    if "surrogate" in first or "unicode" in first.lower() or "UTF" in first:
        return "holds text that is no Unicode, so it cannot be read."
    return "is not whole JSON, or not all of its rows are objects. Download the export again."


def _names(told: Told, key: str) -> Names:
    return told.names.get(key, ("\U0010ffff", "", None))


def _order(names: Names) -> tuple[str, str, bool, str]:
    """The same spelling wins, whatever is read first; one with an album before one without."""
    title, artist, album = names
    return title, artist, album is None, album or ""


def listens(told: Told) -> Iterator[tuple[str, Listen]]:
    """All plays with their source, in the order of time."""
    for source, found in sorted(told.listens.items()):
        for one in sorted(found, key=lambda one: (one.instant, one.key, one.ms, one.skipped or "")):
            yield source, one

"""An export's rows → plays: read by DuckDB, whatever they hold, without one call to Spotify."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

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
# One row of an export, cleaned, with the reason for which it is no play that can be kept; null: none.
CLEAN = f"""
with read as (
    select try_cast(coalesce(ts, endTime) as timestamp) as played_at,
           try_cast(coalesce(ms_played, msPlayed) as bigint) as ms,
           nullif(trim(coalesce(master_metadata_track_name, trackName)), '') as title,
           nullif(trim(coalesce(master_metadata_album_artist_name, artistName)), '') as artist,
           nullif(trim(master_metadata_album_album_name), '') as album,
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


Names = tuple[str, str, str | None]  # title, artist, album


@dataclass(slots=True)
class Told:
    """What exports told, file after file."""

    read: int = 0  # rows
    skipped: Counter[str] = field(default_factory=Counter)  # rows by reason
    listens: dict[str, set[Listen]] = field(default_factory=dict)  # by source
    names: dict[str, Names] = field(default_factory=dict)  # by key


def tell(export: Export, told: Told, until: datetime, hidden: Hidden) -> None:
    """Add a file's rows to what was told; raise ExportError, adding nothing, if the file is not whole.

    `until`: what claims to be later cannot be.
    """
    try:
        rows = duckdb.execute(CLEAN, [str(export.file), until.replace(tzinfo=None)]).fetchall()
    except duckdb.Error as error:
        said = str(error).splitlines()[0]
        place = said.partition(", at ")[2] or "its rows are not all objects"
        raise ExportError(
            f"{export.name}: is not whole JSON ({place[:60]}). Download the export again."
        ) from None
    listens = told.listens.setdefault(export.kind, set())
    for reason, instant, ms, title, artist, album, id_, skipped in rows:
        told.read += 1
        key = id_ or (item_key(artist, title) if artist and title else "")
        if not reason and hidden and (hidden.covers(key, title or "") or hidden.covers(key, artist or "")):
            reason = "hidden"  # noqa: PLW2901 - one more reason of the same row
        if reason:
            told.skipped[reason] += 1
            continue
        listens.add(Listen(instant, ms, key, skipped))
        if title and artist:
            told.names[key] = min(_names(told, key), (title, artist, album), key=_order)


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

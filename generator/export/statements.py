"""The SQL that makes plays of an export's rows, whatever they hold."""

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


def _clean(name: str) -> str:
    """A name without what no file can hold; null where nothing is left."""
    return f"nullif(trim(replace({name}, chr(0), '')), '')"


def _said(*names: str) -> str:
    """The first of these that is not blank."""
    texts = (f"nullif(trim({name}), '')" for name in names)
    return f"coalesce({', '.join(texts)})"


TABLES = """
set TimeZone = 'UTC';  -- of instants that name none
create table heard (source varchar, played_at timestamp, item_key varchar, ms integer, skipped varchar);
create table names (item_key varchar, title varchar, artist varchar, album varchar);
create table keys (title varchar, artist varchar, item_key varchar);
"""
# The rows of one file, with the reason for which one is no play that can be kept; null: none.
# Names stay as they are: cleaning each spelling once takes a tenth of the time.
PART = f"""
create table part as
with read as (
    select date_trunc('second', try_cast(coalesce(ts, endTime) as timestamptz) at time zone 'UTC')
               as played_at,
           try_cast(regexp_extract(coalesce(ms_played, msPlayed), '^[0-9]+$') as bigint) as ms,
           coalesce(master_metadata_track_name, trackName) as title,
           coalesce(master_metadata_album_artist_name, artistName) as artist,
           master_metadata_album_album_name as album,
           nullif(regexp_extract(spotify_track_uri, '^spotify:track:([A-Za-z0-9]{{1,64}})$', 1), '') as id,
           {_said("episode_name", "spotify_episode_uri", "podcastName", "episodeName")} as episode,
           {_said("audiobook_title", "audiobook_uri")} as audiobook,
           lower(skipped) as skipped, lower(incognito_mode) as incognito
    from read_json($path, columns = {COLUMNS}, format = 'array')
)
select case
           when episode is not null then 'podcast'
           when audiobook is not null then 'audiobook'
           when played_at is null or played_at < {OLDEST} or played_at > $until then 'no valid time'
           when ms is null or ms > {LONGEST_MS} then 'no valid length'
           when incognito in ('true', '1') and not $has_private then 'private session'
           when id is null and ({_clean("title")} is null or {_clean("artist")} is null) then 'nothing named'
       end as reason,
       played_at, case when reason is null then cast(ms as integer) end as ms, title, artist, album, id,
       case when skipped in ('true', '1') then 'true'
            when skipped in ('false', '0') then 'false' end as skipped
from read
"""
# How the rows of that file spell what they name.
SPELLED = f"""
create table spelled as
select title, artist, album, id, {_clean("title")} as clean_title, {_clean("artist")} as clean_artist
from (select distinct title, artist, album, id from part where reason is null)
"""
KEEP = f"""
insert into names
    select distinct coalesce(id, item_key), clean_title, clean_artist, {_clean("album")}
    from spelled left join keys using (title, artist);
insert into heard
    select $source, played_at, id, ms, skipped from part where reason is null and id is not null
    union all
    select $source, played_at, item_key, ms, skipped from part join keys using (title, artist)
    where reason is null and id is null;
"""
FORGET = "drop table if exists part; drop table if exists spelled; delete from keys"
# The plays of a year as text by month, each once and in no order: sorting is cheaper where they are merged.
# An export that says whether a play was skipped tells more than one that does not.
YEAR = """
with once as (
    select played_at, source, item_key, ms, max(skipped) as skipped
    from heard where played_at >= $1 and played_at < $2
    group by played_at, source, item_key, ms
)
select string_agg(concat(strftime(played_at, '%Y-%m-%dT%H:%M:%S.%gZ'), ',', source, ',', item_key, ',',
                         ms, ',', skipped, ','), chr(10)),
       cast(sum(ms) as bigint), strftime(min(played_at), '%Y-%m-%dT%H:%M:%S.%gZ'),
       strftime(max(played_at), '%Y-%m-%dT%H:%M:%S.%gZ')
from once
group by date_trunc('month', played_at)
order by min(played_at)
"""
# One spelling of each track: of several the first in the order of letters, with an album before without.
NAMED = """
select item_key, best.title, best.artist, nullif(best.album, '')
from (
    select item_key,
           min({title: title, artist: artist, bare: album is null, album: coalesce(album, '')}) as best
    from names
    where title is not null and artist is not null and item_key in (select item_key from heard)
    group by item_key
)
"""

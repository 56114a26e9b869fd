-- One row per listener, grain (week from Monday on, month, year, all), period (the date on which it begins; `all` begins
-- with the first play), kind (tracks, artists, albums) and item that was played in it: plays, listening time, how many of
-- the plays have an estimated length, first and last date.
create view period_plays as
with song_plays as (
    select 'week' as grain, listener, cast(date_trunc('week', local_date) as date) as period, item_id,
           sum(plays) as plays, sum(ms) as ms, sum(estimated) as estimated,
           min(local_date) as first_date, max(local_date) as last_date
    from day_plays
    group by listener, cast(date_trunc('week', local_date) as date), item_id
    union all
    select 'month', listener, cast(date_trunc('month', local_date) as date), item_id,
           sum(plays), sum(ms), sum(estimated), min(local_date), max(local_date)
    from day_plays
    group by listener, cast(date_trunc('month', local_date) as date), item_id
    union all
    select 'year', listener, cast(date_trunc('year', local_date) as date), item_id,
           sum(plays), sum(ms), sum(estimated), min(local_date), max(local_date)
    from day_plays
    group by listener, cast(date_trunc('year', local_date) as date), item_id
    union all
    select 'all', listener, min(min(local_date)) over (partition by listener), item_id,
           sum(plays), sum(ms), sum(estimated), min(local_date), max(local_date)
    from day_plays
    group by listener, item_id
),
credited as materialized (
    select song_plays.*, songs.artist_id, songs.album_id
    from song_plays
    left join songs on songs.listener = song_plays.listener and songs.item_id = song_plays.item_id
),
every_kind as (
    select listener, grain, period, 'tracks' as kind, item_id, plays, ms, estimated, first_date, last_date
    from credited
    union all
    select listener, grain, period, 'artists', artist_id, sum(plays), sum(ms), sum(estimated),
           min(first_date), max(last_date)
    from credited
    where artist_id is not null
    group by listener, grain, period, artist_id
    union all
    select listener, grain, period, 'albums', album_id, sum(plays), sum(ms), sum(estimated),
           min(first_date), max(last_date)
    from credited
    where album_id is not null
    group by listener, grain, period, album_id
)
select listener, grain, period, kind, item_id, cast(plays as bigint) as plays, cast(ms as bigint) as ms,
       cast(estimated as bigint) as estimated, first_date, last_date
from every_kind;

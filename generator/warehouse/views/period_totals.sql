-- One row per listener, grain and period with a play: plays, listening time, dates with a play, songs, artists and albums
-- heard, and how many songs and artists for the first time.
create view period_totals as
with dates as (
    select listener, local_date, plays, new_songs, new_artists,
           cast(date_trunc('week', local_date) as date) as week, cast(date_trunc('month', local_date) as date) as month,
           cast(date_trunc('year', local_date) as date) as year, min(local_date) over (partition by listener) as first_date
    from days
),
first_heard as (
    select listener, 'week' as grain, week as period, count(*) as days, sum(new_songs) as new_songs,
           sum(new_artists) as new_artists
    from dates group by listener, week
    union all
    select listener, 'month', month, count(*), sum(new_songs), sum(new_artists) from dates group by listener, month
    union all
    select listener, 'year', year, count(*), sum(new_songs), sum(new_artists) from dates group by listener, year
    union all
    select listener, 'all', first_date, count(*), sum(new_songs), sum(new_artists)
    from dates group by listener, first_date
),
heard as (
    select listener, grain, period,
           sum(case when kind = 'tracks' then plays end) as plays,
           sum(case when kind = 'tracks' then ms end) as ms,
           sum(case when kind = 'tracks' then estimated end) as estimated,
           count(case when kind = 'tracks' then 1 end) as songs,
           count(case when kind = 'artists' then 1 end) as artists,
           count(case when kind = 'albums' then 1 end) as albums
    from period_plays
    group by listener, grain, period
)
select heard.listener, heard.grain, heard.period,
       cast(plays as bigint) as plays, cast(ms as bigint) as ms, cast(estimated as bigint) as estimated, days,
       songs, artists, albums, cast(coalesce(new_songs, 0) as bigint) as new_songs,
       cast(coalesce(new_artists, 0) as bigint) as new_artists
from heard
join first_heard on first_heard.listener = heard.listener and first_heard.grain = heard.grain
     and first_heard.period = heard.period;

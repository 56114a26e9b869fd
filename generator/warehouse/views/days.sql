-- One row per listener and local date with a play: plays, listening time, songs, and how many songs and artists were heard
-- for the first time.
create view days as
with firsts as (
    select listener, first_date as local_date,
           count(case when kind = 'tracks' then 1 end) as new_songs,
           count(case when kind = 'artists' then 1 end) as new_artists
    from lifetimes
    group by listener, first_date
)
select day_plays.listener, day_plays.local_date,
       cast(sum(plays) as bigint) as plays, cast(sum(ms) as bigint) as ms, cast(sum(estimated) as bigint) as estimated,
       count(*) as songs, coalesce(max(new_songs), 0) as new_songs, coalesce(max(new_artists), 0) as new_artists
from day_plays
left join firsts on firsts.listener = day_plays.listener and firsts.local_date = day_plays.local_date
group by day_plays.listener, day_plays.local_date;

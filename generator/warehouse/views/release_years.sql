-- One row per listener and year of release: plays, listening time and songs whose albums came out in it. Null: songs of
-- which the year is not known.
create view release_years as
select lifetimes.listener, release_year, cast(sum(plays) as bigint) as plays, cast(sum(ms) as bigint) as ms,
       cast(sum(estimated) as bigint) as estimated, count(*) as songs
from lifetimes
left join songs on songs.listener = lifetimes.listener and songs.item_id = lifetimes.item_id
where kind = 'tracks'
group by lifetimes.listener, release_year;

-- One row per listener and year of release: plays, listening time and songs whose albums came out in it. Null: songs of
-- which the year is not known.
create view release_years as
select listener, release_year, count(*) as plays, cast(coalesce(sum(ms), 0) as bigint) as ms,
       count(case when is_estimated then 1 end) as estimated, count(distinct item_id) as songs
from counted
group by listener, release_year;

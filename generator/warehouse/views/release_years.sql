-- One row per listener and year in which what was played came out; null: what came out in a year that nobody told.
create view release_years as
select listener, release_year, count(*) as plays, cast(coalesce(sum(ms), 0) as bigint) as ms,
       count(case when is_estimated then 1 end) as estimated, count(distinct item_id) as songs
from counted
group by listener, release_year;

-- One row per listener, local date and song that was played on it: how often, for how long (`ms`), and how many of these
-- plays have an estimated length.
create view day_plays as
select listener, local_date, item_id, count(*) as plays, cast(coalesce(sum(ms), 0) as bigint) as ms,
       count(case when is_estimated then 1 end) as estimated
from counted
group by listener, local_date, item_id;

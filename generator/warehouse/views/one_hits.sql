-- One row per artist of whom one song was played, and that five times or more, and no other ever.
create view one_hits as
select listener, artist_id, max(item_id) as item_id, count(*) as plays, cast(coalesce(sum(ms), 0) as bigint) as ms,
       count(case when is_estimated then 1 end) as estimated
from counted
where artist_id is not null
group by listener, artist_id
having count(distinct item_id) = 1 and count(*) >= 5;

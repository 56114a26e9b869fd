-- One row per listener and song of which an extended history says whether it was skipped: how often it was begun, and how
-- often skipped, however short.
create view skips as
select plays.listener, coalesce(played_as.item_id, plays.item_key) as item_id,
       count(*) as begun, count(case when skipped = 'true' then 1 end) as skipped
from plays
left join played_as on played_as.listener = plays.listener and played_as.item_key = plays.item_key
where source = 'extended' and skipped is not null
group by plays.listener, coalesce(played_as.item_id, plays.item_key);

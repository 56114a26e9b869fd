-- One row per listener, local date and song that was played five times or more on it.
create view obsessions as
select listener, local_date, item_id, plays, ms, estimated
from day_plays
where plays >= 5;

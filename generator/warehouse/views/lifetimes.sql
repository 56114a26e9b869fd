-- One row per listener, kind and item that was ever played: plays, listening time, the first and the last date.
create view lifetimes as
select listener, kind, item_id, plays, ms, estimated, first_date, last_date
from period_plays
where grain = 'all';

-- One row per session, of plays whose instants are kept exactly: music that goes on without a silence of more than half
-- an hour. `local_date` is the date on which it began; `began` and `ended` are on the listener's own clock,
-- `lasted` is the milliseconds between them, whatever clocks did meanwhile; plays, listening time, and how many of the
-- plays have an estimated length.
create view sessions as
with spans as (
    -- In UTC: where clocks are put forward or back, an hour of theirs is no silence, and none is missing.
    select listener, played_at, played_at - coalesce(ms, 0) * interval '1 millisecond' as began,
           coalesce(ms, 0) as ms, case when is_estimated then 1 else 0 end as estimated, ended - played_at as shift
    from counted
    where ended is not null
),
breaks as (
    select spans.*,
           case when began > max(played_at) over (
               partition by listener order by began, played_at rows between unbounded preceding and 1 preceding
           ) + interval '30 minutes' then 1 else 0 end as is_new
    from spans
),
numbered as (
    select breaks.*, sum(is_new) over (
        partition by listener order by began, played_at rows between unbounded preceding and current row
    ) as session
    from breaks
),
whole as (
    select listener, min(began) as began, max(played_at) as ended, min(shift) as shift,
           extract(epoch from max(played_at) - min(began)) as seconds,
           count(*) as plays, sum(ms) as ms, sum(estimated) as estimated
    from numbered
    group by listener, session
),
local as (
    select whole.listener, whole.seconds, whole.plays, whole.ms, whole.estimated,
           whole.began + coalesce(one.shift * interval '1 minute', whole.shift) as began,
           whole.ended + coalesce(other.shift * interval '1 minute', whole.shift) as ended
    from whole
    left join clocks as one on one.listener = whole.listener and one.utc_day = cast(whole.began as date)
         and whole.began >= one.since and whole.began < one.until
    left join clocks as other on other.listener = whole.listener and other.utc_day = cast(whole.ended as date)
         and whole.ended >= other.since and whole.ended < other.until
)
select listener, cast(began as date) as local_date, began, ended, cast(round(seconds * 1000) as bigint) as lasted,
       plays, cast(ms as bigint) as ms, cast(estimated as bigint) as estimated
from local;

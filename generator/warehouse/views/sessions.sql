-- One row per session, of plays whose instants are kept exactly: music that goes on without a silence of more than half
-- an hour. `local_date` is the date on which it began; `began` and `ended` are on the listener's own clock.
create view sessions as
with spans as (
    select listener, ended, ended - coalesce(ms, 0) * interval '1 millisecond' as began, coalesce(ms, 0) as ms
    from counted
    where ended is not null
),
breaks as (
    select spans.*,
           case when began > max(ended) over (
               partition by listener order by ended, began rows between unbounded preceding and 1 preceding
           ) + interval '30 minutes' then 1 else 0 end as is_new
    from spans
),
numbered as (
    select breaks.*, sum(is_new) over (
        partition by listener order by ended, began rows between unbounded preceding and current row
    ) as session
    from breaks
)
select listener, cast(min(began) as date) as local_date, min(began) as began, max(ended) as ended,
       count(*) as plays, cast(sum(ms) as bigint) as ms
from numbered
group by listener, session;

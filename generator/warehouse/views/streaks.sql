-- One row per unbroken run of dates with a play: the first and the last, how many, and the plays on them. `has_gap`: it
-- may be longer, since plays may be missing where it begins or ends. `is_current`: it reaches the last date with a play.
create view streaks as
with in_runs as (
    select listener, local_date, plays,
           local_date - cast(row_number() over (partition by listener order by local_date) as integer) as run,
           max(local_date) over (partition by listener) as latest
    from days
),
runs as (
    select listener, min(local_date) as first_date, max(local_date) as last_date, count(*) as days,
           cast(sum(plays) as bigint) as plays, max(local_date) = max(latest) as is_current
    from in_runs
    group by listener, run
)
select runs.*,
       exists (
           select 1 from open_gaps
           where open_gaps.listener = runs.listener
             and open_gaps.first_date <= runs.last_date + 1 and open_gaps.last_date >= runs.first_date - 1
       ) as has_gap
from runs;

-- One row per listener, grain and period with a play: its totals, its biggest day, the song played most on one day, and
-- the longest run of dates with a play within it; of equals the earliest. `has_gap`: plays of it may be missing, so that
-- each of these is a least.
create view recaps as
with dates as (
    select days.listener, days.local_date, days.plays, repeats.item_id, repeats.plays as times
    from days
    join (
        -- The song of each date that was played most on it.
        select listener, local_date, item_id, plays,
               row_number() over (
                   partition by listener, local_date order by plays desc, ms desc, item_id collate "C"
               ) as nth
        from day_plays
    ) as repeats on repeats.listener = days.listener and repeats.local_date = days.local_date and repeats.nth = 1
),
dates_in as (
    select 'week' as grain, cast(date_trunc('week', local_date) as date) as period, dates.* from dates
    union all
    select 'month', cast(date_trunc('month', local_date) as date), dates.* from dates
    union all
    select 'year', cast(date_trunc('year', local_date) as date), dates.* from dates
    union all
    select 'all', min(local_date) over (partition by listener), dates.* from dates
),
ranked as (
    select dates_in.*,
           row_number() over (partition by listener, grain, period order by plays desc, local_date) as by_plays,
           row_number() over (partition by listener, grain, period order by times desc, local_date) as by_times,
           local_date - cast(row_number() over (
               partition by listener, grain, period order by local_date
           ) as integer) as run
    from dates_in
),
runs as (
    select listener, grain, period, count(*) as days, min(local_date) as first_date
    from ranked
    group by listener, grain, period, run
),
longest as (
    select runs.*, row_number() over (partition by listener, grain, period order by days desc, first_date) as nth
    from runs
)
select totals.*,
       biggest.local_date as biggest_day, biggest.plays as biggest_plays,
       repeated.item_id as repeated_id, repeated.local_date as repeated_on, repeated.times as repeated_plays,
       longest.days as streak, longest.first_date as streak_since,
       exists (
           select 1 from open_gaps
           where open_gaps.listener = totals.listener and open_gaps.last_date >= totals.period
             and (totals.grain = 'all' or open_gaps.first_date < case totals.grain
                 when 'week' then totals.period + 7
                 when 'month' then cast(totals.period + interval '1 month' as date)
                 else cast(totals.period + interval '1 year' as date)
             end)
       ) as has_gap
from period_totals as totals
join ranked as biggest on biggest.listener = totals.listener and biggest.grain = totals.grain
     and biggest.period = totals.period and biggest.by_plays = 1
join ranked as repeated on repeated.listener = totals.listener and repeated.grain = totals.grain
     and repeated.period = totals.period and repeated.by_times = 1
join longest on longest.listener = totals.listener and longest.grain = totals.grain
     and longest.period = totals.period and longest.nth = 1;

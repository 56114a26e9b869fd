-- One row per listener, grain (month, year), period, kind (tracks, artists) and item that was first heard in it, of the
-- five that were played most in it: plays in the period, listening time, and how many of the plays have an estimated
-- length.
create view discoveries as
with first_heard as (
    -- The month and the year in which each item was first heard.
    select listener, 'month' as grain, cast(date_trunc('month', first_date) as date) as period, kind, item_id, first_date
    from lifetimes
    union all
    select listener, 'year', cast(date_trunc('year', first_date) as date), kind, item_id, first_date
    from lifetimes
),
ranked as (
    select first_heard.*, period_plays.plays, period_plays.ms, period_plays.estimated,
           row_number() over (
               partition by first_heard.listener, first_heard.grain, first_heard.period, first_heard.kind
               order by period_plays.plays desc, period_plays.ms desc, first_heard.item_id collate "C"
           ) as line
    from first_heard
    join period_plays on period_plays.listener = first_heard.listener and period_plays.grain = first_heard.grain
         and period_plays.period = first_heard.period and period_plays.kind = first_heard.kind
         and period_plays.item_id = first_heard.item_id
    where first_heard.kind in ('tracks', 'artists')
)
select listener, grain, period, kind, line, item_id, plays, ms, estimated, first_date
from ranked
where line <= 5;

-- One row per line of a chart of plays, the first 20 of each listener, grain, period and kind: by plays, and among equals,
-- who share a place, by listening time. `moved` is the places gained since the period before, of however many items it
-- had (null: not played in it); `is_new`: heard for the first time in this period.
create view period_chart as
with candidates as (
    select period_plays.*, places.place,
           row_number() over (
               partition by period_plays.listener, period_plays.grain, period_plays.period, period_plays.kind
               order by places.place, period_plays.ms desc, period_plays.item_id collate "C"
           ) as line,
           case period_plays.grain
               when 'week' then period_plays.period - 7
               when 'month' then cast(period_plays.period - interval '1 month' as date)
               when 'year' then cast(period_plays.period - interval '1 year' as date)
           end as before
    from period_plays
    join period_places as places
         on places.listener = period_plays.listener and places.grain = period_plays.grain
         and places.period = period_plays.period and places.kind = period_plays.kind
         and places.plays = period_plays.plays
    where places.place <= 20
)
select here.listener, here.grain, here.period, here.kind, here.line, here.place, here.item_id,
       here.plays, here.ms, here.estimated, here.first_date, here.last_date,
       was.place - here.place as moved,
       lifetimes.first_date >= here.period as is_new
from candidates as here
join lifetimes on lifetimes.listener = here.listener and lifetimes.kind = here.kind
     and lifetimes.item_id = here.item_id
left join period_plays as earlier
     on earlier.listener = here.listener and earlier.grain = here.grain and earlier.period = here.before
     and earlier.kind = here.kind and earlier.item_id = here.item_id
left join period_places as was
     on was.listener = earlier.listener and was.grain = earlier.grain and was.period = earlier.period
     and was.kind = earlier.kind and was.plays = earlier.plays
where here.line <= 20;

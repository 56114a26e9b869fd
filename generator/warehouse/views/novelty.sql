-- One row per listener and month: plays of songs that are new, in the first 30 days after they were first heard, and plays
-- of songs that are familiar.
create view novelty as
select day_plays.listener, cast(date_trunc('month', local_date) as date) as month,
       cast(coalesce(sum(case when local_date < first_date + 30 then day_plays.plays end), 0) as bigint) as new,
       cast(coalesce(sum(case when local_date >= first_date + 30 then day_plays.plays end), 0) as bigint) as familiar
from day_plays
join lifetimes on lifetimes.listener = day_plays.listener and lifetimes.kind = 'tracks'
     and lifetimes.item_id = day_plays.item_id
group by day_plays.listener, cast(date_trunc('month', local_date) as date);

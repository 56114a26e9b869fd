-- One row per listener and month: plays of songs that are new, in the first 30 days after they were first heard, and plays
-- of songs that are familiar; of each their listening time, and how many of them have an estimated length.
create view novelty as
with told as (
    select day_plays.*, local_date < first_date + 30 as is_new
    from day_plays
    join lifetimes on lifetimes.listener = day_plays.listener and lifetimes.kind = 'tracks'
         and lifetimes.item_id = day_plays.item_id
)
select listener, cast(date_trunc('month', local_date) as date) as month,
       cast(sum(case when is_new then plays else 0 end) as bigint) as new_plays,
       cast(sum(case when is_new then ms else 0 end) as bigint) as new_ms,
       cast(sum(case when is_new then estimated else 0 end) as bigint) as new_estimated,
       cast(sum(case when is_new then 0 else plays end) as bigint) as familiar_plays,
       cast(sum(case when is_new then 0 else ms end) as bigint) as familiar_ms,
       cast(sum(case when is_new then 0 else estimated end) as bigint) as familiar_estimated
from told
group by listener, cast(date_trunc('month', local_date) as date);

-- One row per listener, grain, period, kind and number of plays that an item of it has: the place that goes with it, one
-- more than there are items with more plays, so that equals share a place.
create view period_places as
with alike as (
    select listener, grain, period, kind, plays, count(*) as items
    from period_plays
    group by listener, grain, period, kind, plays
)
select listener, grain, period, kind, plays, items,
       1 + coalesce(cast(sum(items) over (
           partition by listener, grain, period, kind order by plays desc
           rows between unbounded preceding and 1 preceding
       ) as bigint), 0) as place
from alike;

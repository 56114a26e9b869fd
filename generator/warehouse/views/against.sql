-- One row per edition and yardstick (previous, week, month, year): the earlier edition nearest to that long before.
-- None where the history does not reach back that far.
create view against as
with targets as (
    select listener, edition, 'week' as yardstick, edition - 7 as target from editions
    union all
    select listener, edition, 'month', cast(edition - interval '1 month' as date) from editions
    union all
    select listener, edition, 'year', cast(edition - interval '1 year' as date) from editions
),
days as (
    select listener, edition as day, cast(null as date) as edition, cast(null as text) as yardstick,
           edition as known
    from editions
    union all
    select listener, target, edition, yardstick, null from targets
),
around as (
    select listener, edition, yardstick, day,
           max(known) over (
               partition by listener order by day, edition nulls first
               rows between unbounded preceding and current row
           ) as earlier,
           min(known) over (
               partition by listener order by day desc, edition nulls last
               rows between unbounded preceding and current row
           ) as later
    from days
),
nearest as (
    select listener, edition, yardstick,
           case when later < edition and later - day < day - earlier then later else earlier end as other
    from around
    where edition is not null and earlier is not null
)
select listener, edition, yardstick, other from nearest
union all
select here.listener, here.edition, 'previous', before.edition
from editions as here
join editions as before on before.listener = here.listener and before.number = here.number - 1;

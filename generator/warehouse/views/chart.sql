-- One row per song or artist on an edition's chart, the first 20 places of a list:
-- what moved, whether it is new, the best place so far, how many editions it has been on the chart.
create view chart as
with charted as (
    select listener, kind, span, edition, number, place, item_id,
           lag(number) over item_by_edition as last_number,
           lag(place) over item_by_edition as last_place,
           row_number() over item_by_edition as editions,
           min(place) over (
               partition by listener, kind, span, item_id order by number
               rows between unbounded preceding and current row
           ) as peak
    from places
    where place <= 20
    window item_by_edition as (partition by listener, kind, span, item_id order by number)
)
select listener, kind, span, edition, number, place as position, item_id,
       case when last_number = number - 1 then last_place - place end as moved,
       last_number is null as is_new,
       peak, editions
from charted;

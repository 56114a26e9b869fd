-- One row per song or artist on an edition's chart, the first 20 places of a list, with its past up to that edition:
-- places gained since the edition before (null: was not on the chart), whether it is new, its best place and when it
-- first stood there, editions on the chart, at number one, in this unbroken run and in its longest one, its debut.
create view chart as
with charted as (
    select listener, kind, span, edition, number, place as position, item_id,
           lag(number) over item_by_edition as last_number,
           lag(place) over item_by_edition as last_position,
           row_number() over item_by_edition as editions,
           min(edition) over item_by_edition as debut,
           min(place) over item_by_edition as peak,
           min(place) over (
               partition by listener, kind, span, item_id order by number
               rows between unbounded preceding and 1 preceding
           ) as peak_before
    from places
    where place <= 20
    window item_by_edition as (
        partition by listener, kind, span, item_id order by number
        rows between unbounded preceding and current row
    )
),
in_runs as (
    select charted.*,
           row_number() over (
               partition by listener, kind, span, item_id, number - editions order by number
           ) as run
    from charted
)
select listener, kind, span, edition, number, position, item_id,
       case when last_number = number - 1 then last_position - position end as moved,
       editions = 1 as is_new,
       number - last_number - 1 as absent,
       peak,
       max(case when peak_before is null or position < peak_before then edition end) over item_so_far as peak_edition,
       editions,
       count(case when position = 1 then 1 end) over item_so_far as at_one,
       run,
       max(run) over item_so_far as longest_run,
       debut
from in_runs
window item_so_far as (
    partition by listener, kind, span, item_id order by number
    rows between unbounded preceding and current row
);

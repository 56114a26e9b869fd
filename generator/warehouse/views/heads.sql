-- One row per listener, kind and song: the id under which it was seen first (then higher, then smaller) names it.
create view heads as
select listener, kind, song, id as item_id, edition as first_seen
from (
    select listener, kind, song, id, edition,
           row_number() over (
               partition by listener, kind, song order by edition, position, id collate "C"
           ) as nth
    from entries
) as seen
where nth = 1;

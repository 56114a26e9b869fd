-- One row per listener, day of the year (month and day) and kind, and each of the three songs and artists played most of
-- all that were first heard on such a day, in whatever year: all plays since, listening time, and how many of the plays
-- have an estimated length.
create view first_listens as
select listener, month, day, kind, line, item_id, first_date, plays, ms, estimated
from (
    select listener, kind, item_id, first_date, plays, ms, estimated,
           cast(extract(month from first_date) as integer) as month,
           cast(extract(day from first_date) as integer) as day,
           row_number() over (
               partition by listener, kind, extract(month from first_date), extract(day from first_date)
               order by plays desc, ms desc, item_id collate "C"
           ) as line
    from lifetimes
    where kind in ('tracks', 'artists')
) as first_heard
where line <= 3;

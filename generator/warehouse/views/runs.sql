-- One row per unbroken run of a song or artist on a chart: from when to when, how many editions, the best place.
create view runs as
select listener, kind, span, item_id,
       min(edition) as first_edition, max(edition) as last_edition,
       min(number) as first_number, max(number) as last_number,
       count(*) as editions, min(position) as peak
from chart
group by listener, kind, span, item_id, number - editions;

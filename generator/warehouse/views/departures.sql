-- One row per song or artist that left a chart: it stood at `position` on the edition before this one,
-- after `editions` editions on the chart.
create view departures as
select before.listener, before.kind, before.span, next.edition, before.position, before.item_id, before.editions
from chart as before
join (select distinct listener, kind, span, edition, number from chart) as next
     on next.listener = before.listener and next.kind = before.kind and next.span = before.span
     and next.number = before.number + 1
left join chart as still
     on still.listener = before.listener and still.kind = before.kind and still.span = before.span
     and still.number = before.number + 1 and still.item_id = before.item_id
where still.item_id is null;

-- One row per chart, edition and yardstick: how many of the chart were not on that earlier edition's chart.
create view turnover as
select chart.listener, chart.kind, chart.span, chart.edition, against.yardstick, against.other,
       count(*) filter (where before.item_id is null) as entered, count(*) as places
from chart
join against on against.listener = chart.listener and against.edition = chart.edition
join (select distinct listener, kind, span, edition from chart) as was
     on was.listener = chart.listener and was.kind = chart.kind and was.span = chart.span
     and was.edition = against.other
left join chart as before
     on before.listener = chart.listener and before.kind = chart.kind and before.span = chart.span
     and before.edition = against.other and before.item_id = chart.item_id
group by chart.listener, chart.kind, chart.span, chart.edition, against.yardstick, against.other;

-- One row per song or artist that was ever on a chart: all that it has achieved there. `jump` is the most places that
-- it gained from one edition to the next (null: it never climbed), `comebacks` how often it returned after an absence.
create view records as
select listener, kind, span, item_id,
       max(editions) as editions, max(at_one) as at_one, max(longest_run) as longest_run,
       max(moved) filter (where moved > 0) as jump,
       count(absent) filter (where absent > 0) as comebacks,
       min(peak) as peak, min(debut) as debut, max(edition) as last_edition
from chart
group by listener, kind, span, item_id;

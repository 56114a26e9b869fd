-- One row per story that an edition of a chart has to tell, and the figure that it is about. The rules:
-- climber: gained the most places, three or more; debut: the highest that was never on the chart before;
-- comeback: back after the longest absence, five editions or more; farewell: left after the most editions, ten or more;
-- stay: the longest unbroken run on the chart, ten editions or more; jump: more places gained than ever before on this
-- chart, from its twentieth edition on; reign: more editions at number one than any other, in the edition that did it;
-- hundred: its hundredth edition on the chart; anniversary: so many years after its debut, to the day.
create view stories as
with past as (
    select chart.*,
           max(moved) over (
               partition by listener, kind, span order by number
               range between unbounded preceding and 1 preceding
           ) as jump_before
    from chart
),
reigns as (
    -- The first to reach so many editions at number one, where another had reached one fewer before.
    select listener, kind, span, min(edition) as edition, at_one,
           min(case when nth = 1 then item_id end) as item_id
    from (
        select listener, kind, span, edition, item_id, at_one,
               row_number() over (partition by listener, kind, span, at_one order by number) as nth
        from chart
        where position = 1
    ) as reached
    group by listener, kind, span, at_one
),
told as (
    select listener, kind, span, edition, 'climber' as story, item_id, moved as value, position from past
    where moved >= 3
    union all
    select listener, kind, span, edition, 'debut', item_id, position, position from past
    where is_new and number > 1
    union all
    select listener, kind, span, edition, 'comeback', item_id, absent, position from past
    where absent >= 5
    union all
    select departures.listener, departures.kind, departures.span, departures.edition, 'farewell',
           departures.item_id, departures.editions, departures.position
    from departures
    where departures.editions >= 10
    union all
    select listener, kind, span, edition, 'stay', item_id, run, position from past
    where run >= 10
    union all
    select listener, kind, span, edition, 'jump', item_id, moved, position from past
    where number >= 20 and moved > jump_before
    union all
    select reigns.listener, reigns.kind, reigns.span, reigns.edition, 'reign', reigns.item_id, reigns.at_one, 1
    from reigns
    join reigns as before on before.listener = reigns.listener and before.kind = reigns.kind
         and before.span = reigns.span and before.at_one = reigns.at_one - 1
    where before.item_id <> reigns.item_id
    union all
    select listener, kind, span, edition, 'hundred', item_id, editions, position from past
    where editions = 100
    union all
    select listener, kind, span, edition, 'anniversary', item_id,
           cast(extract(year from edition) - extract(year from debut) as integer), position
    from past
    where extract(month from edition) = extract(month from debut)
      and extract(day from edition) = extract(day from debut) and edition > debut
),
ordered as (
    select told.*,
           row_number() over (
               partition by listener, kind, span, edition, story
               order by case when story = 'debut' then -value else value end desc, position, item_id collate "C"
           ) as nth
    from told
)
select listener, kind, span, edition, story, item_id, value from ordered where nth = 1;

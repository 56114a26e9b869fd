-- One row per story that an edition of a chart has to tell, and the figure that it is about: of several songs or artists
-- that a rule fits, the one with the largest figure (of debuts: the highest place), and among equals the higher.
--
-- climber: gained the most places, three or more; debut: the highest that was never on the chart before;
-- comeback: back after the longest absence, five editions or more; farewell: left after the most editions, ten or more;
-- stay: the longest unbroken run on the chart, ten editions or more; jump: more places gained than ever before on this
-- chart; reign: more editions at number one than any other ever had, where another held that record (both from the
-- chart's twentieth edition on: records need a past); hundred: its hundredth edition on the chart; anniversary: so many
-- years after its debut, to the day (after one on 29 February: on the 28th, in years without a 29th).
create view stories as
with past as (
    select chart.*,
           extract(year from edition) - extract(year from debut) as years,
           max(moved) over (
               partition by listener, kind, span order by number
               range between unbounded preceding and 1 preceding
           ) as jump_before
    from chart
),
reigns as (
    -- The first to reach so many editions at number one.
    select listener, kind, span, edition, number, item_id, at_one
    from (
        select chart.*, row_number() over (partition by listener, kind, span, at_one order by number) as nth
        from chart
        where position = 1
    ) as reached
    where nth = 1
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
    where number >= 20 and moved > 0 and moved > coalesce(jump_before, 0)
    union all
    select reigns.listener, reigns.kind, reigns.span, reigns.edition, 'reign', reigns.item_id, reigns.at_one, 1
    from reigns
    join reigns as before on before.listener = reigns.listener and before.kind = reigns.kind
         and before.span = reigns.span and before.at_one = reigns.at_one - 1
    where before.item_id <> reigns.item_id and reigns.number >= 20
    union all
    select listener, kind, span, edition, 'hundred', item_id, editions, position from past
    where editions = 100
    union all
    select listener, kind, span, edition, 'anniversary', item_id, cast(years as integer), position
    from past
    where years > 0 and edition = cast(debut + cast(years as integer) * interval '1 year' as date)
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

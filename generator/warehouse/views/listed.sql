-- One row per place of a latest chart of Spotify's lists, of listeners with plays, and what was played of it in about the
-- span that the list looks at, up to the edition (28, 180 or 365 days): plays, listening time, how many of the plays
-- have an estimated length, and its place among all by plays, which equals share (null: not played).
-- `first_date` is where that span begins.
create view listed as
with latest as (
    select chart.listener, chart.kind, chart.span, chart.edition, chart.position, chart.item_id,
           chart.edition - case chart.span when 'short_term' then 28 when 'medium_term' then 180 else 365 end as since
    from chart
    join (select listener, max(edition) as edition from editions group by listener) as last
         on last.listener = chart.listener and last.edition = chart.edition
),
spans as (
    select distinct listener, kind, span, edition, since from latest
),
plays_of as (
    select spans.listener, spans.kind, spans.span, day_plays.plays, day_plays.ms, day_plays.estimated,
           case spans.kind when 'tracks' then day_plays.item_id else songs.artist_id end as item_id
    from spans
    join day_plays on day_plays.listener = spans.listener
         and day_plays.local_date > spans.since and day_plays.local_date <= spans.edition
    left join songs on songs.listener = day_plays.listener and songs.item_id = day_plays.item_id
),
played as (
    select listener, kind, span, item_id, sum(plays) as plays, sum(ms) as ms, sum(estimated) as estimated,
           rank() over (partition by listener, kind, span order by sum(plays) desc) as place
    from plays_of
    where item_id is not null
    group by listener, kind, span, item_id
)
select latest.listener, latest.kind, latest.span, latest.edition, latest.since + 1 as first_date, latest.position, latest.item_id,
       cast(coalesce(played.plays, 0) as bigint) as plays, cast(coalesce(played.ms, 0) as bigint) as ms,
       cast(coalesce(played.estimated, 0) as bigint) as estimated, played.place
from latest
left join played on played.listener = latest.listener and played.kind = latest.kind
     and played.span = latest.span and played.item_id = latest.item_id
where latest.listener in (select listener from clocks);

-- One row per place of a list on every edition: a list that did not change on an edition is carried forward to it.
-- `place` counts 1, 2, 3 … without holes, and an item that a list names twice counts where it stands first.
-- `number` counts the list's editions; `spotify_position` is Spotify's.
create view places as
with written as (
    select distinct listener, kind, span, edition from lists
),
known as (
    select listener, kind, span, min(edition) as first_edition from written group by listener, kind, span
),
standing as (
    select known.listener, known.kind, known.span, editions.edition,
           row_number() over list_so_far as number,
           max(written.edition) over list_so_far as written_on
    from known
    join editions on editions.listener = known.listener and editions.edition >= known.first_edition
    left join written on written.listener = known.listener and written.kind = known.kind
         and written.span = known.span and written.edition = editions.edition
    window list_so_far as (
        partition by known.listener, known.kind, known.span order by editions.edition
        rows between unbounded preceding and current row
    )
),
items as (
    select listener, kind, span, edition, item_id, min(position) as position
    from lists group by listener, kind, span, edition, item_id
),
ranked as (
    select listener, kind, span, edition, item_id, position,
           row_number() over (partition by listener, kind, span, edition order by position) as place
    from items
)
select standing.listener, standing.kind, standing.span, standing.edition, standing.number,
       ranked.place, ranked.item_id, ranked.position as spotify_position
from standing
join ranked on ranked.listener = standing.listener and ranked.kind = standing.kind
     and ranked.span = standing.span and ranked.edition = standing.written_on;

-- One row per place of a list on every edition: a list that did not change on an edition is carried forward to it.
-- `place` counts songs 1, 2, 3 … without holes: one that a list names twice stands where it is higher.
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
best as (
    select listener, kind, span, edition, song, min(position) as position
    from entries
    group by listener, kind, span, edition, song
),
ranked as (
    select best.listener, best.kind, best.span, best.edition, heads.item_id, best.position,
           row_number() over (
               partition by best.listener, best.kind, best.span, best.edition order by best.position
           ) as place
    from best
    join heads on heads.listener = best.listener and heads.kind = best.kind and heads.song = best.song
)
select standing.listener, standing.kind, standing.span, standing.edition, standing.number,
       ranked.place, ranked.item_id, ranked.position as spotify_position
from standing
join ranked on ranked.listener = standing.listener and ranked.kind = standing.kind
     and ranked.span = standing.span and ranked.edition = standing.written_on;

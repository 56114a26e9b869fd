-- One row per place of a list on every edition: places count songs (or artists) 1, 2, 3 … without holes, and a song
-- that a list names twice has the higher of its places. `spotify_position` is Spotify's.
create view places as
with best as (
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

-- One row per id that gives up its place on an edition's chart of songs: the same song stands higher on the list, mostly
-- under another id, and fewer than 20 songs do in all.
create view doubles as
with counted as (
    select listener, kind, span, edition, position, id, song,
           row_number() over (partition by listener, kind, span, edition, song order by position) as nth
    from entries
    where kind = 'tracks'
),
above as (
    select counted.*,
           count(case when nth = 1 then 1 end) over (
               partition by listener, kind, span, edition order by position
               rows between unbounded preceding and current row
           ) as songs
    from counted
)
select standing.listener, standing.kind, standing.span, standing.edition,
       above.position as spotify_position, above.id, heads.item_id
from above
join standing on standing.listener = above.listener and standing.kind = above.kind
     and standing.span = above.span and standing.written_on = above.edition
join heads on heads.listener = above.listener and heads.kind = above.kind and heads.song = above.song
where above.nth > 1 and above.songs < 20;

-- One row per id that gave up its place on an edition on which its list was written: another id of the same song
-- stands higher on it.
create view doubles as
select double.listener, double.kind, double.span, double.edition, double.position as spotify_position,
       double.id, heads.item_id
from (
    select listener, kind, span, edition, position, id, song,
           row_number() over (partition by listener, kind, span, edition, song order by position) as nth
    from entries
) as double
join heads on heads.listener = double.listener and heads.kind = double.kind and heads.song = double.song
where double.nth > 1;

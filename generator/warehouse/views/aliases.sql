-- One row per listener and further id under which a song was seen, beside the one that names it.
create view aliases as
select distinct entries.listener, entries.kind, entries.id, heads.item_id
from entries
join song_of on song_of.id = entries.id
join heads on heads.listener = entries.listener and heads.kind = entries.kind and heads.song = entries.song
where entries.kind = 'tracks' and entries.id <> heads.item_id;

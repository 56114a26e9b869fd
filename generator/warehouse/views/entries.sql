-- One row per row of the ledger: the track or artist, and the song that it is (an artist is its own).
create view entries as
select lists.listener, lists.kind, lists.span, lists.edition, lists.position, lists.item_id as id,
       coalesce(song_of.song, lists.item_id) as song
from lists
left join song_of on lists.kind = 'tracks' and song_of.id = lists.item_id;

-- One row per play that counts, with the song, artist and album that it is of. `ms` is how long it was heard; where no
-- source says so, the track's length (null: not known either), and `is_estimated`.
create view counted as
select ruling.listener, ruling.played_at, ruling.local_date, ruling.local_hour, ruling.ended, ruling.source,
       ruling.item_key, coalesce(played_as.item_id, ruling.item_key) as item_id, played_as.title,
       played_as.artist_id, played_as.artist, played_as.album_id, played_as.album, played_as.release_year,
       coalesce(ruling.ms_played, played_as.duration_ms) as ms,
       ruling.ms_played is null as is_estimated,
       ruling.skipped
from ruling
left join played_as on played_as.listener = ruling.listener and played_as.item_key = ruling.item_key;

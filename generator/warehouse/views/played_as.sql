-- One row per listener and key that plays may name a track by: the song, its artist (the one named first) and its album.
-- What only an export knows is the song of that name: the catalog's, else the smallest id, else its own key; artists and
-- albums likewise. data/same.csv overrules names. A song goes by the id that names it on the charts, else by the smallest.
create view played_as as
with named_best as (
    select kind, spelled, key
    from (
        select spellings.kind, spelled, key,
               row_number() over (
                   partition by spellings.kind, spelled
                   order by case when tracks.id is null then 1 else 0 end, key collate "C"
               ) as nth
        from spellings
        left join tracks on spellings.kind = 'tracks' and tracks.id = key
        where spellings.kind in ('tracks', 'artists', 'albums') and substr(key, 1, 5) <> 'name:'
    ) as candidates
    where nth = 1
),
smallest as (
    select song_of.song,
           coalesce(min(tracks.id collate "C"), min(named.item_key collate "C")) as id
    from song_of
    left join tracks on tracks.id = song_of.id
    left join named on named.item_key = song_of.id
    group by song_of.song
),
keys as (
    select id as item_key, id from tracks
    union all
    select named.item_key, coalesce(named_best.key, named.item_key)
    from named
    left join same on same.id = named.item_key
    left join song_of on song_of.id = named.item_key
    left join spellings on spellings.kind = 'tracks' and spellings.key = named.item_key
         and same.id is null and song_of.id is null
    left join named_best on named_best.kind = 'tracks' and named_best.spelled = spellings.spelled
    where named.item_key not in (select id from tracks)
),
listeners as (
    select distinct listener from clocks
),
songs as (
    select listeners.listener, keys.item_key, keys.id,
           coalesce(heads.item_id, smallest.id, keys.id) as item_id
    from keys
    cross join listeners
    left join song_of on song_of.id = keys.id
    left join heads on heads.listener = listeners.listener and heads.kind = 'tracks'
         and heads.song = coalesce(song_of.song, keys.id)
    left join smallest on smallest.song = song_of.song
)
select songs.listener, songs.item_key, songs.item_id,
       coalesce(tracks.title, named.title) as title,
       coalesce(nullif(split_part(tracks.artist_ids, ' ', 1), ''), best_artist.key, of_artist.spelled) as artist_id,
       coalesce(artists.name, named.artist) as artist,
       coalesce(tracks.album_id, best_album.key, of_album.spelled) as album_id,
       coalesce(albums.title, named.album) as album,
       coalesce(own.duration_ms, tracks.duration_ms) as duration_ms,
       cast(substr(case when albums.release_date >= '1000' then albums.release_date end, 1, 4) as integer)
           as release_year
from songs
left join tracks as own on own.id = songs.item_key
left join tracks on tracks.id = songs.item_id
left join named on named.item_key = songs.item_id
left join spellings as of_artist on of_artist.kind = 'artist_of' and of_artist.key = songs.item_id
left join named_best as best_artist on best_artist.kind = 'artists' and best_artist.spelled = of_artist.spelled
left join spellings as of_album on of_album.kind = 'album_of' and of_album.key = songs.item_id
left join named_best as best_album on best_album.kind = 'albums' and best_album.spelled = of_album.spelled
left join artists on artists.id = coalesce(
    nullif(split_part(tracks.artist_ids, ' ', 1), ''), best_artist.key, of_artist.spelled
)
left join albums on albums.id = coalesce(tracks.album_id, best_album.key, of_album.spelled);

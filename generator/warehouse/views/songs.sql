-- One row per listener and song that plays may be of: its title, its artist (the one named first), its album, and the year
-- in which that came out, as far as they are known.
create view songs as
select distinct listener, item_id, title, artist_id, artist, album_id, album, release_year
from played_as;

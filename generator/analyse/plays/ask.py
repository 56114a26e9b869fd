"""Questions about one listener's plays, and the names of what they played."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, text

from generator.tally.played import Played, PlayedKind
from generator.tally.tally import Tally

Rows = Sequence[Any]  # SQLAlchemy's rows: tuples with names, whose columns each query tells

SONGS = """
    select songs.item_id, songs.title, songs.artist_id, songs.artist, songs.album_id, songs.album,
           artists.image_url as artist_image, albums.image_url as album_image
    from songs
    left join artists on artists.id = songs.artist_id
    left join albums on albums.id = songs.album_id
    where songs.listener = :listener
    order by songs.item_id collate "C"
"""


class Plays:
    """One listener's plays: what the views say of them, and what everything is called."""

    def __init__(self, connection: Connection, listener: str) -> None:
        self._connection = connection
        self.listener = listener
        self._names: dict[PlayedKind, dict[str, Played]] = {"tracks": {}, "artists": {}, "albums": {}}
        for row in self.ask(SONGS):
            self._name(*row)

    def ask(self, query: str) -> Rows:
        """The rows of a query about `:listener`."""
        return self._connection.execute(text(query), {"listener": self.listener}).all()

    def named(self, kind: PlayedKind, one: str) -> Played:
        """What an id stands for; one of which nobody told the name has a blank title."""
        return self._names[kind].get(one) or Played(kind, one, "")

    def _name(  # noqa: PLR0913, PLR0917 - the columns of SONGS
        self,
        one: str,
        title: str | None,
        artist_id: str | None,
        artist: str | None,
        album_id: str | None,
        album: str | None,
        artist_image: str | None,
        album_image: str | None,
    ) -> None:
        artists, albums = self._names["artists"], self._names["albums"]
        if artist_id and artist_id not in artists:
            artists[artist_id] = Played("artists", artist_id, artist or "", image_url=artist_image)
        by = artists.get(artist_id or "")
        if album_id and album_id not in albums:
            albums[album_id] = Played("albums", album_id, album or "", by, image_url=album_image)
        on = albums.get(album_id or "")
        self._names["tracks"][one] = Played("tracks", one, title or "", by, on, album_image)


def tally(row: Any) -> Tally:
    """The three figures of a row."""
    return Tally(row.plays, row.ms, row.estimated)

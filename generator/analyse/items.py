"""Turns ids into tracks and artists with their names, from the catalog."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, Row, Table, select

from generator import schema
from generator.model import Album, Artist, Item, Kind, Track

FEW = 300  # ids that are asked for by name; more of them, and reading all is quicker

ById = dict[str, Row[tuple[object, ...]]]


def items(connection: Connection, kind: Kind, ids: Iterable[str]) -> Mapping[str, Item]:
    """The track or artist behind each id, sorted; one that the catalog does not know is shown by its id."""
    wanted = sorted(set(ids))
    if kind == "artists":
        artists = _rows(connection, schema.artists, set(wanted))
        return {one: _artist(one, artists) for one in wanted}
    tracks = _rows(connection, schema.tracks, set(wanted))
    albums = _rows(connection, schema.albums, {row.album_id for row in tracks.values() if row.album_id})
    credited = {one for row in tracks.values() for one in row.artist_ids.split()}
    artists = _rows(connection, schema.artists, credited)
    return {
        one: _track(tracks[one], artists, albums) if one in tracks else Track(one, one, ()) for one in wanted
    }


def _rows(connection: Connection, table: Table, ids: set[str]) -> ById:
    query = select(table)
    if len(ids) <= FEW:
        query = query.where(table.c.id.in_(sorted(ids)))
    return {row.id: row for row in connection.execute(query) if row.id in ids}


def _track(row: Row[tuple[object, ...]], artists: ById, albums: ById) -> Track:
    return Track(
        id=row.id,
        title=row.title,
        artists=tuple(_artist(one, artists) for one in row.artist_ids.split()),
        album=_album(albums[row.album_id]) if row.album_id in albums else None,
        duration_ms=row.duration_ms,
        isrc=row.isrc,
    )


def _artist(one: str, artists: ById) -> Artist:
    return Artist(one, artists[one].name, artists[one].image_url) if one in artists else Artist(one, one)


def _album(row: Row[tuple[object, ...]]) -> Album:
    return Album(row.id, row.title, row.release_date, row.image_url)

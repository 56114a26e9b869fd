"""The same facts as CSV, for spreadsheets and databases."""

import re
from collections.abc import Iterable, Iterator, Mapping

from generator import schema
from generator.model import Album, Archive, Artist, Track

# Python's csv module forgets to quote a lone CR where lines end with LF.
QUOTED = re.compile('[,"\r\n]')

Cells = Mapping[str, object]


def tables(archive: Archive) -> Iterator[tuple[str, bytes]]:
    """Every table by its path inside the folder of the API: the catalog's columns are those of data/."""
    tracks = [one for _, one in sorted(archive.items["tracks"].items()) if isinstance(one, Track)]
    artists = {artist.id: artist for track in tracks for artist in track.artists}
    artists |= {id_: one for id_, one in archive.items["artists"].items() if isinstance(one, Artist)}
    albums = {track.album.id: track.album for track in tracks if track.album}
    yield "csv/tracks.csv", catalog(schema.tracks, map(track_cells, tracks))
    yield "csv/artists.csv", catalog(schema.artists, (artist_cells(artists[id_]) for id_ in sorted(artists)))
    yield "csv/albums.csv", catalog(schema.albums, (album_cells(albums[id_]) for id_ in sorted(albums)))
    editions = ([one.date, one.number, one.commit] for one in archive.editions)
    yield "csv/editions.csv", table(("edition", "number", "commit"), editions)
    yield "csv/charts.csv", charts(archive)


def catalog(described: schema.Table, rows: Iterable[Cells]) -> bytes:
    """A table of the catalog, with its columns in the order of data/."""
    names = [column.name for column in schema.columns(described)]
    return table(names, ([row[name] for name in names] for row in rows))


def track_cells(track: Track) -> Cells:
    return {
        "id": track.id,
        "title": track.title,
        "artist_ids": " ".join(artist.id for artist in track.artists),
        "album_id": track.album and track.album.id,
        "duration_ms": track.duration_ms,
        "isrc": track.isrc,
    }


def artist_cells(artist: Artist) -> Cells:
    return {"id": artist.id, "name": artist.name, "image_url": artist.image_url}


def album_cells(album: Album) -> Cells:
    return {
        "id": album.id,
        "title": album.title,
        "release_date": album.release_date,
        "image_url": album.image_url,
    }


def charts(archive: Archive) -> bytes:
    """Every place of every chart, with names: like the ledger's, a chart is written where it changed."""
    lines = ["edition,kind,span,position,id,title,artists"]
    for (kind, span), standings in sorted(archive.standings.items()):
        ends = {id_: line([id_, *names(item)]) for id_, item in archive.items[kind].items()}
        before: tuple[str, ...] = ()
        for edition, ids in standings.items():
            if ids != before:
                start = f"{edition.isoformat()},{kind},{span},"
                lines += [f"{start}{place},{ends[id_]}" for place, id_ in enumerate(ids, start=1)]
            before = ids
    return encoded(lines)


def names(item: Track | Artist) -> tuple[str, str]:
    """A track's title and artists; an artist has no title."""
    if isinstance(item, Artist):
        return "", item.name
    return item.title, ", ".join(artist.name for artist in item.artists)


def table(header: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    return encoded([line(header), *map(line, rows)])


def line(values: Iterable[object]) -> str:
    return ",".join(map(cell, values))


def cell(value: object) -> str:
    """A value as a cell, empty if unknown.

    A title that begins with = stays as it is: it is a fact, and a program that reads it is no spreadsheet.
    """
    text = "" if value is None else str(value)
    return '"' + text.replace('"', '""') + '"' if QUOTED.search(text) else text


def encoded(lines: Iterable[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")

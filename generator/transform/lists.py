"""Answers of lists → tables. Pure: the same answers give the same tables."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import pandas as pd

from generator import schema
from generator.hiding import NOTHING, Hidden
from generator.model import Album, Answer, Artist, Ignored, Item, Kind, Skipped, Span, Track

Row = dict[str, object]
Catalog = dict[str, pd.DataFrame]  # by table: columns of schema.tracks, schema.artists, schema.albums

ONE_IN = 10  # of so many rows one may be unusable, and in any list one: else the list is not believed


@dataclass(frozen=True, slots=True)
class Tables:
    """What a refresh learned: catalog rows, and the rows of each list that is fit to be stored."""

    tracks: pd.DataFrame  # columns of schema.tracks, one row an id
    artists: pd.DataFrame
    albums: pd.DataFrame
    lists: dict[
        tuple[Kind, Span], pd.DataFrame
    ]  # columns position, item_id; empty: Spotify sent an empty list
    skipped: tuple[Skipped, ...] = ()
    ignored: tuple[Ignored, ...] = ()


def tables(answers: Iterable[Answer], hidden: Hidden = NOTHING) -> Tables:
    """Sort what Spotify said into tables, leaving out what is hidden and the lists that cannot be news."""
    heard = tuple(answers)
    why_not = {answer.name: reason for answer in heard if (reason := fault(answer))}
    believed = [answer for answer in heard if answer.name not in why_not]
    shown = [without(answer, hidden) for answer in believed]
    # A list of which nothing may be shown is not an empty list: it says nothing.
    good = [answer for answer, whole in zip(shown, believed, strict=True) if answer.items or not whole.items]
    return Tables(
        **catalog_of(item for answer in good for item in answer.items.values()),
        lists={(answer.kind, answer.span): list_rows(answer) for answer in good},
        skipped=tuple(skipped for answer in heard for skipped in answer.skipped),
        ignored=tuple(Ignored(name, reason) for name, reason in why_not.items()),
    )


def catalog_of(items: Iterable[Item]) -> Catalog:
    """What tracks and artists, and all that they name, add to the catalog: a frame for each of its tables."""
    seen = list(catalog(items))
    return {
        "tracks": _frame(schema.tracks, (track_row(value) for value in seen if isinstance(value, Track))),
        "artists": _frame(schema.artists, (artist_row(value) for value in seen if isinstance(value, Artist))),
        "albums": _frame(schema.albums, (album_row(value) for value in seen if isinstance(value, Album))),
    }


def without(answer: Answer, hidden: Hidden) -> Answer:
    """An answer without what is hidden; those below move up, so that no gap tells of it."""
    gone = [position for position, item in answer.items.items() if hidden.covers_item(item)]
    kept = {
        position - sum(place < position for place in gone): item
        for position, item in answer.items.items()
        if position not in gone
    }
    return replace(answer, items=kept)


def fault(answer: Answer) -> str | None:
    """Why a whole list cannot be believed; None: it can."""
    rows = len(answer.skipped) + len(answer.items)
    if len(answer.skipped) > max(1, rows // ONE_IN) or (answer.skipped and not answer.items):
        return f"{len(answer.skipped)} of its {rows} rows could not be used"
    songs = [item for item in answer.items.values() if isinstance(item, Track)]
    if songs and all(song.album is None for song in songs):
        return "every album was missing"
    return None


def catalog(items: Iterable[Item]) -> Iterator[Track | Artist | Album]:
    """Everything that a list's items tell of: tracks with their artists and albums."""
    for item in items:
        yield item
        if isinstance(item, Track):
            yield from item.artists
            if item.album:
                yield item.album


def track_row(track: Track) -> Row:
    return {
        "id": track.id,
        "title": track.title,
        "artist_ids": " ".join(artist.id for artist in track.artists),
        "album_id": track.album and track.album.id,
        "duration_ms": track.duration_ms,
        "isrc": track.isrc,
    }


def artist_row(artist: Artist) -> Row:
    return {"id": artist.id, "name": artist.name, "image_url": artist.image_url}


def album_row(album: Album) -> Row:
    return {
        "id": album.id,
        "title": album.title,
        "release_date": album.release_date,
        "image_url": album.image_url,
    }


def list_rows(answer: Answer) -> pd.DataFrame:
    """The positions of one list, by position."""
    rows = [{"position": position, "item_id": item.id} for position, item in sorted(answer.items.items())]
    return pd.DataFrame(rows, columns=["position", "item_id"]).astype({"position": "Int64", "item_id": "str"})


def _frame(table: schema.Table, rows: Iterable[Row]) -> pd.DataFrame:
    """One row an id: an artist met twice keeps what is known of it anywhere."""
    types = schema.frame_types(table)
    frame = pd.DataFrame(list(rows), columns=list(types)).astype(types)
    return frame.groupby("id", as_index=False).first()

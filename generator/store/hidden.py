"""What data/ knows of that a person hides."""

from collections.abc import Iterator
from pathlib import Path

from generator import schema
from generator.hiding import Hidden
from generator.store import text


def hidden_in(data: Path, hidden: Hidden) -> set[str]:
    """The ids of hidden artists, of hidden songs and theirs, and the keys of such tracks of exports."""
    artists = {row["id"] for row in _rows(data, schema.artists) if hidden.covers(row["id"], row["name"])}
    songs = {
        row["id"]
        for row in _rows(data, schema.tracks)
        if hidden.covers(row["id"], row["title"]) or not artists.isdisjoint(row["artist_ids"].split())
    }
    named = {
        row["item_key"]
        for row in _rows(data, schema.named)
        if any(hidden.covers(row["item_key"], row[name]) for name in ("title", "artist"))
    }
    return artists | songs | named


def _rows(data: Path, table: schema.Table) -> Iterator[dict[str, str]]:
    """The rows of a table's one file by the names of their columns; none where there is no file."""
    file = data / schema.path(table)
    if file.is_file():
        names = [column.name for column in schema.columns(table)]
        for row in text.cells(table, file.read_bytes(), file):
            yield dict(zip(names, row, strict=True))

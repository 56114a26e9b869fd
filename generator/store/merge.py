"""How new meets old: decides what data/ should hold, and touches nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from generator import schema
from generator.model import KINDS, SPANS, Ignored
from generator.store.files import differs
from generator.store.frames import encode
from generator.store.ledger import Ledger, Lists, is_same, read

Catalog = Mapping[str, pd.DataFrame]  # a frame for each table of schema.CATALOG, by the table's name


@dataclass(frozen=True, slots=True)
class Merge:
    """What data/ should hold after a refresh."""

    files: dict[str, bytes]  # contents by path relative to data/, the ledger last; only what differs
    edition: date
    changed: tuple[str, ...]  # names of the lists that changed, as "tracks/short_term"
    ignored: tuple[Ignored, ...]


def merge(  # noqa: PLR0913 - what is known, what was heard, and when
    data: Path, listener: str, catalog: Catalog, lists: Lists, today: date, *, is_unfinished: bool = True
) -> Merge:
    """Add what was heard `today` to what is known; raise DataError where a file is damaged.

    `is_unfinished`: an earlier run may have been killed among these files, so look at all of them again.
    """
    ledger = Ledger(data, listener)
    edition = max(today, ledger.latest() or today)
    standing = ledger.standing(edition)
    news = {
        name: frame for name, frame in lists.items() if len(frame) and not is_same(frame, standing.get(name))
    }
    known = {table.name: read(data, table, schema.path(table)) for table in schema.CATALOG}
    files: dict[str, bytes] = {}
    # A catalog row alone is no news: image addresses change daily.
    # A row that is gone although a list needs it is learnt again, without waiting for news.
    if news or _is_incomplete(known, lists):
        known = {name: upsert(old, catalog[name]) for name, old in known.items()}
        files = _encoded(known)
    if files or (standing and is_unfinished):
        files |= {"README.md": data_dictionary(), **current_files(listener, {**standing, **news}, known)}
    # The ledger comes last: once it is written, all that it leans on is there.
    if news:
        files[ledger.path(f"{edition:%Y-%m}")] = encode(schema.lists, ledger.with_lists(news, edition))
    return Merge(
        files={path: content for path, content in files.items() if differs(data / path, content)},
        edition=edition,
        changed=tuple(f"{kind}/{span}" for kind in KINDS for span in SPANS if (kind, span) in news),
        ignored=tuple(
            Ignored(f"{kind}/{span}", "Spotify sent an empty list where there was one before")
            for (kind, span), frame in lists.items()
            if frame.empty and (kind, span) in standing
        ),
    )


def catalog_files(data: Path, catalog: Catalog) -> dict[str, bytes]:
    """The catalog's files with what was heard of in them."""
    return _encoded(
        {
            table.name: upsert(read(data, table, schema.path(table)), catalog[table.name])
            for table in schema.CATALOG
        }
    )


def _encoded(known: Catalog) -> dict[str, bytes]:
    return {schema.path(table): encode(table, known[table.name]) for table in schema.CATALOG}


def _is_incomplete(known: Catalog, lists: Lists) -> bool:
    """Does the catalog lack an item that was heard of?"""
    ids = {name: set(frame["id"]) for name, frame in known.items()}
    return any(not ids[kind].issuperset(frame["item_id"]) for (kind, _), frame in lists.items())


def upsert(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """New rows over old ones by id; what is absent never overwrites what is known."""
    if old.empty or new.empty:
        return new if old.empty else old
    return new.set_index("id").combine_first(old.set_index("id")).reset_index()


def current_files(listener: str, lists: Lists, known: Catalog) -> dict[str, bytes]:
    """top-tracks.csv and top-artists.csv: the standing lists with names, for whoever reads a diff."""
    names = known["artists"].set_index("id")["name"]
    songs = known["tracks"].merge(
        known["albums"], how="left", left_on="album_id", right_on="id", suffixes=("", "_of_album")
    )
    songs["artists"] = [", ".join(names.get(one, one) for one in ids.split()) for ids in songs["artist_ids"]]
    songs = songs.rename(columns={"title_of_album": "album"}).set_index("id")
    people = known["artists"].rename(columns={"name": "artist"}).set_index("id")
    written = ((schema.top_tracks, "tracks", songs), (schema.top_artists, "artists", people))
    return {
        schema.path(table, listener=listener): encode(table, _named(table, kind, lists, by_id))
        for table, kind, by_id in written
    }


def _named(table: schema.Table, kind: str, lists: Lists, by_id: pd.DataFrame) -> pd.DataFrame:
    """The standing lists of one kind, each row joined with what the catalog knows of it."""
    item = f"{kind.removesuffix('s')}_id"
    frames = [frame.assign(span=span) for (of, span), frame in lists.items() if of == kind]
    rows = pd.concat([pd.DataFrame(columns=["span", "position", "item_id"]), *frames])
    columns = [column.name for column in schema.columns(table)]
    return rows.rename(columns={"item_id": item}).join(by_id, on=item)[columns]


def data_dictionary() -> bytes:
    """data/README.md, from the field list."""
    opening = (
        "# The data",
        "",
        "These files are the truth: the site and the database are built from them.",
        "UTF-8, LF, sorted by key; an empty cell means unknown.",
        "Written by Heavy Rotation; this page is made from `generator/schema.py`.",
    )
    return ("\n".join([*opening, *schema.describe()]) + "\n").encode()

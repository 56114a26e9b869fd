"""Charts told in words: data/ is loaded into a real database, and its views answer.

    lived(warehouse, data, "AB", "BA", "", "B")

is a past told in letters, a word for each day from 1 January 2026 on: a letter is a song, by place. A day
without a word has no edition; a word like the one before is a day on which another list changed.
"""

import csv
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path, PurePosixPath

from sqlalchemy import Engine, text
from stories import track

from generator import schema
from generator.analyse.archive import charts
from generator.model import Artist, Chart, Item, Kind, Rank, Span
from generator.store import files
from generator.warehouse.clocks import Reading
from generator.warehouse.engine import connected
from generator.warehouse.load import AS_SAID, load

Row = tuple[object, ...]
Fact = tuple[str, date, str, str, int, str]  # listener, edition, kind, span, position, id
FIRST = date(2026, 1, 1)


def lived(warehouse: Engine, data: Path, *days: str, start: date = FIRST) -> None:
    """Load a past told in letters."""
    told = ""
    facts: list[Fact] = []
    for number, word in enumerate(days):
        edition = start + timedelta(number)
        if word and word != told:
            told = word
            ids = [track(letter).id for letter in word]
            facts += [("me", edition, "tracks", "short_term", at, one) for at, one in enumerate(ids, start=1)]
        elif word:
            facts.append(("me", edition, "artists", "long_term", 1, f"artist{number}"))
    catalog(data, ((track(letter).id, letter, "", None, "") for letter in {*"".join(days)}))
    ledger(data, facts)
    loaded(warehouse, data)


def on(number: int, *, start: date = FIRST) -> str:
    """The date of a day of such a past, counted from 1."""
    return (start + timedelta(number - 1)).isoformat()


def catalog(data: Path, tracks: Iterable[tuple[str, str, str, int | None, str]]) -> None:
    """Write the catalog's tracks: id, title, artists' ids, length and ISRC."""
    lines = [f"{one},{title},{by or 'nobody'},,{ms or ''},{isrc}" for one, title, by, ms, isrc in tracks]
    write(data / "catalog" / "tracks.csv", "id,title,artist_ids,album_id,duration_ms,isrc", sorted(lines))


def ledger(data: Path, facts: Iterable[Fact]) -> None:
    """Write the ledgers that hold these facts."""
    months: dict[Path, list[str]] = {}
    for listener, edition, *rest in sorted(facts):
        file = data / listener / "lists" / f"{edition:%Y-%m}.csv"
        months.setdefault(file, []).append(",".join(map(str, (edition, *rest))))
    for file, lines in months.items():
        write(file, "edition,kind,span,position,item_id", lines)


def write(file: Path, *parts: str | list[str]) -> None:
    """A file of lines."""
    lines = [line for part in parts for line in ([part] if isinstance(part, str) else part)]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join([*lines, ""]), encoding="utf-8", newline="\n")


def loaded(warehouse: Engine, data: Path, reading: Reading = AS_SAID) -> tuple[str, ...]:
    """Load the data/ folder; answers the files that had changed."""
    return load(warehouse, data, files.fact_files(data), reading)


def rows(warehouse: Engine, query: str) -> list[Row]:
    """What a query answers, in an order of its own: the databases sort text differently."""
    with connected(warehouse) as connection:
        return sorted((tuple(row) for row in connection.execute(text(query))), key=repr)


def chart(
    warehouse: Engine, on: str, *, kind: Kind = "tracks", span: Span = "short_term", listener: str = "me"
) -> Chart:
    """One chart as it stands on an edition."""
    with connected(warehouse) as connection:
        found = charts(connection, listener, date.fromisoformat(on))
    return next(one for one in found if (one.kind, one.span) == (kind, span))


def name(item: Item) -> str:
    return item.name if isinstance(item, Artist) else item.title


def ranks(of: Chart) -> dict[str, Rank]:
    """The lines of a chart by title."""
    return {name(rank.item): rank for rank in of.ranks}


def in_database(warehouse: Engine) -> dict[str, list[Row]]:
    """Every fact that the database holds, each cell as text."""
    return {
        table.name: sorted(
            (
                tuple(None if value is None else str(value) for value in row)
                for row in rows(warehouse, f"select {', '.join(table.columns.keys())} from {table.name}")
            ),
            key=repr,
        )
        for table in schema.FACTS
    }


def in_files(data: Path) -> dict[str, list[Row]]:
    """Every fact of data/, read with nothing but Python's own csv, each cell as text."""
    found: dict[str, list[Row]] = {table.name: [] for table in schema.FACTS}
    for path in files.fact_files(data):
        place = schema.place(PurePosixPath(path))
        assert place is not None
        known = (place.listener,) if place.listener else ()
        with (data / path).open(encoding="utf-8", newline="") as file:
            lines = list(csv.reader(file))[1:]
        found[place.table.name] += [(*known, *(cell or None for cell in line)) for line in lines]
    return {name: sorted(lines, key=repr) for name, lines in found.items()}

"""Charts told in words: data/ is loaded into a real database, and its views answer."""

import csv
from datetime import date
from pathlib import Path, PurePosixPath

from sqlalchemy import Engine, text

from generator import schema
from generator.analyse.charts import charts
from generator.model import Artist, Chart, Item, Kind, Rank, Span
from generator.store import files
from generator.warehouse.engine import connected
from generator.warehouse.load import load

Row = tuple[object, ...]


def loaded(warehouse: Engine, data: Path) -> tuple[str, ...]:
    """Load the data/ folder; answers the files that had changed."""
    return load(warehouse, data, files.fact_files(data))


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

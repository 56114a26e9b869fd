"""Asks the views for charts, and answers them as values."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from sqlalchemy import Connection, Row, text

from generator.analyse.items import items
from generator.model import KINDS, SPANS, Chart, Departure, Item, Kind, Rank, Span

Rows = list[Row[tuple[object, ...]]]


def latest_edition(connection: Connection, listener: str) -> tuple[date, int] | None:
    """The listener's latest edition and how many there are; None: none yet."""
    query = "select edition, number from editions where listener = :listener order by number desc limit 1"
    row = connection.execute(text(query), {"listener": listener}).one_or_none()
    return (row.edition, row.number) if row else None


def charts(connection: Connection, listener: str, edition: date) -> tuple[Chart, ...]:
    """Every chart of the listener as it stood on an edition, in the order of KINDS × SPANS."""
    ranks = _rows(connection, "chart", listener, edition)
    departures = _rows(connection, "departures", listener, edition)
    named = {
        kind: items(connection, kind, {row.item_id for row in (*ranks, *departures) if row.kind == kind})
        for kind in KINDS
    }
    return tuple(
        _chart(kind, span, rows, _of(kind, span, departures), named[kind])
        for kind in KINDS
        for span in SPANS
        if (rows := _of(kind, span, ranks))
    )


def _rows(connection: Connection, view: str, listener: str, edition: date) -> Rows:
    query = text(f"select * from {view} where listener = :listener and edition = :edition order by position")
    return list(connection.execute(query, {"listener": listener, "edition": edition}))


def _of(kind: Kind, span: Span, rows: Iterable[Row[tuple[object, ...]]]) -> Rows:
    return [row for row in rows if (row.kind, row.span) == (kind, span)]


def _chart(kind: Kind, span: Span, ranks: Rows, departures: Rows, named: Mapping[str, Item]) -> Chart:
    return Chart(
        kind=kind,
        span=span,
        edition=ranks[0].edition,
        number=ranks[0].number,
        ranks=tuple(_ranks(ranks, named)),
        departures=tuple(Departure(row.position, named[row.item_id]) for row in departures),
    )


def _ranks(rows: Rows, named: Mapping[str, Item]) -> Iterator[Rank]:
    for row in rows:
        yield Rank(row.position, named[row.item_id], row.moved, row.is_new, row.peak, row.editions)

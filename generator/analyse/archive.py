"""Asks the views for a listener's whole past: once for all pages, never page by page."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby

from sqlalchemy import Connection, Row, text

from generator.analyse.items import items
from generator.model import (
    KINDS,
    SPANS,
    Archive,
    Chart,
    Departure,
    Double,
    Edition,
    Item,
    Kind,
    Rank,
    Record,
    Span,
    Standings,
    Story,
    Stretch,
    Turnover,
)

Rows = list[Row[tuple[object, ...]]]
ChartName = tuple[Kind, Span]

SONGS = "kind = 'tracks' and span = 'short_term'"
OF_LISTENER = "listener = :listener"


def archive(connection: Connection, listener: str, commits: Mapping[date, str]) -> Archive | None:
    """Everything that pages show of a listener's past; None before the first list.

    `commits` holds the address of each edition's commit, where it is known.
    """
    ask = _Question(connection, listener)
    editions = ask("select edition, number from editions where listener = :listener order by number")
    if not editions:
        return None
    everything = _everything(ask)
    return Archive(
        editions=tuple(Edition(row.edition, row.number, commits.get(row.edition)) for row in editions),
        songs={chart.edition: chart for chart in _charts(ask, everything, SONGS)},
        standings=_standings(ask),
        records=_records(ask, everything),
        items=everything,
        other_ids=_other_ids(ask),
    )


def charts(connection: Connection, listener: str, edition: date) -> tuple[Chart, ...]:
    """Every chart of the listener as it stood on an edition, in the order of KINDS × SPANS."""
    ask = _Question(connection, listener, edition)
    found = _charts(ask, _everything(ask), "edition = :edition")
    return tuple(sorted(found, key=lambda chart: (KINDS.index(chart.kind), SPANS.index(chart.span))))


class _Question:
    """A query's text becomes rows of one listener (and of one edition)."""

    def __init__(self, connection: Connection, listener: str, edition: date | None = None) -> None:
        self.connection = connection
        self._asked = {"listener": listener, "edition": edition}

    def __call__(self, query: str) -> Rows:
        named = {name: value for name, value in self._asked.items() if f":{name}" in query}
        return list(self.connection.execute(text(query), named))


def _everything(ask: _Question) -> dict[Kind, dict[str, Item]]:
    """Whatever was ever on a chart, by kind and id."""
    rows = ask(f"select distinct kind, item_id from chart where {OF_LISTENER}")
    return {
        kind: dict(items(ask.connection, kind, {row.item_id for row in rows if row.kind == kind}))
        for kind in KINDS
    }


def _charts(ask: _Question, known: Mapping[Kind, Mapping[str, Item]], where: str) -> list[Chart]:
    """Charts with their ranks, departures, stories, turnovers and doubles: one question each."""
    which = f"{OF_LISTENER} and {where}"
    ranks = ask(f"select * from chart where {which} order by kind, span, edition, position")
    departures = _by_chart(ask(f"select * from departures where {which} order by position"))
    stories = _by_chart(ask(f"select * from stories where {which} order by story"))
    turnovers = _by_chart(ask(f"select * from turnover where {which} order by other desc"))
    doubles = _by_chart(ask(f"select * from doubles where {which} order by spotify_position"))
    found = []
    for (kind, span, edition), group in groupby(ranks, key=lambda row: (row.kind, row.span, row.edition)):
        item, name = known[kind], (kind, span, edition)
        rows = list(group)
        found.append(
            Chart(
                kind,
                span,
                edition,
                rows[0].number,
                ranks=tuple(_rank(row, item[row.item_id]) for row in rows),
                departures=tuple(
                    Departure(row.position, item[row.item_id], row.editions) for row in departures[name]
                ),
                stories=tuple(Story(row.story, item[row.item_id], row.value) for row in stories[name]),
                turnovers=tuple(Turnover(row.yardstick, row.other, row.entered) for row in turnovers[name]),
                doubles=tuple(
                    Double(row.spotify_position, row.id, item[row.item_id])
                    for row in doubles[name]
                    if row.item_id in item
                ),
            )
        )
    return found


def _by_chart(rows: Iterable[Row[tuple[object, ...]]]) -> Mapping[tuple[Kind, Span, date], Rows]:
    found: defaultdict[tuple[Kind, Span, date], Rows] = defaultdict(list)
    for row in rows:
        found[row.kind, row.span, row.edition].append(row)
    return found


def _rank(row: Row[tuple[object, ...]], item: Item) -> Rank:
    return Rank(
        row.position,
        item,
        row.moved,
        row.is_new,
        row.peak,
        row.editions,
        absent=row.absent,
        peak_edition=row.peak_edition,
        at_one=row.at_one,
        run=row.run,
        longest_run=row.longest_run,
        debut=row.debut,
    )


def _standings(ask: _Question) -> dict[ChartName, Standings]:
    """Who stood where on every edition, by place."""
    rows = ask(
        "select kind, span, edition, string_agg(item_id, ' ' order by position) as ids"
        f" from chart where {OF_LISTENER} group by kind, span, edition order by edition"
    )
    found: dict[ChartName, Standings] = {}
    for row in rows:
        found.setdefault((row.kind, row.span), {})[row.edition] = tuple(row.ids.split())
    return found


def _records(ask: _Question, known: Mapping[Kind, Mapping[str, Item]]) -> dict[ChartName, tuple[Record, ...]]:
    """What everything on a chart has achieved there, with its unbroken runs."""
    stretches: defaultdict[tuple[Kind, Span, str], list[Stretch]] = defaultdict(list)
    for row in ask(f"select * from runs where {OF_LISTENER} order by first_number"):
        stretches[row.kind, row.span, row.item_id].append(
            Stretch(row.first_edition, row.last_edition, row.editions, row.peak)
        )
    found: defaultdict[ChartName, list[Record]] = defaultdict(list)
    for row in ask(f'select * from records where {OF_LISTENER} order by item_id collate "C"'):
        found[row.kind, row.span].append(
            Record(
                known[row.kind][row.item_id],
                row.kind,
                row.span,
                row.editions,
                row.at_one,
                row.longest_run,
                row.jump,
                row.comebacks,
                row.peak,
                row.debut,
                row.last_edition,
                tuple(stretches[row.kind, row.span, row.item_id]),
            )
        )
    return {name: tuple(records) for name, records in found.items()}


def _other_ids(ask: _Question) -> dict[str, tuple[str, ...]]:
    """The further ids under which a song was seen, by the id that names it."""
    rows = ask(
        "select distinct entries.id, heads.item_id from entries"
        " join heads on heads.listener = entries.listener and heads.kind = entries.kind"
        " and heads.song = entries.song"
        " where entries.listener = :listener and entries.id <> heads.item_id"
    )
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: str(row.id)):
        found[row.item_id].append(row.id)
    return {named: tuple(ids) for named, ids in found.items()}

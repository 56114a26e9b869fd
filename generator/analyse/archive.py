"""Asks the views for a listener's whole past: once for all pages, never page by page."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from sys import intern
from typing import Any

from sqlalchemy import Connection, text

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

Rows = Sequence[Any]  # SQLAlchemy's rows: tuples with names, whose columns each query tells
Items = Mapping[Kind, Mapping[str, Item]]
ChartName = tuple[Kind, Span]

SONGS = "kind = 'tracks' and span = 'short_term'"
OF_LISTENER = "listener = :listener"
# The columns of a rank's past, in the order of Rank's fields.
PAST = "moved, is_new, peak, editions, absent, peak_edition, at_one, run, longest_run, debut"
# Several yardsticks may point to one edition.
NEAREST_FIRST = "position(yardstick in 'previous week month year')"


def archive(connection: Connection, listener: str, commits: Mapping[date, str]) -> Archive | None:
    """Everything that pages show of a listener's past; None before the first list.

    `commits` holds the address of each edition's commit, where it is known.
    """
    ask = _Question(connection, listener)
    editions = ask(f"select edition, number from editions where {OF_LISTENER} order by number")
    if not editions:
        return None
    known = _items(ask, f"select distinct kind, item_id from chart where {OF_LISTENER}")
    return Archive(
        editions=tuple(Edition(row.edition, row.number, commits.get(row.edition)) for row in editions),
        songs={chart.edition: chart for chart in _charts(ask, SONGS, known)},
        standings=_standings(ask),
        records=_records(ask, known),
        items=known,
        other_ids=_other_ids(ask),
    )


def charts(
    connection: Connection, listener: str, edition: date, known: Items | None = None
) -> tuple[Chart, ...]:
    """Every chart of the listener as it stood on an edition, in the order of KINDS × SPANS.

    `known`: the items of an archive, where there is one; None: they are asked for.
    """
    found = _charts(_Question(connection, listener, edition), "edition = :edition", known)
    return tuple(sorted(found, key=lambda chart: (KINDS.index(chart.kind), SPANS.index(chart.span))))


def editions(connection: Connection, listener: str) -> tuple[date, ...]:
    """The dates of all editions, oldest first."""
    rows = _Question(connection, listener)(
        f"select edition from editions where {OF_LISTENER} order by edition"
    )
    return tuple(row.edition for row in rows)


def songs_since(connection: Connection, listener: str, edition: date) -> tuple[Chart, ...]:
    """The songs of the last four weeks on an edition and on every later one, oldest first."""
    return tuple(_charts(_Question(connection, listener, edition), f"{SONGS} and edition >= :edition", None))


class _Question:
    """A query's text becomes rows of one listener (and of one edition)."""

    def __init__(self, connection: Connection, listener: str, edition: date | None = None) -> None:
        self.connection = connection
        self._asked = {"listener": listener, "edition": edition}

    def __call__(self, query: str) -> Rows:
        named = {name: value for name, value in self._asked.items() if f":{name}" in query}
        return self.connection.execute(text(query), named).all()


def _items(ask: _Question, query: str) -> dict[Kind, dict[str, Item]]:
    """The items behind the rows (kind, item_id) of a query, by kind and id."""
    ids: dict[Kind, set[str]] = {kind: set() for kind in KINDS}
    for kind, item_id in ask(query):
        ids[kind].add(item_id)
    return {kind: dict(items(ask.connection, kind, ids[kind])) for kind in KINDS}


def _charts(ask: _Question, where: str, known: Items | None) -> list[Chart]:
    """Charts with their ranks, departures, stories, turnovers and doubles: one question each."""
    which = f"where {OF_LISTENER} and {where}"
    columns = f"kind, span, edition, number, position, item_id, {PAST}"
    ranks = ask(f"select {columns} from chart {which} order by kind, span, edition, position")
    departures = _by_chart(ask(f"select * from departures {which} order by position"))
    stories = _by_chart(ask(f"select * from stories {which} order by story"))
    turnovers = _by_chart(ask(f"select * from turnover {which} order by other desc, {NEAREST_FIRST}"))
    doubles = _by_chart(ask(f"select * from doubles {which} order by spotify_position"))
    if known is None:
        named = " union ".join(
            f"select kind, item_id from {view} {which}" for view in ("chart", "departures")
        )
        known = _items(ask, named)
    found = []
    for (kind, span, edition), group in groupby(ranks, key=itemgetter(0, 1, 2)):
        item, name = known[kind], (kind, span, edition)
        rows = list(group)
        found.append(
            Chart(
                kind,
                span,
                edition,
                rows[0].number,
                tuple(_rank(row, item) for row in rows),
                tuple(Departure(row.position, item[row.item_id], row.editions) for row in departures[name]),
                tuple(Story(row.story, item[row.item_id], row.value) for row in stories[name]),
                tuple(Turnover(row.yardstick, row.other, row.entered) for row in turnovers[name]),
                tuple(Double(row.spotify_position, row.id, item[row.item_id]) for row in doubles[name]),
            )
        )
    return found


def _by_chart(rows: Rows) -> Mapping[tuple[Kind, Span, date], list[Any]]:
    found: defaultdict[tuple[Kind, Span, date], list[Any]] = defaultdict(list)
    for row in rows:
        found[row.kind, row.span, row.edition].append(row)
    return found


def _rank(row: Any, item: Mapping[str, Item]) -> Rank:
    """A rank from the columns of `_charts`: taken by position, since there are a great many."""
    _, _, _, _, position, item_id, *past = row
    return Rank(position, item[item_id], *past)


def _standings(ask: _Question) -> dict[ChartName, Standings]:
    """Who stood where on every edition, by place."""
    rows = ask(
        "select kind, span, edition, string_agg(item_id, ' ' order by position) as ids"
        f" from chart where {OF_LISTENER} group by kind, span, edition order by kind, span, edition"
    )
    found: dict[ChartName, Standings] = {}
    for kind, span, edition, ids in rows:
        # Each id is one string in memory, however often it stands on a chart.
        found.setdefault((kind, span), {})[edition] = tuple(map(intern, ids.split()))
    return found


def _records(ask: _Question, known: Items) -> dict[ChartName, tuple[Record, ...]]:
    """What everything on a chart has achieved there, with its unbroken runs."""
    stretches: defaultdict[tuple[Kind, Span, str], list[Stretch]] = defaultdict(list)
    for row in ask(f"select * from runs where {OF_LISTENER} order by first_number"):
        stretches[row.kind, row.span, row.item_id].append(
            Stretch(row.first_edition, row.last_edition, row.editions, row.peak)
        )
    found: defaultdict[ChartName, list[Record]] = defaultdict(list)
    for row in ask(f'select * from records where {OF_LISTENER} order by kind, span, item_id collate "C"'):
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
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in ask(f'select item_id, id from aliases where {OF_LISTENER} order by id collate "C"'):
        found[row.item_id].append(row.id)
    return {named: tuple(ids) for named, ids in found.items()}

"""Where everything stood on a chart: its standings turned round once, for all pages."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from generator.model import Archive, Kind, Record, Span
from generator.render.feats import holders

Place = tuple[int, int]  # an edition of the chart, counted from 0, and the place on it


@dataclass(frozen=True, slots=True)
class Past:
    """One chart's standings, by song or artist instead of by edition."""

    kind: Kind
    span: Span
    dates: tuple[date, ...]  # its editions, oldest first
    standings: tuple[tuple[str, ...], ...]  # ids by place, of the same editions
    places: Mapping[str, Sequence[Place]]  # by id, oldest first
    debuts: Mapping[date, Sequence[str]]  # ids that were first seen on an edition, by place
    records: Mapping[str, Record]
    holders: Mapping[str, Sequence[str]]  # titles of the records that an item holds


def past(archive: Archive, kind: Kind, span: Span) -> Past:
    """One walk over all editions of a chart."""
    standings, records = archive.standings[kind, span], archive.records[kind, span]
    places: defaultdict[str, list[Place]] = defaultdict(list)
    debuts: defaultdict[date, list[str]] = defaultdict(list)
    for number, (day, ids) in enumerate(standings.items()):
        for place, one in enumerate(ids, start=1):
            if one not in places:
                debuts[day].append(one)
            places[one].append((number, place))
    return Past(
        kind,
        span,
        tuple(standings),
        tuple(standings.values()),
        places,
        debuts,
        {record.item.id: record for record in records},
        holders(records, len(standings)),
    )

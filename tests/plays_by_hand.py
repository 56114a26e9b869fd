"""What counts as a play, by hand: the rule of docs/plays.md, told in another way than the view tells it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

RANK = {"extended": 3, "account": 2, "api": 1}
GRAINS = {"h": timedelta(hours=1), "d": timedelta(days=1)}


class Row(NamedTuple):
    """A row of the table `plays`."""

    listener: str
    played_at: datetime
    source: str
    item_key: str
    ms_played: int | None
    skipped: str | None
    digest: str | None


def counted(
    rows: Iterable[Row], tracks: Mapping[str, tuple[str, int | None]], named: Mapping[str, str]
) -> list[tuple[object, ...]]:
    """The rows of the view `counted`."""
    days: dict[tuple[str, object], list[Row]] = defaultdict(list)
    for row in rows:
        days[row.listener, row.played_at.date()].append(row)
    found = [row for day in days.values() for row in ruling(day)]
    return [
        (
            *row[:4],
            tracks.get(row.item_key, (named.get(row.item_key), None))[0],
            row.ms_played if row.ms_played is not None else tracks.get(row.item_key, ("", None))[1],
            row.ms_played is None,
            row.skipped,
        )
        for row in found
    ]


def ruling(day: list[Row]) -> Iterator[Row]:
    """The rows of a day after which no better source has one, and that are long enough."""
    for row in day:
        better = [other for other in day if RANK[other.source] > RANK[row.source]]
        is_covered = any(row.played_at < reach(other) or row.played_at == other.played_at for other in better)
        if not is_covered and (row.ms_played is None or row.ms_played >= 30_000):
            yield row


def reach(row: Row) -> datetime:
    """Up to when a row may speak for what was heard: where its instant is not kept, to the end of what is."""
    if row.digest:
        return row.played_at + GRAINS[row.digest[0]]
    return row.played_at + timedelta(minutes=row.source == "account")

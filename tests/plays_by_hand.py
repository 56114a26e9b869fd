"""What counts as a play, by hand: the rules of docs/plays.md, told in another way than by the views."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from names_by_hand import Known, Listener, Song

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


class Ruling(NamedTuple):
    """A row of the view `ruling`."""

    listener: str
    utc_month: date
    played_at: datetime
    source: str
    item_key: str
    ms_played: int | None
    skipped: str | None
    local_date: date
    local_hour: int | None
    ended: datetime | None


class Heard(NamedTuple):
    """A row of the view `counted`."""

    listener: str
    played_at: datetime
    local_date: date
    local_hour: int | None
    ended: datetime | None
    source: str
    item_key: str
    item_id: str
    title: str | None
    artist_id: str | None
    artist: str | None
    album_id: str | None
    album: str | None
    release_year: int | None
    ms: int | None
    is_estimated: bool
    skipped: str | None


def ruling(rows: Iterable[Row], zones: Mapping[str, ZoneInfo], least_ms: int) -> list[Ruling]:
    """The plays that count, on each listener's own clock."""
    days: dict[tuple[str, date], list[Row]] = defaultdict(list)
    for row in rows:
        days[row.listener, day_of(row)].append(row)
    found = (row for day in days.values() for row in uncovered(day))
    return [
        on_the_clock(row, zones[row.listener])
        for row in found
        if row.ms_played is None or row.ms_played >= least_ms
    ]


def day_of(row: Row) -> date:
    """The UTC day among whose rows a row stands: of a kept day, which begins with a midnight, that day."""
    return (row.played_at + timedelta(hours=13 if is_day(row) else 0)).date()


def is_day(row: Row) -> bool:
    """Is no more than the day kept?"""
    return row.digest is not None and row.digest[0] == "d"


def uncovered(day: list[Row]) -> Iterator[Row]:
    """The rows of a day after which no better source has one."""
    for row in day:
        better = [other for other in day if RANK[other.source] > RANK[row.source]]
        if not any(row.played_at < reach(other) for other in better):
            yield row


def reach(row: Row) -> datetime:
    """Up to when a row may speak for what was heard: where its instant is not kept, to the end of what is."""
    if row.digest:
        return row.played_at + GRAINS[row.digest[0]]
    return row.played_at + {"extended": timedelta(seconds=1), "account": timedelta(minutes=1)}[row.source]


def on_the_clock(row: Row, zone: ZoneInfo) -> Ruling:
    """A play as the listener's clock tells it, as exactly as it is kept."""
    kept, local = row.digest[0] if row.digest else "", on_clock(row.played_at, zone)
    # Where the day alone is kept, it is the one whose midnight is nearest: the listener may have moved since.
    day = local + timedelta(hours=12) if kept == "d" else local
    return Ruling(
        *(row.listener, day_of(row).replace(day=1)),
        *row[1:6],  # type: ignore[arg-type]
        local_date=day.date(),
        local_hour=None if kept == "d" else local.hour,
        ended=None if kept else local,
    )


def on_clock(instant: datetime, zone: ZoneInfo) -> datetime:
    """What a clock shows at an instant (UTC)."""
    return instant.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)


def counted(rows: Iterable[Ruling], listeners: Mapping[str, Listener]) -> list[Heard]:
    """The plays that count with what they are of."""
    return [heard(row, listeners[row.listener]) for row in rows]


def heard(row: Ruling, listener: Listener) -> Heard:
    nameless = Song(row.item_key, None, None, None, None, None, None)
    song = listener.songs.get(listener.stands_for.get(row.item_key, ""), nameless)
    return Heard(
        *(row.listener, row.played_at, row.local_date, row.local_hour, row.ended, row.source, row.item_key),
        *song,
        ms=listener.lengths.get(row.item_key) if row.ms_played is None else row.ms_played,
        is_estimated=row.ms_played is None,
        skipped=row.skipped,
    )


def open_gaps(
    gaps: Iterable[tuple[str, datetime, datetime]], rows: list[Row], zones: Mapping[str, ZoneInfo]
) -> Iterator[tuple[str, datetime, datetime, date, date]]:
    """The gaps that no export closes."""
    for who, since, until in gaps:
        exports = (
            [row.played_at for row in rows if row.listener == who and row.source == source]
            for source in ("account", "extended")
        )
        if not any(covers(export, since, until) for export in exports):
            days = {row.played_at for row in rows if row.listener == who and is_day(row)}
            dates = (
                (on_clock(at, zones[who]) + timedelta(hours=12 if at in days else 0)).date()
                for at in (since, until)
            )
            yield who, since, until, *dates  # type: ignore[misc]


def covers(export: list[datetime], since: datetime, until: datetime) -> bool:
    """Does an export tell of plays before a gap, in it and after it? Of a single day it has to tell more."""
    is_before = any(at <= since and at < until for at in export)
    is_after = any(at >= until and at > since for at in export)
    minute = timedelta(minutes=1)
    is_between = any(since < at < until - minute for at in export)
    has_both = all(any(end - minute < at <= end for at in export) for end in (since, until))
    return is_before and is_after and (is_between or has_both)


def skips(rows: Iterable[Row], listeners: Mapping[str, Listener]) -> list[tuple[str, str, int, int]]:
    """How often each song was begun, and how often skipped."""
    found: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for row in rows:
        if row.source == "extended" and row.skipped:
            song = listeners[row.listener].stands_for.get(row.item_key, row.item_key)
            found[row.listener, song].append(row.skipped == "true")
    return [(*key, len(said), sum(said)) for key, said in found.items()]


__all__ = ["Heard", "Known", "Row", "Ruling", "counted", "open_gaps", "ruling", "skips"]

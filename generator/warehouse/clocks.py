"""What a listener's clock shows, for SQL: how far from UTC it is on each day. No database knows zones."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import PurePosixPath
from typing import NamedTuple
from zoneinfo import ZoneInfo

from generator import schema

LEAST_MS = 30_000  # Spotify's own rule of what a stream is


@dataclass(frozen=True, slots=True)
class Reading:
    """How plays are read: where each listener lives, and what is too short to be a play."""

    zones: Mapping[str, ZoneInfo] = field(default_factory=dict)  # by listener's slug
    elsewhere: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))  # of one who is followed no longer
    least_ms: int = LEAST_MS


class Clock(NamedTuple):
    """From one instant (UTC) to another on a UTC day, a clock is `shift` minutes before UTC."""

    listener: str
    utc_day: date
    since: datetime
    until: datetime
    shift: int


def clocks(
    paths: Iterable[str], reading: Reading, ends: Iterable[tuple[str, datetime]] = ()
) -> Iterator[Clock]:
    """Each listener's clock on all days of the months of which `paths` (relative to data/) hold plays.

    `ends`: where gaps of listeners begin and end; after a purge that may be in a month without plays.
    """
    months: dict[str, list[str]] = {}
    for path in paths:
        at = schema.place(PurePosixPath(path))
        if at and at.table is schema.plays and at.listener and at.month:
            months.setdefault(at.listener, []).append(at.month)
    for listener, end in ends:
        if listener in months:
            months[listener].append(f"{end:%Y-%m}")
    for listener, found in sorted(months.items()):
        zone = reading.zones.get(listener, reading.elsewhere)
        day, last = (date.fromisoformat(f"{month}-01") for month in (min(found), max(found)))
        while (day.year, day.month) <= (last.year, last.month):
            for since, until, shift in shifts(day, zone):
                yield Clock(listener, day, since, until, shift)
            day += timedelta(1)


def shifts(day: date, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime, int]]:
    """Stretches of a UTC day in which a zone's clock is equally far from UTC: one, two where it changes."""
    begin = datetime(day.year, day.month, day.day, tzinfo=UTC)
    end = begin + timedelta(1)
    while begin < end:
        shift, until = minutes(begin, zone), end
        if minutes(end - timedelta(minutes=1), zone) != shift:
            until = change(begin, end, zone)
        yield begin.replace(tzinfo=None), until.replace(tzinfo=None), shift
        begin = until


def change(begin: datetime, end: datetime, zone: ZoneInfo) -> datetime:
    """The first minute after `begin` at which the clock is another than at `begin`."""
    shift, length = minutes(begin, zone), int((end - begin).total_seconds()) // 60
    same, other = 0, length - 1
    while other - same > 1:
        middle = (same + other) // 2
        same, other = (
            (middle, other) if minutes(begin + timedelta(minutes=middle), zone) == shift else (same, middle)
        )
    return begin + timedelta(minutes=other)


def minutes(instant: datetime, zone: ZoneInfo) -> int:
    """How many minutes a zone's clock is before UTC."""
    apart = instant.astimezone(zone).utcoffset()
    return int(apart.total_seconds()) // 60 if apart else 0

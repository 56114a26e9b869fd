"""What names a play: the key of its track, and a digest where its instant is not kept."""

import hashlib
import hmac
import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from generator.model import Keeping

PLAY_KEY = "ROTATION_PLAY_KEY"  # the secret that makes digests
MARKED = 4  # characters of a digest that tell which key made it
WHOLE = ".000Z"  # ends every instant of data/: milliseconds are not kept
LENGTH = 22  # characters of a play's name, its mark included, and of the digest in a key of names


class Heard(NamedTuple):
    """What the sources agree to call one play."""

    played_at: str  # as `instant` writes it, to the second
    source: str
    item_key: str
    ms_played: int | None  # None: the source does not say


class Begin(NamedTuple):
    """Where a day begins among plays, as data/ writes instants.

    What is kept to the day stands at a midnight, which after a move is another zone's: the nearest is meant.
    """

    instant: str
    half_before: str  # twelve hours before


@lru_cache(maxsize=2**16)  # a load asks for the names of one artist and one album over and over
def item_key(artist: str, title: str) -> str:
    """The key of a track of which only names are known: the same however they are spelled."""
    spelled = "\n".join(unicodedata.normalize("NFKC", name).casefold() for name in (artist, title))
    return f"name:{hashlib.sha256(spelled.encode('utf-8', 'replace')).hexdigest()[:LENGTH]}"


def instant(moment: datetime) -> str:
    """An instant as data/ writes it: UTC, to the second, which is all that an export of Spotify's knows."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", WHOLE)


def kept(moment: datetime, keeping: Keeping, zone: ZoneInfo) -> datetime:
    """As much of an instant as a listener keeps: all, or the beginning of their own hour or day."""
    local = moment.astimezone(zone)
    if keeping == "hour":
        return local.replace(minute=0, second=0, microsecond=0)
    if keeping == "day":
        return local.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    return local


def midnight(day: date, zone: ZoneInfo) -> str:
    """The instant at which a day begins where somebody lives, as data/ writes it."""
    return begin(day, zone).instant


def begin(day: date, zone: ZoneInfo) -> Begin:
    """Where a day of somebody's begins among their plays."""
    first = datetime.combine(day, time(), zone)
    return Begin(instant(first), instant(first - timedelta(hours=12)))


def is_since(played_at: str, digest: str, first: Begin) -> bool:
    """Is a kept play of the day, or of a later one? Its digest is empty where its instant is kept."""
    return played_at >= (first.half_before if digest.startswith("d") else first.instant)


def told(heard: Heard) -> str:
    """What names a play, as its row writes it: the cells with commas between."""
    return ",".join("" if cell is None else str(cell) for cell in heard)


def digest(told: str, secret: str, keeping: Keeping) -> str:
    """What stands beside a play whose instant is not kept; its first letter says what is: hour or day."""
    return f"{keeping[0]}{name(told, secret)}"


def name(told: str, secret: str) -> str:
    """What tells a play from others; only who has the secret can make it."""
    return mark(secret) + _keyed(secret, told.replace(",", "\n"))[: LENGTH - MARKED]


@cache
def mark(secret: str) -> str:
    """The beginning of every name that a secret makes: another secret is noticed by it."""
    return _keyed(secret, "mark")[:MARKED]


def _keyed(secret: str, text: str) -> str:
    return hmac.digest(secret.encode(), text.encode(), "sha256").hex()

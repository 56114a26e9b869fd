"""Spotify's last plays → values."""

from datetime import UTC, datetime

from generator.model import Play, Recent, Skipped
from generator.spotify.answers import UselessError, parse_track, senseless

OLDEST = datetime(2006, 1, 1, tzinfo=UTC)  # Spotify is not older
MOST_RECENT = 50  # plays that Spotify gives at most; older ones are not to be had


def parse_recent(raw: object, until: datetime) -> Recent:
    """The last plays; `Unavailable` if the body is no list at all. What cannot be used says why."""
    rows = raw.get("items") if isinstance(raw, dict) else None
    if not isinstance(rows, list):
        senseless("the last plays", "it has no list of `items`")
    plays: list[Play] = []
    skipped: list[Skipped] = []
    for place, row in enumerate(rows[:MOST_RECENT], start=1):
        try:
            plays.append(_play(row, until))
        except UselessError as useless:
            skipped.append(Skipped(f"play {place}", str(useless)))
    return Recent(tuple(plays), tuple(skipped), is_full=len(rows) >= MOST_RECENT)


def _play(row: object, until: datetime) -> Play:
    if not isinstance(row, dict):
        raise UselessError("the row is not an object")
    ended = _ended(row.get("played_at"))
    if not OLDEST <= ended <= until:
        raise UselessError("its played_at cannot be")
    return Play(ended.astimezone(UTC), parse_track(row.get("track")))


def _ended(said: object) -> datetime:
    """When it was played: with milliseconds or without."""
    try:
        ended = datetime.fromisoformat(str(said))
    except ValueError:
        raise UselessError("its played_at is no instant") from None
    if not ended.tzinfo:
        raise UselessError("its played_at has no zone")
    return ended

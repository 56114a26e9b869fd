"""Exact plays → as much of each as its listener keeps, over rows of text: there may be a million."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from generator.listening import digest, instant, kept
from generator.model import Listener


def as_kept(rows: Iterable[str], listener: Listener, secret: str) -> Iterator[str]:
    """Rows of a file of plays, from those whose instants are kept to those of which the hour or day is."""
    begins: dict[str, str] = {}  # of the hour or day, by minute: where one lives, days begin at a minute
    for row in rows:
        heard, skipped, _ = row.rsplit(",", 2)
        at, rest = heard.split(",", 1)
        if (minute := at[:16]) not in begins:
            begins[minute] = instant(kept(datetime.fromisoformat(at), listener.plays, listener.zone))
        yield f"{begins[minute]},{rest},{skipped},{digest(heard, secret, listener.plays)}"

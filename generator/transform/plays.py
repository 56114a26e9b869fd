"""Recent plays → tables. Pure: the same plays give the same tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from generator import schema
from generator.hiding import NOTHING, Hidden
from generator.listening import Heard, digest, instant, kept, told
from generator.model import Listener, Recent, Skipped
from generator.transform.lists import Catalog, catalog_of


@dataclass(frozen=True, slots=True)
class Tables:
    """What Spotify's last plays tell."""

    plays: pd.DataFrame  # columns of schema.plays' file
    heard: tuple[Heard, ...]  # what names each of them exactly, row by row
    catalog: Catalog
    skipped: tuple[Skipped, ...] = ()
    is_full: bool = False  # there may have been more before them, of which a gap can tell


def tables(recent: Recent, listener: Listener, secret: str | None, hidden: Hidden = NOTHING) -> Tables:
    """The rows of the plays that are not hidden, as exactly as the listener keeps them.

    `secret` makes the digests of plays whose instants are not kept.
    """
    shown = [play for play in recent.plays if not hidden.covers_item(play.track)]
    heard = tuple(Heard(instant(play.ended), "api", play.track.id, None) for play in shown)
    rows = frame(heard, [None] * len(heard), listener, secret)
    known = catalog_of(play.track for play in shown)
    # A gap that begins where hidden music does would tell when that was heard.
    is_full = recent.is_full and min(recent.plays, key=lambda one: one.ended, default=None) in shown
    return Tables(rows, heard, known, recent.skipped, is_full)


def frame(
    heard: Sequence[Heard], skipped: Sequence[str | None], listener: Listener, secret: str | None
) -> pd.DataFrame:
    """Plays as rows of schema.plays' file, each as exactly as the listener keeps them."""
    is_exact = listener.plays == "exact"
    rows = pd.DataFrame(list(heard), columns=list(Heard._fields))
    if not is_exact:
        instants = (datetime.fromisoformat(one.played_at) for one in heard)
        rows["played_at"] = [instant(kept(one, listener.plays, listener.zone)) for one in instants]
    rows["skipped"] = list(skipped)
    rows["digest"] = [
        None if is_exact or secret is None else digest(told(one), secret, listener.plays) for one in heard
    ]
    return rows.astype(schema.frame_types(schema.plays))

"""How what was played looks: its cover, its calm colour, its page at Spotify, what a page of it may load."""

from collections.abc import Iterable
from urllib.parse import quote

from markupsafe import Markup

from generator.render.filters import calm, loadable
from generator.render.pages.page import allow_from
from generator.render.plays import addresses
from generator.render.plays.words import (
    counted,
    heard,
    listening_time,
    percent,
    played_name,
    plays_kept,
    stretch,
    thousands,
)
from generator.tally.played import Played
from generator.tally.tally import Tally

ESTIMATED = Markup(
    '<abbr class="estimated" title="Estimated: where no source tells how long a track was heard,'
    ' its length is taken">est.</abbr>'
)
KINDS_AT_SPOTIFY = {"tracks": "track", "artists": "artist", "albums": "album"}


def played_cover(item: Played) -> str | None:
    """The address of the item's picture, if it is one that a page may load."""
    return loadable(item.image_url)


def played_tone(item: Played) -> int:
    """Which calm colour stands in for the cover: the same for one album, everywhere and always."""
    return calm((item.album or item).id)


def played_at_spotify(item: Played) -> str | None:
    """The item's own page at Spotify; None: only its name is known."""
    if not item.spotify_id:
        return None
    return f"https://open.spotify.com/{KINDS_AT_SPOTIFY[item.kind]}/{quote(item.spotify_id, safe='')}"


def allowed(shown: Iterable[Played]) -> str:
    """What a page that shows these may load."""
    return allow_from(filter(None, map(played_cover, shown)))


def time_heard(tally: Tally) -> Markup:
    """Listening time, marked where the length of some plays is estimated."""
    mark = f" {ESTIMATED}" if tally.is_estimated else ""
    return Markup(f'<span class="heard">{listening_time(tally.ms)}{mark}</span>')  # noqa: S704 - no words of others


FILTERS = (
    *(counted, heard, listening_time, percent, stretch, thousands),
    *(played_cover, played_name, played_tone, plays_kept, time_heard),
)
GLOBALS = {
    "estimated_mark": ESTIMATED,
    "played_address": addresses.played,
    "played_at_spotify": played_at_spotify,
}

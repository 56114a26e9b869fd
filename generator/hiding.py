"""Which artists and songs a person keeps from being stored: by id, by link or by name."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from generator.model import Item, Track

LINK = re.compile(
    r"(?:spotify:|(?:https?://)?open\.spotify\.com/(?:intl-[\w-]+/|embed/)?)"
    r"(?:track|artist)[:/]([A-Za-z0-9]+)/?(?:[?#].*)?"
)
LIKE_A_LINK = re.compile(r"spotify:\w+:|(?:https?://)?\w+\.spotify\.com/")


@dataclass(frozen=True, slots=True)
class Hidden:
    """Artists and songs that are neither stored nor told of; empty: none."""

    ids: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()  # as `spelled` spells them

    def __bool__(self) -> bool:
        return bool(self.ids or self.names)

    def covers(self, identity: str, name: str) -> bool:
        """Is this one artist or song hidden, by its id or its name?"""
        return identity in self.ids or spelled(name) in self.names

    def covers_item(self, item: Item) -> bool:
        """Is an artist hidden, or a song, or one of the song's artists?"""
        if isinstance(item, Track):
            artists = any(self.covers(artist.id, artist.name) for artist in item.artists)
            return artists or self.covers(item.id, item.title)
        return self.covers(item.id, item.name)


NOTHING = Hidden()


def hidden(entries: Iterable[str]) -> Hidden:
    """What a person wrote, an artist or a song each: Spotify's id or link, or the name.

    Raises ValueError for a link to something else.
    """
    written = [entry.strip() for entry in entries if entry.strip()]
    links = [found[1] for entry in written if (found := LINK.fullmatch(entry))]
    names = [entry for entry in written if not LINK.fullmatch(entry)]
    if any(map(LIKE_A_LINK.match, names)):
        raise ValueError("is a link to no song and no artist: write the name instead")
    # An id is letters and digits, and so may a title be: such an entry is taken for both.
    return Hidden(frozenset([*links, *names]), frozenset(map(spelled, names)))


def spelled(name: str) -> str:
    """A name without what people do not see as a difference: case, width, spaces."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())

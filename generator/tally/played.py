"""What was played: songs, artists and albums."""

from dataclasses import dataclass
from typing import Literal

PlayedKind = Literal["tracks", "artists", "albums"]
PLAYED_KINDS: tuple[PlayedKind, ...] = ("tracks", "artists", "albums")
BY_NAME = "name:"  # how the id of what only exports name begins


@dataclass(frozen=True, slots=True)
class Played:
    """A song, artist or album that was played."""

    kind: PlayedKind
    id: str  # Spotify's; `name:` and a digest where only its name is known
    title: str  # blank: nobody told
    artist: "Played | None" = None  # who is named first; of an artist and of what nobody knows: None
    album: "Played | None" = None  # of a song, where known
    image_url: str | None = None  # of a song: its album's

    @property
    def slug(self) -> str:
        """Its name in addresses of the site."""
        return slug(self.id)

    @property
    def spotify_id(self) -> str | None:
        """Its id at Spotify; None: only its name is known."""
        return None if self.id.startswith(BY_NAME) else self.id


def slug(one: str) -> str:
    """An id as addresses of the site have it: on Windows no name of a file has a colon."""
    return one.replace(":", "-") if one.startswith(BY_NAME) else one

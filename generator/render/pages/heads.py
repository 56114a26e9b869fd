"""The head of an item's page: its name, its cover, who made it, and the ways to Spotify."""

from dataclasses import dataclass

from markupsafe import Markup

from generator.model import Album, Artist, Item, Track
from generator.render.catalogue import Catalogue, credits_of
from generator.render.filters import cover, name, spotify, tone
from generator.render.plays import lives
from generator.render.plays.lives import Lives
from generator.render.plays.looks import played_cover, played_tone
from generator.render.plays.words import KIND_NAMES, played_name
from generator.tally.played import Played


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above everything else on an item's page."""

    label: str  # what kind of thing it is
    name: str
    byline: str  # who made it, for a title
    cover: str | None
    tone: int
    credits: Markup | str
    album: Markup | str
    year: str | None
    duration_ms: int | None
    elsewhere: tuple[tuple[str, str], ...]  # label and address at Spotify

    @property
    def title(self) -> str:
        return f"{self.name} by {self.byline}" if self.byline else self.name


def charted(known: Catalogue, item: Item, known_lives: Lives) -> Head:
    """Of something that was on a chart."""
    track = item if isinstance(item, Track) else None
    album = track.album if track else None
    return Head(
        label="Song" if track else "Artist",
        name=name(item),
        byline=", ".join(map(name, track.artists)) if track else "",
        cover=cover(item),
        tone=tone(item),
        credits=credits_of(known, track, known_lives.get("artists", {})) if track else "",
        album=on_album(album, known_lives) if album else "",
        year=(album.release_date or "")[:4] or None if album else None,
        duration_ms=track.duration_ms if track and album else None,
        elsewhere=tuple(outside(item)),
    )


def played(item: Played, known_lives: Lives) -> Head:
    """Of something that was only played."""
    return Head(
        label=KIND_NAMES[item.kind][0].capitalize(),
        name=played_name(item),
        byline=played_name(item.artist) if item.artist else "",
        cover=played_cover(item),
        tone=played_tone(item),
        credits=lives.link(known_lives, item.artist) if item.artist else "",
        album=lives.link(known_lives, item.album) if item.album else "",
        year=None,
        duration_ms=None,
        elsewhere=tuple(lives.elsewhere(item)),
    )


def on_album(album: Album, known_lives: Lives) -> Markup:
    """The album of a song, leading to its page if it has one."""
    life = known_lives.get("albums", {}).get(album.id)
    return lives.link(known_lives, life.item) if life else Markup("<bdi>%s</bdi>") % name(album)


def outside(item: Item) -> list[tuple[str, str]]:
    """What leads to Spotify: a label and an address each."""
    found: list[tuple[str, Item | Album]] = [("Artist" if isinstance(item, Artist) else "Song", item)]
    if isinstance(item, Track):
        found += [("Album", item.album)] if item.album else []
        found += [(name(artist), artist) for artist in item.artists]
    return [(label, address) for label, one in found if (address := spotify(one))]

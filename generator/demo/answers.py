"""What Spotify says about a song, an artist, an album, a list: in the old shape and in that of 2026."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from generator.demo.catalogue import Album, Artist, Song, catalogue
from generator.demo.plays import Play

Shape = Literal["2026", "old"]
Json = dict[str, Any]

OFFICIAL = "https://api.spotify.com/v1"  # what Spotify writes into the href of every item
SIZES = (("0000b273", 640), ("00001e02", 300), ("00004851", 64))  # how a cover's id says its size
PORTRAITS = (("0000e5eb", 640), ("00005174", 320), ("0000f178", 160))
MARKETS = ("AR", "AU", "BR", "CA", "DE", "ES", "FR", "GB", "GR", "IS", "JP", "KR", "MX", "NL", "PT", "US")
FULL_PAGE = 50
PRECISION = {4: "year", 7: "month", 10: "day"}
GONE = {  # what the shape of 2026 leaves out, by type
    "track": ("popularity", "available_markets", "linked_from"),
    "album": ("label", "popularity", "album_group", "available_markets"),
    "artist": ("followers", "popularity", "genres"),
    "user": ("email", "country", "product", "followers", "explicit_content"),
}


@dataclass(frozen=True, slots=True)
class Answers:
    """Items as Spotify would describe them on a day."""

    shape: Shape
    day: date
    image_url: str

    def me(self, account_id: str, name: str) -> Json:
        """The user's own profile."""
        old = {
            "country": "DE",
            "email": "listener@example.org",
            "product": "premium",
            "explicit_content": {"filter_enabled": False, "filter_locked": False},
            "followers": {"href": None, "total": 20 + self.day.toordinal() % 5},
        }
        new = {"account_id": account_id} if self.shape == "2026" else {}
        return self.item("user", account_id, display_name=name, images=[], **new, **old) | {
            "href": f"{OFFICIAL}/users/{account_id}"
        }

    def artist(self, artist: Artist) -> Json:
        return self.item(
            "artist",
            artist.id,
            name=artist.name,
            images=self.images("ab676161", PORTRAITS, artist.image),
            genres=list(artist.genres),
            popularity=self.noisy(artist.popularity),
            followers={"href": None, "total": artist.popularity**3 + self.day.toordinal() % 1000},
        )

    def artist_in_short(self, artist: Artist) -> Json:
        return self.item("artist", artist.id, name=artist.name)

    def album_in_short(self, album: Album) -> Json:
        return self.item(
            "album",
            album.id,
            name=album.title,
            album_type=album.kind,
            artists=[self.artist_in_short(album.artist)],
            available_markets=list(MARKETS),
            images=self.images("ab67616d", SIZES, album.image),
            release_date=album.release_date,
            release_date_precision=PRECISION[len(album.release_date)],
            total_tracks=album.size,
            is_playable=True,
        )

    def album(self, album: Album) -> Json:
        songs = [self.song_in_short(song) for song in catalogue().songs if song.album.id == album.id]
        more = {
            "tracks": page(songs, 0, FULL_PAGE, f"{OFFICIAL}/albums/{album.id}/tracks"),
            "copyrights": [{"text": f"{album.release_date[:4]} {album.label}", "type": "P"}],
            "external_ids": {"upc": str(int(album.image[:10], 16)).zfill(13)},
            "genres": [],
            "label": album.label,
            "popularity": self.noisy(album.artist.popularity),
        }
        return self.without_gone(self.album_in_short(album) | more)

    def song_in_short(self, song: Song) -> Json:
        return self.item(
            "track",
            song.id,
            name=song.title,
            artists=[self.artist_in_short(artist) for artist in song.artists],
            available_markets=list(MARKETS),
            disc_number=1,
            track_number=song.number,
            duration_ms=song.duration_ms,
            explicit=song.explicit,
            is_local=False,
            is_playable=True,
            preview_url=None,
        )

    def song(self, song: Song) -> Json:
        return self.song_in_short(song) | self.without_gone(
            {
                "type": "track",
                "album": self.album_in_short(song.album),
                "external_ids": {"isrc": song.isrc},
                "popularity": self.noisy(song.popularity),
            }
        )

    def play(self, play: Play) -> Json:
        album = play.song.album
        context = self.item("album", album.id)
        del context["id"]
        ended = f"{play.ended:%Y-%m-%dT%H:%M:%S}.{play.ended.microsecond // 1000:03}Z"
        return {"track": self.song(play.song), "played_at": ended, "context": context}

    def item(self, type_: str, id_: str, **fields: object) -> Json:
        """What every item has, and these fields."""
        known = {
            "external_urls": {"spotify": f"https://open.spotify.com/{type_}/{id_}"},
            "href": f"{OFFICIAL}/{type_}s/{id_}",
            "id": id_,
            "type": type_,
            "uri": f"spotify:{type_}:{id_}",
        }
        return self.without_gone(known | fields)

    def without_gone(self, item: Json) -> Json:
        gone = GONE[item["type"]] if self.shape == "2026" else ()
        return {name: value for name, value in item.items() if name not in gone}

    def images(self, family: str, sizes: Sequence[tuple[str, int]], image: str) -> list[Json]:
        return [
            {"url": f"{self.image_url}{family}{size}{image}", "height": pixels, "width": pixels}
            for size, pixels in sizes
        ]

    def noisy(self, popularity: int) -> int:
        """Popularity moves from day to day for no reason of the listener's."""
        return min(100, popularity + self.day.toordinal() % 3)


def page(items: Sequence[Json], offset: int, limit: int, address: str) -> Json:
    """One page of these items, with the addresses of its neighbours."""

    def at(place: int) -> str:
        return f"{address}{'&' if '?' in address else '?'}limit={limit}&offset={place}"

    return {
        "items": items[offset : offset + limit],
        "total": len(items),
        "limit": limit,
        "offset": offset,
        "href": at(offset),
        "next": at(offset + limit) if offset + limit < len(items) else None,
        "previous": at(max(0, offset - limit)) if offset else None,
    }

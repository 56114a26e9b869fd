"""Every song that was ever played, by its number: what the days of plays are read with."""

from collections.abc import Sequence
from itertools import groupby

from generator.render.api.documents import Document
from generator.tally.diary import Diary
from generator.tally.played import Played


class Numbers:
    """Artists or albums, numbered in the order in which they were first heard."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.items: list[Played] = []

    def of(self, one: Played | None) -> int | None:
        if one is None:
            return None
        if one.id not in self._numbers:
            self._numbers[one.id] = len(self.items)
            self.items.append(one)
        return self._numbers[one.id]


def songs(diary: Diary) -> Document:
    """By columns, since there may be tens of thousands: what has the same place in each belongs together."""
    artists, albums = Numbers(), Numbers()
    by = [artists.of(song.artist) for song in diary.numbered]
    on = [albums.of(song.album) for song in diary.numbered]
    return {
        "months": heard_before(diary),
        "songs": {**columns(diary, diary.numbered), "artist": by, "album": on},
        "artists": columns(diary, artists.items),
        "albums": {
            **columns(diary, albums.items),
            "artist": [artists.of(album.artist) for album in albums.items],
        },
    }


def columns(diary: Diary, items: Sequence[Played]) -> Document:
    return {
        "id": [one.id for one in items],
        "title": [one.title for one in items],
        "has_page": [one.id in diary.lives[one.kind] for one in items],
    }


def heard_before(diary: Diary) -> dict[str, int]:
    """How many songs had been heard before each month with a play: their numbers are the smaller ones."""
    found, so_far = {}, 0
    for month, days in groupby(diary.days, key=lambda day: f"{day.date:%Y-%m}"):
        found[month] = so_far
        so_far += sum(day.new_songs for day in days)
    return found

"""Which tracks are one song: the same recording under several of Spotify's ids."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

WITHIN_MS = 3000  # lengths of one recording differ by no more than this


class Recording(NamedTuple):
    """What tells whether two tracks are the same recording."""

    id: str
    title: str
    artist_ids: str
    duration_ms: int | None
    isrc: str | None


def songs(recordings: Iterable[Recording], corrections: Mapping[str, str]) -> dict[str, str]:
    """The song of every track that is not alone: the smallest name of those that belong together.

    Same song: same ISRC, or same title and artists and lengths within three seconds of each other; also by
    way of a third. `corrections` (id → song, from data/same.csv) overrule this for the ids that they name:
    such an id is the same as its song, which may be another track's id or any word, and as nothing else.
    """
    tracks = {one.id: one for one in recordings}
    sets = _Sets()
    for one, other in _alike([track for track in tracks.values() if track.id not in corrections]):
        sets.join(one, other)
    named = {track: song.strip() for track, song in corrections.items()}
    for track, song in named.items():
        sets.join(track, song)
    together = defaultdict(list)
    for track in sorted({*tracks, *named, *named.values()}):
        together[sets.find(track)].append(track)
    return {track: members[0] for members in together.values() if len(members) > 1 for track in members}


def _alike(tracks: list[Recording]) -> Iterator[tuple[str, str]]:
    """Pairs of ids that are the same recording; not every pair, but enough to join them all."""
    coded = sorted((_code(track.isrc), track.id) for track in tracks if track.isrc)
    for (code, one), (other_code, other) in pairwise(coded):
        if code == other_code:
            yield one, other
    # What is not known of two tracks is not the same.
    named = sorted(
        (_name(track), track.duration_ms, track.id)
        for track in tracks
        if track.duration_ms and track.artist_ids and _title(track.title)
    )
    for (name, length, one), (other_name, other_length, other) in pairwise(named):
        if name == other_name and other_length - length <= WITHIN_MS:
            yield one, other


def _code(isrc: str) -> str:
    """An ISRC as its standard writes it: some deliver it in small letters or with hyphens."""
    return isrc.replace("-", "").upper()


def _name(track: Recording) -> tuple[str, str]:
    return _title(track.title), " ".join(sorted(track.artist_ids.split()))


def _title(title: str) -> str:
    """A title without what differs by chance: capitals, wide letters, spaces."""
    return " ".join(unicodedata.normalize("NFKC", title).casefold().split())


class _Sets:
    """Disjoint sets."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def find(self, one: str) -> str:
        while (parent := self._parent.setdefault(one, one)) != one:
            self._parent[one] = self._parent[parent]
            one = parent
        return one

    def join(self, one: str, other: str) -> None:
        self._parent[self.find(one)] = self.find(other)

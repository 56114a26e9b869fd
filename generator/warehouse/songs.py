"""Which tracks are one song: the same recording under several of Spotify's ids."""

import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from itertools import groupby, pairwise
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
    """The song of every track that is not alone: the smallest id of those that belong together.

    Same song: same ISRC, or same title and artists and lengths within three seconds of each other.
    `corrections` (id → song, from data/same.csv) overrule this for the ids that they name.
    """
    tracks = {one.id: one for one in recordings}
    sets = _Sets()
    for one, other in _alike([track for track in tracks.values() if track.id not in corrections]):
        sets.join(one, other)
    for track, song in corrections.items():
        sets.join(track, ("song", song))
        if song in tracks and song not in corrections:
            sets.join(("song", song), song)
    together = defaultdict(list)
    for track in sorted(tracks):
        together[sets.find(track)].append(track)
    return {track: members[0] for members in together.values() if len(members) > 1 for track in members}


def _alike(tracks: list[Recording]) -> Iterator[tuple[str, str]]:
    """Pairs of ids that are the same recording; not every pair, but enough to join them all."""
    for isrc, of_isrc in groupby(sorted(tracks, key=lambda one: one.isrc or ""), key=lambda one: one.isrc):
        if isrc:
            yield from pairwise(one.id for one in of_isrc)
    named = sorted((_name(one), one.duration_ms, one.id) for one in tracks if one.duration_ms)
    for (name, length, one), (other_name, other_length, other) in pairwise(named):
        if name == other_name and other_length - length <= WITHIN_MS:
            yield one, other


def _name(track: Recording) -> tuple[str, str]:
    title = unicodedata.normalize("NFKC", track.title).casefold()
    return " ".join(title.split()), " ".join(sorted(track.artist_ids.split()))


class _Sets:
    """Disjoint sets."""

    def __init__(self) -> None:
        self._parent: dict[Hashable, Hashable] = {}

    def find(self, one: Hashable) -> Hashable:
        while (parent := self._parent.setdefault(one, one)) != one:
            self._parent[one] = self._parent[parent]
            one = parent
        return one

    def join(self, one: Hashable, other: Hashable) -> None:
        self._parent[self.find(one)] = self.find(other)

"""An invented listener: what they play follows a taste that drifts, and their lists follow what they played.

Everything is a function of a seed and a day, in whole numbers only: equal on every machine and Python.
"""

from bisect import bisect
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate

from generator.demo.catalogue import Artist, Dice, Song, catalogue
from generator.model import Kind, Span

WEEK = 7
DAYS: dict[Span, int] = {"short_term": 28, "medium_term": 180, "long_term": 365}
# Out of a hundred days, so many bring a list that was computed anew; on the others it is the old one.
RENEWED: dict[Span, int] = {"short_term": 76, "medium_term": 45, "long_term": 25}
PLAYS_A_DAY = range(24, 57)
FOUND_FROM = date(2019, 1, 1)  # what is older is found on some day from then on, what is newer at once
FOUND_WITHIN = 2450  # days
TRACKS = 50
ARTISTS: dict[Span, range] = {
    "short_term": range(14, 28),
    "medium_term": range(20, 36),
    "long_term": range(30, 41),
}
REMEMBERED = 2048  # days whose plays are kept in memory


@dataclass(frozen=True, slots=True)
class Fondness:
    """How one song comes and goes for the listener: numbers of which weeks are made into weights."""

    song: Song
    since: str  # the day on which the listener came upon the song
    liking: int  # of the song itself, in all weeks
    love: int  # for its artist
    tide: tuple[int, int]  # the weeks in which love for the artist ebbs and flows once, and their offset
    crush: tuple[int, int, int]  # every so many weeks, from an offset, the song is a favourite for some weeks

    def weight(self, week: int, monday: str) -> int:
        """How likely the song is to be played in this week, against the others."""
        if max(self.song.album.release_date, self.since) > monday:
            return 0
        period, offset = self.tide
        tide = 10 + abs((week + offset) % period * 2 - period) * 90 // period
        every, start, lasting = self.crush
        nearness = max(0, lasting - abs((week + start) % every - lasting))
        return self.love * tide * self.liking * (1 + 14 * nearness // lasting)


def fondness(seed: str, song: Song, love: int) -> Fondness:
    by_artist, by_song = (
        Dice(f"{seed}/tide/{song.album.artist.id}"),
        Dice(f"{seed}/crush/{song.isrc}/{song.id}"),
    )
    found = FOUND_FROM + timedelta(days=Dice(f"{seed}/found/{song.isrc}").below(FOUND_WITHIN))
    return Fondness(
        song=song,
        since=found.isoformat() if song.album.release_date < FOUND_FROM.isoformat() else "",
        liking=1 + by_song.below(5) * by_song.below(4),
        love=love,
        tide=(24 + by_artist.below(80), by_artist.below(104)),
        crush=(40 + by_song.below(90), by_song.below(130), 2 + by_song.below(6)),
    )


@lru_cache(maxsize=8)
def taste(seed: str) -> tuple[Fondness, ...]:
    """The listener's fondness of every song, in the catalogue's order."""
    dice = Dice(f"{seed}/love")
    order = sorted(catalogue().artists, key=lambda _: dice.random())
    love = {singer.id: 600 // (4 + place) for place, singer in enumerate(order)}
    return tuple(fondness(seed, song, love[song.album.artist.id]) for song in catalogue().songs)


@lru_cache(maxsize=REMEMBERED)
def weights(seed: str, week: int) -> tuple[int, ...]:
    """The running sum of all songs' weights in a week (counted from the first one of the calendar)."""
    monday = date.fromordinal(week * WEEK + 1).isoformat()
    return tuple(accumulate(one.weight(week, monday) for one in taste(seed)))


@lru_cache(maxsize=REMEMBERED)
def played(seed: str, day: date) -> tuple[int, ...]:
    """The songs played on a day, in order, by their places in the catalogue."""
    dice = Dice(f"{seed}/plays/{day}")
    return drawn(seed, day, PLAYS_A_DAY.start + dice.below(len(PLAYS_A_DAY)), dice)


def drawn(seed: str, day: date, times: int, dice: Dice) -> tuple[int, ...]:
    """So many songs as the listener likes them in the week of the day, by their places in the catalogue."""
    sums = weights(seed, (day.toordinal() - 1) // WEEK)
    return tuple(bisect(sums, dice.below(sums[-1])) for _ in range(times)) if sums[-1] else ()


@lru_cache(maxsize=REMEMBERED)
def scores(seed: str, span: Span, day: date) -> Counter[int]:
    """What each song's plays up to the day before are worth, the latest three times as much as the first."""
    total: Counter[int] = Counter()
    for age in range(DAYS[span]):
        worth = DAYS[span] * 3 - age * 2
        for place in played(seed, day - timedelta(days=age + 1)):
            total[place] += worth
    return total


def computed(seed: str, span: Span, day: date) -> date:
    """The day on which the list of `day` was computed: not every night brings a new one."""
    while not Dice(f"{seed}/{span}/{day}").is_so(RENEWED[span]):
        day -= timedelta(days=1)
    return day


def top_tracks(span: Span, day: date, *, seed: str = "demo") -> tuple[Song, ...]:
    """The 50 songs that Spotify would list on this day, best first."""
    worth = scores(seed, span, computed(seed, span, day))
    songs = catalogue().songs
    return tuple(songs[place] for place in sorted(worth, key=lambda place: (-worth[place], place))[:TRACKS])


def top_artists(span: Span, day: date, *, seed: str = "demo") -> tuple[Artist, ...]:
    """The artists that Spotify would list on this day, best first: fewer than one asks for."""
    worth: Counter[Artist] = Counter()
    for place, points in scores(seed, span, computed(seed, span, day)).items():
        for singer in catalogue().songs[place].artists:
            worth[singer] += points
    best = sorted(worth, key=lambda singer: (-worth[singer], singer.id))
    notable = sum(points * 100 > worth.total() for points in worth.values())
    return tuple(best[: min(max(notable, ARTISTS[span].start), ARTISTS[span].stop - 1)])


def top(kind: Kind, span: Span, day: date, *, seed: str = "demo") -> tuple[Song, ...] | tuple[Artist, ...]:
    """The list of this kind and span on this day."""
    return (top_tracks if kind == "tracks" else top_artists)(span, day, seed=seed)

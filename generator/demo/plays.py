"""What the invented listener heard: sessions by hour and weekday, skips, a song over and over, days without.

Like the lists, everything is a function of a seed and a day, in whole numbers only.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from generator.demo.catalogue import Dice, Song, catalogue
from generator.demo.listener import WEEK, drawn, played

SESSIONS = {  # by weekday: the hour (UTC) at which a session begins, and its share of the day's songs
    **dict.fromkeys(range(4), ((6, 4), (11, 2), (16, 3), (19, 5))),
    4: ((6, 4), (11, 2), (16, 3), (20, 7)),
    5: ((9, 4), (13, 4), (17, 3), (20, 6)),
    6: ((9, 5), (14, 4), (19, 3)),
}
SATURDAY = 5
MORE = range(8, 20)  # songs that a Saturday has beyond those of another day
QUIET = 30  # out of a hundred weeks, so many have a day without music, from Monday to Friday
PRIVATE = 3  # out of a hundred sessions
OBSESSED = 7  # out of a hundred days: one song over and over in the last session
AGAIN = range(5, 13)  # times
SHORTEST_MS = 30_000  # from which on Spotify tells of a play among the recent ones
IMPATIENCE = 40  # out of a hundred times, the song that is skipped most
REMEMBERED = 4096  # days whose plays are kept in memory


@dataclass(frozen=True, slots=True)
class Play:
    """One listening event: a song, the instant at which it ended, and how much of it was heard."""

    song: Song
    ended: datetime
    ms: int
    is_skipped: bool = False
    is_private: bool = False


def plays(day: date, *, seed: str = "demo") -> tuple[Play, ...]:
    """What Spotify tells of a day (UTC) among the recent plays, in order."""
    return tuple(play for play in heard(seed, day) if play.ms >= SHORTEST_MS and not play.is_private)


@lru_cache(maxsize=REMEMBERED)
def heard(seed: str, day: date) -> tuple[Play, ...]:
    """Everything that was heard on a day (UTC), in order, the skipped and the private too."""
    if is_quiet(seed, day):
        return ()
    dice = Dice(f"{seed}/heard/{day}")
    places, found = of_day(seed, day, dice), list[Play]()
    for hour, songs in sessions(day, places, dice):
        ended = datetime.combine(day, time(hour, dice.below(30), dice.below(60)), tzinfo=UTC)
        is_private = dice.is_so(PRIVATE)
        for place in songs:
            song = catalogue().songs[place]
            is_skipped, ms = listened(seed, song, dice)
            ended += timedelta(milliseconds=ms + dice.below(1500))
            found.append(Play(song, ended, ms, is_skipped, is_private))
    return tuple(found)


def is_quiet(seed: str, day: date) -> bool:
    """Did the listener hear nothing on this day?"""
    dice = Dice(f"{seed}/quiet/{(day.toordinal() - 1) // WEEK}")
    return dice.is_so(QUIET) and dice.below(SATURDAY) == day.weekday()


def of_day(seed: str, day: date, dice: Dice) -> tuple[int, ...]:
    """The songs of a day, by their places in the catalogue: those that the lists follow, and some more."""
    places = played(seed, day)
    if day.weekday() == SATURDAY:
        places += drawn(seed, day, MORE.start + dice.below(len(MORE)), dice)
    return places


def sessions(day: date, places: tuple[int, ...], dice: Dice) -> Iterator[tuple[int, tuple[int, ...]]]:
    """The hour at which each session begins, and its songs."""
    plan = SESSIONS[day.weekday()]
    shares, begun, done = sum(share for _, share in plan), 0, 0
    for hour, share in plan:
        done += share
        songs, begun = places[begun : len(places) * done // shares], len(places) * done // shares
        if songs and done == shares and dice.is_so(OBSESSED):
            times = min(AGAIN.start + dice.below(len(AGAIN)), len(songs))
            songs = songs[:-times] + songs[-1:] * times
        yield hour, songs


def listened(seed: str, song: Song, dice: Dice) -> tuple[bool, int]:
    """Was the song skipped, and how many milliseconds of it were heard?"""
    if dice.is_so(impatience(seed, song.isrc)):
        # Most skips come early, some late.
        part = dice.below(12) if dice.is_so(80) else 12 + dice.below(70)
        return True, 1_000 + song.duration_ms * part // 100
    return False, song.duration_ms * (60 + dice.below(40)) // 100 if dice.is_so(4) else song.duration_ms


@lru_cache(maxsize=REMEMBERED)
def impatience(seed: str, isrc: str) -> int:
    """Out of a hundred times, so many the song is skipped: some are skipped more than others."""
    dice = Dice(f"{seed}/impatience/{isrc}")
    return dice.below(IMPATIENCE) * dice.below(IMPATIENCE) // IMPATIENCE

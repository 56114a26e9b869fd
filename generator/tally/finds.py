"""What is worth telling about songs and artists: absences, obsessions, firsts, skips, release years."""

from dataclasses import dataclass
from datetime import date

from generator.tally.played import Played
from generator.tally.tally import Tally


@dataclass(frozen=True, slots=True)
class Absence:
    """A song that was played five times or more, and then for 90 days or more not at all."""

    item: Played
    since: date  # last played before
    returned: date | None  # None: still away
    days: int
    before: Tally
    after: Tally  # since its return


@dataclass(frozen=True, slots=True)
class Obsession:
    """A song that was played five times or more on one date."""

    date: date
    item: Played
    tally: Tally


@dataclass(frozen=True, slots=True)
class OneHit:
    """An artist of whom one song alone was played, five times or more."""

    artist: Played
    song: Played
    tally: Tally


@dataclass(frozen=True, slots=True)
class ReleaseYear:
    """What was played of the music of a year."""

    year: int | None  # None: nobody told when it came out
    tally: Tally
    songs: int


@dataclass(frozen=True, slots=True)
class Skip:
    """How often a song was begun and skipped, where an extended history says so."""

    item: Played
    begun: int
    skipped: int


@dataclass(frozen=True, slots=True)
class FirstListen:
    """Something first heard on a day of the year."""

    item: Played
    first: date
    tally: Tally  # since then

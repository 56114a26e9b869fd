"""What counting a listener's plays comes to: frozen values. Their words are defined in docs/plays.md."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

PlayedKind = Literal["tracks", "artists", "albums"]
Grain = Literal["week", "month", "year", "all"]  # how long a period is

PLAYED_KINDS: tuple[PlayedKind, ...] = ("tracks", "artists", "albums")
GRAINS: tuple[Grain, ...] = ("all", "year", "month", "week")
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
        return self.id.replace(":", "-")

    @property
    def spotify_id(self) -> str | None:
        """Its id at Spotify; None: only its name is known."""
        return None if self.id.startswith(BY_NAME) else self.id


@dataclass(frozen=True, slots=True)
class Tally:
    """How often and for how long something was heard."""

    plays: int
    ms: int  # listening time
    estimated: int = (
        0  # plays of which no source tells how long they were heard: their track's length is taken
    )

    @property
    def is_estimated(self) -> bool:
        return self.estimated > 0


def together(tallies: Iterable[Tally]) -> Tally:
    """What several come to."""
    known = tuple(tallies)
    return Tally(
        sum(one.plays for one in known), sum(one.ms for one in known), sum(one.estimated for one in known)
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chart of plays."""

    place: int  # equals share it
    item: Played
    tally: Tally
    moved: int | None  # places gained since the period before; None: not played in it
    is_new: bool  # first heard in this period
    first: date  # when it was first played in the period
    last: date


@dataclass(frozen=True, slots=True)
class Discovery:
    """Something that was heard for the first time."""

    item: Played
    tally: Tally  # in the period
    first: date


@dataclass(frozen=True, slots=True)
class Period:
    """A week, month, year or all time: what it comes to, and its charts."""

    grain: Grain
    first: date  # the date on which it begins
    last: date  # its last date; of all time and of a period that still runs, the last with a play
    tally: Tally
    days: int  # dates with a play
    songs: int
    artists: int
    albums: int
    new_songs: int  # heard for the first time
    new_artists: int
    biggest_day: date
    biggest_plays: int
    repeated: Played  # the song that was played most on one date
    repeated_on: date
    repeated_plays: int
    streak: int  # dates with a play in a row, the longest within the period
    streak_since: date
    has_gap: bool  # plays may be missing, so that the figures are at least so many
    is_running: bool  # more of it is to come
    charts: Mapping[PlayedKind, tuple[Line, ...]] = field(default_factory=dict)
    discoveries: Mapping[PlayedKind, tuple[Discovery, ...]] = field(
        default_factory=dict
    )  # of months and years

    @property
    def key(self) -> tuple[Grain, date]:
        return self.grain, self.first


@dataclass(frozen=True, slots=True)
class Day:
    """A date with a play."""

    date: date
    tally: Tally
    songs: int
    new_songs: int
    new_artists: int


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour of a weekday, over a year."""

    year: int
    weekday: int  # 1: Monday
    hour: int  # 0 to 23, on the listener's own clock
    tally: Tally


@dataclass(frozen=True, slots=True)
class Streak:
    """Dates with a play, one after another."""

    first: date
    last: date
    days: int
    plays: int
    is_current: bool  # reaches the last date with a play
    has_gap: bool  # may be longer: plays may be missing where it begins or ends


@dataclass(frozen=True, slots=True)
class Session:
    """Music that went on without a silence of more than half an hour."""

    began: datetime  # on the listener's own clock
    ended: datetime
    tally: Tally


@dataclass(frozen=True, slots=True)
class Sessions:
    """All sessions: how many, how long they are, and the longest."""

    count: int
    tally: Tally
    lengths: tuple[int, ...]  # how many of less than half an hour, an hour, two, four, and of more
    longest: tuple[Session, ...]


@dataclass(frozen=True, slots=True)
class Novelty:
    """How much of a month's music was new: first heard less than 30 days before."""

    month: date
    new: Tally
    familiar: Tally


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


@dataclass(frozen=True, slots=True)
class Eddington:
    """On `number` dates there were at least `number` plays."""

    number: int
    wanting: int  # such dates that the next number still needs


@dataclass(frozen=True, slots=True)
class Listed:
    """What was played of an item of one of Spotify's current lists, in about the span that it looks at."""

    span: str
    position: int  # on Spotify's list
    tally: Tally
    place: int | None  # by plays; None: not played


@dataclass(frozen=True, slots=True)
class Life:
    """All plays of one song, artist or album that has a page."""

    item: Played
    tally: Tally
    first: date
    last: date
    place: int  # of all time, by plays
    months: tuple[tuple[date, Tally], ...]  # by month, of those with a play
    listed: tuple[Listed, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """What counts as a play."""

    least_seconds: int  # what was heard for less is no play
    has_private: bool  # an import keeps plays of private sessions, too


@dataclass(frozen=True, slots=True)
class Diary:
    """A listener's plays, counted once for all pages."""

    keeping: str  # how exactly plays are kept now: "off", "exact", "hour" or "day"
    rule: Rule
    periods: Mapping[tuple[Grain, date], Period]  # by grain, then oldest first
    days: tuple[Day, ...]  # oldest first, without the dates that have no play
    hours: tuple[Hour, ...]  # of plays whose hour is kept
    streaks: tuple[Streak, ...]  # the longest first
    sessions: Sessions | None  # None: no instant is kept exactly
    novelty: tuple[Novelty, ...]
    forgotten: tuple[Absence, ...]
    rediscovered: tuple[Absence, ...]
    obsessions: tuple[Obsession, ...]
    one_hits: tuple[OneHit, ...]
    first_listens: Mapping[tuple[int, int], tuple[FirstListen, ...]]  # by month and day
    release_years: tuple[ReleaseYear, ...]  # oldest first; what is not known comes last
    skips: tuple[Skip, ...]  # the most skipped first
    skip_rate: tuple[int, int] | None  # begun and skipped altogether; None: no source says
    eddington: Eddington
    lives: Mapping[PlayedKind, Mapping[str, Life]]  # by id: what has a page, the most played first
    ranges: Mapping[str, str]  # by month ("2026-11"): JSON of day → lines of docs/api.md
    numbered: tuple[Played, ...]  # the songs of `ranges`, in the order of their numbers
    totals: tuple[Tally, ...]  # all plays of each of `numbered`, in the same order
    gaps: tuple[tuple[date, date], ...]  # stretches in which plays may be missing

    @property
    def whole(self) -> Period:
        """All time."""
        return next(period for (grain, _), period in self.periods.items() if grain == "all")

    def of_grain(self, grain: Grain) -> tuple[Period, ...]:
        """All weeks, months or years with a play, oldest first."""
        return tuple(period for (kept, _), period in self.periods.items() if kept == grain)

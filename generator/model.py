"""The values that stages hand on and pages show: frozen, and plain Python."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from generator.tally.diary import Diary

Kind = Literal["tracks", "artists"]
Span = Literal["short_term", "medium_term", "long_term"]

Keeping = Literal["off", "exact", "hour", "day"]  # how exactly a listener's plays are kept
Source = Literal["api", "account", "extended"]  # who tells of a play

LONGEST_TEXT = 1000  # characters of a name that is kept; real ones stay far below
KINDS: tuple[Kind, ...] = ("tracks", "artists")
SPANS: tuple[Span, ...] = ("short_term", "medium_term", "long_term")


@dataclass(frozen=True, slots=True)
class Listener:
    """A person whose Spotify account is followed."""

    slug: str
    name: str
    zone: ZoneInfo
    plays: Keeping = "off"

    def local_date(self, now: datetime) -> date:
        """The date on the listener's own calendar at the instant `now`."""
        return now.astimezone(self.zone).date()


@dataclass(frozen=True, slots=True)
class Artist:
    id: str
    name: str
    image_url: str | None = None  # None: unknown


@dataclass(frozen=True, slots=True)
class Album:
    id: str
    title: str
    release_date: str | None = None  # "2009", "2009-05" or "2009-05-18"; None: unknown
    image_url: str | None = None


@dataclass(frozen=True, slots=True)
class Track:
    id: str
    title: str
    artists: tuple[Artist, ...]
    album: Album | None = None  # None: Spotify did not say
    duration_ms: int | None = None
    isrc: str | None = None


Item = Track | Artist


@dataclass(frozen=True, slots=True)
class Skipped:
    """One row of an answer that could not be used, and why."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What Spotify said when asked for one list: `items` by Spotify's position, counted from 1."""

    kind: Kind
    span: Span
    items: dict[int, Item]
    skipped: tuple[Skipped, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.kind}/{self.span}"


@dataclass(frozen=True, slots=True)
class Play:
    """One listening event, as Spotify's recent plays tell of it."""

    ended: datetime  # aware
    track: Track


@dataclass(frozen=True, slots=True)
class Recent:
    """What Spotify said when asked for the last plays, latest first."""

    plays: tuple[Play, ...]
    skipped: tuple[Skipped, ...] = ()
    is_full: bool = False  # it gave as many as it gives at most: there may have been more


@dataclass(frozen=True, slots=True)
class Ignored:
    """A whole list that was answered but is no news, and why."""

    list: str
    why: str


@dataclass(frozen=True, slots=True)
class Rank:
    """One line of a chart, with its past up to that edition. The words are defined in docs/charts.md."""

    position: int
    item: Item
    moved: int | None  # places gained since the previous edition; None: was not on the chart then
    is_new: bool  # never on this chart before
    peak: int
    editions: int  # editions on the chart so far, this one included
    absent: int | None = None  # editions missed since it was last on the chart; None: never was
    peak_edition: date | None = None  # when it first stood at its peak
    at_one: int = 0  # editions at number one so far
    run: int = 1  # editions of the unbroken run that this edition belongs to, so far
    longest_run: int = 1
    debut: date | None = None  # its first edition on the chart


@dataclass(frozen=True, slots=True)
class Departure:
    """An item of the previous edition's chart that is not on this one."""

    position: int  # where it stood
    item: Item
    editions: int = 1  # how many it had been on the chart


@dataclass(frozen=True, slots=True)
class Story:
    """Something that an edition has to tell; the rules are those of the view `stories`."""

    story: (
        str  # "climber", "debut", "comeback", "farewell", "stay", "jump", "reign", "hundred", "anniversary"
    )
    item: Item
    value: int  # the figure it is about: places, editions or years


@dataclass(frozen=True, slots=True)
class Turnover:
    """How much of a chart was not on an earlier edition's."""

    yardstick: str  # "previous", "week", "month" or "year"
    other: date  # the earlier edition: the one nearest to that long before
    entered: int


@dataclass(frozen=True, slots=True)
class Double:
    """An id that gave up its place on the chart, since another id of the same song stands higher."""

    spotify_position: int
    id: str
    item: Item  # the song, under the id that was seen first


@dataclass(frozen=True, slots=True)
class Chart:
    """The first twenty places of a list, seen with their history."""

    kind: Kind
    span: Span
    edition: date
    number: int  # 1 for the first edition of this list
    ranks: tuple[Rank, ...]
    departures: tuple[Departure, ...]
    stories: tuple[Story, ...] = ()
    turnovers: tuple[Turnover, ...] = ()
    doubles: tuple[Double, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """A date on which any of a listener's lists changed."""

    date: date
    number: int  # from 1
    commit: str | None  # address of the commit that made it; None: unknown


@dataclass(frozen=True, slots=True)
class Stretch:
    """One unbroken run on a chart."""

    first: date
    last: date
    editions: int
    peak: int


@dataclass(frozen=True, slots=True)
class Record:
    """All that a song or artist has achieved on one chart."""

    item: Item
    kind: Kind
    span: Span
    editions: int
    at_one: int
    longest_run: int
    jump: int | None  # the most places gained at once; None: never climbed
    comebacks: int
    peak: int
    debut: date
    last: date
    stretches: tuple[Stretch, ...]  # its unbroken runs, oldest first


Standings = dict[date, tuple[str, ...]]  # ids of a chart by place, on every edition from its list's first


@dataclass(frozen=True, slots=True)
class Archive:
    """A listener's whole past, asked of the views once for all pages."""

    editions: tuple[Edition, ...]  # oldest first
    songs: dict[date, Chart]  # the songs of the last four weeks on every edition
    standings: dict[tuple[Kind, Span], Standings]
    records: dict[tuple[Kind, Span], tuple[Record, ...]]  # by id of the item
    items: dict[Kind, dict[str, Item]]  # everything that was ever on a chart
    other_ids: dict[str, tuple[str, ...]]  # further ids of a song, by the id that names it


@dataclass(frozen=True, slots=True)
class Health:
    """What the last run found: left out of a page that was built without one."""

    checked: datetime  # when Spotify was asked last; where `has_asked` is False, when a run last looked
    valid_until: date | None  # when the sign-in ends; None: unknown
    notice: str | None = None  # why the page is not as fresh as it could be; None: it is
    warnings: tuple[str, ...] = ()  # lists ignored, rows skipped
    sign_in: str | None = None  # what is to be said of the sign-in's end; None: nothing yet
    has_asked: bool = True  # False: the run had no need to ask Spotify, and nobody here knows who asked last
    heard: datetime | None = None  # until when all plays were asked for; None: nobody here knows


@dataclass(frozen=True, slots=True)
class Report:
    """What one listener's refresh met: for the terminal, the job summary and the site's notice."""

    listener: Listener
    asked: bool = False  # was Spotify asked?
    is_set_up: bool = True  # False: nobody has stored a secret yet
    changed: tuple[str, ...] = ()  # names of the lists that changed, as "tracks/short_term"
    plays: int = 0  # that were not known before
    skipped: tuple[Skipped, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    notes: tuple[str, ...] = ()  # what else the reader should know
    commit: str | None = None  # the subject of the commit that was made
    failure: str | None = None  # why the refresh failed; None: it did not
    exit_code: int = 0


@dataclass(frozen=True, slots=True)
class Shelf:
    """One listener's charts as they stand, with what a page says beside them."""

    listener: Listener
    charts: tuple[Chart, ...]  # in the order of KINDS × SPANS; a list never seen is left out
    edition: date | None  # the latest edition; None: no list has arrived yet
    number: int  # how many editions there are
    commit: str | None  # address of the commit that made the edition; None: unknown
    archive: Archive | None = None  # None: no list has arrived yet
    health: Health | None = None  # None: nobody refreshed before this build
    diary: Diary | None = None  # None: no play counts

    @property
    def notice(self) -> str | None:
        """Why the page is not as fresh as it could be, and since when; None: it is."""
        said = self.health.notice if self.health else None
        since = f" This is the edition of {self.edition.day} {self.edition:%B %Y}." if self.edition else ""
        return said and said + since


@dataclass(frozen=True, slots=True)
class Site:
    """Everything a build shows."""

    title: str
    address: str | None  # absolute, with a slash at the end; None: unknown
    repository: str | None  # web address of the repository; None: unknown
    shelves: tuple[Shelf, ...]
    is_indexed: bool = True  # False: search engines are asked to leave it out

"""The values that stages hand on and pages show: frozen, and plain Python."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

Kind = Literal["tracks", "artists"]
Span = Literal["short_term", "medium_term", "long_term"]

KINDS: tuple[Kind, ...] = ("tracks", "artists")
SPANS: tuple[Span, ...] = ("short_term", "medium_term", "long_term")


@dataclass(frozen=True, slots=True)
class Listener:
    """A person whose Spotify account is followed."""

    slug: str
    name: str
    zone: ZoneInfo

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
class Ignored:
    """A whole list that was answered but is no news, and why."""

    list: str
    why: str


@dataclass(frozen=True, slots=True)
class Rank:
    """One line of a chart."""

    position: int
    item: Item
    moved: int | None  # places gained since the previous edition; None: was not on the chart then
    is_new: bool  # never on this chart before
    peak: int
    editions: int  # editions on the chart so far, this one included


@dataclass(frozen=True, slots=True)
class Departure:
    """An item of the previous edition's chart that is not on this one."""

    position: int  # where it stood
    item: Item


@dataclass(frozen=True, slots=True)
class Chart:
    """The first twenty places of a list, seen with their history."""

    kind: Kind
    span: Span
    edition: date
    number: int  # 1 for the first edition of this list
    ranks: tuple[Rank, ...]
    departures: tuple[Departure, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What one listener's refresh met: for the terminal, the job summary and the site's notice."""

    listener: Listener
    asked: bool = False  # was Spotify asked?
    changed: tuple[str, ...] = ()  # names of the lists that changed, as "tracks/short_term"
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
    notice: str | None = None  # why the page is not as fresh as it could be; None: it is


@dataclass(frozen=True, slots=True)
class Site:
    """Everything a build shows."""

    title: str
    address: str | None  # absolute, with a slash at the end; None: unknown
    repository: str | None  # web address of the repository; None: unknown
    shelves: tuple[Shelf, ...]

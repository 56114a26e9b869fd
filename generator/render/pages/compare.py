"""The latest chart beside earlier ones; with JavaScript, any two."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from generator.model import KINDS, SPANS, Archive, Chart, Item, Kind, Shelf, Site, Span
from generator.render.filters import plural
from generator.render.pages.page import Link, Page, allow, folder
from generator.render.words import KIND_WORDS, SPAN_WORDS, listed

SPAN: Span = "short_term"  # the charts that are compared without being asked
YARDSTICKS = {"previous": "The edition before", "week": "A week", "month": "A month", "year": "A year"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A chart that can be chosen."""

    value: str
    label: str
    first: date  # its first edition
    is_current: bool


@dataclass(frozen=True, slots=True)
class Move:
    """One song or artist of two charts: where it stood, and where it stands."""

    item: Item
    before: int | None
    after: int | None

    @property
    def way(self) -> str:
        if self.before is None or self.after is None:
            return "left" if self.after is None else "entered"
        if self.before == self.after:
            return "stayed"
        return "climbed" if self.after < self.before else "fell"


WAYS = ("entered", "left", "climbed", "fell", "stayed")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two editions of a chart beside each other."""

    label: str
    other: date
    groups: Mapping[str, Sequence[Move]]  # by way

    @property
    def summary(self) -> str:
        """Five entered and five left, …"""
        said = [f"{len(moves)} {way}" for way, moves in self.groups.items() if moves]
        return f"{listed(said)}." if said else "Both charts are empty."


def compare(site: Site) -> Iterator[Page]:
    """A page that compares songs, and one that compares artists."""
    for shelf in site.shelves:
        for kind in KINDS if shelf.archive else ():
            yield compare_page(site, shelf, kind)


def compare_page(site: Site, shelf: Shelf, kind: Kind) -> Page:
    whose = f" · {shelf.listener.name}" if len(site.shelves) > 1 else ""
    label = KIND_WORDS[kind].label
    chart = next((one for one in shelf.charts if (one.kind, one.span) == (kind, SPAN)), None)
    values = {
        "title": f"Compare {label.lower()}{whose}",
        "description": f"The {KIND_WORDS[kind].one} chart of {SPAN_WORDS[SPAN].phrase} beside those of"
        " a week, a month and a year before: what entered, left, climbed, fell and stayed.",
        "shelf": shelf,
        "kind": kind,
        "words": KIND_WORDS[kind],
        "phrase": SPAN_WORDS[SPAN].phrase,
        "kinds": [Link(KIND_WORDS[k].label, address(site, shelf, k), k == kind) for k in KINDS],
        "choices": list(choices(shelf.archive, kind)) if shelf.archive else [],
        "edition": chart.edition if chart else None,
        "comparisons": list(comparisons(shelf.archive, chart)) if shelf.archive and chart else [],
        "csp": allow([]),
    }
    return Page(address(site, shelf, kind), "compare.html", values)


def address(site: Site, shelf: Shelf, kind: Kind) -> str:
    return f"{folder(site, shelf)}compare/{KIND_WORDS[kind].folder}index.html"


def choices(archive: Archive, kind: Kind) -> Iterator[Choice]:
    """Every chart that there is."""
    for k, s in product(KINDS, SPANS):
        if standings := archive.standings.get((k, s)):
            label = f"{KIND_WORDS[k].label}, {SPAN_WORDS[s].label.lower()}"
            yield Choice(f"{k}/{s}", label, next(iter(standings)), (k, s) == (kind, SPAN))


def comparisons(archive: Archive, chart: Chart) -> Iterator[Comparison]:
    """The chart against each earlier edition that it has a yardstick for."""
    standings, items = archive.standings[chart.kind, chart.span], archive.items[chart.kind]
    seen: set[date] = set()
    for turnover in chart.turnovers:
        if turnover.other not in seen and turnover.other in standings:
            seen.add(turnover.other)
            moves = movements(items, standings[turnover.other], [rank.item.id for rank in chart.ranks])
            groups = {way: [move for move in moves if move.way == way] for way in WAYS}
            yield Comparison(
                span_words(turnover.yardstick, turnover.other, chart.edition), turnover.other, groups
            )


def span_words(yardstick: str, other: date, edition: date) -> str:
    """How long ago the other edition was."""
    days = plural((edition - other).days, "day")
    return YARDSTICKS[yardstick] if yardstick == "previous" else f"{YARDSTICKS[yardstick]} before ({days})"


def movements(items: Mapping[str, Item], before: Sequence[str], after: Sequence[str]) -> list[Move]:
    """What became of everything on either chart, by place; what left comes last."""
    was = {one: place for place, one in enumerate(before, start=1)}
    now = {one: place for place, one in enumerate(after, start=1)}
    moves = [Move(items[one], was.get(one), place) for one, place in now.items()]
    return moves + [Move(items[one], place, None) for one, place in was.items() if one not in now]

"""A page for every week, month and year with a play, and for all time: charts, and what there is to tell."""

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from generator.model import Shelf, Site
from generator.render.filters import Movement
from generator.render.pages.page import Later, Page, folder
from generator.render.plays import addresses, recaps
from generator.render.plays.almanac import Almanac, almanac
from generator.render.plays.index import shelf_of_years, teasers
from generator.render.plays.looks import allowed
from generator.render.plays.pictures import preview
from generator.render.plays.timeline import bars, csv_of
from generator.render.plays.words import KIND_NAMES, counted, heard, listening_time, period_name, rule_words
from generator.render.sheets.periods import CHARTS
from generator.tally.periods import Discovery, Line, Period
from generator.tally.played import PLAYED_KINDS, Played, PlayedKind

Kept = dict[object, str]  # what templates made of an item: the same on many pages


class Row(NamedTuple):
    """A line of a chart in words."""

    place: int
    item: Played
    move: Movement | None  # None: there is no period before
    plays: str
    time: str
    is_estimated: bool
    between: str  # the first and the last date on which it was played


class Turn(NamedTuple):
    """A way to another period; the path counts from the site's first folder."""

    label: str
    path: str


def periods(site: Site) -> Iterator[Page]:
    """Every period of every listener who has plays."""
    for shelf in site.shelves:
        if shelf.diary:
            known = almanac(shelf.diary)
            kept: dict[bool, Kept] = {
                True: {},
                False: {},
            }  # the entrance lies a folder higher than the others
            for period in shelf.diary.periods.values():
                made = Later(partial(values, site, shelf, known, period, kept[period.grain == "all"]))
                yield Page(addresses.period(site, shelf, period), "plays/period.html", made)


def values(site: Site, shelf: Shelf, known: Almanac, period: Period, kept: Kept) -> dict[str, object]:
    """What a period's page shows."""
    whose = f" · {shelf.listener.name}" if len(site.shelves) > 1 else ""
    is_whole = period.grain == "all"
    is_recap = period.grain != "week"
    return {
        "title": f"{recaps.title(period)}{whose}",
        "description": recaps.standfirst(period),
        "preview": preview(site, shelf, period),
        "shelf": shelf,
        "period": period,
        "name": period_name(period),
        "subtitle": recaps.subtitle(period),
        "missing": recaps.missing(period, known),
        "facts": recaps.facts(period, known) if is_recap else [],
        "found": discoveries(period),
        "as_known": recaps.as_known(period, known),
        "bars": bars(period, known),
        "charts": charts(period, known, has_before=not is_whole and known.before(period) is not None),
        "kinds": KIND_NAMES,
        "kept": kept,
        "rooms": addresses.rooms(site, shelf, "Charts"),
        "before": turn(site, shelf, known.before(period)),
        "after": turn(site, shelf, known.after(period)),
        "above": [turn(site, shelf, one) for one in known.above(period)],
        "within": [turn(site, shelf, one) for one in known.within(period)],
        "teasers": teasers(site, shelf, known) if is_whole else [],
        "years": shelf_of_years(site, shelf, known) if is_whole else [],
        "rule": rule_words(known.diary.rule),
        "tables": f"{folder(site, shelf)}{addresses.SHEETS}",
        "chart_table": f"{CHARTS[period.grain]}.csv",
        "bar_table": csv_of(period),
        "csp": allowed(shown(period)),
    }


def turn(site: Site, shelf: Shelf, period: Period | None) -> Turn | None:
    return Turn(period_name(period), addresses.period(site, shelf, period)) if period else None


def charts(period: Period, known: Almanac, *, has_before: bool) -> list[tuple[PlayedKind, list[Row]]]:
    """The charts with a line, songs first."""
    found = ((kind, period.charts.get(kind, ())) for kind in PLAYED_KINDS)
    return [
        (kind, [row(line, period, known, has_before=has_before) for line in lines])
        for kind, lines in found
        if lines
    ]


def row(line: Line, period: Period, known: Almanac, *, has_before: bool) -> Row:
    return Row(
        line.place,
        line.item,
        recaps.movement(line, period, known) if has_before else None,
        counted(line.tally.plays, "play"),
        listening_time(line.tally.ms),
        line.tally.is_estimated,
        recaps.between(line.first, line.last, has_year=period.grain == "all"),
    )


def discoveries(period: Period) -> list[tuple[PlayedKind, list[tuple[Played, str]], int]]:
    """What was first heard in a month or year and played most in it, and how many more were first heard."""
    new = {"tracks": period.new_songs, "artists": period.new_artists}
    return [
        (kind, [(one.item, discovered(one)) for one in lines], new.get(kind, 0) - len(lines))
        for kind in PLAYED_KINDS
        if (lines := period.discoveries.get(kind))
    ]


def discovered(one: Discovery) -> str:
    return f"{counted(one.tally.plays, 'play')}, {heard(one.tally)}, first on {recaps.short(one.first)}"


def shown(period: Period) -> Iterator[Played]:
    """Whose covers the page shows."""
    for lines in period.charts.values():
        yield from (line.item for line in lines)

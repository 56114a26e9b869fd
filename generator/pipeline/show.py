"""Charts in words, for a terminal."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from generator.analyse.archive import charts, editions
from generator.errors import RotationError
from generator.model import Chart, Item, Kind, Listener, Rank, Span, Track
from generator.pipeline.run import Run
from generator.render.filters import long_date, movement, name
from generator.render.words import SPAN_WORDS, headline
from generator.warehouse.engine import Connection


@dataclass(frozen=True, slots=True)
class Column:
    """What a table says in one place of each line.

    Figures and words are never cut; names are, where there is little room; with very little of it, an aside
    stands below the name before it.
    """

    head: str
    kind: Literal["figure", "word", "name", "aside"] = "word"


@dataclass(frozen=True, slots=True)
class Table:
    """Lines of words under a title; an empty line parts groups."""

    title: str
    columns: tuple[Column, ...]
    lines: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


def show(run: Run, slug: str | None, kind: Kind, span: Span, on: date | None) -> Table:
    """A listener's chart as it stands, or as it stood on a date: on one to come, as it stands."""
    listener = whose(run, slug)
    on = on and min(on, listener.local_date(run.now))

    def work(connection: Connection) -> Table:
        edition = edition_on(editions(connection, listener.slug), listener, on)
        chart = chart_of(charts(connection, listener.slug, edition), kind, span, edition)
        return table(listener, chart, on)

    return run.warehouse.ask(work)


def table(listener: Listener, chart: Chart, on: date | None) -> Table:
    """The lines of a chart, and who left it."""
    columns = (
        Column("#", "figure"),
        Column(""),
        *titles(chart.kind),
        Column("Peak", "figure"),
        Column("Eds", "figure"),
    )
    lines = [
        (f"{rank.position}", sign(chart, rank), *title(rank.item), f"{rank.peak}", f"{rank.editions}")
        for rank in chart.ranks
    ]
    still = f", which still stood on {long_date(on)}" if on and on != chart.edition else ""
    left = ", ".join(f"{plain(name(one.item))} (was {one.position})" for one in chart.departures)
    return Table(
        f"{listener.name}: {headline(chart)} of {SPAN_WORDS[chart.span].phrase}",
        columns,
        tuple(lines),
        (
            f"Edition {chart.number} of this chart, {long_date(chart.edition)}{still}.",
            *([f"Left: {left}."] if left else []),
        ),
    )


def whose(run: Run, slug: str | None) -> Listener:
    """The listener of that slug, or the first."""
    return run.settings.chosen(slug)[0]


def edition_on(known: Sequence[date], listener: Listener, on: date | None) -> date:
    """The edition that stood on a date (None: today's); raise RotationError where there was none yet."""
    if not known:
        raise RotationError(
            f"{listener.name} has no edition yet: `rotation refresh` asks Spotify for the first."
        )
    if on and on < known[0]:
        raise RotationError(
            f"{listener.name} had no edition on {on} yet. The nearest is the first one: {known[0]}."
        )
    return max(edition for edition in known if on is None or edition <= on)


def chart_of(found: Sequence[Chart], kind: Kind, span: Span, edition: date) -> Chart:
    """One of an edition's charts; raise RotationError where Spotify had not given that list yet."""
    for chart in found:
        if (chart.kind, chart.span) == (kind, span):
            return chart
    known = ", ".join(f"--kind {chart.kind} --span {chart.span}" for chart in found)
    raise RotationError(f"On {edition} there was no list {kind}/{span} yet. There were: {known}.")


def sign(chart: Chart, rank: Rank) -> str:
    """How it came to its place; on the first edition all are new, so none is marked."""
    return "" if chart.number == 1 else movement(rank).sign


def titles(kind: Kind) -> tuple[Column, ...]:
    """The columns that name an item of this kind."""
    if kind == "artists":
        return (Column("Artist", "name"),)
    return Column("Title", "name"), Column("Artists", "aside")


def title(item: Item) -> tuple[str, ...]:
    """An item's cells in those columns."""
    if not isinstance(item, Track):
        return (plain(name(item)),)
    return plain(name(item)), plain(", ".join(name(artist) for artist in item.artists))


def plain(text: str) -> str:
    """Text from outside on one line, without characters that steer a terminal."""
    kept = (char if unicodedata.category(char) not in {"Cc", "Zl", "Zp"} else " " for char in text)
    return " ".join("".join(kept).split())

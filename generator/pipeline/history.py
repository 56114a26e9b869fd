"""A listener's editions, and two of them side by side, for a terminal."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from generator.analyse.archive import charts, editions, songs_since
from generator.model import Chart, Item, Kind, Listener, Span
from generator.pipeline.run import Run
from generator.pipeline.show import Column, Table, chart_of, edition_on, title, titles, whose
from generator.render.filters import long_date, plural
from generator.render.words import SPAN_WORDS, headline
from generator.warehouse.engine import Connection

Line = tuple[str, ...]
TURNED = "The second date is the earlier one: “Was” is on that date, “Is” on the first."


def history(run: Run, slug: str | None, limit: int) -> Table:
    """The latest editions, newest first: who led, how many songs were new, how many left."""
    listener = whose(run, slug)

    def work(connection: Connection) -> Table:
        known = editions(connection, listener.slug)
        latest = edition_on(known, listener, None)
        shown = known[-limit:]
        found = {chart.edition: chart for chart in songs_since(connection, listener.slug, shown[0])}
        lines = tuple(_edition(edition, found.get(edition)) for edition in reversed(shown))
        names = Column("Number one", "name"), Column("Artists", "aside")
        columns = (Column("Edition"), *names, *(Column(head, "figure") for head in ("New", "Back", "Left")))
        said = f"{plural(len(known), 'edition')} from {long_date(known[0])} to {long_date(latest)}"
        more = (f"These are the latest {limit}; --limit {len(known)} prints all.",)
        return Table(f"{listener.name}: {said}", columns, lines, more if len(known) > limit else ())

    return run.warehouse.ask(work)


def compare(run: Run, slug: str | None, kind: Kind, span: Span, dates: Sequence[date]) -> Table:
    """A chart as it stood on two dates: who entered, left, climbed, fell and stayed.

    On a date to come it stands as today.
    """
    listener = whose(run, slug)
    asked = [min(day, listener.local_date(run.now)) for day in dates]
    days = sorted(asked)

    def work(connection: Connection) -> Table:
        known = editions(connection, listener.slug)
        first, second = (
            chart_of(charts(connection, listener.slug, edition), kind, span, edition)
            for edition in (edition_on(known, listener, day) for day in days)
        )
        table = _comparison(listener, first, second)
        return table if days == asked else replace(table, notes=(*table.notes, TURNED))

    return run.warehouse.ask(work)


def _edition(edition: date, chart: Chart | None) -> Line:
    """An edition in a line; on the first one of a chart nobody is new, since all would be."""
    if not chart or not chart.ranks:
        return edition.isoformat(), *[""] * 5
    came = [rank for rank in chart.ranks if rank.moved is None and chart.number > 1]
    new = sum(rank.is_new for rank in came)
    counts = (new, len(came) - new, len(chart.departures))
    return edition.isoformat(), *title(chart.ranks[0].item), *map(str, counts)


def _comparison(listener: Listener, first: Chart, second: Chart) -> Table:
    groups = {verb: tuple(lines) for verb, lines in _groups(first, second)}
    lines = [line for found in groups.values() if found for line in ((), *found)][1:]
    counts = ", ".join(f"{len(found)} {verb}" for verb, found in groups.items())
    one, other = long_date(first.edition), long_date(second.edition)
    same = f"On both dates stood the same edition, that of {one}."
    return Table(
        f"{listener.name}: {headline(second)} of {SPAN_WORDS[second.span].phrase},"
        f" {one if one == other else f'{one} against {other}'}",
        (Column("Was", "figure"), Column("Is", "figure"), Column(""), *titles(second.kind)),
        tuple(lines),
        (same if one == other else f"{counts[0].upper()}{counts[1:]}.",),
    )


def _groups(first: Chart, second: Chart) -> Iterator[tuple[str, Iterator[Line]]]:
    """Each group with its lines, by place."""
    was = {rank.item.id: rank.position for rank in first.ranks}
    now = {rank.item.id: rank.position for rank in second.ranks}
    both = [(was[rank.item.id], rank.position, rank.item) for rank in second.ranks if rank.item.id in was]
    came = [(rank.position, rank.item) for rank in second.ranks if rank.item.id not in was]
    left = [(rank.position, rank.item) for rank in first.ranks if rank.item.id not in now]
    yield "entered", (_line("", place, "IN", item) for place, item in came)
    yield "left", (_line(place, "", "OUT", item) for place, item in left)
    yield "climbed", (_line(a, b, f"▲{a - b}", item) for a, b, item in both if a > b)
    yield "fell", (_line(a, b, f"▼{b - a}", item) for a, b, item in both if a < b)
    yield "stayed", (_line(a, b, "=", item) for a, b, item in both if a == b)


def _line(was: int | str, now: int | str, sign: str, item: Item) -> Line:
    return str(was), str(now), sign, *title(item)

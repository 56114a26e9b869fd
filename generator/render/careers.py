"""What an item did on one chart, as its page tells it."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from generator.model import Record
from generator.render.catalogue import Catalogue
from generator.render.filters import long_date, plural
from generator.render.lines import Line, line
from generator.render.past import Past

HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its name and what it means."""

    label: str
    value: int
    meaning: Markup | str


@dataclass(frozen=True, slots=True)
class Career:
    """One chart's part of an item's page."""

    past: Past
    record: Record
    line: Line
    words: str  # the line, for those who do not see it
    now: Markup | str
    figures: tuple[Figure, ...]
    milestones: tuple[Markup | str, ...]
    together: tuple[Markup, ...]  # what came in with it
    around: tuple[
        tuple[int, Markup], ...
    ]  # place and link: the chart around it when it first stood at its peak


def career(known: Catalogue, past: Past, one: str) -> Career:
    record, places = past.records[one], past.places[one]
    peak = next(number for number, place in places if place == record.peak)
    # On the first edition everything is new together.
    together = past.debuts[record.debut] if record.debut != past.dates[0] else ()
    links = known.links[past.kind]
    return Career(
        past,
        record,
        line(places, len(past.dates)),
        words(past, one, past.dates[peak]),
        now(known, past, one),
        tuple(figures(known, past, one, past.dates[peak])),
        tuple(milestones(known, past, one)),
        tuple(links[other] for other in together if other != one),
        tuple(around(known, past, peak, record.peak)),
    )


def now(known: Catalogue, past: Past, one: str) -> Markup | str:
    """Where it stands, or since when it does not."""
    number, place = past.places[one][-1]
    if number == len(past.dates) - 1:
        return f"Number {place} now"
    return Markup("Left on ") + known.dates[past.dates[number + 1]]


def words(past: Past, one: str, peak: date) -> str:
    """The line in a sentence."""
    (first, debut), (last, end) = past.places[one][0], past.places[one][-1]
    if first == last:
        return f"At number {debut} on {long_date(past.dates[first])} only."
    gaps = len(past.records[one].stretches) - 1
    off = f", off the chart {plural(gaps, 'time')} in between" if gaps else ""
    return (
        f"From number {debut} on {long_date(past.dates[first])} to number {end} on"
        f" {long_date(past.dates[last])}{off}; best place {past.records[one].peak} on {long_date(peak)}."
    )


def figures(known: Catalogue, past: Past, one: str, peak: date) -> Iterator[Figure]:
    """The numbers that there are something to say about."""
    record = past.records[one]
    yield Figure("Peak", record.peak, Markup("its best place, first on ") + known.dates[peak])
    yield Figure("Debut", past.places[one][0][1], Markup("its first place, on ") + known.dates[record.debut])
    yield Figure("Editions", record.editions, f"on this chart, of {len(past.dates):,} so far")
    if record.at_one:
        yield Figure("At number one", record.at_one, editions(record.at_one))
    if record.comebacks:
        yield Figure("Longest run", record.longest_run, f"{editions(record.longest_run)} without a break")
        yield Figure("Comebacks", record.comebacks, "after an edition or more away")
    if (record.jump or 0) > 1:
        yield Figure("Biggest jump", record.jump or 0, "places gained at once")


def editions(count: int) -> str:
    """The word that follows so many."""
    return "edition" if count == 1 else "editions"


def milestones(known: Catalogue, past: Past, one: str) -> Iterator[Markup | str]:
    """The records that it holds, then its hundreds and anniversaries."""
    record, places = past.records[one], past.places[one]
    yield from (f"Record: {title.lower()}" for title in past.holders.get(one, ()))
    for count in range(HUNDRED, record.editions + 1, HUNDRED):
        yield Markup("%s editions on %s") % (count, known.dates[past.dates[places[count - 1][0]]])
    for years in range(1, record.last.year - record.debut.year + 1):
        if day := anniversary(past, one, years):
            yield Markup("%s since its debut on %s") % (plural(years, "year"), known.dates[day])


def anniversary(past: Past, one: str, years: int) -> date | None:
    """The day so many years after the debut, if an edition had the item on the chart that day."""
    day = later(past.records[one].debut, years)
    number = bisect_left(past.dates, day)
    is_edition = past.dates[number : number + 1] == (day,)
    at = bisect_left(past.places[one], (number, 0))
    is_there = is_edition and any(there == number for there, _ in past.places[one][at : at + 1])
    return day if is_there else None


def later(day: date, years: int) -> date:
    """The same day so many years later; of 29 February, 28 February where there is no 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def around(known: Catalogue, past: Past, edition: int, place: int) -> Iterator[tuple[int, Markup]]:
    """The chart from the place above to the place below."""
    ids = past.standings[edition]
    for near in range(max(1, place - 1), min(len(ids), place + 1) + 1):
        yield near, known.links[past.kind][ids[near - 1]]

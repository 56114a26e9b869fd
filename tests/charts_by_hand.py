"""The views' promises in plain Python, written without looking at the SQL: what both must agree on."""

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

Row = tuple[object, ...]
Fact = tuple[str, date, str, str, int, str]  # listener, edition, kind, span, position, id
Written = list[tuple[int, str]]  # Spotify's position and the id, from the top
History = list[tuple[date, date, Written]]  # an edition, when its list was written, and the list
Standings = list[tuple[date, list[str]]]  # an edition, and its items by place
CHART = 20


class Line(NamedTuple):
    """A row of `chart`, without its listener and list."""

    edition: date
    number: int
    place: int
    item: str
    moved: int | None
    is_new: bool
    absent: int | None
    peak: int
    peak_edition: date
    editions: int
    at_one: int
    run: int
    longest_run: int
    debut: date


class Run(NamedTuple):
    """A row of `runs`, without its listener and list."""

    item: str
    first_edition: date
    last_edition: date
    first_number: int
    last_number: int
    editions: int
    peak: int


def by_hand(facts: Iterable[Fact], song_of: Mapping[str, str]) -> dict[str, list[Row]]:
    """What each view should answer, sorted."""
    known = list(facts)
    views: defaultdict[str, list[Row]] = defaultdict(list)
    for listener in {fact[0] for fact in known}:
        own = [fact for fact in known if fact[0] == listener]
        for view, rows in of_listener(own, song_of):
            views[view] += [(listener, *row) for row in rows]
    return {name: sorted(rows, key=repr) for name, rows in views.items()}


def of_listener(own: list[Fact], song_of: Mapping[str, str]) -> Iterator[tuple[str, list[Row]]]:
    editions = sorted({fact[1] for fact in own})
    yield "editions", [(edition, at) for at, edition in enumerate(editions, start=1)]
    songs = {one: song_of.get(one, one) if kind == "tracks" else one for _, _, kind, _, _, one in own}
    named = {kind: names([fact for fact in own if fact[2] == kind], songs) for kind in {f[2] for f in own}}
    yield "entries", [(k, s, e, p, one, songs[one]) for _, e, k, s, p, one in own]
    yield "heads", [(kind, song, *head) for kind, of in named.items() for song, head in of.items()]
    others = {(k, one, named[k][songs[one]][0]) for _, _, k, _, _, one in own}
    yield "aliases", [row for row in others if row[1] != row[2]]
    earlier = list(yardsticks(editions))
    yield "against", [*earlier]
    for kind, span in {fact[2:4] for fact in own}:
        facts = [fact for fact in own if fact[2:4] == (kind, span)]
        history = list(carried(facts, editions))
        heads = {one: named[kind][song][0] for one, song in songs.items() if song in named[kind]}
        for view, rows in of_list(history, heads, kind, earlier):
            yield view, [(kind, span, *row) for row in rows]


def of_list(
    history: History, heads: Mapping[str, str], kind: str, earlier: Iterable[tuple[date, str, date]]
) -> Iterator[tuple[str, list[Row]]]:
    yield "standing", [(e, at, since) for at, (e, since, _) in enumerate(history, start=1)]
    placed = [(edition, ranked(written, heads)) for edition, _, written in history]
    yield (
        "places",
        [
            (edition, number, place, item, position)
            for number, (edition, items) in enumerate(placed, start=1)
            for place, (item, position) in enumerate(items.items(), start=1)
        ],
    )
    if kind == "tracks":
        yield "doubles", [(e, *row) for e, _, written in history for row in doubled(written, heads)]
    standings = [(edition, list(items)[:CHART]) for edition, items in placed]
    lines = list(chart(standings))
    yield "chart", [*lines]
    yield "departures", [*departures(standings)]
    yield "runs", [row for item in of_items(standings) for row in runs(item, standings)]
    yield "records", [record(item, standings, lines) for item in of_items(standings)]
    yield "turnover", list(turnover(dict(standings), earlier))
    yield "stories", list(stories(standings, lines))


def names(facts: list[Fact], songs: Mapping[str, str]) -> dict[str, tuple[str, date]]:
    """The id that names a song, and when it was first seen."""
    found: dict[str, tuple[str, date]] = {}
    for _, edition, _, _, _, one in sorted(facts, key=lambda fact: (fact[1], fact[4], fact[5])):
        found.setdefault(songs[one], (one, edition))
    return found


def carried(facts: list[Fact], editions: list[date]) -> Iterator[tuple[date, date, Written]]:
    """The list as it stands on every edition since it is known."""
    standing: tuple[date, Written] | None = None
    for edition in editions:
        written = sorted((fact[4], fact[5]) for fact in facts if fact[1] == edition)
        standing = (edition, written) if written else standing
        if standing:
            yield edition, *standing


def ranked(written: Written, heads: Mapping[str, str]) -> dict[str, int]:
    """Items by place, each with the best of Spotify's positions."""
    found: dict[str, int] = {}
    for position, one in written:
        found.setdefault(heads[one], position)
    return found


def doubled(written: Written, heads: Mapping[str, str]) -> Iterator[Row]:
    above: set[str] = set()
    for position, one in written:
        if heads[one] in above and len(above) < CHART:
            yield position, one, heads[one]
        above.add(heads[one])


def of_items(standings: Standings) -> list[str]:
    return sorted({item for _, items in standings for item in items})


def chart(standings: Standings) -> Iterator[Line]:
    """Every line of every edition's chart, with its past."""
    for number, (edition, items) in enumerate(standings, start=1):
        for place, item in enumerate(items, start=1):
            past = [
                (at, e, there.index(item) + 1)
                for at, (e, there) in enumerate(standings[:number], start=1)
                if item in there
            ]
            peak = min(was for _, _, was in past)
            last = past[-2] if len(past) > 1 else None
            lengths = [1]
            for (at, *_), (after, *_) in pairwise(past):
                lengths.append(lengths[-1] + 1 if after == at + 1 else 1)
            yield Line(
                *(edition, number, place, item),
                moved=last[2] - place if last and last[0] == number - 1 else None,
                is_new=last is None,
                absent=number - last[0] - 1 if last else None,
                peak=peak,
                peak_edition=next(e for _, e, was in past if was == peak),
                editions=len(past),
                at_one=sum(was == 1 for _, _, was in past),
                run=lengths[-1],
                longest_run=max(lengths),
                debut=past[0][1],
            )


def departures(standings: Standings) -> Iterator[tuple[date, int, str, int]]:
    """Who was on the chart and no longer is."""
    for number, ((_, earlier), (edition, later)) in enumerate(pairwise(standings), start=1):
        for place, item in enumerate(earlier, start=1):
            if item not in later:
                yield edition, place, item, sum(item in items for _, items in standings[:number])


def runs(item: str, standings: Standings) -> Iterator[Run]:
    run: list[tuple[int, date, int]] = []
    for number, (edition, items) in enumerate([*standings, (date.max, list[str]())], start=1):
        if item in items:
            run.append((number, edition, items.index(item) + 1))
        elif run:
            (first, since, _), (last, until, _) = run[0], run[-1]
            yield Run(item, since, until, first, last, len(run), min(place for _, _, place in run))
            run = []


def record(item: str, standings: Standings, lines: list[Line]) -> Row:
    own = [line for line in lines if line.item == item]
    lengths = [run.editions for run in runs(item, standings)]
    return (
        *(item, len(own), sum(line.place == 1 for line in own), max(lengths)),
        max([line.moved for line in own if line.moved and line.moved > 0], default=None),
        len(lengths) - 1,
        *(min(line.place for line in own), own[0].edition, own[-1].edition),
    )


def yardsticks(editions: list[date]) -> Iterator[tuple[date, str, date]]:
    """Each edition with the one before it, and those nearest to a week, a month and a year before."""
    for number, edition in enumerate(editions):
        earlier = editions[:number]
        if earlier:
            yield edition, "previous", earlier[-1]
        targets = {
            "week": edition - timedelta(7),
            "month": before(edition, 1),
            "year": before(edition, 12),
        }
        for yardstick, target in targets.items():
            if earlier and earlier[0] <= target:
                yield edition, yardstick, min(earlier, key=lambda one: (abs(one - target), one))


def before(day: date, months: int) -> date:
    """The same day so many months before, or the last of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def turnover(of: Mapping[date, list[str]], earlier: Iterable[tuple[date, str, date]]) -> Iterator[Row]:
    for edition, yardstick, other in earlier:
        if edition in of and other in of:
            entered = [item for item in of[edition] if item not in of[other]]
            yield edition, yardstick, other, len(entered), len(of[edition])


def stories(standings: Standings, lines: list[Line]) -> Iterator[Row]:
    """What every edition has to tell, by the rules as docs/charts.md says them."""
    told: defaultdict[tuple[date, str], list[tuple[int, int, str]]] = defaultdict(list)
    for edition, place, item, editions in departures(standings):
        if editions >= 10:
            told[edition, "farewell"].append((-editions, place, item))
    for story, line, value in (*each_for_itself(lines), *jumps(lines), *reigns(lines)):
        told[line.edition, story].append((value if story == "debut" else -value, line.place, line.item))
    for (edition, story), found in told.items():
        value, _, item = min(found)
        yield edition, story, item, abs(value)


def each_for_itself(lines: list[Line]) -> Iterator[tuple[str, Line, int]]:
    """The stories that a line tells without looking at the others."""
    for line in lines:
        years = line.edition.year - line.debut.year
        if line.moved and line.moved >= 3:
            yield "climber", line, line.moved
        if line.is_new and line.number > 1:
            yield "debut", line, line.place
        if line.absent and line.absent >= 5:
            yield "comeback", line, line.absent
        if line.run >= 10:
            yield "stay", line, line.run
        if line.editions == 100:
            yield "hundred", line, 100
        if years and line.edition == before(line.debut, -12 * years):
            yield "anniversary", line, years


def jumps(lines: list[Line]) -> Iterator[tuple[str, Line, int]]:
    for line in lines:
        earlier = [one.moved or 0 for one in lines if one.number < line.number]
        if line.moved and line.number >= 20 and line.moved > max([0, *earlier]):
            yield "jump", line, line.moved


def reigns(lines: list[Line]) -> Iterator[tuple[str, Line, int]]:
    held_by, count = "", Counter[str]()
    for line in (one for one in lines if one.place == 1):
        count[line.item] += 1
        if all(count[line.item] > others for item, others in count.items() if item != line.item):
            if line.number >= 20 and held_by != line.item:
                yield "reign", line, count[line.item]
            held_by = line.item

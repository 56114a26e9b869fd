"""The views' promises in plain Python, written without looking at the SQL: what both must agree on."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

Row = tuple[object, ...]
Fact = tuple[str, date, str, str, int, str]  # listener, edition, kind, span, position, item
Place = tuple[int, str, int]  # place on the chart, item, Spotify's position
CHART = 20


def by_hand(facts: Iterable[Fact]) -> dict[str, list[Row]]:
    """What each view should answer, sorted."""
    known = list(facts)
    views: dict[str, list[Row]] = {"editions": [], "places": [], "chart": [], "departures": []}
    for listener in {fact[0] for fact in known}:
        own = [fact for fact in known if fact[0] == listener]
        editions = sorted({fact[1] for fact in own})
        views["editions"] += [(listener, edition, at) for at, edition in enumerate(editions, start=1)]
        for kind, span in {fact[2:4] for fact in own}:
            of_list = [fact for fact in own if fact[2:4] == (kind, span)]
            history = list(carried(of_list, editions))
            head = (listener, kind, span)
            for number, (edition, places) in enumerate(history, start=1):
                views["places"] += [(*head, edition, number, *place) for place in places]
            views["chart"] += [(*head, *row) for row in chart(history)]
            views["departures"] += [(*head, *row) for row in departures(history)]
    return {name: sorted(rows, key=repr) for name, rows in views.items()}


def carried(facts: list[Fact], editions: list[date]) -> Iterator[tuple[date, list[Place]]]:
    """The list as it stands on every edition since it is known."""
    standing: list[Place] = []
    for edition in editions:
        written = sorted((fact[4], fact[5]) for fact in facts if fact[1] == edition)
        if written:
            standing = [(place, item, position) for place, (position, item) in enumerate(written, start=1)]
        if standing:
            yield edition, standing


def chart(history: list[tuple[date, list[Place]]]) -> Iterator[Row]:
    """Every line of every edition's chart, with its movement, novelty, peak and editions."""
    been: dict[str, list[int]] = {}
    before: dict[str, int] = {}
    for number, (edition, places) in enumerate(history, start=1):
        today = {item: place for place, item, _ in places if place <= CHART}
        for item, place in today.items():
            moved = before[item] - place if item in before else None
            is_new = item not in been
            past = been.setdefault(item, [])
            past.append(place)
            yield edition, number, place, item, moved, is_new, min(past), len(past)
        before = today


def departures(history: list[tuple[date, list[Place]]]) -> Iterator[Row]:
    """Who was on the chart and no longer is."""
    for (_, earlier), (edition, later) in pairwise(history):
        still = {item for place, item, _ in later if place <= CHART}
        yield from (
            (edition, place, item) for place, item, _ in earlier if place <= CHART and item not in still
        )

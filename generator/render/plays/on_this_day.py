"""First listens by day of the year: on this day, in some year, this was heard for the first time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from generator.model import Shelf, Site
from generator.render.filters import MONTHS
from generator.render.pages.page import Later, Page
from generator.render.plays import addresses
from generator.render.plays.addresses import SHEETS
from generator.render.plays.looks import allowed
from generator.render.plays.words import counted, rule_words, stretch
from generator.tally.diary import Diary
from generator.tally.finds import FirstListen


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the year, with what was first heard on it."""

    id: str  # "11-26"
    name: str  # "26 November"
    firsts: tuple[FirstListen, ...]


@dataclass(frozen=True, slots=True)
class Month:
    name: str
    id: str
    days: tuple[Day, ...]


def on_this_day(site: Site) -> Iterator[Page]:
    """A page for every listener who has plays."""
    for shelf in site.shelves:
        if shelf.diary:
            made = Later(partial(values, site, shelf, shelf.diary))
            yield Page(addresses.room(site, shelf, "on-this-day/"), "plays/on-this-day.html", made)


def values(site: Site, shelf: Shelf, diary: Diary) -> dict[str, object]:
    """What the page shows."""
    whose = f" · {shelf.listener.name}" if len(site.shelves) > 1 else ""
    days = len(diary.first_listens)
    return {
        "title": f"On this day{whose}",
        "description": f"On {counted(days, 'day')} of the year something was heard for the first time.",
        "shelf": shelf,
        "rooms": addresses.rooms(site, shelf, "On this day"),
        "sheets": SHEETS,
        "rule": rule_words(diary.rule),
        "gaps": [stretch(first, last) for first, last in diary.gaps],
        "first": diary.whole.first,
        "months": [month(diary, number) for number in range(1, 13)],
        "csp": allowed(()),
    }


def month(diary: Diary, number: int) -> Month:
    name = MONTHS[number - 1]
    days = (
        Day(f"{number:02}-{day:02}", f"{day} {name}", shown(firsts))
        for (of, day), firsts in sorted(diary.first_listens.items())
        if of == number
    )
    return Month(name, name.lower(), tuple(days))


def shown(firsts: Sequence[FirstListen]) -> tuple[FirstListen, ...]:
    """What a day names, oldest first: songs, and those artists that no song of that date names already."""
    songs = [one for one in firsts if one.item.kind == "tracks"]
    named = {(one.item.artist.id, one.first) for one in songs if one.item.artist}
    artists = [one for one in firsts if one.item.kind == "artists" and (one.item.id, one.first) not in named]
    return tuple(sorted((*songs, *artists), key=lambda one: one.first))

"""The page of finds: what was forgotten and came back, obsessions, one-hit wonders, release years, skips."""

from collections.abc import Iterator
from functools import partial

from generator.model import Shelf, Site
from generator.render.pages.page import Later, Page
from generator.render.plays import addresses
from generator.render.plays.addresses import SHEETS
from generator.render.plays.looks import allowed
from generator.render.plays.releases import covered, release_bars
from generator.render.plays.words import counted, percent, rule_words, spoken, stretch
from generator.tally.diary import Diary
from generator.tally.played import Played


def finds(site: Site) -> Iterator[Page]:
    """A page for every listener who has plays."""
    for shelf in site.shelves:
        if shelf.diary:
            made = Later(partial(values, site, shelf, shelf.diary))
            yield Page(addresses.room(site, shelf, "finds/"), "plays/finds.html", made)


def values(site: Site, shelf: Shelf, diary: Diary) -> dict[str, object]:
    """What the page shows."""
    whose = f" · {shelf.listener.name}" if len(site.shelves) > 1 else ""
    return {
        "title": f"Finds{whose}",
        "description": description(diary),
        "shelf": shelf,
        "diary": diary,
        "rooms": addresses.rooms(site, shelf, "Finds"),
        "sheets": SHEETS,
        "rule": rule_words(diary.rule),
        "gaps": [stretch(first, last) for first, last in diary.gaps],
        "last": diary.whole.last,
        "releases": release_bars(diary.release_years),
        "covered": covered(diary.release_years),
        "skipping": skipping(diary),
        "csp": allowed(named(diary)),
    }


def description(diary: Diary) -> str:
    """Among how many plays there is something to find."""
    whole = diary.whole.tally
    least = "at least " if diary.gaps else ""
    return f"What came back and what did not, among {least}{counted(whole.plays, 'play')}, {spoken(whole)}."


def named(diary: Diary) -> Iterator[Played]:
    """Every song that the page names."""
    for songs in (diary.forgotten, diary.rediscovered, diary.obsessions, diary.skips):
        yield from (one.item for one in songs)
    yield from (one.song for one in diary.one_hits)


def skipping(diary: Diary) -> str:
    """How much of what was begun was skipped; blank: no source says."""
    if not diary.skip_rate:
        return ""
    begun, skipped = diary.skip_rate
    return f"{skipped:,} of {counted(begun, 'play')} that were begun were skipped: {percent(skipped, begun)}."

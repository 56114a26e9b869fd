"""A page for every song and artist that was ever on a chart, and for what was played most, albums too."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from generator.model import Shelf, Site
from generator.render.careers import Career, career
from generator.render.catalogue import Catalogue, catalogue
from generator.render.filters import long_date, plural
from generator.render.pages import heads
from generator.render.pages.heads import Head
from generator.render.pages.moved import signpost
from generator.render.pages.page import Later, Page, allow_from, folder
from generator.render.past import Past
from generator.render.plays import lives
from generator.render.plays.discography import Discography, discography
from generator.render.plays.lives import Lives, Told
from generator.render.words import SPAN_WORDS
from generator.tally.diary import Diary
from generator.tally.played import PLAYED_KINDS, PlayedKind, slug


@dataclass(frozen=True, slots=True)
class Known:
    """What a listener's item pages share: of the charts, of plays, or of both."""

    shelf: Shelf
    charts: Catalogue | None  # None: nothing was on a chart yet
    plays: Discography | None  # None: no play counts

    @property
    def diary(self) -> Diary | None:
        return self.shelf.diary

    @property
    def lives(self) -> Lives:
        """All plays of everything that has a page because of them."""
        return self.diary.lives if self.diary else {}

    def pasts(self, kind: PlayedKind, one: str) -> Sequence[Past]:
        """The charts that an item was on; albums have none."""
        return self.charts.pasts[kind].get(one, ()) if self.charts and kind != "albums" else ()

    def ids(self, kind: PlayedKind) -> Iterator[str]:
        """Everything of a kind that has a page."""
        charted = self.charts.pasts[kind] if self.charts and kind != "albums" else {}
        yield from charted
        yield from (one for one in self.lives.get(kind, {}) if one not in charted)


def items(site: Site) -> Iterator[Page]:
    """Every song's, artist's and album's page, and a signpost at each other id of a song."""
    for shelf in site.shelves:
        known = known_of(shelf)
        others = shelf.archive.other_ids if shelf.archive else {}
        for kind in PLAYED_KINDS:
            home = f"{folder(site, shelf)}{kind}/"
            for one in known.ids(kind):
                made = Later(partial(values, known, kind, one))
                page = Page(f"{home}{slug(one)}/index.html", "item.html", made)
                yield page
                for other in others.get(one, ()) if kind == "tracks" else ():
                    yield signpost(page, f"{home}{other}/index.html")


def known_of(shelf: Shelf) -> Known:
    return Known(
        shelf,
        catalogue(shelf.archive) if shelf.archive else None,
        discography(shelf.diary) if shelf.diary else None,
    )


def values(known: Known, kind: PlayedKind, one: str) -> dict[str, object]:
    """All that one song, artist or album did on the charts, and how often it was played."""
    careers = [career(known.charts, past, one) for past in known.pasts(kind, one) if known.charts]
    head, plays = head_of(known, kind, one), told(known, kind, one)
    summaries = [summary(careers[0])] if careers else []
    summaries += [lives.summary(known.diary, plays.life)] if known.diary and plays else []
    charts = known.charts
    return {
        "title": head.title,
        "description": f"{head.title}: {' '.join(summaries)}",
        "shelf": known.shelf,
        "head": head,
        "kind": kind,
        "spans": SPAN_WORDS,
        "plays": plays,
        "diary": known.diary,
        "songs": [charts.links["tracks"][song] for song in charts.songs.get(one, ())] if charts else [],
        "careers": careers,
        "csp": allow_from([head.cover] if head.cover else []),
    }


def head_of(known: Known, kind: PlayedKind, one: str) -> Head:
    """A chart knows more of an item than its plays do."""
    archive = known.shelf.archive
    if known.charts and archive and kind != "albums" and known.pasts(kind, one):
        return heads.charted(known.charts, archive.items[kind][one], known.lives)
    return heads.played(known.lives[kind][one].item, known.lives)


def told(known: Known, kind: PlayedKind, one: str) -> Told | None:
    """What there is to tell of its plays; None: none is kept."""
    life = known.lives.get(kind, {}).get(one)
    return lives.told(known.diary, known.plays, life) if known.diary and known.plays and life else None


def summary(first: Career) -> str:
    """The most that one sentence can say."""
    record = first.record
    return (
        f"{plural(record.editions, 'edition')} on the chart of {SPAN_WORDS[record.span].phrase},"
        f" best place {record.peak}, first seen on {long_date(record.debut)}."
    )

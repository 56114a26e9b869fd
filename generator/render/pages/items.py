"""A page for every song and artist that was ever on a chart."""

from collections.abc import Iterator, Sequence
from functools import partial

from generator.model import KINDS, Album, Artist, Item, Shelf, Site, Track
from generator.render.careers import Career, career
from generator.render.catalogue import Catalogue, catalogue, credits_of
from generator.render.filters import long_date, name, plural, spotify
from generator.render.pages.moved import signpost
from generator.render.pages.page import Later, Page, allow, folder
from generator.render.past import Past
from generator.render.words import KIND_WORDS, SPAN_WORDS


def items(site: Site) -> Iterator[Page]:
    """Every song's and artist's page, and a signpost at each other id of a song."""
    for shelf in site.shelves:
        if shelf.archive:
            known = catalogue(shelf.archive)
            for kind in KINDS:
                for one, pasts in known.pasts[kind].items():
                    page = item_page(site, shelf, known, shelf.archive.items[kind][one], pasts)
                    yield page
                    for other in shelf.archive.other_ids.get(one, ()):
                        yield signpost(page, f"{folder(site, shelf)}{kind}/{other}/index.html")


def item_page(site: Site, shelf: Shelf, known: Catalogue, item: Item, pasts: Sequence[Past]) -> Page:
    made = Later(partial(values, shelf, known, item, pasts))
    return Page(f"{folder(site, shelf)}{pasts[0].kind}/{item.id}/index.html", "item.html", made)


def values(shelf: Shelf, known: Catalogue, item: Item, pasts: Sequence[Past]) -> dict[str, object]:
    """All that one song or artist did on the charts."""
    kind = pasts[0].kind
    careers = [career(known, past, item.id) for past in pasts]
    title = f"{name(item)}{byline(item)}"
    return {
        "title": title,
        "description": f"{title}: {summary(careers[0])}",
        "shelf": shelf,
        "item": item,
        "kind": kind,
        "words": KIND_WORDS[kind],
        "spans": SPAN_WORDS,
        "credits": credits_of(known, item) if isinstance(item, Track) else "",
        "songs": [known.links["tracks"][one] for one in known.songs.get(item.id, ())],
        "elsewhere": elsewhere(item),
        "careers": careers,
        "csp": allow([item]),
    }


def byline(item: Item) -> str:
    """Who made a song, for a title."""
    artists = item.artists if isinstance(item, Track) else ()
    return f" by {', '.join(map(name, artists))}" if artists else ""


def summary(first: Career) -> str:
    """The most that one sentence can say."""
    record = first.record
    return (
        f"{plural(record.editions, 'edition')} on the chart of {SPAN_WORDS[record.span].phrase},"
        f" best place {record.peak}, first seen on {long_date(record.debut)}."
    )


def elsewhere(item: Item) -> list[tuple[str, str]]:
    """What leads to Spotify: a label and an address each."""
    found: list[tuple[str, Item | Album]] = [("Artist" if isinstance(item, Artist) else "Song", item)]
    if isinstance(item, Track):
        found += [("Album", item.album)] if item.album else []
        found += [(name(artist), artist) for artist in item.artists]
    return [(label, address) for label, one in found if (address := spotify(one))]

"""The all-time tables: who was most on the charts, and at the top of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model import KINDS, SPANS, Archive, Kind, Shelf, Site, Span
from generator.render.feats import FEATS, Table, table
from generator.render.filters import plural
from generator.render.pages.page import Link, Page, allow, folder
from generator.render.words import KIND_WORDS, SPAN_WORDS


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chart's records."""

    span: Span
    editions: int
    tables: tuple[Table, ...]


def records(site: Site) -> Iterator[Page]:
    """A page of records for songs, and one for artists."""
    for shelf in site.shelves:
        for kind in KINDS if shelf.archive else ():
            yield records_page(site, shelf, kind)


def records_page(site: Site, shelf: Shelf, kind: Kind) -> Page:
    one = KIND_WORDS[kind].one
    whose = f" · {shelf.listener.name}" if len(site.shelves) > 1 else ""
    values = {
        "title": f"Records: {KIND_WORDS[kind].label.lower()}{whose}",
        "description": f"Which {one}s were most on the chart, longest, and at the top,"
        f" in {plural(shelf.number, 'edition')} so far.",
        "shelf": shelf,
        "kind": kind,
        "words": KIND_WORDS[kind],
        "spans": SPAN_WORDS,
        "kinds": [Link(KIND_WORDS[k].label, address(site, shelf, k), k == kind) for k in KINDS],
        "chapters": list(chapters(shelf.archive, kind)) if shelf.archive else [],
        "csp": allow([]),
    }
    return Page(address(site, shelf, kind), "records.html", values)


def address(site: Site, shelf: Shelf, kind: Kind) -> str:
    return f"{folder(site, shelf)}records/{KIND_WORDS[kind].folder}index.html"


def chapters(archive: Archive, kind: Kind) -> Iterator[Chapter]:
    """The tables of every chart of a kind; a table without lines is left out."""
    for span in SPANS:
        found = archive.records.get((kind, span), ())
        tables = [table(feat, found) for feat in FEATS]
        if kept := tuple(one for one in tables if one.lines or one.untold):
            yield Chapter(span, len(archive.standings[kind, span]), kept)

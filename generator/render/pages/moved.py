"""Signposts at old addresses: with a second listener, the first one's pages move into a folder."""

from collections.abc import Callable, Iterable, Iterator

from generator.model import Site
from generator.render.pages.page import Page, folder

Make = Callable[[Site], Iterable[Page]]
KEPT = {"index.html"}  # the root's own page shows all listeners


def with_signposts(make: Make) -> Make:
    """The same pages, and one at the former address of each that moved."""

    def made(site: Site) -> Iterator[Page]:
        home = folder(site, site.shelves[0]) if site.shelves else ""
        for page in make(site):
            yield page
            former = page.path.removeprefix(home)
            if home and isinstance(page, Page) and former not in {page.path, *KEPT}:
                yield signpost(page, former)

    return made


def signpost(page: Page, former: str) -> Page:
    values = {"title": page.values.get("title", "Moved"), "target": page.path}
    return Page(former, "moved.html", values)

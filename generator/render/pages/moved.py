"""Signposts at old addresses: with a second listener, the first one's pages move into a folder."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from generator.model import Site
from generator.render.pages.page import Later, Page, folder

Make = Callable[[Site], Iterable[Page]]
KEPT = {"index.html"}  # the root's own page shows all listeners


@dataclass(frozen=True, slots=True)
class Moved:
    """A page and the signpost to it: one process writes both, since both need the page's values."""

    page: Page
    former: str  # where the signpost stands

    @property
    def pages(self) -> tuple[Page, Page]:
        return self.page, signpost(self.page, self.former)


def with_signposts(make: Make) -> Callable[[Site], Iterable[Page | Moved]]:
    """The same pages, each that moved with a signpost at its former address."""

    def made(site: Site) -> Iterator[Page | Moved]:
        home = folder(site, site.shelves[0]) if site.shelves else ""
        for page in make(site):
            former = page.path.removeprefix(home)
            yield Moved(page, former) if home and former not in {page.path, *KEPT} else page

    return made


def signpost(page: Page, former: str) -> Page:
    """A page that leads to another; its title is asked for when the signpost is made."""
    return Page(former, "moved.html", Later(partial(values, page)))


def values(page: Page) -> dict[str, object]:
    return {"title": page.values.get("title", "Moved"), "target": page.path}

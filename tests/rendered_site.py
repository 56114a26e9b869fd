"""A site whose files are made when somebody asks for them: most stories look at one or two."""

from collections.abc import Iterator, Mapping
from itertools import islice

from generator.model import Site
from generator.render.contents import PAGES
from generator.render.environment import make_environment
from generator.render.pages.file import File, Picture
from generator.render.pages.moved import Moved
from generator.render.pages.page import Page
from generator.render.site import TEMPLATES, files_of

Made = Page | Moved | File | Picture


class Rendered(Mapping[str, bytes]):
    """Every file of a site by its path."""

    def __init__(self, site: Site) -> None:
        self._site = site
        made = (one for make in PAGES for one in make(site))
        self._made = {path: (one, place) for one in made for place, path in enumerate(paths(one))}

    def __getitem__(self, path: str) -> bytes:
        made, place = self._made[path]
        found, content = next(islice(files_of(make_environment(TEMPLATES), self._site, made), place, None))
        assert found == path
        return content

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


def paths(made: Made) -> tuple[str, ...]:
    """Where an entry of the table of contents stands, in the order in which it is made."""
    if isinstance(made, Picture):
        return f"{made.path}.svg", f"{made.path}.png"
    return tuple(page.path for page in made.pages) if isinstance(made, Moved) else (made.path,)

"""What a page is, and where it lives."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.model import Chart, Item, Kind, Shelf, Site, Span
from generator.render.filters import LOOPBACK, cover
from generator.render.words import KIND_WORDS, SPAN_WORDS

COVER_HOSTS = "https://*.scdn.co https://*.spotifycdn.com"


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the site: what a template makes of some values."""

    path: str  # inside the site, with slashes
    template: str
    values: Mapping[str, object]

    @property
    def root(self) -> str:
        """The way from this page up to the site's first folder."""
        return "../" * self.path.count("/")


class Later(Mapping[str, object]):
    """Values that are made when somebody looks at them: of many pages each process makes only its own."""

    def __init__(self, make: Callable[[], Mapping[str, object]]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> Mapping[str, object]:
        return self._make()

    def __getitem__(self, name: str) -> object:
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of a navigation; the path counts from the site's first folder."""

    label: str
    path: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """The picture that a link to a page shows, where it is the page's own (value `preview`)."""

    path: str  # from the site's first folder, without its ending: it is there as SVG and as PNG
    said: str  # what there is to see


def folder(site: Site, shelf: Shelf) -> str:
    """Where a listener's pages begin: at the root, unless there are several listeners."""
    return f"{shelf.listener.slug}/" if len(site.shelves) > 1 else ""


def path(site: Site, shelf: Shelf, kind: Kind = "tracks", span: Span = "short_term") -> str:
    """Where a listener's current chart lives."""
    return f"{folder(site, shelf)}{KIND_WORDS[kind].folder}{SPAN_WORDS[span].folder}index.html"


def policy(shown: Iterable[Chart]) -> str:
    """What a page with these charts may load."""
    return allow(rank.item for chart in shown for rank in chart.ranks)


def allow(shown: Iterable[Item]) -> str:
    """What a page that shows these may load."""
    return allow_from(filter(None, map(cover, shown)))


def allow_from(covers: Iterable[str]) -> str:
    """What a page may load: the site's own files, and covers; from this machine only a demo's."""
    is_local = any(address.startswith(LOOPBACK) for address in covers)
    own = "script-src 'self'; connect-src 'self'; manifest-src 'self'; style-src 'self'"
    images = f"img-src 'self' {COVER_HOSTS}{f' {LOOPBACK}*' if is_local else ''}"
    return f"default-src 'none'; {own}; {images}; base-uri 'none'; form-action 'none'"

"""What the site has beside its pages: files as they are, and pictures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class File:
    """One file of the site that no template makes."""

    path: str  # inside the site, with slashes
    content: bytes | Callable[[], bytes]  # ready, or made by the one process that writes it

    @property
    def written(self) -> bytes:
        return self.content() if callable(self.content) else self.content


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing, written twice: as SVG, and as PNG beside it."""

    path: str  # without its ending
    template: str
    values: Mapping[str, object]
    zoom: int = 1  # how many times larger the PNG is

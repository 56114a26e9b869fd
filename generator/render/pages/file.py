"""What the site has beside its pages: files as they are, and pictures."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class File:
    """One file of the site whose content is ready."""

    path: str  # inside the site, with slashes
    content: bytes


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing, written twice: as SVG, and as PNG beside it."""

    path: str  # without its ending
    template: str
    values: Mapping[str, object]
    zoom: int = 1  # how many times larger the PNG is

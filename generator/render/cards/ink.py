"""Sets type on a picture: text becomes outlines, so that who looks at it needs no font."""

import unicodedata
from functools import cache

from markupsafe import Markup

from generator.render.cards.direction import levels, seen
from generator.render.cards.faces import Run, drawable, outline, runs

SHRINK = 0.8  # how small a line may become before it is cut short
ELLIPSIS = "…"
SHIFT = {"start": 0.0, "middle": 0.5, "end": 1.0}


class Ink:
    """The type of one picture; each glyph's outline is kept once, in `outlines()`."""

    def __init__(self) -> None:
        self._names: dict[tuple[int, int, int], str] = {}

    def text(  # noqa: PLR0913, type has as many sides
        self,
        text: str,
        x: float,
        y: float,
        size: float,
        weight: int = 400,
        *,
        width: float | None = None,
        shrink: float = SHRINK,
        anchor: str = "start",
    ) -> Markup:
        """A line of text on the base line `y`, made to fit into `width`."""
        text = drawable(text)
        if width is not None:
            text, size = fitted(text, size, weight, width, shrink)
        x -= SHIFT[anchor] * measured(text, size, weight)
        marks = []
        for run in line(text, weight):
            scale = size / run.em
            uses = "".join(
                f'<use href="#{name}" x="{glyph.x}"' + (f' y="{glyph.y}"/>' if glyph.y else "/>")
                for glyph in run.glyphs
                if (name := self._name(run.face, weight, glyph.number))
            )
            marks.append(
                f'<g transform="translate({_n(x)} {_n(y)}) scale({_s(scale)} -{_s(scale)})">{uses}</g>'
            )
            x += run.width * scale
        # Nothing here comes from the text itself: names and numbers only.
        return Markup("".join(marks))  # noqa: S704

    @staticmethod
    def width(text: str, size: float, weight: int = 400) -> float:
        return measured(text, size, weight)

    def _name(self, face: int, weight: int, glyph: int) -> str:
        """How the picture calls a glyph; empty if there is nothing to see."""
        if not outline(face, weight, glyph):
            return ""
        return self._names.setdefault((face, weight, glyph), f"g{len(self._names)}")

    def outlines(self) -> Markup:
        """Every glyph set so far: to stand in the picture's <defs>."""
        paths = (f'<path id="{name}" d="{outline(*which)}"/>' for which, name in self._names.items())
        return Markup("".join(paths))  # noqa: S704


@cache
def line(text: str, weight: int) -> tuple[Run, ...]:
    """A line's runs from left to right."""
    return tuple(seen(runs(text, weight, levels(text))))


def measured(text: str, size: float, weight: int) -> float:
    """How wide a line is."""
    return sum(run.width / run.em for run in line(drawable(text), weight)) * size


def fitted(text: str, size: float, weight: int, width: float, shrink: float = SHRINK) -> tuple[str, float]:
    """The text and the size at which it fits: smaller if need be, and then shorter."""
    size = max(shrink * size, size * min(1.0, width / (measured(text, size, weight) or 1)))
    if measured(text, size, weight) <= width + 0.01:
        return text, size
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        fits = measured(cut(text, middle), size, weight) <= width
        low, high = (middle, high) if fits else (low, middle - 1)
    return cut(text, low), size


def cut(text: str, length: int) -> str:
    """The first letters of a text, never parted from their marks, with an ellipsis."""
    while length and length < len(text) and unicodedata.combining(text[length]):
        length -= 1
    return text[:length].rstrip(" ,.-–—([") + ELLIPSIS


def wrapped(text: str, size: float, weight: int, width: float, lines: int) -> list[str]:
    """The text broken between words, or between letters that need no spaces.

    The last line may be too long.
    """
    found: list[str] = []
    rest = drawable(text)
    while len(found) + 1 < lines and measured(rest, size, weight) > width:
        ends = [end for end in range(1, len(rest)) if _may_break(rest, end)]
        fitting = [end for end in ends if measured(rest[:end].rstrip(), size, weight) <= width]
        if not fitting:
            break
        found.append(rest[: fitting[-1]].rstrip())
        rest = rest[fitting[-1] :].lstrip()
    return [*found, rest]


def _may_break(text: str, end: int) -> bool:
    before, after = text[end - 1], text[end]
    if " " in (before, after):
        return before != " "
    return (
        all(unicodedata.east_asian_width(letter) == "W" for letter in (before, after))
        and after not in "、。」』）！？ー"
    )


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _s(number: float) -> str:
    return f"{number:.6f}".rstrip("0").rstrip(".")

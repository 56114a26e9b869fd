"""What the pictures of plays have in common: whole numbers at which an axis ends, and pieces of SVG paths."""

from bisect import bisect_right
from collections.abc import Iterable

Tick = tuple[str, str]  # where something lies on an axis, and what it says

# Numbers that are easy to read, with zeros behind them, too.
ROUND = (1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 30, 40, 50, 60, 80, 100)


def ceiling(number: int) -> int:
    """The next round number: the end of an axis on which the number still has room."""
    zeros: int = 10 ** max(0, len(str(number)) - 2)
    return next(one * zeros for one in ROUND if one * zeros >= number)


def short(number: float) -> str:
    """A coordinate in as few characters as do: to a tenth, without needless zeros."""
    text = f"{number:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def box(x: float, y: float, width: float, height: float) -> str:
    """A rectangle as a piece of a path."""
    return f"M{short(x)} {short(y)}h{short(width)}v{short(height)}h{short(-width)}z"


def steps(numbers: Iterable[int], most: int = 5) -> tuple[int, ...]:
    """Where up to `most` levels begin, so that about as many of the numbers have each."""
    ordered = sorted(numbers)
    return tuple(sorted({ordered[len(ordered) * step // most] for step in range(most)}))


def level(number: int, begin: tuple[int, ...]) -> int:
    """Which level a number has, counted from 0."""
    return bisect_right(begin, number) - 1


def grid(top: int, above: int, tall: int) -> tuple[Tick, ...]:
    """Three lines: nothing, half, and the axis's end."""
    return tuple(
        (short(above + tall - tall * part / top), f"{part:,}") for part in sorted({0, top // 2, top})
    )

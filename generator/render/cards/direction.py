"""Which way letters run: enough of Unicode's bidirectional algorithm for a title on one line."""

import unicodedata
from collections.abc import Sequence
from itertools import groupby
from typing import TypeVar

T = TypeVar("T")

LEFTWARDS = {"R", "AL"}
NUMBERS = {"EN", "AN"}
STRONG = {"L", *LEFTWARDS}


def levels(text: str) -> list[int]:
    """For each letter: even if it runs rightwards, odd if leftwards; higher if amid the other."""
    kinds = [unicodedata.bidirectional(letter) for letter in text]
    if not LEFTWARDS & set(kinds):
        return [0] * len(text)
    base = int(next(kind for kind in kinds if kind in STRONG) in LEFTWARDS)
    found: list[int | None] = []
    strong = base
    for kind in kinds:
        if kind in STRONG:
            strong = int(kind in LEFTWARDS)
        found.append(_level(kind, base, strong))
    return _neutral(found, base)


def _level(kind: str, base: int, strong: int) -> int | None:
    """A letter's level where it is certain; None for what takes the side of its neighbours."""
    if kind in LEFTWARDS:
        return 1
    if kind == "L":
        return 2 * base
    # Figures run rightwards everywhere, also amid words that do not.
    return (2 if base or strong else 0) if kind in NUMBERS else None


def _neutral(found: Sequence[int | None], base: int) -> list[int]:
    """Spaces and signs between two words of one direction join them; all others follow the line."""
    settled: list[int] = []
    groups = [(level, len(list(group))) for level, group in groupby(found)]
    for place, (level, length) in enumerate(groups):
        before = groups[place - 1][0] if place else base
        after = groups[place + 1][0] if place + 1 < len(groups) else base
        between = before if before == after and before is not None else base
        settled += [between if level is None else level] * length
    return settled


def seen(pieces: Sequence[tuple[int, T]]) -> list[T]:
    """Pieces as they are seen, from left to right: each level, from the highest down, turns round."""
    line = list(pieces)
    for level in range(max((level for level, _ in line), default=0), 0, -1):
        line = [
            piece
            for is_turned, group in groupby(line, key=lambda piece: piece[0] >= level)
            for piece in (reversed(list(group)) if is_turned else list(group))
        ]
    return [piece for _, piece in line]

"""Sessions: how many are how long."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.render.plays.scale import short

LENGTHS = (
    "under 30\u00a0min",
    "30\u00a0min to 1\u00a0h",
    "1\u00a0h to 2\u00a0h",
    "2\u00a0h to 4\u00a0h",
    "4\u00a0h or more",
)
LENGTH_EDGES = ((0, 30), (30, 60), (60, 120), (120, 240), (240, None))  # minutes
LINE, WIDE = 20, 175  # units of a bar's line, and of the longest bar


@dataclass(frozen=True, slots=True)
class LengthBar:
    """How many sessions are of a length."""

    words: str
    sessions: int
    y: int
    width: str


def length_bars(lengths: Sequence[int]) -> tuple[LengthBar, ...]:
    most = max(lengths)
    return tuple(
        LengthBar(words, number, LINE * place, short(WIDE * number / most))
        for place, (words, number) in enumerate(zip(LENGTHS, lengths, strict=True))
    )


def middle(lengths: Sequence[int]) -> str:
    """The length that the session in the middle has."""
    left = sum(lengths) / 2
    for words, number in zip(LENGTHS, lengths, strict=True):
        left -= number
        if left <= 0:
            return words
    return LENGTHS[-1]

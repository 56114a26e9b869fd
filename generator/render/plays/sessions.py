"""Sessions: how many are how long."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.render.plays.scale import short
from generator.tally.habits import LENGTHS

LINE, WIDE = 20, 175  # units of a bar's line, and of the longest bar


@dataclass(frozen=True, slots=True)
class LengthBar:
    """How many sessions are of a length."""

    words: str
    sessions: int
    y: int
    width: str


def length_words(least: int, below: int | None) -> str:
    """Under 30 min, 30 min to 1 h, or 4 h or more."""
    if not below:
        return f"{round_time(least)} or more"
    return f"{round_time(least)} to {round_time(below)}" if least else f"under {round_time(below)}"


def round_time(minutes: int) -> str:
    return f"{minutes // 60}\u00a0h" if minutes >= 60 else f"{minutes}\u00a0min"  # noqa: PLR2004 - an hour


def length_bars(lengths: Sequence[int]) -> tuple[LengthBar, ...]:
    most = max(lengths)
    return tuple(
        LengthBar(length_words(*length), number, LINE * place, short(WIDE * number / most))
        for place, (length, number) in enumerate(zip(LENGTHS, lengths, strict=True))
    )


def middle(lengths: Sequence[int]) -> str:
    """The length that the session in the middle has."""
    left = sum(lengths) / 2
    for length, number in zip(LENGTHS, lengths, strict=True):
        left -= number
        if left <= 0:
            return length_words(*length)
    return length_words(*LENGTHS[-1])

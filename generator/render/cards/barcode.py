"""Code 39, the bar code that prints figures and hyphens: a scanner reads the edition from a receipt."""

from collections.abc import Iterator
from itertools import cycle

NARROW, WIDE = 1, 3

# Each sign is five bars and the four gaps between them; w is a wide one.
SIGNS = {
    "0": "nnnwwnwnn",
    "1": "wnnwnnnnw",
    "2": "nnwwnnnnw",
    "3": "wnwwnnnnn",
    "4": "nnnwwnnnw",
    "5": "wnnwwnnnn",
    "6": "nnwwwnnnn",
    "7": "nnnwnnwnw",
    "8": "wnnwnnwnn",
    "9": "nnwwnnwnn",
    "-": "nwnnnnwnw",
    "*": "nwnnwnwnn",  # begins and ends every code
}


def barcode(text: str) -> list[tuple[int, int]]:
    """Where each bar begins and how wide it is, in narrow bars."""
    return list(_bars(text))


def _bars(text: str) -> Iterator[tuple[int, int]]:
    x = 0
    for sign in f"*{text}*":
        for width, is_bar in zip(SIGNS[sign], cycle((True, False)), strict=False):
            step = WIDE if width == "w" else NARROW
            if is_bar:
                yield x, step
            x += step
        x += NARROW

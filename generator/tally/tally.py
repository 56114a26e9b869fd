"""How often and for how long: the measure of everything that was heard."""

from collections.abc import Iterable
from typing import NamedTuple


class Tally(NamedTuple):
    """How often and for how long something was heard."""

    plays: int
    ms: int  # listening time
    estimated: int = (
        0  # plays of which no source tells how long they were heard: their track's length is taken
    )

    @property
    def is_estimated(self) -> bool:
        return self.estimated > 0


def together(tallies: Iterable[Tally]) -> Tally:
    """What several come to."""
    known = tuple(tallies)
    return Tally(
        sum(one.plays for one in known), sum(one.ms for one in known), sum(one.estimated for one in known)
    )

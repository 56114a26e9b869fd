"""What can be a record on a chart, and who holds it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.model import Record
from generator.render.filters import name

FEW = 3  # as many may hold a record together
ENOUGH = 20  # editions of a chart before its records mean anything
LENGTH = 20  # lines of a table


@dataclass(frozen=True, slots=True)
class Feat:
    """Something of which a song or artist can have more than any other."""

    title: str
    meaning: str
    unit: str
    figure: Callable[[Record], int]  # 0: not worth a line


FEATS = (
    Feat(
        "Most editions",
        "in how many editions it was on the chart",
        "edition",
        lambda r: r.editions,
    ),
    Feat(
        "Most at number one",
        "in how many editions it was number one",
        "edition",
        lambda r: r.at_one,
    ),
    Feat("Longest run", "editions on the chart without a break", "edition", lambda r: r.longest_run),
    Feat("Biggest jump", "places gained from one edition to the next", "place", lambda r: r.jump or 0),
    Feat(
        "Most comebacks",
        "how often it came back after a break",
        "comeback",
        lambda r: r.comebacks,
    ),
)


@dataclass(frozen=True, slots=True)
class Table:
    """The best of a chart. Equal figures share a rank, and a tie is shown whole or not at all."""

    feat: Feat
    lines: tuple[tuple[int, Record, int], ...]  # rank, whose, figure
    untold: int  # how many more share the next figure
    next_figure: int

    @property
    def leaders(self) -> int:
        """How many stand first."""
        return sum(rank == 1 for rank, _, _ in self.lines)


def table(feat: Feat, records: Iterable[Record]) -> Table:
    """The first twenty; those who tie for the last of these lines are counted if they do not fit."""
    ranked = sorted(
        ((feat.figure(record), record) for record in records if feat.figure(record) > 0),
        key=lambda pair: (-pair[0], pair[1].debut, name(pair[1].item), pair[1].item.id),
    )
    lines: list[tuple[int, Record, int]] = []
    for figure, tied in groupby(ranked, key=lambda pair: pair[0]):
        equal = [record for _, record in tied]
        if len(lines) + len(equal) > LENGTH:
            return Table(feat, tuple(lines), len(equal) if len(lines) < LENGTH else 0, figure)
        rank = len(lines) + 1
        lines += [(rank, record, figure) for record in equal]
    return Table(feat, tuple(lines), 0, 0)


def holders(records: Sequence[Record], editions: int) -> Mapping[str, Sequence[str]]:
    """Titles of the records that an item holds on a chart, by its id; what many share is no record."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for feat in FEATS if editions >= ENOUGH else ():
        best = max(map(feat.figure, records))
        holding = [record.item.id for record in records if feat.figure(record) == best]
        for one in holding if best and len(holding) <= FEW else ():
            found[one].append(feat.title if len(holding) == 1 else f"{feat.title} (shared)")
    return found

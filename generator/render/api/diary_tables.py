"""Plays as CSV: what was played most, all of it and month by month."""

from collections.abc import Callable, Iterator
from functools import partial

from generator.render.api.tables import table
from generator.render.plays.words import KIND_NAMES
from generator.tally import PLAYED_KINDS, Diary, PlayedKind

COLUMNS = ("place", "id", "title", "artist", "album", "plays", "ms", "estimated", "first", "last")


def tables(diary: Diary) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Every table by its path inside the folder of the API, and how it is made."""
    for kind in PLAYED_KINDS:
        many = KIND_NAMES[kind][1]
        yield f"plays/csv/{many}.csv", partial(items, diary, kind)
        yield f"plays/csv/{many}-by-month.csv", partial(months, diary, kind)


def items(diary: Diary, kind: PlayedKind) -> bytes:
    """Everything of a kind that has a page, the most played first."""
    return table(
        COLUMNS,
        (
            [
                life.place,
                life.item.id,
                life.item.title,
                life.item.artist and life.item.artist.title,
                life.item.album and life.item.album.title,
                life.tally.plays,
                life.tally.ms,
                life.tally.estimated,
                life.first,
                life.last,
            ]
            for life in diary.lives[kind].values()
        ),
    )


def months(diary: Diary, kind: PlayedKind) -> bytes:
    """Plays of each in each month with one."""
    return table(
        ("id", "title", "month", "plays"),
        (
            [life.item.id, life.item.title, f"{month:%Y-%m}", plays]
            for life in diary.lives[kind].values()
            for month, plays in life.months
        ),
    )

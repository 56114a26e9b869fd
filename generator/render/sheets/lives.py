"""Plays as CSV: what was played most, all of it and month by month."""

from collections.abc import Iterable, Iterator, Sequence

from generator.render.plays.words import KIND_NAMES
from generator.render.sheets.cells import Table, yes
from generator.tally.diary import Diary
from generator.tally.gaps import touch_month
from generator.tally.played import PLAYED_KINDS, PlayedKind

COLUMNS = ("place", "id", "title", "artist", "album", "plays", "ms", "estimated", "first", "last")

Columns = tuple[Sequence[str], Iterable[Iterable[object]]]  # their names, and the rows below them


def lives(diary: Diary) -> Iterator[Table]:
    """Both tables of each kind."""
    for kind in PLAYED_KINDS:
        many = KIND_NAMES[kind][1]
        yield many, *items(diary, kind)
        yield f"{many}-by-month", *months(diary, kind)


def items(diary: Diary, kind: PlayedKind) -> Columns:
    """Everything of a kind that has a page, the most played first."""
    return (
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


def months(diary: Diary, kind: PlayedKind) -> Columns:
    """Plays of each in each month with one."""
    return (
        ("id", "title", "month", "plays", "ms", "estimated", "has_gap"),
        (
            [life.item.id, life.item.title, f"{month:%Y-%m}", *tally, yes(touch_month(diary.gaps, month))]
            for life in diary.lives[kind].values()
            for month, tally in life.months
        ),
    )

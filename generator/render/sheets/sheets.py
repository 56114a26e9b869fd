"""The numbers behind the pages of plays as CSV; their columns stand in docs/api.md."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from generator.model import Site
from generator.render.api.tables import table
from generator.render.pages.file import File
from generator.render.pages.page import folder
from generator.render.plays.addresses import SHEETS
from generator.render.sheets import habits, lives, periods
from generator.render.sheets.cells import Table
from generator.tally.diary import Diary

Make = Callable[[Diary], Iterable[Table]]
EVERY: tuple[Make, ...] = (habits.habits, habits.finds, periods.charts, lives.lives)


def sheets(site: Site) -> Iterator[File]:
    """Every table of every listener who has plays."""
    for shelf in site.shelves:
        if shelf.diary:
            for make in EVERY:
                for name, _, _ in make(shelf.diary):
                    content = partial(written, make, shelf.diary, name)
                    yield File(f"{folder(site, shelf)}{SHEETS}{name}.csv", content)


def written(make: Make, diary: Diary, name: str) -> bytes:
    """One of these tables; the rows of the others stay uncounted."""
    return next(table(header, rows) for found, header, rows in make(diary) if found == name)

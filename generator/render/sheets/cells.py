"""What the tables of plays have in common."""

from collections.abc import Iterable, Sequence

# Its name, its columns and its rows, which are counted out only when somebody asks for them.
Table = tuple[str, Sequence[str], Iterable[Iterable[object]]]


def yes(holds: bool) -> str:  # noqa: FBT001 - a cell's value
    return "true" if holds else "false"

"""What a run stored beside what it heard, as an import, carried over to a past that somebody else pushed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from generator import git, schema
from generator.store import text
from generator.store.files import differs
from generator.store.frames import decode
from generator.store.gaps import with_first_gap
from generator.store.merge import catalog_files
from generator.store.plays import add_rows, play_files, with_names


@dataclass(frozen=True, slots=True)
class Carried:
    """Rows that files of data/ hold and a commit does not."""

    plays: tuple[Sequence[str], ...]  # by month, the oldest first
    named: Sequence[str]
    catalog: Mapping[str, pd.DataFrame]

    @property
    def is_imported(self) -> bool:
        """Are there plays of an export?"""
        return any(row.split(",", 2)[1] != "api" for rows in self.plays for row in rows)


def carried(root: Path, listener: str, since: str) -> Carried:
    """What was added to a listener's plays, and to the catalog, since a commit."""
    return Carried(
        tuple(_added(root, schema.plays, path, since) for path in play_files(root / "data", listener)),
        _added(root, schema.named, schema.path(schema.named), since),
        {table.name: _frame(root, table, since) for table in schema.CATALOG},
    )


def with_carried(data: Path, listener: str, rows: Carried, secret: str | None) -> dict[str, bytes]:
    """What data/ should hold once it has these rows, too; only what differs."""
    content = text.joined(schema.named, rows.named)
    names = {
        key: (title, artist, album)
        for key, title, artist, album in text.cells(schema.named, content, data / schema.path(schema.named))
    }
    wanted = catalog_files(data, rows.catalog) | with_names(data, names)
    # Who keeps plays no longer needs no key: without new ones none is asked for.
    added = add_rows(data, listener, rows.plays, secret).files if any(rows.plays) else {}
    wanted |= added
    if rows.is_imported:
        wanted |= with_first_gap(data, listener, added)
    return {path: content for path, content in wanted.items() if differs(data / path, content)}


def _frame(root: Path, table: schema.Table, since: str) -> pd.DataFrame:
    path = schema.path(table)
    return decode(table, text.joined(table, _added(root, table, path, since)), root / path)


def _added(root: Path, table: schema.Table, path: str, since: str) -> list[str]:
    """The rows of a file that the commit does not hold."""
    file = root / "data" / path
    if not file.is_file():
        return []
    before = {*git.committed(root, f"data/{path}", since).splitlines()}
    return [row for row in text.lines(table, file.read_bytes(), file, file.stem) if row not in before]

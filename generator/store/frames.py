"""Frames ↔ the text of data/."""

from pathlib import Path

import pandas as pd

from generator import schema
from generator.store.text import cell, cells, joined


def encode(table: schema.Table, frame: pd.DataFrame) -> bytes:
    """The frame as its file's bytes: sorted by key, LF, quotes only where needed, unknown cells empty."""
    names = [column.name for column in schema.columns(table)]
    rows = frame.sort_values(list(schema.key(table)), kind="stable")[names].astype(object)
    columns = [map(cell, rows[name].where(rows[name].notna(), None)) for name in names]
    return joined(table, map(",".join, zip(*columns, strict=True)))


def decode(table: schema.Table, content: bytes, file: Path, month: str | None = None) -> pd.DataFrame:
    """The rows of a file, each checked; raise DataError that names file and line.

    Columns and types are those of `schema.frame_types(table)`; `month` is the one its name promises.
    """
    names = [column.name for column in schema.columns(table)]
    rows = cells(table, content, file, month)
    frame = pd.DataFrame([[value or None for value in row] for row in rows], columns=names, dtype=object)
    return frame.astype(schema.frame_types(table))

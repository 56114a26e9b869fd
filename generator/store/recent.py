"""How the last plays that Spotify tells meet those that are kept."""

from pathlib import Path

import pandas as pd

from generator.store.plays import Added, add_rows
from generator.store.text import cell


def add(data: Path, listener: str, rows: pd.DataFrame, secret: str | None) -> Added:
    """Add the plays that are not known yet, as `add_rows` does."""
    cells = rows.astype(object).where(rows.notna(), None).itertuples(index=False, name=None)
    return add_rows(data, listener, [[",".join(map(cell, row)) for row in cells]], secret)

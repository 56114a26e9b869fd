"""How the last plays that Spotify tells meet those that are kept, and the gap that may lie before them."""

from pathlib import Path

import pandas as pd

from generator import schema
from generator.store.frames import encode
from generator.store.ledger import read
from generator.store.plays import Added, add_rows
from generator.store.text import cell


def add(data: Path, listener: str, rows: pd.DataFrame, secret: str | None) -> Added:
    """Add the plays that are not known yet, as `add_rows` does."""
    cells = rows.astype(object).where(rows.notna(), None).itertuples(index=False, name=None)
    return add_rows(data, listener, [[",".join(map(cell, row)) for row in cells]], secret)


def with_gap(data: Path, listener: str, since: str, until: str) -> dict[str, bytes]:
    """The listener's gaps with one more: from the last play that was known to the first one after.

    Where plays are kept by the day, two gaps may begin with the same one: the longer holds the other.
    """
    path = schema.path(schema.gaps, listener=listener)
    known = read(data, schema.gaps, path)
    rows = pd.concat([known, pd.DataFrame([{"since": since, "until": until}])])
    rows = rows.sort_values("until").drop_duplicates("since", keep="last")
    return {path: encode(schema.gaps, rows)}

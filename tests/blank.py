"""Databases that hold our tables and views already: to make these takes longer than most stories."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine

from generator.warehouse.engine import duckdb
from generator.warehouse.load import load


def blank(file: Path) -> Engine:
    """A database of no facts, as a first load of an empty data/ leaves it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(_made())
    return duckdb(file)


@cache
def _made() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "warehouse.duckdb"
        database = duckdb(file)
        load(database, Path(folder), [])
        database.dispose()
        return file.read_bytes()

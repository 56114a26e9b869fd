"""How far DuckDB is with one long statement: asked from beside it, as the statement itself says nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

import duckdb

EVERY_S = 0.1
ASKABLE = "set enable_progress_bar = true; set enable_progress_bar_print = false"


@contextmanager
def watched(database: duckdb.DuckDBPyConnection, tell: Callable[[float], object]) -> Iterator[None]:
    """While a statement runs, tell now and then which part of it is done: from 0 to 1, never less than told.

    The connection must have been made `ASKABLE`.
    """
    over = Event()

    def watch() -> None:
        done = 0.0
        while not over.wait(EVERY_S):
            # It is below zero while nothing is known.
            done = min(max(done, database.query_progress() / 100), 1.0)
            tell(done)

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()

"""Views that many questions lean on, computed once for all of them."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from generator.warehouse.derive import analyze
from generator.warehouse.views import SHARED, sharing


@contextmanager
def once(connection: Connection) -> Iterator[None]:
    """Within it, the connection answers from temporary tables what the views of SHARED would answer."""
    has_plays = connection.exec_driver_sql("select 1 from ruling limit 1").first() is not None
    names = SHARED if has_plays else ()
    for name in names:
        connection.exec_driver_sql(sharing(name))
        analyze(connection, [name])
    yield
    for name in names:
        connection.exec_driver_sql(f"drop table {name}")

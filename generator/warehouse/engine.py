"""The SQL database behind one interface: PostgreSQL where an address is given, else DuckDB in a file."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, InterfaceError, OperationalError, SQLAlchemyError

from generator.errors import Busy, ConfigError, Unavailable

__all__ = ["Connection", "Engine", "connected", "duckdb", "is_postgres", "postgres", "schema_name"]

PASSWORD = re.compile(r"://[^@/\s]+@")


def duckdb(file: Path) -> Engine:
    """The embedded database in a file; one that cannot be read is made anew, since data/ is the truth."""
    file.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(f"duckdb:///{file}")
    try:
        with engine.connect():
            return engine
    except SQLAlchemyError as error:
        if "lock" in str(error).lower():
            raise Busy(f"Another program has {file} open. Close it, or try again later.") from None
    for part in (file, file.with_name(f"{file.name}.wal")):
        part.unlink(missing_ok=True)
    return create_engine(f"duckdb:///{file}")


def postgres(address: str, schema: str) -> Engine:
    """PostgreSQL at `address`, everything inside one schema; raise Unavailable if nobody answers there."""
    # SQLAlchemy 2.1 takes the bare name for psycopg 3.
    try:
        url = make_url(re.sub(r"^postgres(ql)?(\+psycopg2)?://", "postgresql+psycopg2://", address))
    except ArgumentError:
        raise ConfigError(
            "DATABASE_URL is no address: write postgresql://user:password@host/database."
        ) from None
    if url.get_backend_name() != "postgresql":
        raise ConfigError(
            "DATABASE_URL must name a PostgreSQL database: postgresql://user:password@host/database."
        )
    engine = create_engine(url, connect_args={"connect_timeout": 10})

    @event.listens_for(engine, "connect")
    def _stay_in_schema(connection: object, _record: object) -> None:
        with connection.cursor() as cursor:  # type: ignore[attr-defined]
            cursor.execute(f'set search_path to "{schema}"')
            cursor.execute("set time zone 'UTC'")
        connection.commit()  # type: ignore[attr-defined]

    try:
        with engine.begin() as connection:
            connection.execute(text(f'create schema if not exists "{schema}"'))
    except SQLAlchemyError as error:
        raise Unavailable(
            f"PostgreSQL could not be reached: {_first_line(error)}. Check DATABASE_URL, or try later."
        ) from None
    return engine


@contextmanager
def connected(engine: Engine) -> Iterator[Connection]:
    """One transaction; a database that goes away in the middle of it is Unavailable."""
    try:
        with engine.begin() as connection:
            yield connection
    except (OperationalError, InterfaceError) as error:
        raise Unavailable(f"The database went away: {_first_line(error)}.") from None


def _first_line(error: SQLAlchemyError) -> str:
    said = str(getattr(error, "orig", error)).strip()
    return PASSWORD.sub("://", said.splitlines()[0] if said else type(error).__name__).rstrip(".")


def is_postgres(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"


def schema_name(remote: str | None) -> str:
    """A schema of the repository's own, from its remote's owner and name, so that many can share a server."""
    parts = re.split(r"[/:]", (remote or "").removesuffix("/").removesuffix(".git"))[-2:]
    name = re.sub(r"[^a-z0-9]+", "_", "_".join(parts).lower()).strip("_")
    return f"rotation_{name}"[:63] if name else "rotation"

"""The SQL database behind one interface: PostgreSQL where an address is given, else DuckDB in a file."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    IntegrityError,
    NotSupportedError,
    ProgrammingError,
    SQLAlchemyError,
)

from generator.errors import Busy, ConfigError, Unavailable

__all__ = ["Connection", "Engine", "connected", "discard", "duckdb", "is_postgres", "postgres", "schema_name"]

PASSWORD = re.compile(r"://[^@/\s]+@")
# What SQLAlchemy calls a wrong question. Everything else is the database's own trouble: a connection that
# broke off, a full disk, a damaged file.
QUESTION = (ProgrammingError, DataError, IntegrityError, NotSupportedError)
# PostgreSQL's codes for what a wrong question is not to blame for: no permission, read-only.
FORBIDDEN = ("42501", "25006")
MEMORY = "320MiB"  # that DuckDB may take; what does not fit waits beside its file
FULL = ("No space left", "File too large")  # what a system says of a full disk
LONGEST_NAME = 63  # bytes of a name in PostgreSQL


def duckdb(file: Path) -> Engine:
    """The embedded database in a file; one that cannot be opened is made anew, since data/ is the truth."""
    if "?" in str(file.resolve()):  # DuckDB would look for its journal in another folder
        raise ConfigError(f"DuckDB cannot keep {file.resolve()}: rename the folder whose name holds a “?”.")
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _opened(file)
    except SQLAlchemyError as error:
        if "Could not set lock" in str(error):
            raise Busy(f"Another program has {file} open. Close it, or try again later.") from None
    discard(file)
    try:
        return _opened(file)
    except SQLAlchemyError as error:
        said = _first_line(error)
        raise Unavailable(f"The database cannot be made: {said}. Make room for it, then run again.") from None


def discard(file: Path) -> None:
    """Remove an embedded database, which data/ can fill again."""
    for part in (file, file.with_name(f"{file.name}.wal")):
        part.unlink(missing_ok=True)


def postgres(address: str, schema: str) -> Engine:
    """PostgreSQL at `address`, everything inside one schema; raise Unavailable if nobody answers there."""
    engine = create_engine(_url(address), connect_args={"connect_timeout": 10})

    @event.listens_for(engine, "begin")
    def _stay_in_schema(connection: Connection) -> None:
        # For each transaction: behind a connection pooler the next one may be another session's.
        connection.exec_driver_sql(f"set local search_path to \"{schema}\"; set local time zone 'UTC'")

    try:
        with engine.begin() as connection:
            _make_schema(connection, schema)
    except SQLAlchemyError as error:
        raise Unavailable(
            f"PostgreSQL could not be used: {_first_line(error)}. Check DATABASE_URL, or try later."
        ) from None
    return engine


@contextmanager
def connected(engine: Engine) -> Iterator[Connection]:
    """One transaction; a database that goes away in the middle of it, or cannot be read, is Unavailable."""
    try:
        with engine.begin() as connection:
            yield connection
    except DBAPIError as error:
        code = getattr(error.orig, "pgcode", None)
        if isinstance(error, QUESTION) and code not in FORBIDDEN:
            raise
        said = _first_line(error)
        remedy = " Make room for it, then run again." if any(sign in said for sign in FULL) else ""
        raise Unavailable(f"The database failed: {said}.{remedy}") from None


def _opened(file: Path) -> Engine:
    engine = create_engine(
        URL.create("duckdb", database=str(file)), connect_args={"config": {"memory_limit": MEMORY}}
    )
    try:
        with engine.connect():
            return engine
    except SQLAlchemyError:
        engine.dispose()
        raise


def _url(address: str) -> URL:
    """The address for SQLAlchemy 2.1, which takes the bare name for psycopg 3."""
    try:
        url = make_url(re.sub(r"^postgres(ql)?(\+psycopg2)?://", "postgresql+psycopg2://", address))
    except (ArgumentError, ValueError):  # whose text may repeat the password
        url = None
    if url is None or url.drivername != "postgresql+psycopg2":
        raise ConfigError(
            "DATABASE_URL is no address of a PostgreSQL database: write postgresql://user:password@host/database"
            " (and within the password, %40 for @, %2F for /, %3A for :)."
        )
    return url


def _make_schema(connection: Connection, schema: str) -> None:
    """The schema, unless it is there: one may use it without being allowed to make one."""
    connection.execute(text("select pg_advisory_xact_lock(hashtext(:schema))"), {"schema": schema})
    found = connection.execute(text("select 1 from pg_namespace where nspname = :schema"), {"schema": schema})
    if found.first() is None:
        connection.execute(text(f'create schema "{schema}"'))


def _first_line(error: SQLAlchemyError) -> str:
    said = str(getattr(error, "orig", error)).strip()
    return PASSWORD.sub("://", said.splitlines()[0] if said else type(error).__name__).rstrip(".")


def version(connection: Connection) -> str:
    """The database's name and version."""
    said = str(connection.execute(text("select version()")).scalar_one())
    return " ".join(said.split()[:2]) if is_postgres(connection) else f"DuckDB {said}"


def is_postgres(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"


def schema_name(remote: str | None) -> str:
    """A schema of the repository's own, from its remote's owner and name, so that many can share a server."""
    parts = re.split(r"[/:]", (remote or "").removesuffix("/").removesuffix(".git"))[-2:]
    name = re.sub(r"[^a-z0-9]+", "_", "_".join(parts).lower()).strip("_")
    schema = f"rotation_{name}" if name else "rotation"
    if len(schema) <= LONGEST_NAME:
        return schema
    # Two long names may begin alike.
    return f"{schema[: LONGEST_NAME - 9]}_{hashlib.sha256(name.encode()).hexdigest()[:8]}"

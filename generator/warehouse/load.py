"""Makes the database equal to data/: reads only the files that changed, all in one transaction."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache, lru_cache
from pathlib import Path, PurePosixPath
from unicodedata import unidata_version

from sqlalchemy import Connection, Dialect, Engine, text
from sqlalchemy.schema import CreateTable

from generator import git, schema
from generator.errors import ConfigError
from generator.warehouse.clocks import Reading
from generator.warehouse.copy import copy
from generator.warehouse.derive import changed as what_changed
from generator.warehouse.derive import derive
from generator.warehouse.engine import connected, is_postgres
from generator.warehouse.tables import loaded, own
from generator.warehouse.views import KEPT, VIEWS, statements

ROOM = Path(__file__).parent
# What fills our tables: where it changed, all of them are filled anew.
FILLING = (
    *(ROOM / f"{name}.py" for name in ("load", "copy", "songs", "spellings", "clocks")),
    ROOM.parent / "listening.py",
)
# By which PostgreSQL finds a month among years of plays.
INDEXES = (
    "plays (listener, played_at)",
    "ruling (listener, utc_month)",
)
AS_SAID = Reading()  # as of a listener in UTC, with Spotify's own rule of what a play is


def make_tables(engine: Engine) -> None:
    """Make our tables and views where there are none; a database that holds anything is left as it is."""
    with connected(engine) as connection:
        _wait_for_others(connection)
        if not _present(connection):
            _rebuild(connection)


def held(engine: Engine, *, is_counted: bool = False) -> Mapping[str, str] | None:
    """Git's names of the files of facts that the database holds, by path; None: it has to be made anew.

    `is_counted`: this process has looked at its tables and counted their rows; nobody took any away since.
    """
    with connected(engine) as connection:
        return _held(connection) if _is_current(connection, is_counted=is_counted) else None


def stale(held: Mapping[str, str], data: Path, paths: Iterable[str]) -> tuple[str, ...]:
    """The files of facts (relative to data/) that are not as they are held."""
    return tuple(path for path, name in _fingerprints(data, paths).items() if held.get(path) != name)


def load(
    engine: Engine,
    data: Path,
    paths: Iterable[str],
    reading: Reading = AS_SAID,
    *,
    is_counted: bool = False,
) -> tuple[str, ...]:
    """Load the files of facts, relative to data/ and checked; answer those that had changed.

    Afterwards the database holds just what the files hold, read as `reading` says. Killed, it holds what it
    held before. `is_counted`: as of `held`.
    """
    now = _fingerprints(data, paths)
    with connected(engine) as connection:
        _wait_for_others(connection)
        if not _is_current(connection, is_counted=is_counted):
            _rebuild(connection)
        known = _held(connection)
        changed = tuple(path for path in now if known.get(path) != now[path])
        gone = tuple(path for path in known if path not in now)
        for path in known.keys() - {path for path in now if known.get(path) == now[path]}:
            _forget(connection, path)
        _bring(connection, data, changed)
        if changed:
            new = [{"path": path, "fingerprint": now[path]} for path in changed]
            connection.execute(loaded.insert(), new)
        if derive(connection, what_changed((*changed, *gone)), now, reading):
            count = loaded.update().where(loaded.c.path == "schema").values(row_count=_row_count(connection))
            connection.execute(count)
    return changed


def _wait_for_others(connection: Connection) -> None:
    """Let a load of the same schema end first."""
    if is_postgres(connection):  # a file of DuckDB's is one process's alone
        connection.execute(text("select pg_advisory_xact_lock(hashtext(current_schema()))"))


def _fingerprints(data: Path, paths: Iterable[str]) -> dict[str, str]:
    return {path: _name(data / path, *_status(data / path)) for path in paths}


def _status(file: Path) -> tuple[int, int, int]:
    """What changes with a file's content."""
    status = file.stat()
    return status.st_ino, status.st_mtime_ns, status.st_size


@lru_cache(maxsize=4096)
def _name(file: Path, *_status: int) -> str:
    """Git's name of a file's bytes; a run asks for it several times."""
    return git.blob_id(file.read_bytes())


@cache
def _schema_hash(dialect: Dialect) -> str:
    """One name for our tables and views, and for what fills them, as this version has them."""
    tables = [
        str(CreateTable(table).compile(dialect=dialect)) for table in (*schema.FACTS, *own.sorted_tables)
    ]
    filled_by = [file.read_text("utf-8") for file in FILLING]
    said = "\n".join([*tables, *statements(), *filled_by, unidata_version])
    return hashlib.sha256(said.encode()).hexdigest()


def _held(connection: Connection) -> Mapping[str, str]:
    rows = connection.execute(loaded.select().where(loaded.c.path != "schema"))
    return {row.path: row.fingerprint for row in rows}


def _is_current(connection: Connection, *, is_counted: bool) -> bool:
    """Does the database hold the tables and views of this version, and as many rows as we left in them?"""
    is_known = is_counted and not is_postgres(connection)  # we have the file open: nobody else changes it
    if not is_known and _columns_of_loaded(connection) != set(loaded.columns.keys()):
        return False
    query = loaded.select().where(loaded.c.path == "schema")
    row = connection.execute(query).one_or_none()
    if row is None or row.fingerprint != _schema_hash(connection.dialect):
        return False
    needed = {*VIEWS, *(table.name for table in (*schema.FACTS, *own.sorted_tables))}
    is_whole = is_known or needed <= _present(connection).keys()
    return is_whole and (is_counted or row.row_count == _row_count(connection))


def _row_count(connection: Connection) -> int:
    """How many rows all our tables hold together."""
    derived = (table.name for table in own.sorted_tables if table is not loaded)
    names = (*(table.name for table in schema.FACTS), *derived, *KEPT)
    return sum(connection.execute(text(f"select count(*) from {name}")).scalar_one() for name in names)


def _present(connection: Connection) -> dict[str, str]:
    """The tables and views of our schema: name → type."""
    query = (
        "select table_name, table_type from information_schema.tables"
        " where table_schema = current_schema() and table_catalog = current_database() order by table_name"
    )
    return {row.table_name: row.table_type for row in connection.execute(text(query))}


def _columns_of_loaded(connection: Connection) -> set[str]:
    """The columns of the table `loaded`; none without it. A stranger's may have the same name."""
    query = (
        "select column_name from information_schema.columns where table_name = 'loaded'"
        " and table_schema = current_schema() and table_catalog = current_database()"
    )
    return set(connection.execute(text(query)).scalars())


def _rebuild(connection: Connection) -> None:
    """Make our tables and views anew in place of an older version's; raise ConfigError among strangers'."""
    present = _present(connection)
    if present and not _columns_of_loaded(connection) >= {"path", "fingerprint"}:
        raise ConfigError(
            f"The database schema already holds tables that are not ours ({', '.join(list(present)[:3])}, …)."
            " Name one of its own as warehouse_schema in rotation.toml."
        )
    for name in sorted(present, key=lambda name: present[name] != "VIEW"):
        kind = "view" if present[name] == "VIEW" else "table"
        connection.execute(text(f'drop {kind} if exists "{name}" cascade'))
    schema.facts.create_all(connection, checkfirst=False)
    own.create_all(connection, checkfirst=False)
    for statement in statements():
        connection.exec_driver_sql(statement)
    if is_postgres(connection):
        for index in INDEXES:
            connection.exec_driver_sql(f"create index on {index}")
    connection.execute(
        loaded.insert().values(path="schema", fingerprint=_schema_hash(connection.dialect), row_count=0)
    )


def _forget(connection: Connection, path: str) -> None:
    """Remove the rows that came from a file."""
    connection.execute(loaded.delete().where(loaded.c.path == path))
    if not (place := schema.place(PurePosixPath(path))):
        return
    rows = place.table.delete()
    if place.listener:
        rows = rows.where(place.table.c.listener == place.listener)
    if place.month and (dated := schema.dated(place.table)) is not None:
        first = date.fromisoformat(f"{place.month}-01")
        following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        rows = rows.where(dated >= first, dated < following)
    connection.execute(rows)


def _bring(connection: Connection, data: Path, paths: Iterable[str]) -> None:
    """Copy files' rows into their tables, with what the paths say."""
    files: dict[tuple[str, str | None], list[Path]] = {}
    for path in paths:
        if place := schema.place(PurePosixPath(path)):
            files.setdefault((place.table.name, place.listener), []).append(data / path)
    for (name, listener), found in files.items():
        table = schema.facts.tables[name]
        copy(connection, table, schema.columns(table), found, {"listener": listener} if listener else {})

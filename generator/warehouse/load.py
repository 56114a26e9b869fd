"""Makes the database equal to data/: reads only the files that changed, all in one transaction."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Engine, MetaData, Table, Text, select, text
from sqlalchemy.schema import CreateTable

from generator import git, schema
from generator.errors import ConfigError
from generator.warehouse.engine import connected, is_postgres
from generator.warehouse.songs import Recording, songs
from generator.warehouse.views import KEPT, VIEWS, refresh, statements

# What the database remembers: the Git name of every file that it holds. The row `schema` names our own SQL,
# and counts what all our tables hold: somebody may have emptied one behind our back.
own = MetaData()
loaded = Table(
    "loaded",
    own,
    Column("path", Text, primary_key=True),
    Column("fingerprint", Text),
    Column("row_count", BigInteger),
)
# Which tracks are one song: found at load, since comparing titles is no work for SQL.
song_of = Table("song_of", own, Column("id", Text, primary_key=True), Column("song", Text, nullable=False))
DUCKDB_CSV = (
    "format csv, header true, delimiter ',', quote '\"', escape '\"', nullstr '', new_line '\\n',"
    " encoding 'utf-8', auto_detect false, strict_mode true"
)
POSTGRES_CSV = "format csv, header true, null '', encoding 'UTF8'"


def stale(engine: Engine, data: Path, paths: Iterable[str]) -> tuple[str, ...]:
    """The files of facts (relative to data/) that the database does not hold as they are now."""
    with connected(engine) as connection:
        held = _held(connection) if _is_current(connection) else {}
    return tuple(path for path, name in _fingerprints(data, paths).items() if held.get(path) != name)


def load(engine: Engine, data: Path, paths: Iterable[str]) -> tuple[str, ...]:
    """Load the files of facts, relative to data/; answer those that had changed.

    Afterwards the database holds just what the files hold. Killed, it holds what it held before.
    """
    now = _fingerprints(data, paths)
    with connected(engine) as connection:
        if is_postgres(connection):
            # A second load of the same schema waits here.
            connection.execute(text("select pg_advisory_xact_lock(hashtext(current_schema()))"))
        if not _is_current(connection):
            _rebuild(connection)
        held = _held(connection)
        changed = tuple(path for path in now if held.get(path) != now[path])
        gone = tuple(path for path in held if path not in now)
        for path in (*changed, *gone):
            _forget(connection, path)
        for path in changed:
            _copy(connection, data, path)
            connection.execute(loaded.insert().values(path=path, fingerprint=now[path]))
        if changed or gone:
            _derive(connection)
            count = loaded.update().where(loaded.c.path == "schema").values(row_count=_row_count(connection))
            connection.execute(count)
    return changed


def _fingerprints(data: Path, paths: Iterable[str]) -> dict[str, str]:
    return {path: git.blob_id((data / path).read_bytes()) for path in paths}


def _schema_hash(connection: Connection) -> str:
    """One name for our tables and views as this version writes them."""
    tables = [str(CreateTable(table).compile(connection)) for table in (*schema.FACTS, *own.sorted_tables)]
    return hashlib.sha256("\n".join([*tables, *statements()]).encode()).hexdigest()


def _held(connection: Connection) -> Mapping[str, str]:
    rows = connection.execute(loaded.select().where(loaded.c.path != "schema"))
    return {row.path: row.fingerprint for row in rows}


def _is_current(connection: Connection) -> bool:
    """Does the database hold the tables and views of this version?"""
    if _columns_of_loaded(connection) != set(loaded.columns.keys()):
        return False
    query = loaded.select().where(loaded.c.path == "schema")
    row = connection.execute(query).one_or_none()
    if row is None or row.fingerprint != _schema_hash(connection):
        return False
    needed = {*VIEWS, *(table.name for table in (*schema.FACTS, *own.sorted_tables))}
    return needed <= _present(connection).keys() and row.row_count == _row_count(connection)


def _row_count(connection: Connection) -> int:
    """How many rows all our tables hold together."""
    names = (*(table.name for table in schema.FACTS), song_of.name, *KEPT)
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
    connection.execute(
        loaded.insert().values(path="schema", fingerprint=_schema_hash(connection), row_count=0)
    )


def _derive(connection: Connection) -> None:
    """Find anew what follows from the facts: which tracks are one song, and the kept views."""
    if is_postgres(connection):
        connection.execute(text("set local work_mem = '64MB'"))  # years of charts are sorted in memory
    _analyze(connection, [table.name for table in schema.FACTS])
    _find_songs(connection)
    _analyze(connection, [song_of.name])
    for name in KEPT:
        for statement in refresh(name):
            connection.exec_driver_sql(statement)
        _analyze(connection, [name])


def _analyze(connection: Connection, tables: Iterable[str]) -> None:
    """Let PostgreSQL look at fresh tables: without it, they get poor query plans."""
    if is_postgres(connection):
        connection.execute(text(f"analyze {', '.join(tables)}"))


def _find_songs(connection: Connection) -> None:
    """Say anew which tracks are one song; the few that are not alone have rows."""
    wanted = select(*(schema.tracks.c[name] for name in Recording._fields))
    # Whole at once: a connection to DuckDB forgets an answer when it is asked the next question.
    catalog = [Recording(*row) for row in connection.execute(wanted).all()]
    corrections = {row.id: row.song for row in connection.execute(schema.same.select()).all()}
    found = songs(catalog, corrections)
    connection.execute(song_of.delete())
    if found:
        connection.execute(
            song_of.insert(), [{"id": one, "song": song} for one, song in sorted(found.items())]
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


def _copy(connection: Connection, data: Path, path: str) -> None:
    """Copy a file's rows into a staging table, and from there into their own with what the path says."""
    place = schema.place(PurePosixPath(path))
    if not place:
        return
    names = ", ".join(column.name for column in schema.columns(place.table))
    connection.execute(
        text(f"create temporary table staging as select {names} from {place.table.name} limit 0")
    )
    if is_postgres(connection):
        cursor: Any = connection.connection.cursor()
        with (data / path).open("rb") as file:
            cursor.copy_expert(f"copy staging ({names}) from stdin with ({POSTGRES_CSV})", file)
    else:
        # DuckDB takes the path for a pattern: a folder called "music [old]" has to be spelled out.
        quoted = re.sub(r"[*?\[]", r"[\g<0>]", str(data / path)).replace("'", "''")
        connection.exec_driver_sql(f"copy staging ({names}) from '{quoted}' ({DUCKDB_CSV})")
    known = {"listener": place.listener} if place.listener else {}
    into = ", ".join([*known, names])
    values = ", ".join([*(f":{name}" for name in known), names])
    connection.execute(text(f"insert into {place.table.name} ({into}) select {values} from staging"), known)
    connection.execute(text("drop table staging"))

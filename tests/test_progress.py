"""A long command shows how far it is: on a terminal, and nowhere else."""

import io
import json
import os
import pty
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from exports import account, extended, write
from test_import import made

from generator.config.load import load
from generator.export.watch import ASKABLE, watched
from generator.pipeline.imports import import_plays
from generator.pipeline.run import Run


def test_an_import_shows_a_bar_on_a_terminal_and_nothing_in_a_pipe(tmp_path: Path) -> None:
    root = made(tmp_path / "music")
    file = write(tmp_path / "a [1].json", extended("2026-01-05T14:23:10Z", "Roads"))
    command = (sys.executable, "-m", "generator", "import", str(file), "--json", "--root", str(root))
    terminal, end = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "200"}
    with subprocess.Popen(command, stderr=end, stdout=subprocess.PIPE, env=environment) as process:
        os.close(end)
        shown = io.BytesIO()
        try:
            while part := os.read(terminal, 4096):
                shown.write(part)
        except OSError:
            pass  # the other end is closed
        assert process.stdout
        told = json.loads(process.stdout.read())
    os.close(terminal)
    assert f"Reading {file}" in shown.getvalue().decode()
    assert told["stored"] == 1
    piped = subprocess.run(command, capture_output=True, check=True)
    assert piped.stderr == b""
    assert json.loads(piped.stdout)["duplicates"] == 1


def test_the_bytes_of_every_file_are_counted_also_of_one_that_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    first = write(folder / "a.json", account("2026-01-05 14:23", "Numb"))
    refused = write(folder / "b.json", extended("2026-01-05T14:23:10Z", "Roads"))
    refused.write_text(refused.read_text("utf-8")[:-3], "utf-8")
    passed = write(folder / "c.json", {"playlists": []})
    broken = write(folder / "d.json", extended("2026-01-05T14:23:10Z", "Roads"), "no row")
    (folder / "e.png").write_bytes(b"\x89PNG")  # is not even looked at
    last = write(folder / "f.txt", extended("2026-01-06T14:23:10Z", "Glass Box"))
    sizes = [file.stat().st_size for file in (first, refused, passed, broken, last)]
    run = Run(load(made(tmp_path / "music"), {}), datetime(2026, 2, 1, tzinfo=UTC), say=lambda _: None)
    heard: list[tuple[str, int, int]] = []
    done = import_plays(
        run, run.settings.listeners[0], [folder], lambda *told: heard.append(told), dry_run=True
    )
    assert (done.files, len(done.faults)) == (2, 2)
    begun = {what: at for what, at, _ in reversed(heard)}
    assert begun[f"Reading {first}"] == 0
    assert begun[f"Reading {broken}"] == sum(sizes[:3])
    assert begun[f"Reading {last}"] == sum(sizes[:4])
    assert {total for what, _, total in heard if what.startswith("Reading")} == {sum(sizes)}


def test_within_a_long_statement_the_part_that_is_done_only_grows() -> None:
    heard: list[float] = []
    with duckdb.connect() as database:
        database.execute(ASKABLE)
        with watched(database, heard.append):
            while len(heard) < 3:
                database.execute("select count(*) from range(20_000_000) where hash(range) = 1")
    assert heard == sorted(heard)
    assert all(0 <= part <= 1 for part in heard)

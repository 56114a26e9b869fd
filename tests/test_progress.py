"""A long command shows how far it is: on a terminal, and nowhere else."""

import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

from exports import extended, write
from test_import import made


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

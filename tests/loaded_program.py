"""The program, loaded once, in a process that forks for each command: that saves a second each time.

A fork is a process of its own, with a folder, an environment and standard streams as the command has them.
"""

import atexit
import json
import os
import resource
import select
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from guard import forbid_network


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command said, and the exit code it left with."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


def run(
    args: list[str],
    *,
    folder: Path,
    environment: dict[str, str],
    typed: str,
    largest_file: int = resource.RLIM_INFINITY,
) -> Outcome:
    """Run `rotation ARGS` in the folder; it must end within two minutes.

    `largest_file`: bytes beyond which no file can grow, as on a disk that fills up.
    """
    asked = json.dumps([args, str(folder), environment, largest_file]).encode()
    with (
        tempfile.TemporaryFile() as stdin,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
        socket.socket(socket.AF_UNIX) as connection,
    ):
        stdin.write(typed.encode())
        stdin.seek(0)
        connection.settimeout(120)
        connection.connect(_waiting())
        socket.send_fds(connection, [asked], [file.fileno() for file in (stdin, out, err)])
        connection.shutdown(socket.SHUT_WR)
        code = int(connection.recv(16))
        out.seek(0)
        err.seek(0)
        return Outcome(code, out.read().decode(), err.read().decode())


@cache
def _waiting() -> str:
    """The address of the process that waits, once it is ready."""
    folder = tempfile.TemporaryDirectory()
    address = f"{folder.name}/commands"
    process = subprocess.Popen(
        [sys.executable, __file__, address], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.readline()

    def end() -> None:
        process.communicate()  # the end of its input is what it waits for
        folder.cleanup()

    atexit.register(end)
    return address


def wait_for_commands(address: str) -> None:
    """Fork for every command that is asked for, until the input ends."""
    forbid_network()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen()
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the forks
        os.write(sys.stdout.fileno(), b"ready\n")
        while True:
            ready, *_ = select.select([listener, sys.stdin], [], [])
            if sys.stdin in ready:
                return
            connection, _ = listener.accept()
            with connection:
                if os.fork() == 0:
                    os._exit(_accompany(connection))


def _accompany(connection: socket.socket) -> int:
    """Fork once more for the command itself, and tell its exit code when it has ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    asked, streams, *_ = socket.recv_fds(connection, 1_000_000, 3)
    args, folder, environment, largest_file = json.loads(asked)
    command = os.fork()
    if command == 0:
        connection.close()
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, resource.RLIM_INFINITY))
        os._exit(_command(args, folder, environment, streams))
    _, status = os.waitpid(command, 0)
    connection.sendall(str(os.waitstatus_to_exitcode(status)).encode())
    return 0


def _command(args: list[str], folder: str, environment: dict[str, str], streams: list[int]) -> int:
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["rotation", *args]
    code = 0
    try:
        app.main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 - a bug is told as Python tells it
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    return code


if __name__ == "__main__":
    import webbrowser  # noqa: F401

    import duckdb_engine  # noqa: F401
    import rich.progress  # noqa: F401
    import sqlalchemy.dialects.postgresql.psycopg2  # noqa: F401
    from duckdb_engine.config import get_core_config

    from generator.cli import app
    from generator.pipeline import build, demo, login, root, serve, whole  # noqa: F401
    from generator.render.environment import make_environment
    from generator.render.site import TEMPLATES

    get_core_config()  # is found once for all forks
    templates = make_environment(TEMPLATES)
    for name in templates.list_templates(["html", "svg", "xml", "atom"]):
        templates.get_template(name)
    wait_for_commands(sys.argv[1])

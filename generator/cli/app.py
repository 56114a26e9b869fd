"""The command `rotation`: its subcommands in the order of the help; here alone RotationError is caught."""

import os
import re
import sys
from collections.abc import Callable
from io import TextIOWrapper
from typing import Annotated, Any, TextIO

import typer
from typer.core import TyperCommand

from generator.cli import looking, removing, working
from generator.cli.telling import refuse
from generator.errors import DiskError, RotationError

# Heavy libraries are imported inside the commands: `rotation --help` answers at once.
COMMANDS: tuple[Callable[..., None], ...] = (
    working.init,
    working.login,
    working.refresh,
    working.load,
    working.build,
    working.run,
    working.import_,
    looking.check,
    looking.leaks,
    looking.doctor,
    looking.show,
    looking.history,
    looking.compare,
    working.serve,
    working.demo,
    working.upgrade,
    removing.purge,
)
INTERRUPTED = 130  # as the shell counts Ctrl-C

app = typer.Typer(
    name="rotation",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _say_version(is_asked: bool) -> None:  # noqa: FBT001 - as typer calls it
    if is_asked:
        from importlib import metadata

        typer.echo(f"Heavy Rotation {metadata.version('heavy-rotation')}")
        raise typer.Exit


@app.callback()
def options(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", help="Say which version this is.", callback=_say_version, is_eager=True),
    ] = False,
) -> None:
    """Your Spotify top 20 as a public page with a past, kept in a Git repository."""


class Command(TyperCommand):
    """A command whose complaints are told in our words, not in pydantic's."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except typer.BadParameter as error:
            error.message = re.sub("^Value error, ", "", error.message)
            error.message = re.sub("^Input should ", "must ", error.message)
            raise


for command in COMMANDS:
    app.command(command.__name__.rstrip("_"), cls=Command)(command)


def run_and_end() -> None:
    """Run a command, and end at once: to take all modules and values apart takes a third of a second."""
    try:
        main()
    except SystemExit as end:
        if not isinstance(end.code, int):
            raise
        is_heard = all([_is_flushed(sys.stdout), _is_flushed(sys.stderr)])
        os._exit(end.code if is_heard else end.code or 1)


def _is_flushed(stream: TextIO) -> bool:
    """Did all that was said arrive? Where a stream was closed before the start, nobody wants to hear."""
    try:
        stream.flush()
    except (AttributeError, ValueError):
        return True
    except OSError:
        return False
    return True


def main() -> None:
    """Run a command; a RotationError becomes its message and its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a title may hold what this terminal cannot write
    try:
        app()
    except RotationError as error:
        refuse(error)
    except OSError as error:
        # A full disk, a folder that may not be written, a file where a folder should be.
        refuse(DiskError(error))
    except RuntimeError as error:
        if "interrupted" not in str(error).lower():  # what DuckDB says to Ctrl-C
            raise
        sys.exit(INTERRUPTED)

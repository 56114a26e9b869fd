"""What the commands print: lines, tables, the job's summary."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from generator.errors import RotationError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.model import Keeping, Report
    from generator.pipeline.imports import Import
    from generator.pipeline.run import Run
    from generator.pipeline.show import Table

GRAVITY = (0, 75, 1, 77)  # exit codes, from what passes by itself to what one person alone can mend
NARROW = 60  # columns of a terminal, below which artists stand under their songs
UNCUT = 100_000
KEEPINGS: tuple["Keeping", ...] = ("off", "day", "hour", "exact")
SIGNS = {"▲": "green", "▼": "red", "N": "bold yellow", "R": "yellow", "I": "yellow", "O": "dim"}


def say(text: str) -> None:
    """Print one line for the reader."""
    typer.echo(text)


def show_secret(text: str) -> None:
    """Print what nothing else prints, to the person who asked for it."""
    print(text, file=sys.__stdout__)


PLAYS = """\
Shall each listen be kept, beside the lists of what you are fond of?
  off    nothing
  day    what you heard on a date
  hour   what you heard in an hour: in a public repository, anybody sees roughly when you are awake
  exact  to the second: anybody sees when you sleep, work and travel
rotation.toml changes it at any time."""


def asked_for_plays() -> "Keeping":
    """How exactly a person wants their plays kept; off where nobody sits at a terminal."""
    if not sys.stdin.isatty():
        return "off"
    typer.echo(PLAYS)
    answer: Keeping = typer.prompt("plays", default="off", value_proc=_keeping)
    return answer


def _keeping(text: str) -> "Keeping":
    found = next((one for one in KEEPINGS if one == text.strip().lower()), None)
    if not found:
        raise typer.BadParameter(f"write one of {', '.join(KEEPINGS)}")
    return found


def told_of_import(run: "Run", done: "Import", *, as_json: bool, dry_run: bool) -> None:
    """The report of an import, which adds up; faults of files make the exit code 1."""
    import json
    from dataclasses import asdict

    if as_json:
        say(json.dumps(asdict(done) | {"dry_run": dry_run}, indent=2, ensure_ascii=False))
    elif done.files or not done.faults:
        rows, files = "row" if done.read == 1 else "rows", "file" if done.files == 1 else "files"
        whose = f", plays of {done.listener}" if len(run.settings.listeners) > 1 else ""
        say(f"Read {done.read:,} {rows} of {done.files:,} {files}{whose}:")
        say(f"  {done.stored:>11,}  {'would be stored' if dry_run else 'stored'}")
        say(f"  {done.duplicates:>11,}  known already, or told twice")
        for reason, count in done.skipped.items():
            say(f"  {count:>11,}  skipped: {reason}")
        if done.first and done.last:
            is_twice = len(done.sources) > 1
            span = f"{' in what was read' if is_twice else ''}, from {done.first[:10]} to {done.last[:10]}"
            say(f"{_length(done.hours)} of music{span}.")
            once = "a day of which two exports tell" if is_twice else "what two sources tell"
            say(f"The site counts {once} once, and leaves out what is too short.")
        if done.stored and not dry_run:
            say(_way_on(run))
    for fault in done.faults:
        typer.secho(fault, err=True, fg="red")
    if done.faults:
        raise typer.Exit(1)


def _way_on(run: "Run") -> str:
    """The command that shows what was imported and, where there is a remote, brings it there."""
    shown = f"rotation run --rebuild-only{with_root(run.root)} shows it here"
    return f"{shown}; with --commit --push it brings it to GitHub, too." if run.remote else f"{shown}."


def with_root(root: Path) -> str:
    """The option that a command of this folder needs where the person stands; blank: none."""
    return "" if root.resolve() == Path.cwd() else f" --root {root}"


def _length(hours: float) -> str:
    """1,234.5 hours, 34 minutes or 50 seconds."""
    from generator.render.plays.words import counted

    seconds = round(hours * 3600)
    if seconds < 60:  # noqa: PLR2004 - seconds of a minute
        return counted(seconds, "second")
    minutes = round(hours * 60)
    return counted(minutes, "minute") if minutes < 60 else f"{hours:,.1f} hours"  # noqa: PLR2004


def refuse(error: RotationError) -> None:
    """Tell why a command could not even begin, here and in the job's summary, and leave."""
    from generator.config.environment import step_summary

    typer.secho(f"rotation: {error}", err=True, fg="red")
    if summary := step_summary():
        from generator.pipeline.summary import failed

        with summary.open("a", encoding="utf-8") as out:
            out.write(failed(error))
    sys.exit(error.exit_code)


def finish(run: "Run", reports: "Sequence[Report]", trouble: RotationError | None = None) -> None:
    """Tell what happened, here and in the job's summary, and leave with the refresh's exit code."""
    from generator.config.environment import step_output, step_summary
    from generator.pipeline.reminders import as_json, reminders
    from generator.pipeline.summary import lines, markdown

    for report in reports:
        for line in lines(report):
            typer.secho(line, fg="red" if report.failure else None, err=bool(report.failure))
    if trouble:
        is_said = any(str(trouble) in (report.failure or "") for report in reports)
        why = "for the same reason." if is_said else f"{trouble}"
        typer.secho(f"The site could not be built: {why}", err=True, fg="red")
    if summary := step_summary():
        with summary.open("a", encoding="utf-8") as out:
            out.write(markdown(run, reports, trouble))
    if output := step_output():
        with output.open("a", encoding="utf-8") as out:
            out.write(f"reminders={as_json(reminders(run, reports))}\n")
    codes = [report.exit_code for report in reports] + ([trouble.exit_code] if trouble else [])
    if any(codes):
        raise typer.Exit(max(codes, key=GRAVITY.index))


def print_table(table: "Table") -> None:
    """A table cut to the terminal's width; into a file or a pipe, whole and without colour."""
    from rich.console import Console
    from rich.table import Table as Grid
    from rich.text import Text

    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = UNCUT
    below = "aside" if console.width < NARROW else None
    grid = Grid(box=None, pad_edge=False, header_style="dim")
    for column in table.columns:
        if column.kind != below:
            grid.add_column(
                Text(column.head),
                justify="right" if column.kind == "figure" else "left",
                no_wrap=column.kind in {"figure", "word"},
            )
    for line in table.lines:
        cells: list[Text] = []
        for column, cell in zip(table.columns, line, strict=False):
            if column.kind == below:
                cells[-1].append(f"\n{cell}", "dim")
            else:
                style = "" if column.head else SIGNS.get(cell[:1], "")
                cells.append(Text(cell, style, no_wrap=True, overflow="ellipsis"))
        grid.add_row(*cells)
    console.print(Text(table.title, "bold"), *map(Text, table.notes), "", grid, sep="\n")

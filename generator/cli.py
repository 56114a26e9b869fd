"""The commands: arguments, the clock, printing, exit codes. The one place that catches RotationError."""

import signal
import sys
from datetime import UTC, date, datetime, time
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from generator.errors import DiskError, RotationError
from generator.model import Kind, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.model import Report
    from generator.pipeline.run import Run
    from generator.pipeline.show import Table

INTERRUPTED = 130  # as the shell counts Ctrl-C
GRAVITY = (0, 75, 1, 77)  # exit codes, from what passes by itself to what one person alone can mend
NARROW = 60  # columns of a terminal, below which artists stand under their songs
UNCUT = 100_000
SIGNS = {"▲": "green", "▼": "red", "N": "bold yellow", "R": "yellow", "I": "yellow", "O": "dim"}

VERDICTS = {"good": ("✓", "green"), "bad": ("✗", "red"), "unknown": ("–", "yellow")}

# Heavy libraries are imported inside the commands: `rotation --help` answers at once.

app = typer.Typer(
    name="rotation",
    help="Your Spotify top 20 as a public page with a past, kept in a Git repository.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def instant(text: str) -> datetime:
    """An instant such as 2026-11-20T06:00:00Z; without a zone it is UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("write an instant like 2026-11-20T06:00:00Z") from None
    return moment.replace(tzinfo=moment.tzinfo or UTC)


def day(text: str) -> datetime:
    """A date such as 2026-11-20."""
    try:
        return datetime.combine(date.fromisoformat(text), time(), UTC)
    except ValueError:
        raise typer.BadParameter("write a date like 2026-11-20") from None


Root = Annotated[
    Path, typer.Option(help="The folder that holds rotation.toml, data/ and site/.", metavar="DIR")
]
Now = Annotated[
    datetime | None,
    typer.Option("--now", help="Set the clock, as 2026-11-20T06:00:00Z.", parser=instant, metavar="INSTANT"),
]
Who = Annotated[str | None, typer.Option("--listener", help="Only this listener.", metavar="SLUG")]
Commit = Annotated[bool, typer.Option("--commit", help="Commit what changed in data/.")]
Push = Annotated[bool, typer.Option("--push", help="Push the commit (implies --commit).")]
Scheduled = Annotated[
    bool, typer.Option("--scheduled", help="Do not ask Spotify again once today has an edition.")
]
Whose = Annotated[
    str | None,
    typer.Option("--listener", help="Whose; default: the first in rotation.toml.", metavar="SLUG"),
]
OfKind = Annotated[Kind, typer.Option("--kind", help="Songs or artists.")]
OfSpan = Annotated[Span, typer.Option("--span", help="About four weeks, six months or a year.")]
HERE = Path()


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="Where to; default: here.", metavar="[DIR]")] = HERE,
    time_zone: Annotated[str, typer.Option(help="Where your day begins.", metavar="ZONE")] = "UTC",
    root: Root = HERE,
    _now: Now = None,
) -> None:
    """Write a new root: a commented rotation.toml and the folders around it."""
    from generator.pipeline.root import init as make

    where = make(root / folder, time_zone)
    say(f"Wrote {where}. Look it through, then: rotation login")


@app.command()
def login(
    listener: Who = None,
    show: Annotated[bool, typer.Option("--show", help="Show the token once instead of storing it.")] = False,
    root: Root = HERE,
    now: Now = None,
) -> None:
    """Sign in to Spotify, once for six months, and store the result."""
    from generator.pipeline.login import login as sign_in

    sign_in(_run(root, now), listener, ask=typer.confirm, show=typer.echo if show else None)


@app.command()
def refresh(
    listener: Who = None,
    commit: Commit = False,
    push: Push = False,
    scheduled: Scheduled = False,
    root: Root = HERE,
    now: Now = None,
) -> None:
    """Ask Spotify, keep what is new in data/, load it; commit and push on request."""
    from generator.pipeline.refresh import Options
    from generator.pipeline.refresh import refresh as do

    run = _run(root, now)
    with run.alone():
        reports = do(run, run.settings.chosen(listener), Options(commit or push, push, scheduled))
    _finish(run, reports)


@app.command()
def load(root: Root = HERE, now: Now = None) -> None:
    """Make the database equal to data/."""
    run = _run(root, now)
    with run.alone():
        changed = run.warehouse.load()
    files = "1 changed file" if len(changed) == 1 else f"{len(changed)} changed files"
    say(f"Loaded {files}." if changed else "The database is equal to data/ already.")


@app.command()
def build(
    at: Annotated[
        datetime | None, typer.Option(help="As the charts stood on this date.", parser=day, metavar="DATE")
    ] = None,
    root: Root = HERE,
    now: Now = None,
) -> None:
    """Render the site from data/ into site/."""
    from generator.pipeline.build import build as do

    run = _run(root, now)
    with run.alone():
        pages = do(run, at=at.date() if at else None)
    say(f"Built {pages} pages: {run.root / 'site' / 'index.html'}")


@app.command()
def run(
    listener: Who = None,
    commit: Commit = False,
    push: Push = False,
    scheduled: Scheduled = False,
    rebuild_only: Annotated[
        bool, typer.Option("--rebuild-only", help="Build without asking Spotify.")
    ] = False,
    root: Root = HERE,
    now: Now = None,
) -> None:
    """Refresh, then build: what the workflow calls. A refresh that fails still builds the last edition."""
    from generator.pipeline.refresh import Options
    from generator.pipeline.whole import whole

    this = _run(root, now)
    asked = () if rebuild_only else this.settings.chosen(listener)
    with this.alone():
        outcome = whole(this, asked, Options(commit or push, push, scheduled))
    if outcome.pages:
        say(f"Built {outcome.pages} pages: {this.root / 'site' / 'index.html'}")
    _finish(this, outcome.reports, outcome.trouble)


@app.command()
def check(root: Root = HERE, now: Now = None) -> None:
    """Look all of data/ through: every file readable, in order, and in keeping with the others."""
    from generator.store.audit import audit

    run = _run(root, now)
    with run.alone():
        found = audit(run.data)
    for fault in found.faults:
        typer.secho(fault, err=True, fg="red")
    if found.faults:
        raise typer.Exit(1)
    for note in found.notes:
        say(note)
    say(f"data/ is whole: {found.files} files, {found.editions:,} editions, {found.rows:,} rows.")


@app.command()
def doctor(
    offline: Annotated[bool, typer.Option("--offline", help="Only what needs no network.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    root: Root = HERE,
    now: Now = None,
) -> None:
    """Check everything that a person can get wrong, and say the remedy."""
    import json
    from dataclasses import asdict, replace

    from generator.pipeline.doctor import bad, examine

    try:
        run = replace(_run(root, now), say=lambda _: None)  # the findings say it all
    except RotationError as error:
        findings = [bad("Configuration", str(error), "")]
    else:
        with run.alone():
            findings = list(examine(run, offline=offline))
    if as_json:
        say(json.dumps([asdict(one) for one in findings], indent=2, ensure_ascii=False))
    for one in () if as_json else findings:
        sign, colour = VERDICTS[one.verdict]
        typer.secho(f"{sign} {one.subject}: {one.said}", fg=colour)
        if one.remedy:
            say(f"  → {one.remedy}")
    if any(one.verdict == "bad" for one in findings):
        raise typer.Exit(1)


@app.command()
def show(
    listener: Whose = None,
    kind: OfKind = "tracks",
    span: OfSpan = "short_term",
    on: Annotated[
        datetime | None, typer.Option(help="As it stood on this date.", parser=day, metavar="DATE")
    ] = None,
    root: Root = HERE,
    now: Now = None,
) -> None:
    """Print a chart: places, movement, peaks, editions."""
    from generator.pipeline.show import show as do

    run = _run(root, now)
    with run.alone():
        table = do(run, listener, kind, span, on.date() if on else None)
    _print(table)


@app.command()
def history(
    listener: Whose = None,
    limit: Annotated[int, typer.Option(help="How many editions.", min=1)] = 20,
    root: Root = HERE,
    now: Now = None,
) -> None:
    """Print the latest editions, newest first: who led, how many songs were new, how many left."""
    from generator.pipeline.history import history as do

    run = _run(root, now)
    with run.alone():
        table = do(run, listener, limit)
    _print(table)


@app.command()
def compare(
    first: Annotated[datetime, typer.Argument(help="A date, as 2026-11-13.", parser=day, metavar="DATE")],
    second: Annotated[datetime, typer.Argument(help="Another.", parser=day, metavar="DATE")],
    listener: Whose = None,
    kind: OfKind = "tracks",
    span: OfSpan = "short_term",
    root: Root = HERE,
    now: Now = None,
) -> None:
    """Print a chart as it stood on two dates: who entered, left, climbed, fell and stayed."""
    from generator.pipeline.history import compare as do

    run = _run(root, now)
    with run.alone():
        table = do(run, listener, kind, span, (first.date(), second.date()))
    _print(table)


@app.command()
def serve(
    port: Annotated[int, typer.Option(help="The port on this machine.", min=1, max=65535)] = 8000,
    root: Root = HERE,
    _now: Now = None,
) -> None:
    """Preview a built site on http://127.0.0.1:8000/."""
    from generator.pipeline.serve import serve as do

    # Asked to end by a program, it ends as by Ctrl-C, which a shell keeps from what runs in the background.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with do(root / "site", port) as server:
        say(f"http://127.0.0.1:{server.server_port}/ shows {root / 'site'}. Stop with Ctrl-C.")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            say("Stopped.")


@app.command()
def demo(
    days: Annotated[int, typer.Option(help="How many days to simulate.", min=1, max=3650)] = 30,
    root: Annotated[Path, typer.Option(help="The scratch folder; made anew.", metavar="DIR")] = Path(".demo"),
    now: Now = None,
) -> None:
    """Run the whole program over simulated days, with an invented account and no network."""
    from rich.progress import track

    from generator.pipeline.demo import demo as do

    steps = do(root, days, now or datetime.now(UTC))
    subjects = list(track(steps, description=f"Living through {days} days", total=days))
    say(f"{sum(map(bool, subjects))} of {days} days brought news.")
    say(f"The last day:    {subjects[-1] or 'nothing new'}")
    say(f"The page:        {root / 'site' / 'index.html'}   (make serve shows it with its covers)")
    say(f"The commit log:  git -C {root} log --oneline")


@app.command()
def upgrade(
    to: Annotated[str | None, typer.Option(help="The version; default: the newest.", metavar="TAG")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
    root: Root = HERE,
    now: Now = None,
) -> None:
    """Take over a newer version of the program, as one commit that can be reverted."""
    from generator.pipeline.root import upgrade as do

    run = _run(root, now)
    with run.alone():
        say(do(run, to, dry_run=dry_run))


def main() -> None:
    """Run a command; a RotationError becomes its message and its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a title may hold what this terminal cannot write
    try:
        app()
    except RotationError as error:
        _refuse(error)
    except OSError as error:
        # A full disk, a folder that may not be written, a file where a folder should be.
        _refuse(DiskError(error))
    except RuntimeError as error:
        if "interrupted" not in str(error).lower():  # what DuckDB says to Ctrl-C
            raise
        sys.exit(INTERRUPTED)


def say(text: str) -> None:
    """Print one line for the reader."""
    typer.echo(text)


def _print(table: "Table") -> None:
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


def _run(root: Path, now: datetime | None) -> "Run":
    from generator import config
    from generator.pipeline.run import Run

    return Run(config.load(root), now or datetime.now(UTC), say)


def _refuse(error: RotationError) -> None:
    """Tell why a command could not even begin, here and in the job's summary, and leave."""
    from generator.config import step_summary

    typer.secho(f"rotation: {error}", err=True, fg="red")
    if summary := step_summary():
        from generator.pipeline.summary import failed

        with summary.open("a", encoding="utf-8") as out:
            out.write(failed(error))
    sys.exit(error.exit_code)


def _finish(run: "Run", reports: "Sequence[Report]", trouble: RotationError | None = None) -> None:
    """Tell what happened, here and in the job's summary, and leave with the refresh's exit code."""
    from generator.config import step_output, step_summary
    from generator.pipeline.reminders import as_json, reminders
    from generator.pipeline.summary import lines, markdown

    for report in reports:
        for line in lines(report):
            typer.secho(line, fg="red" if report.failure else None, err=bool(report.failure))
    if trouble:
        typer.secho(f"The site could not be built: {trouble}", err=True, fg="red")
    if summary := step_summary():
        with summary.open("a", encoding="utf-8") as out:
            out.write(markdown(run, reports, trouble))
    if output := step_output():
        with output.open("a", encoding="utf-8") as out:
            out.write(f"reminders={as_json(reminders(run, reports))}\n")
    codes = [report.exit_code for report in reports] + ([trouble.exit_code] if trouble else [])
    if any(codes):
        raise typer.Exit(max(codes, key=GRAVITY.index))

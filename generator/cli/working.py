"""The commands that change something: data/, the database, the site, the folder."""

import signal
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from generator.cli.options import HERE, Commit, Now, Push, Root, Scheduled, Who, day
from generator.cli.starting import start
from generator.cli.telling import asked_for_plays, finish, say, show_secret, told_of_import, with_root
from generator.model import Keeping


def init(
    folder: Annotated[Path, typer.Argument(help="Where to; default: here.", metavar="[DIR]")] = HERE,
    time_zone: Annotated[str, typer.Option(help="Where your day begins.", metavar="ZONE")] = "UTC",
    plays: Annotated[
        Keeping | None,
        typer.Option(help="How exactly each listen is kept; default: a terminal is asked, else off."),
    ] = None,
    root: Root = HERE,
    _now: Now = None,
) -> None:
    """Write a new root: a commented rotation.toml and the folders around it."""
    from generator.config.new import new_file
    from generator.pipeline.root import init as make

    new_file(time_zone)  # what is no time zone is refused before anybody is asked
    is_new = not (root / folder / "rotation.toml").exists()
    where = make(root / folder, time_zone, plays or (asked_for_plays() if is_new else "off"))
    say(f"Wrote {where}. Look it through, then: rotation login{with_root(where.parent)}")


def login(
    listener: Who = None,
    show: Annotated[bool, typer.Option("--show", help="Show the token once instead of storing it.")] = False,
    root: Root = HERE,
    now: Now = None,
) -> None:
    """Sign in to Spotify, once for six months, and store the result."""
    from generator.pipeline.login import login as sign_in

    sign_in(start(root, now), listener, ask=typer.confirm, show=show_secret if show else None)


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

    run = start(root, now)
    with run.alone():
        reports = do(run, run.settings.chosen(listener), Options(commit or push, push, scheduled))
    finish(run, reports)


def load(root: Root = HERE, now: Now = None) -> None:
    """Make the database equal to data/."""
    run = start(root, now)
    with run.alone():
        changed = run.warehouse.load()
    files = "1 changed file" if len(changed) == 1 else f"{len(changed)} changed files"
    say(f"Loaded {files}." if changed else "The database is equal to data/ already.")


def build(
    at: Annotated[
        datetime | None,
        typer.Option(help="As charts and plays stood on this date.", parser=day, metavar="DATE"),
    ] = None,
    root: Root = HERE,
    now: Now = None,
) -> None:
    """Render the site from data/ into site/."""
    from generator.pipeline.build import build as do

    run = start(root, now)
    with run.alone():
        pages = do(run, at=at.date() if at else None)
    say(f"Built {pages:,} pages: {run.root / 'site' / 'index.html'}")


def run(
    listener: Who = None,
    commit: Commit = False,
    push: Push = False,
    scheduled: Scheduled = False,
    rebuild_only: Annotated[
        bool,
        typer.Option(
            "--rebuild-only",
            help="Build without asking Spotify; --commit and --push take what waits in data/, as an import.",
        ),
    ] = False,
    root: Root = HERE,
    now: Now = None,
) -> None:
    """Refresh, then build: what the workflow calls. A refresh that fails still builds the last edition."""
    from generator.pipeline.refresh import Options
    from generator.pipeline.whole import whole

    this = start(root, now)
    commits = commit or push
    whose = this.settings.chosen(listener) if commits or not rebuild_only else ()
    with this.alone():
        outcome = whole(this, whose, Options(commits, push, scheduled, asks=not rebuild_only))
    if outcome.pages:
        say(f"Built {outcome.pages:,} pages: {this.root / 'site' / 'index.html'}")
    finish(this, outcome.reports, outcome.trouble)


def import_(
    paths: Annotated[
        list[Path], typer.Argument(help="Files, folders, or the zip as Spotify sends it.", metavar="PATH")
    ],
    listener: Annotated[
        str | None,
        typer.Option("--listener", help="Whose; needed where several are followed.", metavar="SLUG"),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be stored.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    root: Root = HERE,
    now: Now = None,
) -> None:
    """Store the plays of Spotify's exports: the extended history and the account's data, in any mixture."""
    from generator.cli.progress import bar
    from generator.pipeline.imports import import_plays

    this = start(root, now)
    whose = this.settings.one(listener, "whose plays these are")
    with this.alone(), bar() as progress:
        done = import_plays(this, whose, paths, progress, dry_run=dry_run)
    told_of_import(this, done, as_json=as_json, dry_run=dry_run)


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


def demo(
    days: Annotated[int, typer.Option(help="How many days to simulate.", min=1, max=3650)] = 30,
    root: Annotated[Path, typer.Option(help="The scratch folder; made anew.", metavar="DIR")] = Path(".demo"),
    now: Now = None,
) -> None:
    """Run the whole program over simulated days, with an invented account and no network."""
    from rich.progress import track

    from generator.pipeline.demo import EXPORTS
    from generator.pipeline.demo import demo as do
    from generator.render.plays.words import counted

    steps, lifetime = do(root, days, now or datetime.now(UTC)), counted(days, "day")
    lived = list(track(steps, description=f"Living through {lifetime}", total=days))
    collected, imported = sum(day.collected for day in lived), sum(day.imported for day in lived)
    say(f"{sum(bool(day.commits) for day in lived)} of {lifetime} brought news.")
    say(
        f"The plays:       {collected:,} collected, {imported:,} rows of plays imported from {root / EXPORTS}"
    )
    say(f"The last day:    {lived[-1].commits[0] if lived[-1].commits else 'nothing new'}")
    say(f"The page:        {root / 'site' / 'index.html'}   (make serve shows it with its covers)")
    say(f"The commit log:  git -C {root} log --oneline")


def upgrade(
    to: Annotated[str | None, typer.Option(help="The version; default: the newest.", metavar="TAG")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
    root: Root = HERE,
    now: Now = None,
) -> None:
    """Take over a newer version of the program, as one commit that can be reverted."""
    from generator.pipeline.root import upgrade as do

    run = start(root, now)
    with run.alone():
        say(do(run, to, dry_run=dry_run))

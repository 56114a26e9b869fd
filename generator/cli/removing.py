"""The command that takes something out of the past."""

from datetime import datetime
from typing import Annotated

import typer

from generator.cli.options import HERE, Now, Root, day
from generator.cli.starting import start


def purge(
    listener: Annotated[str | None, typer.Argument(help="Whose past, by slug.", metavar="[LISTENER]")] = None,
    before: Annotated[
        datetime | None, typer.Option(help="Only what was before this date.", parser=day, metavar="DATE")
    ] = None,
    plays: Annotated[
        bool, typer.Option("--plays", help="Only their plays; the lists and charts stay.")
    ] = False,
    hidden: Annotated[
        bool, typer.Option("--hidden", help="What rotation.toml and ROTATION_HIDE hide, of everybody.")
    ] = False,
    rewrite_history: Annotated[
        bool, typer.Option("--rewrite-history", help="Out of Git's past too, in a copy first.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Do not ask, neither for data/ nor for Git's past.")
    ] = False,
    root: Root = HERE,
    now: Now = None,
) -> None:
    """Remove a listener, a part of their past, or what is hidden: from data/, the database and the site."""
    from generator.pipeline.purge import Wanted
    from generator.pipeline.purge import purge as do

    if bool(listener) is hidden or (hidden and (before or plays)):
        raise typer.BadParameter("name a LISTENER, with --before DATE or --plays or without, or say --hidden")
    run = start(root, now)
    wanted = Wanted(
        listener,
        before.date() if before else None,
        plays,
        run.settings.hidden if hidden else None,
        run.settings.zone(listener),
    )
    with run.alone():
        do(run, wanted, (lambda _: True) if yes else typer.confirm, rewrite_history=rewrite_history)

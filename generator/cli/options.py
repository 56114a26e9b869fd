"""The arguments and options that commands share."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated

import typer

from generator.model import Kind, Span


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

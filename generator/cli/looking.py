"""The commands that look and change nothing."""

from datetime import datetime
from typing import Annotated

import typer

from generator.cli.options import HERE, Now, OfKind, OfSpan, Root, Whose, day
from generator.cli.starting import start
from generator.cli.telling import print_table, say
from generator.errors import RotationError

VERDICTS = {"good": ("✓", "green"), "bad": ("✗", "red"), "unknown": ("–", "yellow")}


def check(root: Root = HERE, now: Now = None) -> None:
    """Look all of data/ through: every file readable, in order, and in keeping with the others."""
    from generator.store.audit import audit

    run = start(root, now)
    with run.alone():
        found = audit(run.data)
    for fault in found.faults:
        typer.secho(fault, err=True, fg="red")
    if found.faults:
        raise typer.Exit(1)
    for note in found.notes:
        say(note)
    say(f"data/ is whole: {found.counts}.")


def leaks(
    staged: Annotated[bool, typer.Option("--staged", help="Only what the next commit would hold.")] = False,
    root: Root = HERE,
    now: Now = None,
) -> None:
    """Look data/ and site/ through for what must not be public: addresses, accounts, tokens, odd columns."""
    from generator.pipeline.gate import look

    files = look(start(root, now), staged=staged)
    say(f"Nothing in {files:,} {'file' if files == 1 else 'files'} that must not be public.")


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
        run = replace(start(root, now), say=lambda _: None)  # the findings say it all
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

    run = start(root, now)
    with run.alone():
        table = do(run, listener, kind, span, on.date() if on else None)
    print_table(table)


def history(
    listener: Whose = None,
    limit: Annotated[int, typer.Option(help="How many editions.", min=1)] = 20,
    root: Root = HERE,
    now: Now = None,
) -> None:
    """Print the latest editions, newest first: who led, how many songs were new, how many left."""
    from generator.pipeline.history import history as do

    run = start(root, now)
    with run.alone():
        table = do(run, listener, limit)
    print_table(table)


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

    run = start(root, now)
    with run.alone():
        table = do(run, listener, kind, span, (first.date(), second.date()))
    print_table(table)

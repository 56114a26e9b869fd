"""Which sign-ins need a person: what the workflow keeps one GitHub issue each of."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from generator.discretion import discreet
from generator.errors import SignInRequired
from generator.model import Report
from generator.pipeline.ending import Ending, ending
from generator.pipeline.run import Run
from generator.render.filters import long_date


@dataclass(frozen=True, slots=True)
class Reminder:
    """What the issue about one sign-in is to be: open with this text, or closed."""

    marker: str  # stands in the text: by it, the next run knows its own
    title: str = ""  # blank: no issue is wanted
    body: str = ""


def reminders(run: Run, reports: Sequence[Report]) -> Iterator[Reminder]:
    """One of each listener of whom something is known; of the others the issues stay as they are."""
    for report in reports:
        slug, end = report.listener.slug, ending(run, report.listener)
        marker = f"<!-- heavy-rotation: sign-in of {slug} -->"
        if report.exit_code == SignInRequired.exit_code:
            title = f"Spotify sign-in of {slug} has ended"
            yield Reminder(marker, title, _body(run, report, marker, _ended(report)))
        elif end.day and end.is_near:
            title = f"Spotify sign-in of {slug} ends on {long_date(end.day)}"
            yield Reminder(marker, title, _body(run, report, marker, _ending(end)))
        elif report.asked and not report.failure:
            yield Reminder(marker)


def as_json(found: Iterator[Reminder]) -> str:
    """One line, fit for a workflow's output."""
    return json.dumps([asdict(one) for one in found])


def _ended(report: Report) -> str:
    return (
        f"{discreet(report.failure or '')}\n\nThe site keeps its last edition meanwhile."
        " Should this have been a passing outage of Spotify's, the next good run closes this issue by itself."
    )


def _ending(end: Ending) -> str:
    day = long_date(end.day) if end.day else ""
    return (
        f"Spotify ends every sign-in after six months, this one on {day}."
        " From then on the site keeps its last edition, until somebody signs in again."
        " The first good run after a new sign-in closes this issue."
    )


def _body(run: Run, report: Report, marker: str, why: str) -> str:
    names = ("SPOTIFY_REFRESH_TOKEN", "SPOTIFY_AUTHORIZED_AT")
    token, since = (run.settings.slot(report.listener, name) for name in names)
    return f"""{marker}
{why}

1. On your own machine, in a clone of this repository: `rotation login --listener {report.listener.slug}`.
2. Sign in to Spotify in the browser that opens, with that listener's account, and press Agree.
3. Let the command store the result with `gh`, or copy it by hand into Settings → Secrets and variables → \
Actions: `{token}` is a secret, `{since}` a variable.
4. Actions → Refresh → Run workflow.
"""

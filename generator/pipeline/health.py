"""What the refresh just made found, kept in the clone so that a rebuild shows the same."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime

from generator import git
from generator.errors import SignInRequired
from generator.model import Health, Listener, Report
from generator.pipeline.ending import ending
from generator.pipeline.run import Run
from generator.store.files import write_atomically

FILE = "health.json"


def keep(run: Run, reports: Sequence[Report]) -> None:
    """Remember what the reports found; a listener who was not asked keeps what is known.

    The workflow begins each run in a new clone, in which nothing is known: it says when it ran all the same.
    """
    if not git.is_repository(run.root):
        return
    known = {one.slug: unasked(run, one) for one in run.settings.listeners}
    before = remembered(run)
    known |= {slug: health for slug, health in before.items() if health.has_asked}
    for report in reports:
        if report.asked:
            slug = report.listener.slug
            known[slug] = found(run, report, before.get(slug))
    _write(run, known)


def forget(run: Run, slug: str) -> None:
    """Forget what is known of a listener who has left."""
    _write(run, {one: health for one, health in remembered(run).items() if one != slug})


def _write(run: Run, known: Mapping[str, Health]) -> None:
    content = {slug: _as_json(health) for slug, health in known.items()}
    write_atomically(git.own_file(run.root, FILE), json.dumps(content, indent=1, sort_keys=True).encode())


def remembered(run: Run) -> Mapping[str, Health]:
    """What is known by listener's slug; nothing where no refresh was made in this clone."""
    if not git.is_repository(run.root):
        return {}
    try:
        said = json.loads(git.own_file(run.root, FILE).read_bytes())
        return {slug: _from_json(fields) for slug, fields in said.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def found(run: Run, report: Report, before: Health | None = None) -> Health:
    """A report, in the words of a page; where it failed, plays are known up to where `before` knew them."""
    end = ending(run, report.listener)
    has_heard = not report.failure and report.listener.plays != "off"
    heard = run.now if has_heard else before.heard if before else None
    return Health(
        run.now, end.day, notice(report), tuple(warnings(report)), sign_in=end.sentence, heard=heard
    )


def unasked(run: Run, listener: Listener) -> Health:
    """What is known of a listener for whom the run had no need to ask: when it ran, and the sign-in's end."""
    end = ending(run, listener)
    return Health(run.now, end.day, sign_in=end.sentence, has_asked=False)


def notice(report: Report) -> str | None:
    """Why the page is not as fresh as it could be, for everyone to read; None: it is."""
    if report.exit_code == SignInRequired.exit_code:
        return "Spotify no longer accepts the sign-in, so the charts stand still until it is renewed."
    if report.failure:
        return "The last refresh did not succeed. The next one is tried on schedule."
    if report.ignored:
        return "Spotify’s last answer could not be used in full, so the last good lists stay."
    return None


def warnings(report: Report) -> Iterator[str]:
    """Lists that were ignored and rows that were skipped."""
    yield from (f"{one.list} was ignored: {one.why}." for one in report.ignored)
    yield from (f"{one.what} was skipped: {one.why}." for one in report.skipped)


def _as_json(health: Health) -> dict[str, object]:
    return {name: str(value) if isinstance(value, date) else value for name, value in asdict(health).items()}


def _from_json(fields: Mapping[str, object]) -> Health:
    until = fields["valid_until"]
    checked = datetime.fromisoformat(str(fields["checked"]))
    if not checked.tzinfo:
        raise ValueError("an instant without its zone")
    return Health(
        checked,
        date.fromisoformat(str(until)) if until else None,
        str(fields["notice"]) if fields["notice"] else None,
        tuple(map(str, fields["warnings"])),  # type: ignore[call-overload]
        str(fields["sign_in"]) if fields["sign_in"] else None,
        has_asked=bool(fields["has_asked"]),
        heard=datetime.fromisoformat(str(fields["heard"])) if fields.get("heard") else None,
    )

"""What a refresh met, in sentences: for the terminal and for the job's summary page."""

from collections.abc import Iterator, Sequence

from generator.discretion import discreet
from generator.errors import RotationError
from generator.model import Report, Skipped
from generator.pipeline.ending import ending
from generator.pipeline.run import Run
from generator.render.filters import plural

SHOWN = 5  # skipped rows that are told one by one


def lines(report: Report) -> Iterator[str]:
    """A report as lines, the result first."""
    yield f"{report.listener.name}: {result(report)}"
    yield from (f"  {note}" for note in report.notes)
    yield from (f"  Ignored {one.list}: {one.why}. The last good list stays." for one in report.ignored)
    yield from (f"  Skipped {line}" for line in _skipped(report.skipped))


def result(report: Report) -> str:
    """The one thing that a reader wants to know."""
    if report.failure:
        return report.failure
    if report.commit:
        return f"committed “{report.commit}”"
    if not report.asked:
        return "not asked."
    return f"{'; '.join(_news(report)) or 'nothing new'}."


def _news(report: Report) -> Iterator[str]:
    if report.plays:
        yield plural(report.plays, "new play")
    if report.changed:
        yield f"{plural(len(report.changed), 'list')} changed: {', '.join(report.changed)}"


def markdown(run: Run, reports: Sequence[Report], trouble: RotationError | None) -> str:
    """The job's summary: what happened to whom, and what to do."""
    told = [f"### Heavy Rotation, {run.now:%Y-%m-%d %H:%M} UTC", ""]
    for report in reports:
        sign = "❌" if report.failure else "✅"
        first, *others = lines(report)
        end = ending(run, report.listener)
        if report.asked and end.day is None:
            others.append(str(end.sentence))
        told += [f"- {sign} {_plain(first)}", *(f"  - {_plain(line.strip())}" for line in others)]
    if trouble:
        told += [f"- ❌ The site could not be built, so the published one stays: {_plain(str(trouble))}"]
    elif not reports:
        told += ["- ✅ The site was rebuilt; Spotify was not asked."]
    return "\n".join([*told, ""])


def failed(error: RotationError) -> str:
    """The job's summary of a command that could not even begin."""
    return f"### Heavy Rotation\n\n- ❌ {_plain(str(error))}\n"


def _skipped(skipped: Sequence[Skipped]) -> Iterator[str]:
    yield from (f"{one.what}: {one.why}." for one in skipped[:SHOWN])
    if len(skipped) > SHOWN:
        yield f"{len(skipped) - SHOWN} more rows."


def _plain(text: str) -> str:
    """Text from outside cannot become Markdown or HTML of ours, and tells no secret."""
    told = discreet(text)  # before its signs are spelled otherwise
    safe = "".join(f"&#{ord(char)};" if char in "<>&[]()*_#|`!~$:@\\" else char for char in told)
    return " ".join(safe.split())

"""Refresh, then build, whatever the refresh met."""

from collections.abc import Iterable
from dataclasses import dataclass

from generator.errors import DiskError, RotationError
from generator.model import Listener, Report
from generator.pipeline import health
from generator.pipeline.build import build
from generator.pipeline.refresh import Options, refresh
from generator.pipeline.run import Run


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a whole run."""

    reports: tuple[Report, ...]
    pages: int  # 0: the site could not be built, and the old one stays
    trouble: RotationError | None  # why not


def whole(run: Run, listeners: Iterable[Listener], options: Options) -> Outcome:
    """Refresh the listeners and build the site; a refresh that failed is built with its last edition."""
    reports = refresh(run, listeners, options)
    if reports and not any(report.is_set_up for report in reports):
        return Outcome(reports, 0, None)  # nothing to show, and nowhere yet to show it
    try:
        health.keep(run, reports)
        return Outcome(reports, build(run), None)
    except RotationError as error:
        return Outcome(reports, 0, error)
    except OSError as error:
        return Outcome(reports, 0, DiskError(error))

"""How a command begins: the settings, the clock, and a way to speak that tells no secret."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from generator.cli.telling import say

if TYPE_CHECKING:
    from generator.pipeline.run import Run


def start(root: Path, now: datetime | None) -> "Run":
    from generator import discretion
    from generator.config.load import load
    from generator.pipeline.run import Run

    settings = load(root)
    discretion.begin(settings.environment)
    return Run(settings, now or datetime.now(UTC), say)

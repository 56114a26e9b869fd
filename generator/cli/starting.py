"""How a command begins: the settings, the clock, and a way to speak."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from generator.cli.telling import say

if TYPE_CHECKING:
    from generator.pipeline.run import Run


def start(root: Path, now: datetime | None) -> "Run":
    from generator import config
    from generator.pipeline.run import Run

    return Run(config.load(root), now or datetime.now(UTC), say)

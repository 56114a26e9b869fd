"""What a workflow's environment hands its steps: the files in which they leave word."""

import os
from pathlib import Path


def step_summary() -> Path | None:
    """The file whose Markdown GitHub shows as the job's summary; None outside a workflow."""
    name = os.environ.get("GITHUB_STEP_SUMMARY")
    return Path(name) if name else None


def step_output() -> Path | None:
    """The file in which a workflow's step leaves values for later ones; None outside a workflow."""
    name = os.environ.get("GITHUB_OUTPUT")
    return Path(name) if name else None

"""`make help` is the list of the targets, each with the comment beside it."""

import os
import re
import subprocess
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
# Below another make, this one would say which folder it enters.
ALONE = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
QUIET: dict[str, Any] = {"cwd": ROOT, "env": ALONE, "capture_output": True, "text": True}


def test_help_lists_every_target_with_its_own_comment() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = set(re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[0].split())
    comments = dict(re.findall(r"^(\w+):.*?## (.+)$", makefile, re.MULTILINE))
    shown = subprocess.run(["make", "help"], check=True, **QUIET).stdout
    lines = dict(line.removeprefix("  make ").split(maxsplit=1) for line in shown.splitlines())
    assert lines == comments
    assert set(lines) == phony


def test_help_is_what_make_alone_shows() -> None:
    alone, asked = (
        subprocess.run(command, check=True, **QUIET).stdout for command in (["make"], ["make", "help"])
    )
    assert alone == asked

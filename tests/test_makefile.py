"""`make help` is the list of the targets, each with the comment beside it."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_help_lists_every_target_with_its_own_comment() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = set(re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[0].split())
    comments = dict(re.findall(r"^(\w+):.*?## (.+)$", makefile, re.MULTILINE))
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    lines = dict(line.removeprefix("  make ").split(maxsplit=1) for line in shown.splitlines())
    assert lines == comments
    assert set(lines) == phony


def test_help_is_what_make_alone_shows() -> None:
    alone, asked = (
        subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        for command in (["make"], ["make", "help"])
    )
    assert alone == asked

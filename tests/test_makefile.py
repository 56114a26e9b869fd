"""`make help` is the list of the targets, each with the comment beside it."""

import os
import re
import shutil
import subprocess
import sys
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


def test_setup_compiles_what_changed_and_stale_bytecode_does_no_harm(tmp_path: Path) -> None:
    source, binaries = tmp_path / "generator" / "answer.py", tmp_path / ".venv" / "bin"
    for folder in (source.parent, binaries):
        folder.mkdir(parents=True)
    shutil.copy(ROOT / "Makefile", tmp_path)
    (binaries / "python").symlink_to(sys.executable)
    for file in ("requirements.txt", "pyproject.toml", "requirements-dev.txt", ".venv/run", ".venv/dev"):
        (tmp_path / file).touch()
    here: dict[str, Any] = QUIET | {"cwd": tmp_path, "env": ALONE | {"PYTHONDONTWRITEBYTECODE": "1"}}

    def made() -> list[int]:
        subprocess.run(["make", "setup"], check=True, **here)
        return [file.stat().st_mtime_ns for file in source.parent.glob("__pycache__/answer.*.pyc")]

    source.write_text("print('first')")
    os.utime(source, (1_700_000_000, 1_700_000_000))  # Python tells sources apart by whole seconds
    compiled = made()
    assert len(compiled) == 1
    assert made() == compiled
    source.write_text("print('second, and longer')")
    ran = subprocess.run([sys.executable, "-m", "generator.answer"], check=True, **here)
    assert ran.stdout == "second, and longer\n"
    assert made() > compiled

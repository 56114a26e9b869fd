"""What the site was last built from: where none of it changed, a build rewrites only the living pages."""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from generator.pipeline.run import Run
from generator.render.site import TEMPLATES
from generator.store import files

PROGRAM = Path(__file__).parents[1]
PINS = TEMPLATES.parent / "requirements.txt"


@dataclass(frozen=True, slots=True)
class Stamp:
    """A build that was finished."""

    inputs: str  # digest of everything that went into it, but for what the last refresh found
    pins: str  # digest of the libraries' versions: another drawing library draws other bytes
    site: str  # digest of what it left in site/: names, sizes and times
    pages: int


def read(run: Run) -> Stamp | None:
    """The last build's stamp; None: there was none, or nobody can read it."""
    try:
        return Stamp(**json.loads(_file(run).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def keep(run: Run, stamp: Stamp) -> None:
    run.cache.mkdir(parents=True, exist_ok=True)
    _file(run).write_text(json.dumps(asdict(stamp)), "utf-8")


def forget(run: Run) -> None:
    _file(run).unlink(missing_ok=True)


def inputs(run: Run, *derived: object) -> str:
    """A digest of facts, settings, templates and program, and of what was `derived` from Git."""
    facts = (run.data / path for path in files.fact_files(run.data))
    program = (file for file in PROGRAM.rglob("*") if file.suffix in {".py", ".sql"})
    templates = (file for file in TEMPLATES.rglob("*") if file.is_file())
    digest = hashlib.sha256(repr((run.settings.file, derived)).encode())
    for file in (*facts, *sorted(program), *sorted(templates)):
        content = file.read_bytes()
        digest.update(f"{file} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def pins() -> str:
    """A digest of the libraries' versions."""
    return hashlib.sha256(PINS.read_bytes() if PINS.is_file() else b"").hexdigest()


def inventory(folder: Path) -> str:
    """A digest of what stands in a folder: names, sizes and times of its files."""
    return hashlib.sha256("\n".join(sorted(_lines(str(folder)))).encode()).hexdigest()


def _lines(folder: str) -> Iterator[str]:
    for path, _, names in os.walk(folder):
        for name in names:
            status = os.stat(f"{path}/{name}")  # noqa: PTH116 - twice as fast, for thousands of files
            yield f"{path}/{name} {status.st_size} {status.st_mtime_ns}"


def _file(run: Run) -> Path:
    return run.cache / "built.json"

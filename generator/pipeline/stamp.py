"""What the site was last built from: where none of it changed, a build rewrites only the living pages."""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
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
    program: str  # digest of the program and of the libraries' versions: another one draws other bytes
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
    """A digest of facts, settings and templates, and of what was `derived` from Git."""
    facts = (run.data / path for path in files.fact_files(run.data))
    templates = (file for file in TEMPLATES.rglob("*") if file.is_file())
    return _digest((*facts, *sorted(templates)), repr((run.settings.file, derived)))


def program() -> str:
    """A digest of the program and of its libraries' versions."""
    code = (file for file in PROGRAM.rglob("*") if file.suffix in {".py", ".sql"})
    return _digest((*sorted(code), *(file for file in (PINS,) if file.is_file())))


def _digest(paths: Iterable[Path], said: str = "") -> str:
    digest = hashlib.sha256(said.encode())
    for file in paths:
        content = file.read_bytes()
        digest.update(f"{file} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


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

"""What an import of exported plays costs, to stored and loaded, beside DuckDB reading the same file.

    python benchmarks/imports.py [ROWS] [ROUNDS]

DuckDB is given the columns and reads those that the import reads. All figures come from one run, in turn,
since machines are noisy: what counts is the ratio. `user` is the time that processors worked.
"""

import resource
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

from history import run
from plays import write_export

from generator.export.statements import COLUMNS

ROWS, ROUNDS = 100_000, 3
GOALS = {100_000: "2 s", 1_000_000: "4 times DuckDB, and 600 MB"}
READ = f"""
import duckdb, sys
duckdb.execute("select count(*), count(columns(*)) from read_json(?, columns = {COLUMNS}, format = 'array')",
               [sys.argv[1]]).fetchall()
"""


class Cost(NamedTuple):
    """What a command took."""

    seconds: float
    user: float  # seconds of all processors together


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else ROUNDS
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        file = Path(folder) / "export.json"
        write_export(file, rows)
        first, again, theirs, start = [], [], [], []
        for number in range(rounds):
            rotation = (sys.executable, "-m", "generator", "import", str(file), "--root")
            root = str(made(Path(folder) / f"root{number}"))
            first.append(cost(*rotation, root))
            again.append(cost(*rotation, root))
            theirs.append(cost(sys.executable, "-c", READ, str(file)))
            start.append(cost(sys.executable, "-m", "generator", "load", "--root", root))
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        print(f"{rows:,} rows, {file.stat().st_size / 2**20:.0f} MB of JSON, medians of {rounds}:")
        print(
            f"  import into an empty root, stored and loaded: {told(first)} (goal {GOALS.get(rows, 'none')})"
        )
        print(f"  the same again, nothing new: {told(again)}; at most {memory:,} MB")
        ratio = median(one.seconds / other.seconds for one, other in zip(first, theirs, strict=True))
        print(f"  DuckDB reads the file: {told(theirs)}; the import takes {ratio:.1f} times as long")
        print(f"  a load that finds nothing new, as a measure of the start: {told(start)}")


def made(root: Path) -> Path:
    """A fresh root that keeps plays."""
    run(sys.executable, "-m", "generator", "init", str(root))
    settings = root / "rotation.toml"
    settings.write_text(settings.read_text("utf-8").replace('plays = "off"', 'plays = "exact"'), "utf-8")
    return root


def cost(*command: str) -> Cost:
    begin, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    run(*command)
    user = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    return Cost(time.perf_counter() - begin, user)


def told(costs: list[Cost]) -> str:
    return f"{median(one.seconds for one in costs):.1f} s ({median(one.user for one in costs):.1f} s user)"


if __name__ == "__main__":
    main()

"""Builds the whole site of a million plays and ten years of editions, and asks the views beside bare DuckDB.

    python benchmarks/build_plays.py [PLAYS]

The same SQL is the yardstick of the questions: read from the same file by DuckDB alone.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from build import DAYS, POOL, measured
from history import run, write_history
from imports import made
from plays import LAST, write_data

PLAYS, ROUNDS = 1_000_000, 3
GOAL_S, GOAL_MB, GOAL_TIMES = 20, 800, 2
ROTATION = (sys.executable, "-m", "generator")
# What the build asks, put by the program to its warehouse, and the same text by DuckDB alone.
OURS = """
import sys, time
from pathlib import Path
from generator.analyse.plays.diary import diary
from generator.cli.starting import start
from generator.tally.diary import Rule
from generator.warehouse.once import once
run = start(Path(sys.argv[1]), None)
run.warehouse.load()
def asked(connection):
    begin = time.perf_counter()
    with once(connection):
        diary(connection, run.settings.listeners[0], Rule(30, False))
    return time.perf_counter() - begin
print(run.warehouse.ask(asked))
"""
BARE = """
import sys, time, duckdb
from generator.analyse.plays import finds, habits, lives, periods
from generator.analyse.plays.ask import SONGS
from generator.analyse.plays.diary import GAPS
from generator.warehouse.views import SHARED, sharing
asked = [text for room in (finds, habits, lives, periods) for text in vars(room).values()
         if isinstance(text, str) and text.lstrip().startswith(("select", "with")) and ":listener" in text]
database = duckdb.connect(sys.argv[1] + "/.cache/warehouse.duckdb")
begin = time.perf_counter()
for name in SHARED:
    database.execute(sharing(name))
for text in (SONGS, GAPS, *asked):
    database.execute(text.replace(":listener", "'me'")).fetchall()
print(time.perf_counter() - begin)
"""


def main(count: int) -> None:
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.exists() else None) as folder:
        root = made(Path(folder) / "root")
        write_data(root, count)
        named = (root / "data/catalog/named.csv").read_bytes()
        write_history(root, DAYS, LAST, POOL)
        (root / "data/catalog/named.csv").write_bytes(named)
        run(*ROTATION, "load", "--root", str(root))
        builds = [measured((*ROTATION, "build", "--root", str(root)), root / "site") for _ in range(ROUNDS)]
        pages = sum(1 for _ in (root / "site").rglob("*.html"))
        questions = [(answered(OURS, root), answered(BARE, root)) for _ in range(ROUNDS)]
        shutil.rmtree(root)
    seconds, megabytes = (median(figures) for figures in zip(*builds, strict=True))
    ours, bare = (median(figures) for figures in zip(*questions, strict=True))
    ratio = median(one / other for one, other in questions)
    print(f"{count:,} plays, {DAYS:,} editions, {pages:,} pages, {ROUNDS} rounds:")
    print(f"  build: {seconds:.1f} s (goal {GOAL_S}), {megabytes:.0f} MB at most a process (goal {GOAL_MB})")
    print(f"  all questions about plays: {ours:.1f} s; the same SQL in DuckDB alone: {bare:.1f} s")
    print(f"    {ratio:.2f} times as long (goal {GOAL_TIMES})")


def answered(program: str, root: Path) -> float:
    """The seconds that a program says it took."""
    command = (sys.executable, "-c", program, str(root))
    said = subprocess.run(command, env=os.environ, capture_output=True, text=True, check=True).stdout
    return float(said.split()[-1])  # behind the progress bar that DuckDB shows to a program given by -c


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PLAYS)

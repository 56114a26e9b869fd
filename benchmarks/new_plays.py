"""What three new plays cost, from asking Spotify to loaded, among a million kept ones beside ten thousand.

    python benchmarks/new_plays.py [MANY] [FEW]

The warehouse is DuckDB, or the PostgreSQL at BENCH_DATABASE_URL, in two schemas that are left there. Both
figures come from one run, in turn, since machines are noisy: what counts is the ratio.
"""

import os
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median

from history import run
from imports import made
from plays import write_data

from generator.demo.plays import plays
from generator.demo.server import CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN, SimulatedSpotify

MANY, FEW, NEW, ROUNDS = 1_000_000, 10_000, 3, 5
GOAL = 1.5
DAY = date(2026, 11, 20)  # after the last of the kept plays


def main(many: int, few: int) -> None:
    folder = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(dir=folder) as scratch, SimulatedSpotify(day=DAY) as spotify:
        roots = [kept(Path(scratch) / str(count), count) for count in (many, few)]
        heard = [play.ended for play in plays(DAY)]
        moments = heard[len(heard) - NEW * ROUNDS :: NEW]
        for root in roots:  # the lists of the day, the plays up to now, and a warm warehouse
            refresh(root, spotify, moments[0])
        pairs = [[refresh(root, spotify, moment) for root in roots] for moment in moments[1:]]
    ours, theirs = (median(times) for times in zip(*pairs, strict=True))
    ratio = median(one / other for one, other in pairs)
    verdict = "within" if ratio <= GOAL else "OVER"
    print(f"{NEW} new plays among {many:,}: {ours:.2f} s; among {few:,}: {theirs:.2f} s")
    print(f"  {ratio:.2f} times as long, {verdict} the goal of {GOAL}")


def kept(root: Path, count: int) -> Path:
    """A root that keeps so many plays, with a schema of its own where the warehouse is PostgreSQL."""
    made(root)
    settings = root / "rotation.toml"
    said = settings.read_text("utf-8").replace('warehouse_schema = ""', f'warehouse_schema = "plays_{count}"')
    settings.write_text(said, "utf-8")
    write_data(root, count)
    return root


def refresh(root: Path, spotify: SimulatedSpotify, moment: datetime) -> float:
    """The seconds of a scheduled refresh at an instant."""
    spotify.now = moment.astimezone(UTC) + timedelta(seconds=1)
    environment = os.environ | {
        "SPOTIFY_CLIENT_ID": CLIENT_ID,
        "SPOTIFY_CLIENT_SECRET": CLIENT_SECRET,
        "SPOTIFY_REFRESH_TOKEN": REFRESH_TOKEN,
        "SPOTIFY_API_URL": spotify.api_url,
        "SPOTIFY_ACCOUNTS_URL": spotify.accounts_url,
        "DATABASE_URL": os.environ.get("BENCH_DATABASE_URL", ""),
    }
    command = (sys.executable, "-m", "generator", "refresh", "--scheduled", "--root", str(root))
    begin = time.perf_counter()
    run(*command, "--now", f"{spotify.now:%Y-%m-%dT%H:%M:%SZ}", environment=environment)
    return time.perf_counter() - begin


if __name__ == "__main__":
    main(*(int(given) for given in sys.argv[1:3]) if len(sys.argv) > 2 else (MANY, FEW))

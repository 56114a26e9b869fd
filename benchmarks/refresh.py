"""What a refresh that finds nothing new costs on three years of daily editions, beside bare imports.

    python benchmarks/refresh.py

Both figures come from one run, in turn, since machines are noisy: what counts is the ratio.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from generator.demo.server import CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN, SimulatedSpotify

DAYS = 3 * 365
LAST = date(2026, 11, 19)
NOW = "2026-11-20T06:00:00Z"
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
        rows = write_history(root)
        commit_history(root)
        refresh = (*rotation, "run", "--commit", "--root", str(root), "--now", NOW)
        run(*refresh, environment=environment)  # the last news, and a warm warehouse
        print(f"{DAYS} editions, {rows:,} rows of the ledger, {ROUNDS} rounds in turn, medians:")
        compare("a refresh without news, with load and build", refresh, IMPORTS, REFRESH_GOAL, environment)
        compare("rotation --help", (*rotation, "--help"), "pass", HELP_GOAL, environment)


def write_history(root: Path) -> int:
    """Three years of lists in which seven days of ten bring a change; answers the rows written."""
    dice = random.Random("heavy rotation")
    lists = {
        (kind, span): [f"{kind}{span}{number}".replace("_", "") for number in range(50)]
        for kind in ("tracks", "artists")
        for span in ("short_term", "medium_term", "long_term")
    }
    months: dict[str, list[str]] = {}
    for ago in reversed(range(DAYS)):
        edition = LAST - timedelta(days=ago)
        for (kind, span), items in sorted(lists.items()):
            if ago == DAYS - 1 or dice.random() < 0.7:
                items.insert(dice.randrange(50), items.pop(dice.randrange(50)))
                months.setdefault(f"{edition:%Y-%m}", []).extend(
                    f"{edition},{kind},{span},{place},{item}" for place, item in enumerate(items, 1)
                )
    for month, rows in months.items():
        file = root / "data" / "me" / "lists" / f"{month}.csv"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(["edition,kind,span,position,item_id", *rows, ""]), "utf-8")
    return sum(map(len, months.values()))


def commit_history(root: Path) -> None:
    """A commit for every edition, so that the map from editions to commits has its true size."""
    run("git", "-C", str(root), "init", "--quiet", "--initial-branch=main")
    commits = []
    for ago in reversed(range(DAYS)):
        edition = LAST - timedelta(days=ago)
        text = f"data: {edition}\n\nListener: me\nEdition: {edition}\n"
        commits.append(f"commit refs/heads/main\ncommitter B <b@localhost> {1700000000 - ago} +0000")
        commits.append(f"data {len(text)}\n{text}\nM 644 inline data/day\ndata {len(str(ago))}\n{ago}\n")
    run("git", "-C", str(root), "fast-import", "--quiet", text="\n".join(commits))
    run("git", "-C", str(root), "reset", "--quiet")
    run("git", "-C", str(root), "add", ".")
    run("git", "-C", str(root), "-c", "user.name=B", "-c", "user.email=b@localhost", "commit", "-qm", "history")


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


def run(*command: str, environment: Mapping[str, str] | None = None, text: str = "") -> None:
    done = subprocess.run(command, env=environment, input=text, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command[:6])} failed:\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    main()

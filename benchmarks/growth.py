"""How much a daily history adds to Git: the real program over simulated days, then `git gc`.

python benchmarks/growth.py [DAYS]
"""

import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from history import run
from rich.progress import track

from generator.pipeline.demo import demo

DAYS = 3 * 365
NOW = datetime(2026, 11, 20, 6, tzinfo=UTC)
GOAL_MB = 5


def main(days: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "demo"
        lived = track(demo(root, days, NOW, "off"), total=days, description=f"Living through {days} days")
        subjects = [subject for day in lived for subject in day.commits]
        git = ("git", "-C", str(root))
        run(*git, "gc", "--quiet", "--aggressive", "--prune=now")
        packed = dict(line.split(": ") for line in run(*git, "count-objects", "-v").splitlines())
        size = int(packed["size-pack"]) / 1024
        commits = int(run(*git, "rev-list", "--count", "HEAD")) - 1  # the first one is the template's
        moved = sum("▲" in subject or "new" in subject or "out:" in subject for subject in subjects)
        empty = [
            commit
            for commit in run(*git, "rev-list", f"HEAD~{commits}..HEAD").split()
            if not run(*git, "show", "--format=", "--name-only", commit, "--", "data/me/lists").strip()
        ]
    print(
        f"{days} days, {commits} commits, {moved} of them told of a move, {len(empty)} without news (goal: 0)"
    )
    print(f"packed .git: {size:.2f} MB, {'within' if size <= GOAL_MB else 'OVER'} the goal of {GOAL_MB} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else DAYS)

"""An invented past of any length, written straight into data/: what the benchmarks build from."""

import random
import subprocess
import sys
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import product
from pathlib import Path

KINDS = ("tracks", "artists")
CHANGES = {"short_term": 0.74, "medium_term": 0.47, "long_term": 0.23}  # share of days that change a list


def write_history(root: Path, days: int, last: date, pool: int) -> int:
    """Lists that drift through a catalog of `pool` tracks; answers the rows of the ledger."""
    dice = random.Random("heavy rotation")
    lists = {(kind, span): dice.sample(names(kind, pool), 50) for kind, span in product(KINDS, CHANGES)}
    months: dict[str, list[str]] = {}
    for ago in reversed(range(days)):
        edition = last - timedelta(days=ago)
        for (kind, span), items in sorted(lists.items()):
            if ago == days - 1 or dice.random() < CHANGES[span]:
                drift(items, names(kind, pool), dice)
                months.setdefault(f"{edition:%Y-%m}", []).extend(
                    f"{edition},{kind},{span},{place},{item}" for place, item in enumerate(items, 1)
                )
    for month, rows in months.items():
        write(root / "data/me/lists" / f"{month}.csv", "edition,kind,span,position,item_id", rows)
    write_catalog(root, pool)
    return sum(map(len, months.values()))


def drift(items: list[str], known: list[str], dice: random.Random) -> None:
    """A few items move, and a few that are not on the list come to it."""
    for _ in range(3):
        items.insert(dice.randrange(50), items.pop(dice.randrange(50)))
    for _ in range(dice.choice((0, 1, 1, 2, 3))):
        if (item := dice.choice(known)) not in items:
            items[dice.randrange(10, 50)] = item


def write_catalog(root: Path, pool: int) -> None:
    folder, image = root / "data/catalog", "https://i.scdn.co/image/"
    artists = names("artists", pool)
    write(
        folder / "artists.csv", "id,name,image_url", [f"{one},Artist {one},{image}{one}" for one in artists]
    )
    albums = [f"l{number:05d},Album {number},2020,{image}l{number}" for number in range(pool // 8)]
    write(folder / "albums.csv", "id,title,release_date,image_url", albums)
    tracks = [
        f"{one},Title of {one},{artists[number // 4]},l{number // 8:05d},{180_000 + number * 10},"
        for number, one in enumerate(names("tracks", pool))
    ]
    write(folder / "tracks.csv", "id,title,artist_ids,album_id,duration_ms,isrc", tracks)


def names(kind: str, pool: int) -> list[str]:
    """Ids: of every fourth track another artist."""
    return [f"{kind[0]}{number:05d}" for number in range(pool if kind == "tracks" else pool // 4)]


def write(file: Path, header: str, rows: list[str]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join([header, *rows, ""]), "utf-8")


def commit_history(root: Path, days: int, last: date) -> None:
    """A commit for every edition, so that the map from editions to commits has its true size."""
    run("git", "-C", str(root), "init", "--quiet", "--initial-branch=main")
    commits = []
    for ago in reversed(range(days)):
        edition = last - timedelta(days=ago)
        text = f"data: {edition}\n\nListener: me\nEdition: {edition}\n"
        commits.append(f"commit refs/heads/main\ncommitter B <b@localhost> {1700000000 - ago} +0000")
        commits.append(f"data {len(text)}\n{text}\nM 644 inline data/day\ndata {len(str(ago))}\n{ago}\n")
    run("git", "-C", str(root), "fast-import", "--quiet", text="\n".join(commits))
    run("git", "-C", str(root), "reset", "--quiet")
    run("git", "-C", str(root), "add", ".")
    run(
        "git",
        "-C",
        str(root),
        "-c",
        "user.name=B",
        "-c",
        "user.email=b@localhost",
        "commit",
        "-qm",
        "history",
    )


def run(*command: str, environment: Mapping[str, str] | None = None, text: str = "") -> str:
    """A command's output; ends the benchmark with what it said if it fails."""
    done = subprocess.run(command, env=environment, input=text, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command[:6])} failed:\n{done.stdout}{done.stderr}")
    return done.stdout

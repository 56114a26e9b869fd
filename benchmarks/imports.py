"""What an import of exported plays costs, to stored and loaded, beside DuckDB reading the same file.

    python benchmarks/imports.py [ROWS]

The rows are invented: a few songs are played most (a Zipf law), in sessions at some hours of the day.
"""

import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from history import run

ROWS = 100_000
SONGS = 20_000
SESSIONS = (7, 12, 17, 20)  # the hours at which somebody begins to listen
GOALS = {100_000: "2 s", 1_000_000: "4 times DuckDB, and 600 MB"}
READ = (
    "import duckdb; print(duckdb.execute(\"select count(*), sum(ms_played) from read_json('{file}',"
    " columns = {{ts: 'varchar', ms_played: 'bigint', spotify_track_uri: 'varchar'}},"
    " format = 'array')\").fetchone())"
)


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        root, file = Path(folder) / "root", Path(folder) / "export.json"
        file.write_text(json.dumps(list(plays(rows))), "utf-8")
        run(sys.executable, "-m", "generator", "init", str(root))
        settings = root / "rotation.toml"
        settings.write_text(settings.read_text("utf-8").replace('plays = "off"', 'plays = "exact"'), "utf-8")
        rotation = (sys.executable, "-m", "generator", "import", str(file), "--root", str(root))
        ours, theirs = seconds(*rotation), seconds(sys.executable, "-c", READ.format(file=file))
        again = seconds(*rotation)
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        print(f"{rows:,} rows, {file.stat().st_size / 2**20:.0f} MB of JSON:")
        print(
            f"  import into an empty root, stored and loaded: {ours:.1f} s (goal {GOALS.get(rows, 'none')})"
        )
        print(f"  the same again, nothing new: {again:.1f} s; at most {memory:,} MB")
        print(f"  DuckDB reads the file: {theirs:.1f} s; {ours / theirs:.1f} times as long")


def seconds(*command: str) -> float:
    begin = time.perf_counter()
    run(*command, environment=os.environ)
    return time.perf_counter() - begin


def plays(count: int) -> Iterator[dict[str, object]]:
    """Rows of an extended history, oldest first."""
    dice = Random("plays")
    ended, left = datetime(2014, 1, 1, tzinfo=UTC), 0
    for _ in range(count):
        if not left:
            left, hour = dice.randint(3, 30), dice.choice(SESSIONS)
            ended = datetime(ended.year, ended.month, ended.day, hour, tzinfo=UTC) + timedelta(
                days=hour == SESSIONS[0]
            )
        left -= 1
        ms = dice.choice((dice.randint(0, 30_000), dice.randint(120_000, 320_000), 200_000))
        ended += timedelta(milliseconds=ms + 500)
        song = min(int(dice.paretovariate(0.6)), SONGS)
        yield {
            "ts": f"{ended:%Y-%m-%dT%H:%M:%SZ}",
            "platform": "invented",
            "ms_played": ms,
            "conn_country": "XX",
            "ip_addr": "192.0.2.1",
            "master_metadata_track_name": f"Song {song}",
            "master_metadata_album_artist_name": f"Artist {song % 900}",
            "master_metadata_album_album_name": f"Album {song % 4000}",
            "spotify_track_uri": f"spotify:track:{song:022d}",
            "episode_name": None,
            "spotify_episode_uri": None,
            "reason_start": "trackdone",
            "reason_end": "trackdone",
            "shuffle": False,
            "skipped": None,
            "offline": False,
            "offline_timestamp": None,
            "incognito_mode": False,
        }


if __name__ == "__main__":
    main()

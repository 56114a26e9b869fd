"""How much plays add to Git: ten years of them, committed every two hours as the program does, then `git gc`.

    python benchmarks/growth_plays.py [YEARS] [catalog]

The commits are written by `git fast-import`: forty thousand runs would take a day. With `catalog`, a commit
that brings songs not heard before also writes catalog/tracks.csv, artists.csv and albums.csv anew, whole as
the program does; without, the figure is that of the plays and their commits alone.
"""

import random
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from history import run
from plays import LAST, LETTERS, Play, cell, plays

from generator import listening, publish, schema
from generator.model import Listener

A_YEAR = 20_000
GOAL = 70  # bytes a play
EVERY = timedelta(hours=2)
RUNS = timedelta(hours=1, minutes=43)  # after midnight is the first run of a day, as refresh.yml says
WHO = b"github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>"  # as refresh.yml says
HEADERS = {table.name: ",".join(column.name for column in schema.columns(table)) for table in schema.FACTS}


class Catalog:
    """The catalog's files, as they grow with every song that was not heard before."""

    def __init__(self) -> None:
        self._dice = random.Random("catalog")
        self._rows: dict[str, dict[str, str]] = {"tracks": {}, "artists": {}, "albums": {}}

    def after(self, heard: Iterable[Play]) -> dict[str, str]:
        """The files that change with these plays."""
        new = [play.song for play in heard if play.song.id not in self._rows["tracks"]]
        for song in new:
            artist = self._known("artists", song.artist, f"{cell(song.artist)},{self._image()}")
            released = f"{self._dice.randrange(1960, 2026)}-{self._dice.randrange(1, 13):02}-01"
            album = self._known("albums", song.album, f"{cell(song.album)},{released},{self._image()}")
            isrc = "XX" + "".join(self._dice.choices(LETTERS[:36], k=3)) + f"{self._dice.randrange(10**7):07}"
            row = f"{song.id},{cell(song.title)},{artist},{album},{song.ms},{isrc}"
            self._rows["tracks"][song.id] = row
        return {
            f"data/catalog/{table}.csv": "\n".join([HEADERS[table], *sorted(rows.values()), ""])
            for table, rows in self._rows.items()
            if new
        }

    def _known(self, table: str, name: str, more: str) -> str:
        """The id of an artist or album, who has a row from now on."""
        if name not in self._rows[table]:
            self._rows[table][name] = f"{''.join(self._dice.choices(LETTERS, k=22))},{more}"
        return self._rows[table][name][:22]

    def _image(self) -> str:
        return f"https://i.scdn.co/image/{self._dice.getrandbits(160):040x}"


class Size(NamedTuple):
    """What a repository holds."""

    commits: int
    bytes: int  # of .git, as `git gc` leaves it


def main() -> None:
    years = int(sys.argv[1]) if sys.argv[1:] else 10
    has_catalog = "catalog" in sys.argv
    count = years * A_YEAR
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        size = grown(Path(folder), count, years, has_catalog=has_catalog)
    each = size.bytes / count
    what = "plays, commits and catalog" if has_catalog else "plays and commits, no catalog"
    print(f"{count:,} plays in {years} years, {size.commits:,} commits: {what}")
    print(f"  .git after `git gc`: {size.bytes / 2**20:.1f} MB, {each:.1f} bytes a play", end="")
    print(f", {'within' if each <= GOAL else 'OVER'} the goal of {GOAL}")


def grown(root: Path, count: int, years: int, *, has_catalog: bool) -> Size:
    """A repository with a commit for every two hours in which something was heard."""
    git = ("git", "-C", str(root))
    run(*git, "init", "--quiet", "--initial-branch=main")
    with subprocess.Popen([*git, "fast-import", "--quiet"], stdin=subprocess.PIPE) as importer:
        assert importer.stdin
        total = 0
        for part in commits(count, years, has_catalog=has_catalog):
            total += 1
            importer.stdin.write(part)
    if importer.returncode:
        sys.exit("git fast-import failed")
    run(*git, "reflog", "expire", "--expire=now", "--all")
    # What fast-import packs is made for speed; what commits leave lies loose, and gc finds the deltas.
    run(*git, "repack", "-a", "-d", "-f", "-q")
    run(*git, "gc", "--quiet", "--prune=now")
    size = sum(file.stat().st_size for file in (root / ".git").rglob("*") if file.is_file())
    samples = sum(file.stat().st_size for file in (root / ".git" / "hooks").glob("*.sample"))
    return Size(total, size - samples)


def commits(count: int, years: int, *, has_catalog: bool) -> Iterator[bytes]:
    """What `git fast-import` reads: each commit with the whole month's file."""
    rows: list[str] = []
    catalog = Catalog()
    month = ""
    for slot, group in groupby(plays(count, years, LAST), key=_slot):
        heard = list(group)
        files: dict[str, str] = {}
        for play in heard:
            instant = listening.instant(play.ended)
            if instant[:7] != month:
                month, rows = instant[:7], []
            rows.append(f"{instant},api,{play.song.id},,,")
            files[f"data/me/plays/{month}.csv"] = "\n".join([HEADERS["plays"], *sorted(rows), ""])
        if has_catalog:
            files |= catalog.after(heard)
        yield _commit(slot, len(heard), files)


def _slot(play: Play) -> datetime:
    """The run that first hears of a play: it comes every two hours."""
    midnight = play.ended.replace(hour=0, minute=0, second=0)
    return midnight + RUNS + -((midnight + RUNS - play.ended) // EVERY) * EVERY


def _commit(at: datetime, count: int, files: dict[str, str]) -> bytes:
    news = publish.News((), (), plays=count, today=at.date())
    message = publish.message(Listener("me", "Me", ZoneInfo("UTC")), news, alone=True).encode()
    begun = int(at.timestamp())
    parts = [
        b"commit refs/heads/main\ncommitter %s %d +0000\ndata %d\n%s\n" % (WHO, begun, len(message), message)
    ]
    for path, text in files.items():
        content = text.encode()
        parts.append(b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(content), content))
    return b"".join(parts)


if __name__ == "__main__":
    main()

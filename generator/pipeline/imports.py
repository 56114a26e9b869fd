"""Spotify's exports → data/ → warehouse: files, folders and zips, without one call to Spotify."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.errors import ConfigError
from generator.export.files import Export, ExportError, Kind, exports, size
from generator.export.rows import Told
from generator.listening import midnight
from generator.model import LONGEST_TEXT, Listener
from generator.pipeline.keeping import kept_since, play_key
from generator.pipeline.run import Run
from generator.store import files, plays
from generator.store.gaps import with_first_gap
from generator.store.hidden import hidden_in
from generator.transform.kept import as_kept

A_DAY = timedelta(days=1)  # by which a clock may be wrong
MS_PER_HOUR = 3_600_000
DIGITS = 4  # of hours: less than a second

Progress = Callable[
    [str, int, int], object
]  # hears what is being done, and of how many bytes how many were read


@dataclass(slots=True)
class Import:
    """What became of an import: read = stored + duplicates + skipped."""

    listener: str  # whose plays they are, by slug
    files: int = 0
    sources: tuple[Kind, ...] = ()  # the kinds of exports among them
    read: int = 0  # rows
    stored: int = 0  # that were not known
    duplicates: int = 0  # told twice, or known already
    skipped: dict[str, int] = field(default_factory=dict)  # by reason
    hours: float = 0.0  # of all that was told and can be kept, by all sources together
    first: str | None = None  # instant of the first such play
    last: str | None = None
    faults: tuple[str, ...] = ()  # files that could not be used, and why


def import_plays(
    run: Run, listener: Listener, paths: Sequence[Path], progress: Progress, *, dry_run: bool
) -> Import:
    """Store what exports tell of a listener's plays; raise ConfigError where the listener keeps none."""
    if listener.plays == "off":
        raise ConfigError(
            f'Plays of {listener.slug} are off. To keep them, write plays = "exact" (or "hour" or "day")'
            " into their [[listener]] of rotation.toml; docs/plays.md says what each shows to strangers."
        )
    plays.check_secret(run.data, listener.slug, play_key(run, listener))
    done, has_private = Import(listener.slug), run.settings.file.plays.private_sessions
    run.cache.mkdir(parents=True, exist_ok=True)
    with (
        TemporaryDirectory(dir=run.cache, ignore_cleanup_errors=True) as scratch,
        closing(Told(Path(scratch), run.now + A_DAY, has_private=has_private)) as told,
        ThreadPoolExecutor(max_workers=1) as beside,
    ):
        # The warehouse opens while files are read; damage that no import meets would stop the load later.
        ready = None if dry_run else beside.submit(run.warehouse.make_ready)
        _read(told, paths, Path(scratch), done, progress)
        if ready:
            ready.result()
        progress("Comparing", 1, 1)
        contents = _merged(run, listener, told, done)
    if not dry_run:
        progress("Storing", 1, 1)
        files.write(run.root, contents, leaning_on=("catalog/", f"{listener.slug}/plays/"))
        written = frozenset(contents)
        contents.clear()
        run.warehouse.load(written)
    return done


def _read(told: Told, paths: Sequence[Path], scratch: Path, done: Import, progress: Progress) -> None:
    """Read every file of plays that was named, each whole or not at all."""
    faults, way = list[str](), Way(size(paths), progress)
    for found in exports(paths, scratch, way.passed):
        try:
            if isinstance(found, ExportError):
                raise found
            told.add(found, way.begun(found))
        except ExportError as error:
            faults.append(str(error))
        else:
            done.files += 1
            done.sources = tuple(sorted({*done.sources, found.kind}))
    done.faults = tuple(faults)


@dataclass(slots=True)
class Way:
    """How many bytes of all files lie behind: read, passed over or refused."""

    total: int
    progress: Progress
    behind: int = 0

    def passed(self, size: int) -> None:
        self.behind += size

    def begun(self, export: Export) -> Callable[[float], object]:
        """Tell that a file's turn has come; answer what then hears which part of it is read."""
        before, what = self.behind, f"Reading {export.name}"
        self.progress(what, before, self.total)
        self.passed(export.size)
        return lambda part: self.progress(what, before + int(part * export.size), self.total)


def _merged(run: Run, listener: Listener, told: Told, done: Import) -> dict[str, bytes]:
    """What data/ should hold once it has what was told."""
    key = play_key(run, listener)
    if hidden := run.settings.hidden:
        told.hide(hidden.covers, hidden_in(run.data, hidden))
    if oldest := kept_since(run, listener):
        told.forget(midnight(oldest, listener.zone))

    def rows() -> Iterator[Sequence[str]]:
        for month in told.months():
            done.hours += month.ms / MS_PER_HOUR
            done.first, done.last = done.first or month.first, month.last
            yield (
                month.rows
                if listener.plays == "exact" or key is None
                else [*as_kept(month.rows, listener, key)]
            )

    added = plays.add_rows(run.data, listener.slug, rows(), key)
    done.read, done.stored, done.hours = told.read, added.plays, round(done.hours, DIGITS)
    done.skipped = dict((+told.skipped).most_common())
    done.duplicates = done.read - done.stored - told.skipped.total()
    names = {one: _cut(*called) for one, called in told.names().items()}
    gap = with_first_gap(run.data, listener.slug, added.files)
    return plays.with_names(run.data, names) | added.files | gap


def _cut(title: str, artist: str, album: str | None) -> tuple[str, str, str | None]:
    """Names of a length for a page; the key was made of all of them."""
    return title[:LONGEST_TEXT], artist[:LONGEST_TEXT], album and album[:LONGEST_TEXT]

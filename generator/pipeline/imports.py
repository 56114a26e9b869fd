"""Spotify's exports → data/ → warehouse: files, folders and zips, without one call to Spotify."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from generator import schema
from generator.errors import ConfigError
from generator.export.files import ExportError, exports
from generator.export.rows import Told, listens, tell
from generator.listening import Heard, midnight
from generator.model import Listener
from generator.pipeline.keep import kept_since
from generator.pipeline.listen import play_key
from generator.pipeline.run import Run
from generator.store import files, plays, purge
from generator.store.ledger import read
from generator.transform.plays import frame

A_DAY = timedelta(days=1)  # by which a clock may be wrong
MS_PER_HOUR = 3_600_000


@dataclass(slots=True)
class Import:
    """What became of an import: read = stored + duplicates + skipped."""

    files: int = 0
    read: int = 0  # rows
    stored: int = 0  # that were not known
    duplicates: int = 0  # told twice, or known already
    skipped: dict[str, int] = field(default_factory=dict)  # by reason
    hours: float = 0.0  # of all that was told and can be kept
    first: str | None = None  # instant of the first such play
    last: str | None = None
    faults: tuple[str, ...] = ()  # files that could not be used, and why


def import_plays(
    run: Run, listener: Listener, paths: Iterable[Path], progress: Callable[[str], object], *, dry_run: bool
) -> Import:
    """Store what exports tell of a listener's plays; `progress` hears of each file that was read.

    Raises ConfigError where the listener keeps no plays.
    """
    if listener.plays == "off":
        raise ConfigError(
            f'Plays of {listener.slug} are off. To keep them, write plays = "exact" (or "hour" or "day")'
            " into their [[listener]] of rotation.toml; docs/plays.md says what each shows to strangers."
        )
    plays.check_secret(run.data, listener.slug, play_key(run, listener))
    told, faults, count = Told(), list[str](), 0
    run.cache.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=run.cache, ignore_cleanup_errors=True) as scratch:
        for found in exports(paths, Path(scratch)):
            try:
                if isinstance(found, ExportError):
                    raise found
                tell(found, told, run.now + A_DAY, run.settings.hidden)
            except ExportError as error:
                faults.append(str(error))
            else:
                count += 1
                progress(found.name)
    done = _store(run, listener, told, dry_run=dry_run)
    done.files, done.faults = count, tuple(faults)
    return done


def _store(run: Run, listener: Listener, told: Told, *, dry_run: bool) -> Import:
    hidden = told.hidden | _hidden(run)
    oldest = kept_since(run, listener)
    first = midnight(oldest, listener.zone) if oldest else ""
    shown = [(source, one) for source, one in listens(told) if one.key not in hidden]
    found = [(source, one) for source, one in shown if one.instant >= first]
    heard = [Heard(one.instant, source, one.key, one.ms) for source, one in found]
    rows = frame(heard, [one.skipped for _, one in found], listener, play_key(run, listener))
    added = plays.add(run.data, listener.slug, rows, heard, play_key(run, listener))
    kept = {one.item_key for one in heard}
    named = plays.with_names(run.data, {key: names for key, names in told.names.items() if key in kept})
    if not dry_run:
        files.write(run.root, named | added.files, leaning_on=("catalog/", f"{listener.slug}/plays/"))
        run.warehouse.load()
    skipped = told.skipped + Counter(
        {"hidden": sum(told.rows[key] for key in hidden), "older than is kept": len(shown) - len(found)}
    )
    once = sorted(set(heard))
    return Import(
        read=told.read,
        stored=added.plays,
        duplicates=told.read - skipped.total() - added.plays,
        skipped=dict((+skipped).most_common()),
        hours=sum(one.ms_played or 0 for one in once) / MS_PER_HOUR,
        first=once[0].played_at if once else None,
        last=once[-1].played_at if once else None,
    )


def _hidden(run: Run) -> set[str]:
    """The keys of what is hidden, as far as data/ knows: no export tells an artist's id."""
    hidden = run.settings.hidden
    named = read(run.data, schema.named, schema.path(schema.named))
    return (
        purge.hidden_ids(purge.catalog(run.data), hidden) | purge.hidden_keys(named, hidden)
        if hidden
        else set()
    )

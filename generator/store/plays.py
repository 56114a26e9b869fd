"""How new plays meet those that are kept: a union by what names a play, month by month."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path, PurePosixPath

import pandas as pd

from generator import schema
from generator.errors import ConfigError
from generator.listening import Heard, digest, mark
from generator.store import text
from generator.store.files import fact_files
from generator.store.ledger import read

KEY = "ROTATION_PLAY_KEY"


@dataclass(frozen=True, slots=True)
class Added:
    """What data/ should hold once new plays are in it."""

    files: dict[str, bytes]  # contents by path relative to data/; only what differs
    plays: int  # that were not known


def add(data: Path, listener: str, rows: pd.DataFrame, heard: Sequence[Heard], secret: str | None) -> Added:
    """Add the plays that are not known yet; `heard` names each row as its source does.

    A play that was kept with another exactness is known, too, as long as the secret is the one that it was
    kept with: raise ConfigError where it is missing or another.
    """
    months = rows["played_at"].str[:7]
    old = {
        month: _month(data, listener, month)
        for month in _near([*rows["played_at"], *(one.played_at for one in heard)])
    }
    for frame in old.values():
        check_secret(frame, secret)
    known = {name for frame in old.values() for name in _names(frame, secret)}
    names = pd.Series([_named(one, secret) for one in heard], index=rows.index, dtype=object)
    is_new = ~names.isin(known) & ~names.duplicated()
    files = {
        schema.path(schema.plays, listener=listener, month=month): text.encode(
            schema.plays, pd.concat([old[month], added])
        )
        for month, added in rows[is_new].groupby(months[is_new])
    }
    return Added(files, int(is_new.sum()))


def with_names(data: Path, names: Mapping[str, tuple[str, str, str | None]]) -> dict[str, bytes]:
    """The named tracks with more of them: title, artist, album by key; the same spelling always wins."""
    path = schema.path(schema.named)
    old = read(data, schema.named, path)
    new = pd.DataFrame([(key, *said) for key, said in names.items()], columns=old.columns).astype(old.dtypes)
    rows = pd.concat([old, new]).sort_values(["item_key", "title", "artist", "album"], na_position="last")
    content = text.encode(schema.named, rows.drop_duplicates("item_key"))
    return {} if len(names) == 0 else {path: content}


def check_secret(rows: pd.DataFrame, secret: str | None) -> None:
    """Raise ConfigError unless the secret is the one that made the digests in these rows."""
    marks = set(rows["digest"].dropna().str[: len(mark(""))])
    if marks and (secret is None or marks != {mark(secret)}):
        fault = "is missing" if secret is None else "is not the one that earlier plays were kept with"
        raise ConfigError(
            f"{KEY} {fault}, so nobody can tell which plays are known already. Nothing was changed:"
            f" store the key that `rotation login` made, or remove the plays with `rotation purge`."
        )


def latest(data: Path, listener: str) -> str | None:
    """The instant of the last play that is kept; None: there is none yet."""
    for path in reversed(play_files(data, listener)):
        place = schema.place(PurePosixPath(path))
        rows = read(data, schema.plays, path, place.month if place else None)
        if len(rows):
            return str(rows["played_at"].max())
    return None


def snapshot(data: Path, listener: str) -> dict[str, bytes]:
    """The files that grow with a listener's plays, by path; nothing where there are no plays."""
    tables = (*schema.CATALOG, schema.named, schema.gaps)
    paths = [*(schema.path(table, listener=listener) for table in tables), *play_files(data, listener)]
    has_plays = bool(play_files(data, listener))
    return {path: (data / path).read_bytes() for path in paths if has_plays and (data / path).is_file()}


def union(data: Path, ours: Mapping[str, bytes]) -> dict[str, bytes]:
    """What data/ should hold so that no play of ours is lost; where a row is told twice, data/ is right."""
    files: dict[str, bytes] = {}
    for path, content in ours.items():
        place = schema.place(PurePosixPath(path))
        assert place  # noqa: S101 - a snapshot holds nothing else
        theirs = read(data, place.table, path, place.month)
        rows = pd.concat([theirs, text.decode(place.table, content, data / path)])
        merged = text.encode(place.table, rows.drop_duplicates(list(schema.key(place.table))))
        if not (data / path).is_file() or merged != (data / path).read_bytes():
            files[path] = merged
    return files


def play_files(data: Path, listener: str) -> list[str]:
    """The files of a listener's plays, relative to data/, oldest first."""
    places = ((path, schema.place(PurePosixPath(path))) for path in fact_files(data))
    return [path for path, at in places if at and at.table is schema.plays and at.listener == listener]


def with_gap(data: Path, listener: str, since: str, until: str) -> dict[str, bytes]:
    """The listener's gaps with one more: from the last play that was known to the first one after."""
    path = schema.path(schema.gaps, listener=listener)
    known = read(data, schema.gaps, path)
    rows = pd.concat([known, pd.DataFrame([{"since": since, "until": until}])])
    return {path: text.encode(schema.gaps, rows.drop_duplicates("since"))}


def _month(data: Path, listener: str, month: str) -> pd.DataFrame:
    return read(data, schema.plays, schema.path(schema.plays, listener=listener, month=month), month)


def _near(instants: Iterable[str]) -> set[str]:
    """The months of these instants, and those that lie within a day of them: a day begins where one lives."""
    days = {date.fromisoformat(one[:10]) for one in instants}
    return {f"{day + timedelta(apart):%Y-%m}" for day in days for apart in (-1, 0, 1)}


def _names(rows: pd.DataFrame, secret: str | None) -> Iterator[Heard | str]:
    """What kept plays are told by."""
    plain = rows.astype(object).where(rows.notna(), None)
    for *said, _, made in plain.itertuples(index=False, name=None):
        yield made or _named(Heard(*said), secret)


def _named(heard: Heard, secret: str | None) -> Heard | str:
    """What tells a play from others: its digest where there is a secret, else what its source called it."""
    return heard if secret is None else digest(heard, secret)

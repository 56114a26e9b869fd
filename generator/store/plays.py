"""How new plays meet those that are kept: a union by what names a play, month by month."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path, PurePosixPath

import pandas as pd

from generator import schema
from generator.errors import ConfigError
from generator.listening import Heard, mark, name
from generator.store import text
from generator.store.files import fact_files
from generator.store.ledger import read
from generator.store.merge import differs

KEY = "ROTATION_PLAY_KEY"
MARK = re.compile(rb",[hd]([0-9a-f]{4})[0-9a-f]+\n")  # which secret made the digest at the end of a row


@dataclass(frozen=True, slots=True)
class Added:
    """What data/ should hold once new plays are in it."""

    files: dict[str, bytes]  # contents by path relative to data/; only what differs
    plays: int  # that were not known
    told: int  # that were told of, each once


def add(data: Path, listener: str, rows: pd.DataFrame, heard: Sequence[Heard], secret: str | None) -> Added:
    """Add the plays that are not known yet; `heard` names each row as its source does.

    A play that was kept with another exactness is known, too, as long as the secret is the one that it was
    kept with: raise ConfigError where it is missing or another.
    """
    check_secret(data, listener, secret)
    months = rows["played_at"].str[:7]
    near = _near([*rows["played_at"], *(one.played_at for one in heard)])
    old = {month: _month(data, listener, month) for month in near}
    named = {month: list(_names(frame, secret)) for month, frame in old.items()}
    known = {one for names in named.values() for one in names}
    names = pd.Series([_named(one, secret) for one in heard], index=rows.index, dtype=object)
    was_skipped = _skips(names, rows["skipped"])
    is_new = ~names.isin(known) & ~names.duplicated()
    added = rows.assign(skipped=_text(map(was_skipped.get, names), rows))[is_new]
    files: dict[str, bytes] = {}
    for month, frame in old.items():
        # A source that once did not say whether a play was skipped may say so later.
        told = [was_skipped.get(one) for one in named[month]]
        filled = frame.assign(skipped=_text(map(_more_telling, frame["skipped"], told), frame))
        here = added[months[is_new] == month]
        if len(here) or not filled.equals(frame):
            path = schema.path(schema.plays, listener=listener, month=month)
            files[path] = text.encode(schema.plays, pd.concat([filled.astype(frame.dtypes), here]))
    return Added(files, int(is_new.sum()), int(names.nunique()))


def _skips(names: Iterable[object], skipped: Iterable[object]) -> dict[object, str | None]:
    """Whether each play was skipped, as far as any of its rows says."""
    found: dict[object, str | None] = {}
    for one, said in zip(names, skipped, strict=True):
        found[one] = _more_telling(found.get(one), said)
    return found


def _text(values: Iterable[str | None], like: pd.DataFrame) -> "pd.Series[str]":
    """A column of text, some of it unknown."""
    return pd.Series(list(values), index=like.index, dtype="str")


def _more_telling(one: object, other: object) -> str | None:
    """Of two sayings the one that says more, whichever came first."""
    said = [each for each in (one, other) if isinstance(each, str)]
    return max(said, default=None)


def with_names(data: Path, names: Mapping[str, tuple[str, str, str | None]]) -> dict[str, bytes]:
    """The named tracks with more of them: title, artist, album by key; the same spelling always wins."""
    path = schema.path(schema.named)
    old = read(data, schema.named, path)
    new = pd.DataFrame([(key, *said) for key, said in names.items()], columns=old.columns).astype(old.dtypes)
    rows = pd.concat([old, new]).sort_values(["item_key", "title", "artist", "album"], na_position="last")
    content = text.encode(schema.named, rows.drop_duplicates("item_key"))
    return {path: content} if names and differs(data / path, content) else {}


def check_secret(data: Path, listener: str, secret: str | None) -> None:
    """Raise ConfigError unless the secret is the one that made the digests of all plays that are kept."""
    marks = {
        found for path in play_files(data, listener) for found in MARK.findall((data / path).read_bytes())
    }
    if marks and (secret is None or marks != {mark(secret).encode()}):
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
        yield made[1:] if made else _named(Heard(*said), secret)


def _named(heard: Heard, secret: str | None) -> Heard | str:
    """What tells a play from others: its digest where there is a secret, else what its source called it."""
    return heard if secret is None else name(heard, secret)

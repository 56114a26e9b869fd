"""What data/ should hold once a part of the past is gone from it: decides, and touches nothing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

import pandas as pd

from generator import schema
from generator.hiding import Hidden
from generator.listening import Begin, begin, is_since
from generator.store.files import fact_files
from generator.store.frames import encode
from generator.store.hidden import hidden_in
from generator.store.ledger import LISTS, ListName, is_same, read
from generator.store.merge import Catalog, current_files
from generator.store.plays import play_files

Rows = pd.DataFrame  # of one listener's whole ledger: columns of schema.lists' file, sorted by key
LIST = ["kind", "span"]
UTC = ZoneInfo("UTC")
LAST = "9999-12"  # is spelled after every instant and month
NEVER = Begin(LAST, LAST)
_NOBODYS = pd.DataFrame(columns=list(schema.frame_types(schema.lists)))


@dataclass(frozen=True, slots=True)
class Purge:
    """What a purge would change."""

    files: dict[str, bytes | None] = field(default_factory=dict)  # by path below data/; None: the file goes
    editions: int = 0  # that would be gone, of all listeners together
    plays: int = 0  # rows
    songs: int = 0  # of the catalog, that no list names any more
    artists: int = 0


def of_listener(data: Path, listener: str) -> Purge:
    """Everything of one listener: all that lies in their folder."""
    gone = dict.fromkeys(play_files(data, listener))
    plan = _purge(data, {listener: _ledger(data, listener).iloc[:0]}, gone)
    folder = data / listener
    everything = (file.relative_to(data).as_posix() for file in sorted(folder.rglob("*")) if file.is_file())
    return replace(plan, files=plan.files | dict.fromkeys(everything))


def of_plays(data: Path, listener: str, day: date | None = None, zone: ZoneInfo = UTC) -> Purge:
    """A listener's plays and gaps, or those before a day; their lists stay."""
    return _purge(data, {}, _plays(data, listener, begin(day, zone) if day else NEVER))


def before(data: Path, listener: str, day: date, zone: ZoneInfo = UTC) -> Purge:
    """A listener's editions and plays before a day; the lists that stood on it are written anew."""
    rows = _ledger(data, listener)
    first = day.isoformat()
    kept = rows[rows["edition"] >= first]
    standing = [frame.assign(edition=first) for _, frame in _last_of_each(rows[rows["edition"] <= first])]
    ledger = pd.concat([kept, *standing]).drop_duplicates(list(schema.key(schema.lists)))
    return _purge(data, {listener: ledger}, _plays(data, listener, begin(day, zone)))


def _plays(data: Path, listener: str, first: Begin) -> dict[str, pd.DataFrame | None]:
    """The files of a listener's plays and gaps as they are from a day on."""
    gaps = schema.path(schema.gaps, listener=listener)
    return {path: _since(data, path, first) for path in (*play_files(data, listener), gaps)}


def _since(data: Path, path: str, first: Begin) -> pd.DataFrame | None:
    """The rows of a file of plays or gaps from a day on; None: there are none."""
    place = schema.place(PurePosixPath(path))
    assert place  # noqa: S101 - a file of facts
    rows = read(data, place.table, path, place.month)
    kept = rows[plays_since(rows, first)] if place.table is schema.plays else gaps_since(rows, first)
    return kept if len(kept) else None


def gaps_since(rows: pd.DataFrame, first: Begin) -> pd.DataFrame:
    """Gaps as they are from a day on: one that began before it, with a play that goes, begins with it."""
    kept = rows[rows["until"] >= first.instant]
    return kept.assign(since=kept["since"].where(kept["since"] >= first.instant, first.instant))


def plays_since(rows: pd.DataFrame, first: Begin) -> "pd.Series[bool]":
    """Which rows of plays are of the day, or of a later one."""
    cells = zip(rows["played_at"], rows["digest"].fillna(""), strict=True)
    return pd.Series([is_since(*play, first) for play in cells], index=rows.index, dtype=bool)


def is_overdue(data: Path, listener: str, day: date, zone: ZoneInfo = UTC) -> bool:
    """Is there something before the day that a purge would take: a play, an edition that another replaced?"""
    first = begin(day, zone)
    plays = [path for path in play_files(data, listener) if PurePosixPath(path).stem <= first.instant[:7]]
    if any(not plays_since(read(data, schema.plays, path), first).all() for path in plays):
        return True
    rows = _ledger(data, listener, until=f"{day:%Y-%m}")
    old = rows[rows["edition"] <= day.isoformat()]
    return bool((old.groupby(LIST)["edition"].nunique() > 1).any())


def of_hidden(data: Path, listeners: Iterable[str], hidden: Hidden) -> Purge:
    """What a person hides, out of every list: those below move up, and lists that became alike are one."""
    ids = hidden_in(data, hidden)
    ledgers = {one: _ledger(data, one) for one in listeners}
    touched = {one: rows for one, rows in ledgers.items() if rows["item_id"].isin(ids).any()}
    shown = {one: _each_once(closed_up(rows, rows["item_id"].isin(ids))) for one, rows in touched.items()}
    plays = {path: read(data, schema.plays, path) for one in ledgers for path in play_files(data, one)}
    left = {path: rows[~rows["item_key"].isin(ids)] for path, rows in plays.items()}
    return _purge(data, shown, {path: rows if len(rows) else None for path, rows in left.items()}, ids)


def closed_up(rows: pd.DataFrame, is_gone: "pd.Series[bool]") -> pd.DataFrame:
    """Lists, by place, without the rows that go; those below move up."""
    lists = [rows[name] for name in ("edition", *LIST) if name in rows.columns]
    above = is_gone.groupby(lists).cumsum()
    return rows.assign(position=rows["position"] - above.astype("Int64"))[~is_gone]


def catalog(data: Path) -> dict[str, pd.DataFrame]:
    """The whole catalog, by table."""
    return {table.name: read(data, table, schema.path(table)) for table in schema.CATALOG}


def listeners(data: Path) -> tuple[str, ...]:
    """Whose lists data/ holds, also those whom rotation.toml no longer knows."""
    places = (schema.place(PurePosixPath(path)) for path in fact_files(data))
    return tuple(sorted({place.listener for place in places if place and place.listener}))


def _ledger(data: Path, listener: str, until: str = LAST) -> Rows:
    """All months of a listener's ledger, or those up to one."""
    places = ((path, schema.place(PurePosixPath(path))) for path in fact_files(data))
    months = [
        read(data, schema.lists, path, place.month)
        for path, place in places
        if place and place.table is schema.lists and place.listener == listener and str(place.month) <= until
    ]
    return pd.concat(months or [_NOBODYS], ignore_index=True).sort_values(list(schema.key(schema.lists)))


def _last_of_each(rows: Rows) -> Iterator[tuple[ListName, pd.DataFrame]]:
    """Each list as it stands at the end of these rows."""
    for kind, span in LISTS:
        of_list = rows[(rows["kind"] == kind) & (rows["span"] == span)]
        if len(of_list):
            yield (kind, span), of_list[of_list["edition"] == of_list["edition"].max()]


def _each_once(rows: Rows) -> Rows:
    """A ledger of which each list stands once, and not again where it equals the one before."""
    kept = [rows.iloc[:0]]
    for _, of_list in rows.groupby(LIST):
        last = None
        for _, frame in of_list.groupby("edition"):
            now = frame[["position", "item_id"]].reset_index(drop=True)
            if not is_same(now, last):
                kept.append(frame)
            last = now
    return pd.concat(kept)


def _purge(
    data: Path,
    ledgers: Mapping[str, Rows],
    parts: Mapping[str, pd.DataFrame | None],
    ids: Iterable[str] = (),
) -> Purge:
    """The files that differ once these listeners' ledgers, and `parts` of their plays, are as given.

    The catalog loses `ids`, and what nothing needs any more; what nothing needed before is left alone.
    """
    before = {listener: _ledger(data, listener) for listener in ledgers}
    others = [_ledger(data, listener) for listener in listeners(data) if listener not in ledgers]
    known = catalog(data) | {"named": read(data, schema.named, schema.path(schema.named))}
    played, still_played = _played(data, {}), _played(data, parts)
    needed = _needed(known, pd.concat([*ledgers.values(), *others, _NOBODYS]), still_played)
    once = _needed(known, pd.concat([*before.values(), *others, _NOBODYS]), played)
    gone = {name: (once[name] - needed[name]) | {*ids} for name in known}
    kept = {name: frame[~frame[frame.columns[0]].isin(gone[name])] for name, frame in known.items()}
    files: dict[str, bytes | None] = {}
    for listener, rows in ledgers.items():
        files |= _ledger_files(data, listener, rows) | _current(listener, rows, kept)
    met = (table for table in (*schema.CATALOG, schema.named) if len(known[table.name]))
    files |= {schema.path(table): encode(table, kept[table.name]) for table in met}
    files |= {path: rows if rows is None else _encoded(path, rows) for path, rows in parts.items()}
    files |= _corrections(data, gone["tracks"])
    return Purge(
        files={path: content for path, content in files.items() if _differs(data / path, content)},
        plays=sum(_lost(data / path, rows) for path, rows in parts.items() if _is_plays(path)),
        editions=sum(len({*before[one]["edition"]} - {*rows["edition"]}) for one, rows in ledgers.items()),
        songs=len(known["tracks"]) - len(kept["tracks"]),
        artists=len(known["artists"]) - len(kept["artists"]),
    )


def _lost(file: Path, rows: pd.DataFrame | None) -> int:
    """How many rows of plays a file loses that is to hold these: none of their cells has a line break."""
    before = file.read_bytes().count(b"\n") - 1
    return before - (0 if rows is None else len(rows))


def _is_plays(path: str) -> bool:
    place = schema.place(PurePosixPath(path))
    return place is not None and place.table is schema.plays


def _encoded(path: str, rows: pd.DataFrame) -> bytes:
    place = schema.place(PurePosixPath(path))
    assert place  # noqa: S101 - a file of facts
    return encode(place.table, rows)


def _played(data: Path, parts: Mapping[str, pd.DataFrame | None]) -> set[str]:
    """The keys of all tracks that anybody played; `parts` stand for files of data/."""
    keys: set[str] = set()
    for path in (path for listener in listeners(data) for path in play_files(data, listener)):
        rows = parts[path] if path in parts else read(data, schema.plays, path)
        keys |= set() if rows is None else set(rows["item_key"])
    return keys


def _needed(known: Catalog, rows: Rows, played: set[str]) -> dict[str, set[str]]:
    """The ids of the catalog that lists and plays name, and that those lean on."""
    on_lists = {kind: set(rows["item_id"][rows["kind"] == kind]) for kind in ("tracks", "artists")}
    tracks = known["tracks"][known["tracks"]["id"].isin(on_lists["tracks"] | played)]
    credited = {one for ids in tracks["artist_ids"] for one in ids.split()}
    return {
        "tracks": on_lists["tracks"] | played,
        "artists": on_lists["artists"] | credited,
        "albums": set(tracks["album_id"].dropna()),
        "named": played,
    }


def _ledger_files(data: Path, listener: str, rows: Rows) -> dict[str, bytes | None]:
    """A ledger's months; a file whose month has no rows any more goes."""
    folder = (data / schema.path(schema.lists, listener=listener, month="month")).parent
    months = {file.stem for file in folder.glob("*.csv") if schema.MONTH.fullmatch(file.stem)}
    parts = dict(iter(rows.groupby(rows["edition"].str[:7])))
    return {
        schema.path(schema.lists, listener=listener, month=month): (
            encode(schema.lists, parts[month]) if month in parts else None
        )
        for month in sorted(months | parts.keys())
    }


def _current(listener: str, rows: Rows, known: Catalog) -> dict[str, bytes | None]:
    """The lists as they stand, with names; nobody's without a ledger."""
    if rows.empty:
        return {schema.path(table, listener=listener): None for table in schema.CURRENT}
    standing = {
        name: frame[["position", "item_id"]].reset_index(drop=True) for name, frame in _last_of_each(rows)
    }
    return dict(current_files(listener, standing, known))


def _corrections(data: Path, gone: set[str]) -> dict[str, bytes | None]:
    """A person's own corrections without the songs that are gone."""
    path = schema.path(schema.same)
    rows = read(data, schema.same, path)
    kept = rows[~rows["id"].isin(gone) & ~rows["song"].isin(gone)]
    return {} if len(kept) == len(rows) else {path: encode(schema.same, kept)}


def _differs(file: Path, content: bytes | None) -> bool:
    """Would writing the content, or removing the file, change anything?"""
    return (file.read_bytes() if file.is_file() else None) != content

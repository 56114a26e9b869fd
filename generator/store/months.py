"""The months of kept plays that new ones are held against, as rows of text: there may be a million."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from math import inf
from pathlib import Path

from generator import schema
from generator.listening import WHOLE, name
from generator.store import text

# Days around a play among whose months it may be known: one's day may begin 25 hours before the play ended.
AROUND = (-2, 0, 2)
SECONDS = 19  # characters of an instant, to its second


class Months:
    """A listener's plays with new ones among them; in memory are only the months around the last ones."""

    def __init__(self, data: Path, listener: str, secret: str | None, *, is_keyed: bool) -> None:
        """`is_keyed`: only the secret can tell some of the kept plays, so that it has to name all."""
        self.told = 0  # plays, each once
        self.new = 0  # plays that were not known
        self._data, self._listener = data, listener
        self._secret, self._is_keyed = secret, is_keyed
        self._months: dict[str, dict[str, str]] = {}  # rows by what names the play
        self._changed: set[str] = set()
        self._files: dict[str, bytes] = {}

    def add(self, rows: Sequence[str]) -> None:
        """Add rows as files of plays write them; of each month once, the oldest first."""
        if not rows:
            return
        self._is_keyed = self._is_keyed or not rows[0].endswith(",")  # a digest ends it
        months = _by_month(rows)
        near = _near(rows) if self._is_keyed else sorted(months)
        self._put_away(near[0])
        for month, found in months.items():
            if self._is_keyed or not self._take_whole(month, found):
                self._merge(month, found, near if self._is_keyed else [month])

    def _take_whole(self, month: str, rows: Sequence[str]) -> bool:
        """Add a month at once, if nothing or all of it is kept already, as nearly always."""
        if kept := self._kept(month):
            told = set(rows)
            if is_known := told.issubset(kept):
                self.told += len(told)
            return is_known
        if not _have_instants_of_their_own(rows):
            return False
        self.told += len(rows)
        self.new += len(rows)
        self._write(month, sorted(rows))
        return True

    def _merge(self, month: str, rows: Sequence[str], near: Iterable[str]) -> None:
        """Add a month's rows one by one; the plays may be known in the months that are near."""
        nearby = [(one, self._named(one)) for one in near]
        names = [self._name(row) for row in rows]
        self.told += len(set(names))
        for named, row in zip(names, rows, strict=True):
            where = next((one for one, known in nearby if named in known), None)
            if where is None:
                self.new += 1
            told = row if where is None else _more_telling(self._months[where][named], row)
            if where is None or told != self._months[where][named]:
                self._months[where or month][named] = told
                self._changed.add(where or month)

    def _named(self, month: str) -> dict[str, str]:
        if month not in self._months:
            self._months[month] = {self._name(row): row for row in self._kept(month)}
        return self._months[month]

    def _name(self, row: str) -> str:
        """What tells a play from others: its digest where there are any, else what its source called it."""
        heard, _, digest = row.rsplit(",", 2)
        if digest:
            return digest[1:]
        # Spotify tells instants with milliseconds or without, and earlier versions kept them.
        heard = f"{heard[:SECONDS]}{WHOLE}{heard[SECONDS + len(WHOLE) :]}"
        return name(heard, self._secret) if self._is_keyed and self._secret is not None else heard

    def _kept(self, month: str) -> list[str]:
        path = schema.path(schema.plays, listener=self._listener, month=month)
        try:
            content = (self._data / path).read_bytes()
        except FileNotFoundError:
            return []
        return text.lines(schema.plays, content, self._data / path, month)

    def files(self) -> dict[str, bytes]:
        """What data/ should hold, by path relative to it; only what differs."""
        self._put_away("9999-99")
        return self._files

    def _put_away(self, before: str) -> None:
        """Write the months before one out, and forget them."""
        for month in sorted(one for one in self._months if one < before):
            rows = [*self._months.pop(month).values()]
            if month in self._changed:
                self._write(month, sorted(rows, key=None if _have_instants_of_their_own(rows) else _place))

    def _write(self, month: str, rows: Iterable[str]) -> None:
        path = schema.path(schema.plays, listener=self._listener, month=month)
        self._files[path] = text.joined(schema.plays, rows)


def _by_month(rows: Sequence[str]) -> dict[str, Sequence[str]]:
    """The rows by the month in which they are kept, nearly always one."""
    first, last = min(rows)[:7], max(rows)[:7]
    if first == last:
        return {first: rows}
    months: dict[str, list[str]] = {}
    for row in rows:
        months.setdefault(row[:7], []).append(row)
    return dict(months)


def _have_instants_of_their_own(rows: Sequence[str]) -> bool:
    """Do no two rows have the same instant? Then their order is that of their letters."""
    return len({row[:24] for row in rows}) == len(rows)


def _place(row: str) -> tuple[str, str, str, float, bool, str]:
    """Where a row stands in its file: by key, what is unknown last."""
    instant, source, item_key, ms, _, digest = row.split(",")
    return instant, source, item_key, int(ms) if ms else inf, not digest, digest


def _more_telling(kept: str, told: str) -> str:
    """A kept row, saying whether the play was skipped if it or the other does, whichever came first."""
    heard, skipped, digest = kept.rsplit(",", 2)
    return f"{heard},{max(skipped, told.rsplit(',', 2)[1])},{digest}"


def _near(rows: Iterable[str]) -> list[str]:
    """The months in which the plays may be known, in order."""
    days = {date.fromisoformat(row) for row in {row[:10] for row in rows}}
    return sorted({f"{day + timedelta(apart):%Y-%m}" for day in days for apart in AROUND})

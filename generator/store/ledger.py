"""A listener's lists over time, read month by month from the newest, no further than asked."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path, PurePosixPath

import pandas as pd

from generator import schema
from generator.model import KINDS, SPANS, Kind, Span
from generator.store.files import fact_files
from generator.store.frames import decode, encode

ListName = tuple[Kind, Span]
LISTS: tuple[ListName, ...] = tuple((kind, span) for kind in KINDS for span in SPANS)
Lists = Mapping[ListName, pd.DataFrame]  # the rows of each list: columns position, item_id


class Ledger:
    """The files `data/<listener>/lists/YYYY-MM.csv`."""

    def __init__(self, data: Path, listener: str) -> None:
        self._data = data
        self._listener = listener
        folder = (data / self.path("month")).parent
        months = (file.stem for file in folder.glob("*.csv") if schema.MONTH.fullmatch(file.stem))
        self._months = sorted(months, reverse=True)
        self._rows: dict[str, pd.DataFrame] = {}

    def path(self, month: str) -> str:
        """Where the rows of a month live, relative to data/."""
        return schema.path(schema.lists, listener=self._listener, month=month)

    def rows(self, month: str) -> pd.DataFrame:
        """The rows of a month; none where there is no file."""
        if month not in self._rows:
            self._rows[month] = read(self._data, schema.lists, self.path(month), month)
        return self._rows[month]

    def latest(self) -> date | None:
        """The latest edition; None: there is none yet."""
        editions = (self.rows(month)["edition"].max() for month in self._months if len(self.rows(month)))
        return next(map(date.fromisoformat, editions), None)

    def standing(self, edition: date) -> dict[ListName, pd.DataFrame]:
        """Each list as it stands on an edition: as written on it, or the last before it."""
        found: dict[ListName, pd.DataFrame] = {}
        for month in self._months:
            rows = self.rows(month)
            rows = rows[rows["edition"] <= edition.isoformat()]
            for name in (name for name in LISTS if name not in found):
                of_list = rows[(rows["kind"] == name[0]) & (rows["span"] == name[1])]
                last = of_list[of_list["edition"] == of_list["edition"].max()]
                if len(last):
                    # By place, though a person may have put the file's rows in another order.
                    in_order = last[["position", "item_id"]].sort_values("position")
                    found[name] = in_order.reset_index(drop=True)
            if len(found) == len(LISTS):
                break
        return found

    def with_lists(self, news: Lists, edition: date) -> pd.DataFrame:
        """The edition's month with the news in it: a whole list replaces that of its date.

        A list that equals the one before the edition leaves no rows: it did not change that day after all.
        """
        rows = self.rows(f"{edition:%Y-%m}")
        of_today = rows["edition"] == edition.isoformat()
        in_news = [name in news for name in zip(rows["kind"], rows["span"], strict=True)]
        kept = rows[~(of_today & pd.Series(in_news, index=rows.index, dtype=bool))]
        before = self.standing(date.fromordinal(edition.toordinal() - 1))
        added = [
            frame.assign(edition=edition.isoformat(), kind=kind, span=span)
            for (kind, span), frame in news.items()
            if not is_same(frame, before.get((kind, span)))
        ]
        return pd.concat([kept, *added], ignore_index=True)


def is_same(frame: pd.DataFrame, other: pd.DataFrame | None) -> bool:
    """Do both hold the same items in the same places?"""
    return other is not None and frame.equals(other)


def read(data: Path, table: schema.Table, path: str, month: str | None = None) -> pd.DataFrame:
    """A file of data/ as a frame; no rows where there is no file; raise DataError where it is damaged."""
    try:
        content = (data / path).read_bytes()
    except FileNotFoundError:
        types = schema.frame_types(table)
        return pd.DataFrame(columns=list(types), dtype=object).astype(types)
    return decode(table, content, data / path, month)


def cut(data: Path, last: date) -> None:
    """Drop every row of the ledgers after a date: for a copy of data/, never for data/ itself."""
    for path in fact_files(data):
        place = schema.place(PurePosixPath(path))
        # Months before the date's own stay as they are.
        if place and place.table is schema.lists and str(place.month) >= f"{last:%Y-%m}":
            rows = decode(schema.lists, (data / path).read_bytes(), data / path, place.month)
            rows = rows[rows["edition"] <= last.isoformat()]
            (data / path).write_bytes(encode(schema.lists, rows))

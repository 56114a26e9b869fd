"""The one CSV dialect of data/: same rows, same bytes, read alike by both databases."""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

from generator import schema
from generator.errors import DataError
from generator.store.plain import plain_lines

NEEDS_QUOTES = re.compile(r'[,"\r\n]')
# One cell and what ends it. Anything else counts as damage, since the two databases read it differently:
# a CR at a line's end makes DuckDB find no rows, `""` is a text to PostgreSQL and NULL to DuckDB.
CELL = re.compile(r'(?:"((?:[^"]|"")+)"|([^,"\r\n]*))([,\n])')
PLAIN = re.compile(r'([^"\r\n]*)\n')  # a line without quoted cells
UNFIT = re.compile("[\0\ud800-\udfff]")  # no file can hold these
SPECIAL = re.compile('[,"\r\n\0\ud800-\udfff]')  # what is not written as it is
ID = re.compile(r"[A-Za-z0-9]+")
ITEM_KEY = re.compile(r"[A-Za-z0-9]+|name:[0-9a-f]+")
INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")
NUMBER = re.compile(r"0|[1-9][0-9]{0,9}")
LARGEST = 2**31 - 1  # what both databases take as an integer
CONFLICT = ("<<<<<<< ", "=======", ">>>>>>> ", "||||||| ")

Check = Callable[[str], bool]


def joined(table: schema.Table, rows: Iterable[str]) -> bytes:
    """Rows that are in order, and of cells as `cell` writes them, as their file's bytes."""
    return ("\n".join([",".join(column.name for column in schema.columns(table)), *rows]) + "\n").encode()


def cell(value: object) -> str:
    """One cell: never quoted when empty, since `""` is a text to PostgreSQL and NULL to DuckDB."""
    if value is None:
        return ""
    text = str(value)
    if not SPECIAL.search(text):
        return text
    text = UNFIT.sub("", text)
    return '"' + text.replace('"', '""') + '"' if NEEDS_QUOTES.search(text) else text


def check(table: schema.Table, content: bytes, file: Path, month: str | None = None) -> None:
    """Raise DataError if the file cannot be read as its table."""
    text = _text(content, file)
    if plain_lines(table, text, month) is None:
        for _ in _checked(table, text, file, month):
            pass


def lines(table: schema.Table, content: bytes, file: Path, month: str | None = None) -> list[str]:
    """The rows of a file, each checked, as `cell` writes them; raise DataError that names file and line."""
    if b'"' not in content and (plain := plain_lines(table, _text(content, file), month)) is not None:
        return plain
    return [",".join(cell(value or None) for value in row) for row in cells(table, content, file, month)]


def cells(table: schema.Table, content: bytes, file: Path, month: str | None = None) -> Iterator[list[str]]:
    """The cells of each row as text, once everything has been checked; what is unknown is empty."""
    text = _text(content, file)
    plain = plain_lines(table, text, month)
    if plain is None:
        return _checked(table, text, file, month)
    if '"' not in text:
        return (line.split(",") for line in plain)
    return (row for number, (_, row) in enumerate(_split(text, file)) if number)


def _text(content: bytes, file: Path) -> str:
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _damaged(file, line, "is not UTF-8 text") from None
    if not text.endswith("\n"):
        raise _damaged(file, text.count("\n") + 1, "is cut short: the last line has no end")
    return text


def _checked(table: schema.Table, text: str, file: Path, month: str | None) -> Iterator[list[str]]:
    """Each row, once everything about it has been checked."""
    columns = schema.columns(table)
    names = [column.name for column in columns]
    checks = [_check_of(column) for column in columns]
    keys = [names.index(name) for name in schema.key(table)]
    seen: set[Hashable] = set()
    for number, (line, row) in enumerate(_split(text, file)):
        fault = _header_fault(row, names) if number == 0 else _row_fault(row, columns, checks, month)
        if number and not fault:
            name = tuple(row[index] for index in keys)
            fault = f"repeats the key {', '.join(filter(None, name))}" if name in seen else None
            seen.add(name)
        if fault:
            raise _damaged(file, line, fault)
        if number:
            yield row


def _split(text: str, file: Path) -> Iterator[tuple[int, list[str]]]:
    """Each row's cells, with the number of the line on which it begins."""
    at, line = 0, 1
    while at < len(text):
        if plain := PLAIN.match(text, at):
            row, end = plain[1].split(","), plain.end()
        else:
            row, end = _quoted_row(text, at)
        if not row:
            raise _damaged(file, line, _foreign(text, at))
        yield line, row
        line += text.count("\n", at, end)
        at = end


def _quoted_row(text: str, at: int) -> tuple[list[str], int]:
    """The cells of the row that begins at `at`, and where the next begins; no cells: it is not our CSV."""
    row: list[str] = []
    while cell := CELL.match(text, at):
        quoted, plain, end = cell.groups()
        row.append(plain if quoted is None else quoted.replace('""', '"'))
        at = cell.end()
        if end == "\n":
            return row, at
    return [], at


def _foreign(text: str, at: int) -> str:
    """What a program or a person did to a row that is not written as ours are."""
    if text[at:].partition("\n")[0].endswith("\r"):
        return "ends as Windows writes lines (CR LF); save the file with LF alone"
    return 'has a quote, a comma or a line break that is not quoted as "…", or an empty cell in quotes'


def _header_fault(row: list[str], names: list[str]) -> str | None:
    if row and row[0].startswith(CONFLICT):
        return "holds a merge conflict"
    return None if row == names else f"must name the columns {','.join(names)}"


def _row_fault(
    row: list[str], columns: tuple[schema.Column[object], ...], checks: list[Check], month: str | None
) -> str | None:
    """What is wrong with a row; None: nothing."""
    if row and row[0].startswith(CONFLICT):
        return "holds a merge conflict"
    if len(row) != len(columns):
        return f"has {len(row)} cell{'' if len(row) == 1 else 's'} where {len(columns)} are due"
    for column, check_cell, value in zip(columns, checks, row, strict=True):
        if not value and not column.nullable:
            return f"lacks its {column.name}"
        if value and not check_cell(value):
            return f"its {column.name} cannot be {value[:40]!r}"
        if month and column.info.get("divides") and not value.startswith(month):
            return f"its {column.name} is of another month: {value}"
    return None


def _check_of(column: schema.Column[object]) -> Check:
    """What may stand in a column: one of its choices, else what its type or its name says."""
    if choices := column.info.get("oneof"):
        return lambda value: value in choices
    by_type = (check for kind, check in BY_TYPE if isinstance(column.type, kind))
    by_name = (check for name, check in BY_NAME if column.name.endswith(name))
    return next(by_type, None) or next(by_name)


def _is_number(value: str) -> bool:
    return NUMBER.fullmatch(value) is not None and int(value) <= LARGEST


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_instant(value: str) -> bool:
    try:
        return INSTANT.fullmatch(value) is not None and bool(datetime.fromisoformat(value))
    except ValueError:
        return False


# A column's check, by its type or else by how its name ends.
BY_TYPE: tuple[tuple[type, Check], ...] = (
    (schema.DateTime, _is_instant),
    (schema.Date, _is_date),
    (schema.Integer, _is_number),
)
BY_NAME: tuple[tuple[str, Check], ...] = (
    ("item_key", lambda value: ITEM_KEY.fullmatch(value) is not None),
    ("id", lambda value: ID.fullmatch(value) is not None),
    ("ids", lambda value: all(map(ID.fullmatch, value.split(" ")))),
    ("", lambda value: "\0" not in value),
)


def _damaged(file: Path, line: int, fault: str) -> DataError:
    return DataError(
        f"{file}, line {line}: {fault}. Nothing was changed. Mend the line, or take the file back with"
        f" `git checkout HEAD -- {file}`."
    )

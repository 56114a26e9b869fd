"""Sees at one glance that a file is sound, as nearly all are; whoever doubts looks at it row by row."""

import re
from functools import cache

from generator import schema

DATE = (
    r"(?!0000)[0-9]{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"
    r"|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)|20(?:[02468][048]|[13579][26])-02-29"
)
INSTANT = rf"(?:{DATE})T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{{3}}Z"
# What surely may stand in a column: by its type, or else by how its name ends. No line breaks, no large
# numbers: they are looked at row by row.
BY_TYPE: tuple[tuple[type, str], ...] = (
    (schema.DateTime, INSTANT),
    (schema.Date, DATE),
    (schema.Integer, "0|[1-9][0-9]{0,8}"),
)
BY_NAME = (
    ("item_key", "[A-Za-z0-9]++|name:[0-9a-f]++"),
    ("id", "[A-Za-z0-9]++"),
    ("ids", "[A-Za-z0-9]++(?: [A-Za-z0-9]++)*+"),
    ("", r'[^,"\r\n\0]++|"(?:[^"\r\n\0]|"")++"(?!")'),
)


def plain_lines(table: schema.Table, text: str, month: str | None) -> list[str] | None:
    """The rows of a file that is beyond doubt, each a line; None: they have to be looked at one by one."""
    columns = schema.columns(table)
    header, _, body = text.partition("\n")
    if header != ",".join(column.name for column in columns) or not _pattern(table).fullmatch(body):
        return None
    lines = body.split("\n")[:-1]
    keys = [number for number, column in enumerate(columns) if schema.is_key(column)]
    dated = [number for number, column in enumerate(columns) if column.info.get("divides")]
    is_of_month = (
        month is None or not dated or (dated == [0] and all(line.startswith(month) for line in lines))
    )
    return lines if is_of_month and _are_distinct(lines, keys) else None


def _are_distinct(lines: list[str], keys: list[int]) -> bool:
    """Does every row have a key of its own? False where that would take long to see."""
    if keys[0] == 0 and len({line.partition(",")[0] for line in lines}) == len(lines):
        return True
    if any('"' in line for line in lines):
        return False
    rows = [line.split(",") for line in lines]
    return len({tuple([row[key] for key in keys]) for row in rows}) == len(rows)


@cache
def _pattern(table: schema.Table) -> re.Pattern[str]:
    """All rows of a file."""
    row = ",".join(_cell(column) for column in schema.columns(table))
    return re.compile(f"(?:{row}\n)*+")


def _cell(column: schema.Column[object]) -> str:
    if choices := column.info.get("oneof"):
        form = "|".join(choices)
    else:
        by_type = (form for kind, form in BY_TYPE if isinstance(column.type, kind))
        form = next(by_type, None) or next(form for name, form in BY_NAME if column.name.endswith(name))
    return f"(?:{form}){'?+' if column.nullable else ''}"

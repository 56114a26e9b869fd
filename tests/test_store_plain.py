"""A file that is sound at one glance is sound row by row: the quick look never believes what is damaged."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import schema
from generator.errors import DataError
from generator.store import text
from generator.store.plain import plain_lines

FILE = Path("data/some.csv")
ROWS = {
    schema.plays: (
        "2026-11-01T08:00:00.000Z,api,abc1,,,",
        "2026-11-01T08:00:00.000Z,extended,abc1,200000,true,",
        "2026-11-30T23:59:59.999Z,account,name:0af,1,,h00ff",
    ),
    schema.lists: ("2026-11-20,tracks,short_term,1,abc1", "2026-11-20,tracks,short_term,2,abc2"),
    schema.tracks: ("abc1,Roads,a1 a2,l1,200000,XX1", 'abc2,"Roads, ""live""",a1,,,', "abc3,x,a1,,,"),
    schema.named: ("abc1,Roads,Ann,", 'name:0af,"a, b",Ann,"say ""hi"""'),
}


def written(table: schema.Table, rows: tuple[str, ...]) -> str:
    return text.joined(table, rows).decode()


def is_sound(table: schema.Table, content: str, month: str | None) -> bool:
    """Row by row, as it is told to a person."""
    try:
        list(text._checked(table, content, FILE, month))
    except DataError:
        return False
    return content.endswith("\n")


@pytest.mark.parametrize("table", ROWS, ids=str)
def test_what_this_program_writes_is_seen_at_one_glance(table: schema.Table) -> None:
    month = "2026-11" if schema.dated(table) is not None else None
    content = written(table, ROWS[table])
    assert plain_lines(table, content, month) == content.split("\n")[1:-1]
    assert [
        ",".join(map(text.cell, row)) for row in text.cells(table, content.encode(), FILE, month)
    ] == list(ROWS[table])


@settings(max_examples=100)
@given(st.data())
def test_whatever_damages_a_file_the_quick_look_sees_no_more_in_it_than_the_long_one(
    data: st.DataObject,
) -> None:
    table = data.draw(st.sampled_from(list(ROWS)))
    content = written(table, (*ROWS[table], *data.draw(st.lists(st.sampled_from(ROWS[table]), max_size=1))))
    at = data.draw(st.integers(0, len(content)))
    put = data.draw(
        st.sampled_from(['"', ",", "\n", "\r", "0", "9", "-02-29T", "\0", "x", "", " ", "name:", "2025"])
    )
    damaged = content[:at] + put + content[at + data.draw(st.integers(0, 3)) :]
    month = data.draw(st.sampled_from(["2026-11", None])) if schema.dated(table) is not None else None
    if plain_lines(table, damaged, month) is not None:
        assert is_sound(table, damaged, month)


@pytest.mark.parametrize("day", ["2024-02-29", "2026-02-28", "2000-02-29", "2026-12-31", "2026-04-30"])
def test_every_day_that_there_is_is_one(day: str) -> None:
    row = f"{day}T00:00:00.000Z,api,abc1,,,"
    assert plain_lines(schema.plays, written(schema.plays, (row,)), day[:7]) == [row]


@pytest.mark.parametrize(
    "day", ["2026-02-29", "2100-02-29", "2026-04-31", "2026-00-10", "2026-13-01", "0000-01-01"]
)
def test_a_day_that_there_is_not_is_none(day: str) -> None:
    row = f"{day}T00:00:00.000Z,api,abc1,,,"
    assert plain_lines(schema.plays, written(schema.plays, (row,)), None) is None

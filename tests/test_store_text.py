"""The text of data/: any title survives, equal rows are equal bytes, and damage is named with its line."""

import random
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator import schema
from generator.errors import DataError
from generator.store import text
from generator.store.frames import decode, encode

FILE = Path("data/some.csv")
TRACKS = b"id,title,artist_ids,album_id,duration_ms,isrc\n"
LISTS = b"edition,kind,span,position,item_id\n"

TITLES = (
    "NA",
    "None",
    "nan",
    "NULL",
    "007",
    "1e5",
    "=1+1",
    "a, b",
    'say "hi"',
    '"',
    '""',
    "'",
    " wide ",
    "#",
)
BROKEN = (
    "one\rtwo",
    "one\r\ntwo",
    "one\ntwo",
    "\r",
    "\n",
    "\r\n",
    ",",
    "<<<<<<< HEAD",
    "true",
    "\ufeffx",
    "\x85",
)


def albums(*titles: str | None) -> pd.DataFrame:
    rows = [{"id": f"id{number:03}", "title": title} for number, title in enumerate(titles)]
    frame = pd.DataFrame(rows, columns=list(schema.frame_types(schema.albums)))
    return frame.astype(schema.frame_types(schema.albums))


def there_and_back(frame: pd.DataFrame, table: schema.Table = schema.albums) -> pd.DataFrame:
    return decode(table, encode(table, frame), FILE)


@pytest.mark.parametrize("title", [*TITLES, *BROKEN, "x" * 300_000, "é", "e\u0301", "星の降る夜に", "👩‍👩‍👧"])
def test_a_title_survives_the_round_trip(title: str) -> None:
    assert list(there_and_back(albums(title))["title"]) == [title]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)))
@settings(max_examples=60)
@example([*TITLES, *BROKEN])
def test_any_titles_survive_together(titles: list[str]) -> None:
    frame = albums(*titles)
    pd.testing.assert_frame_equal(there_and_back(frame), frame)


@given(st.lists(st.text(), min_size=1))
@settings(max_examples=50)
def test_what_was_read_is_written_in_the_same_bytes(titles: list[str]) -> None:
    frame = albums(*(f"x{title}" for title in titles))
    content = encode(schema.albums, frame)
    assert encode(schema.albums, decode(schema.albums, content, FILE)) == content


def test_what_no_file_can_hold_is_left_out_of_a_title() -> None:
    frame = albums("a\0b\ud800c\udfffd")
    assert list(there_and_back(frame)["title"]) == ["abcd"]


def test_unknown_cells_are_empty_and_stay_unknown() -> None:
    frame = pd.DataFrame(
        [{"id": "a", "title": "Roads", "artist_ids": "b c"}], columns=list(schema.tracks.c.keys())
    )
    content = encode(schema.tracks, frame)
    assert content == TRACKS + b"a,Roads,b c,,,\n"
    row = decode(schema.tracks, content, FILE).iloc[0]
    assert row[["album_id", "duration_ms", "isrc"]].isna().all()


def test_shuffled_rows_are_the_same_bytes() -> None:
    rows = [
        {
            "edition": f"2026-11-{day:02}",
            "kind": "tracks",
            "span": "short_term",
            "position": place,
            "item_id": "x",
        }
        for day in range(1, 4)
        for place in range(1, 12)
    ]
    straight = encode(schema.lists, pd.DataFrame(rows))
    random.Random(7).shuffle(rows)
    assert encode(schema.lists, pd.DataFrame(rows)) == straight
    assert b",9,x\n2026-11-01,tracks,short_term,10,x\n" in straight  # places are numbers, not texts


def test_a_frame_has_the_types_of_the_field_list() -> None:
    frame = decode(schema.tracks, TRACKS + b"a,Roads,b,,180000,\n", FILE)
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == schema.frame_types(schema.tracks)
    empty = decode(schema.tracks, TRACKS, FILE)
    assert list(empty.dtypes) == list(frame.dtypes)


DAMAGE = {
    "an empty file": (b"", 1, "cut short"),
    "the last line cut": (TRACKS + b"a,Roads,b,c,1,\nb,Tear", 3, "cut short"),
    "cut inside quotes": (TRACKS + b'a,"Ro\nads,b,c,1,\n', 2, "not quoted"),
    "another encoding": (TRACKS + "a,Café,b,c,1,\n".encode("latin-1"), 2, "UTF-8"),
    "a byte-order mark": (b"\xef\xbb\xbf" + TRACKS, 1, "must name the columns"),
    "a column of a stranger": (b"id,title,colour\n", 1, "must name the columns id,title,artist_ids"),
    "columns in another order": (
        b"title,id,artist_ids,album_id,duration_ms,isrc\n",
        1,
        "must name the columns",
    ),
    "a conflict": (TRACKS + b"<<<<<<< HEAD\na,Roads,b,c,1,\n=======\n", 2, "merge conflict"),
    "the middle of a conflict": (TRACKS + b"a,Roads,b,c,1,\n=======\n", 3, "merge conflict"),
    "a conflict at the top": (b"<<<<<<< HEAD\n" + TRACKS, 1, "merge conflict"),
    "a cell too few": (TRACKS + b"a,Roads,b,c,1\n", 2, "has 5 cells where 6 are due"),
    "a cell too many": (TRACKS + b"a,Roads,b,c,1,,\n", 2, "has 7 cells"),
    "an empty line": (TRACKS + b"\n", 2, "has 1 cell where 6 are due"),
    "no id": (TRACKS + b",Roads,b,c,1,\n", 2, "lacks its id"),
    "no title": (TRACKS + b"a,,b,c,1,\n", 2, "lacks its title"),
    "an id twice": (TRACKS + b"a,Roads,b,c,1,\nb,Angel,b,c,1,\na,Roads,b,c,1,\n", 4, "repeats the key a"),
    "an id that is none": (TRACKS + b"../a,Roads,b,c,1,\n", 2, "its id cannot be '../a'"),
    "artists that are none": (TRACKS + b'a,Roads,"b,c",c,1,\n', 2, "its artist_ids cannot be 'b,c'"),
    "a length in words": (TRACKS + b"a,Roads,b,c,long,\n", 2, "its duration_ms cannot be 'long'"),
    "a length below nothing": (TRACKS + b"a,Roads,b,c,-1,\n", 2, "its duration_ms cannot be"),
    "a length with zeros before": (TRACKS + b"a,Roads,b,c,01,\n", 2, "its duration_ms cannot be"),
    "a length beyond the databases": (TRACKS + b"a,Roads,b,c,2147483648,\n", 2, "its duration_ms cannot be"),
    "a length beyond Python": (
        TRACKS + b"a,Roads,b,c," + b"9" * 5000 + b",\n",
        2,
        "its duration_ms cannot be",
    ),
    "a NUL": (TRACKS + b"a,Ro\0ads,b,c,1,\n", 2, "its title cannot be"),
    "line ends of Windows": (TRACKS.replace(b"\n", b"\r\n"), 1, "CR LF"),
    "one line end of Windows": (TRACKS + b"a,Roads,b,c,1,\r\n", 2, "CR LF"),
    "a line break of old Macs": (TRACKS + b"a,Ro\rads,b,c,1,\n", 2, "not quoted"),
    "a quote amid a cell": (TRACKS + b'a,Say "hi",b,c,1,\n', 2, "not quoted"),
    "an empty cell in quotes": (TRACKS + b'a,Roads,b,"",1,\n', 2, "empty cell in quotes"),
    "damage below a title of two lines": (
        TRACKS + b'a,"Ro\n\nads",b,c,1,\nb,,b,c,1,\n',
        5,
        "lacks its title",
    ),
}

ROW = b"2026-11-20,tracks,short_term,1,abc\n"
DAMAGE_OF_LISTS = {
    "a day that is none": (
        LISTS + ROW.replace(b"11-20", b"11-31"),
        2,
        "its edition cannot be '2026-11-31'",
    ),
    "a date in other words": (LISTS + ROW.replace(b"2026-11-20", b"20261120"), 2, "its edition cannot be"),
    "a day of another month": (LISTS + ROW + ROW.replace(b"11-20", b"10-20"), 3, "another month: 2026-10-20"),
    "a kind that is none": (LISTS + ROW.replace(b"tracks", b"songs"), 2, "its kind cannot be 'songs'"),
    "a span that is none": (LISTS + ROW.replace(b"short", b"tiny"), 2, "its span cannot be"),
    "a place twice": (LISTS + ROW + ROW, 3, "repeats the key 2026-11-20, tracks, short_term, 1"),
}


@pytest.mark.parametrize("case", DAMAGE)
def test_damage_is_named_with_file_and_line(case: str) -> None:
    content, line, fault = DAMAGE[case]
    with pytest.raises(DataError) as error:
        text.check(schema.tracks, content, FILE)
    assert f"{FILE}, line {line}: " in str(error.value)
    assert fault in str(error.value)
    assert f"git checkout HEAD -- {FILE}" in str(error.value)


@pytest.mark.parametrize("case", DAMAGE_OF_LISTS)
def test_damage_of_the_ledger_is_named_with_file_and_line(case: str) -> None:
    content, line, fault = DAMAGE_OF_LISTS[case]
    with pytest.raises(DataError, match=rf"line {line}: ") as error:
        decode(schema.lists, content, FILE, month="2026-11")
    assert fault in str(error.value)


@given(st.binary(max_size=60))
@settings(max_examples=60)
@example(b"a,b,\n\xff")
@example(b'"')
def test_no_bytes_whatever_crash_the_reading(junk: bytes) -> None:
    for content in (junk, TRACKS + junk, LISTS + junk):
        try:
            decode(schema.tracks if content.startswith(TRACKS) else schema.lists, content, FILE, "2026-11")
        except DataError as error:
            assert "line" in str(error)  # noqa: PT017 - most junk is damage, some is not

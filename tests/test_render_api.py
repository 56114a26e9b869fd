"""The JSON API, the tables and the playlists: as documented, complete, the same every time."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from past_sites import site_of
from rendered_site import Rendered
from stories import track

from generator import schema
from generator.model import Artist, Rank, Site, Track
from generator.render.api.documents import SCHEMAS
from generator.render.api.tables import cell
from generator.render.site import TEMPLATES

A, B, C, D = (track(letter).id for letter in "ABCD")
DAYS = ("AB", "BA", "", "BCA", "BCA", "CAD")
JsonObject = dict[str, object]


def files(shown: Site) -> Mapping[str, bytes]:
    return Rendered(shown)


def document(made: Mapping[str, bytes], path: str) -> JsonObject:
    found: JsonObject = json.loads(made[f"api/v1/{path}"])
    return found


def rows(made: Mapping[str, bytes], path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made[path].decode(), newline="")))


def titled(shown: Site, title: str, artist: str = "Nora") -> Site:
    """The same site, where one title took the place of every current one."""
    (shelf,) = shown.shelves

    def renamed(rank: Rank) -> Rank:
        item = rank.item
        if isinstance(item, Track):
            item = replace(item, title=title, artists=(Artist("nora", artist),), duration_ms=187_400)
        return replace(rank, item=item)

    charts = tuple(replace(chart, ranks=tuple(map(renamed, chart.ranks))) for chart in shelf.charts)
    return replace(shown, shelves=(replace(shelf, charts=charts),))


def unknown(value: object, said: object, path: str = "") -> Iterator[str]:
    """Fields of a document that its schema does not speak of."""
    assert isinstance(said, dict)
    if isinstance(value, dict):
        for name, inner in value.items():
            known = said.get("properties", {}).get(name, said.get("additionalProperties"))
            if known is None:
                yield f"{path}.{name}"
            else:
                yield from unknown(inner, known, f"{path}.{name}")
    elif isinstance(value, list):
        for inner in value:
            yield from unknown(inner, said["items"], f"{path}[]")


def test_every_document_is_as_its_schema_says(tmp_path: Path) -> None:
    made = files(site_of(tmp_path, *DAYS))
    seen = set()
    for path, content in made.items():
        if path.startswith("api/v1/") and path.endswith(".json") and "/schema/" not in path:
            found = json.loads(content)
            target = (Path("/") / path).parent.joinpath(found["$schema"]).resolve()
            said = json.loads(made[str(target).lstrip("/")])
            Draft202012Validator(said, format_checker=FormatChecker()).validate(found)
            assert list(unknown(found, said)) == [], path
            seen.add(target.stem)
    assert seen == {*SCHEMAS}


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_schema_is_a_schema(name: str) -> None:
    said = json.loads((TEMPLATES / "schema" / f"{name}.json").read_text("utf-8"))
    Draft202012Validator.check_schema(said)
    assert {*said["required"]} == {*said["properties"]}


def test_documents_are_compact_and_speak_every_script(tmp_path: Path) -> None:
    made = files(titled(site_of(tmp_path, *DAYS), '夜\x01 "<b>" \ud800'))
    assert b'"title":"\xe5\xa4\x9c\\u0001 \\"<b>\\" ?"' in made["api/v1/lists.json"]
    assert b": " not in made["api/v1/editions.json"]


def test_the_chart_knows_its_past(tmp_path: Path) -> None:
    chart = document(files(site_of(tmp_path, *DAYS)), "chart.json")
    assert chart["edition"] == "2026-01-06"
    assert chart["number"] == 5
    ranks = chart["ranks"]
    assert isinstance(ranks, list)
    assert [(rank["id"], rank["moved"], rank["is_new"]) for rank in ranks] == [
        (C, 1, False),
        (A, 1, False),
        (D, None, True),
    ]
    assert ranks[0]["debut"] == "2026-01-04"
    departures = chart["departures"]
    assert isinstance(departures, list)
    assert [left["id"] for left in departures] == [B]


def test_a_month_holds_every_edition_of_a_chart_by_place(tmp_path: Path) -> None:
    made = files(site_of(tmp_path, *DAYS))
    assert document(made, "charts/tracks-short_term/2026-01.json")["charts"] == {
        "2026-01-01": [A, B],
        "2026-01-02": [B, A],
        "2026-01-04": [B, C, A],
        "2026-01-05": [B, C, A],
        "2026-01-06": [C, A, D],
    }


def test_a_track_has_a_document_with_its_runs(tmp_path: Path) -> None:
    found = document(files(site_of(tmp_path, *DAYS)), f"tracks/{B}.json")
    records = found["records"]
    assert isinstance(records, list)
    (record,) = records
    assert record["runs"] == [{"first": "2026-01-01", "last": "2026-01-05", "editions": 4, "peak": 1}]
    assert (record["span"], record["peak"], record["at_one"]) == ("short_term", 1, 3)


def test_the_profile_counts(tmp_path: Path) -> None:
    found = document(files(site_of(tmp_path, *DAYS)), "profile.json")
    assert (found["editions"], found["tracks"]) == (5, 4)
    assert (found["first_edition"], found["latest_edition"]) == ("2026-01-01", "2026-01-06")
    assert found["listener"] == {"slug": "me", "name": "Me"}


def test_equal_inputs_give_equal_bytes(tmp_path: Path) -> None:
    shown = site_of(tmp_path, *DAYS)
    assert files(shown) == files(shown)


def test_with_several_listeners_each_has_an_api(tmp_path: Path) -> None:
    made = files(site_of(tmp_path, *DAYS, listeners=2))
    assert {"me/api/v1/profile.json", "ida/api/v1/profile.json", "ida/top20.txt"} <= set(made)
    assert "api/v1/profile.json" not in made


def test_the_tables_have_the_columns_of_data(tmp_path: Path) -> None:
    made = files(site_of(tmp_path, *DAYS))
    for table in schema.CATALOG:
        header = made[f"api/v1/csv/{table.name}.csv"].decode().splitlines()[0]
        assert header.split(",") == [column.name for column in schema.columns(table)]


def test_a_chart_is_written_to_its_table_where_it_changed(tmp_path: Path) -> None:
    found = rows(files(site_of(tmp_path, *DAYS)), "api/v1/csv/charts.csv")
    songs = [row for row in found if row["kind"] == "tracks"]
    assert [(row["edition"], row["title"]) for row in songs if row["position"] == "1"] == [
        ("2026-01-01", "A"),
        ("2026-01-02", "B"),
        ("2026-01-04", "B"),
        ("2026-01-06", "C"),
    ]
    assert {row["id"] for row in songs} == {A, B, C, D}


@pytest.mark.parametrize(
    "text", ["=1+1", "@SUM(A1)", "-", "a,b", 'say "x"', "two\rlines", "two\nlines", "", " x "]
)
def test_any_cell_survives(text: str) -> None:
    line = f"{cell(text)},{cell('end')}\n"
    assert next(csv.reader(io.StringIO(line, newline=""))) == [text, "end"]


def test_the_text_stands_in_columns(tmp_path: Path) -> None:
    shown = site_of(tmp_path, *DAYS)
    lines = files(shown)["top20.txt"].decode().splitlines()
    assert lines[:3] == [
        "Heavy & rotating",
        "Top 3 songs of the last four weeks",
        "Edition 5, 6 January 2026",
    ]
    assert lines[4] == " 1  ▲1  C  nobody"
    assert lines[6] == " 3  NEW D  nobody"
    wide = files(titled(shown, "夜夜\nx"))["top20.txt"].decode().splitlines()
    assert wide[4] == " 1  ▲1  夜夜 x  Nora"


def test_the_playlist_leads_to_spotify(tmp_path: Path) -> None:
    lines = files(titled(site_of(tmp_path, *DAYS), "One\r\n#EXTINF"))["top20.m3u8"].decode().splitlines()
    assert lines[0] == "#EXTM3U"
    assert lines[1] == "#PLAYLIST:Heavy & rotating: Top 3 songs, 6 January 2026"
    assert lines[2:4] == ["#EXTINF:187,Nora - One #EXTINF", f"https://open.spotify.com/track/{C}"]
    assert len(lines) == 8


def test_the_current_songs_are_a_table_too(tmp_path: Path) -> None:
    found = rows(files(titled(site_of(tmp_path, *DAYS), "=1+1")), "top20.csv")
    assert [row["title"] for row in found] == ["=1+1"] * 3
    assert [row["moved"] for row in found] == ["1", "1", ""]


def test_the_page_links_to_what_there_is(tmp_path: Path) -> None:
    made = files(site_of(tmp_path, *DAYS))
    page = made["api/v1/index.html"].decode()
    for path in ("profile.json", "csv/charts.csv", "schema/track.json", f"tracks/{C}.json"):
        assert f'href="{path}"' in page
        assert f"api/v1/{path}" in made

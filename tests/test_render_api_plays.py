"""The documents and tables of plays: as documented, complete, the same every time."""

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from played_sites import files_of, played_site
from stories import known_as
from test_render_api import unknown

from generator.render.api import diary
from generator.render.api.documents import SCHEMAS
from generator.render.site import TEMPLATES

DAYS = (
    "2025-12-30: Roads 6, ~Numb 2",
    "2026-01-01: Roads, Teardrop by Mossfen",
    "2026-01-02: Teardrop by Mossfen 2, ?Sand",
    "2026-04-20: !Lost 5, Roads 5",
)
LISTS = ("2026-01-02: Roads, Glass Box",)
ROADS = known_as("Roads")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    gap = ("2026-01-02T08:30:00.000Z", "2026-04-20T07:59:00.000Z")
    return files_of(played_site(tmp_path_factory.mktemp("plays"), *DAYS, lists=LISTS, gaps=[gap]))


def document(made: Mapping[str, bytes], path: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(made[f"api/v1/plays/{path}.json"])
    return found


def test_every_document_is_as_its_schema_says(made: Mapping[str, bytes]) -> None:
    seen = set()
    for path, content in made.items():
        if path.startswith("api/v1/") and path.endswith(".json") and "/schema/" not in path:
            found = json.loads(content)
            target = (Path("/") / path).parent.joinpath(found["$schema"]).resolve()
            said = json.loads(made[str(target).lstrip("/")])
            Draft202012Validator(said, format_checker=FormatChecker()).validate(found)
            assert list(unknown(found, said)) == [], path
            seen.add(target.stem)
    assert seen == {*SCHEMAS, *diary.SCHEMAS}


@pytest.mark.parametrize("name", diary.SCHEMAS)
def test_every_schema_is_a_schema_and_is_documented(name: str) -> None:
    said = json.loads((TEMPLATES / "schema" / f"{name}.json").read_text("utf-8"))
    Draft202012Validator.check_schema(said)
    assert {*said["required"]} == {*said["properties"]}
    assert f"`schema/{name}.json`" in (TEMPLATES.parent / "docs/api.md").read_text("utf-8")


def test_the_profile_tells_the_rule_the_totals_and_the_gaps(made: Mapping[str, bytes]) -> None:
    found = document(made, "profile")
    assert found["rule"] == {"least_seconds": 30, "private_sessions": False}
    assert (found["first"], found["last"]) == ("2025-12-30", "2026-04-20")
    assert (found["days"], found["keeping"]) == (4, "exact")
    assert found["gaps"] == [{"first": "2026-01-02", "last": "2026-04-20"}]
    assert found["months"] == ["2025-12", "2026-01", "2026-04"]
    assert "weeks-2026" in str(found["charts"])


def test_a_week_stands_in_the_file_of_its_own_year(made: Mapping[str, bytes]) -> None:
    assert "api/v1/plays/charts/weeks-2025.json" not in made
    charts = document(made, "charts/weeks-2026")["charts"]
    assert isinstance(charts, list)
    assert charts[0]["first"] == "2025-12-29"


def test_the_days_of_a_month_are_read_with_the_songs(made: Mapping[str, bytes]) -> None:
    days, songs = document(made, "days/2026-01")["days"], document(made, "songs")
    columns = songs["songs"]
    assert isinstance(days, dict)
    assert isinstance(columns, dict)
    titles = [[(columns["title"][song], plays) for song, plays, *_ in lines] for lines in days.values()]
    assert titles == [[("Roads", 1), ("Teardrop", 1)], [("Teardrop", 2), ("Sand", 1)]]
    assert songs["months"] == {"2025-12": 0, "2026-01": 2, "2026-04": 4}
    artists = songs["artists"]
    assert isinstance(artists, dict)
    assert artists["title"][columns["artist"][columns["title"].index("Teardrop")]] == "Mossfen"
    assert columns["artist"][columns["title"].index("")] is None


def test_days_and_lives_and_periods_come_to_the_same(made: Mapping[str, bytes]) -> None:
    days, lives, periods = (document(made, name) for name in ("days", "tracks", "periods"))
    total = document(made, "profile")["plays"]
    assert total == sum(day["plays"] for day in days["days"])  # type: ignore[attr-defined]
    assert total == sum(one["plays"] for one in lives["items"])  # type: ignore[attr-defined]
    years = [one for one in periods["periods"] if one["grain"] == "year"]  # type: ignore[attr-defined]
    assert total == sum(year["plays"] for year in years)
    for life in lives["items"]:  # type: ignore[attr-defined]
        months = zip(*life["months"].values(), strict=True)
        assert [sum(figures) for figures in months] == [life["plays"], life["ms"], life["estimated"]]


def test_a_place_on_spotifys_list_stands_beside_the_dates_whose_plays_are_counted(
    made: Mapping[str, bytes],
) -> None:
    roads = next(one for one in document(made, "tracks")["items"] if one["id"] == ROADS)  # type: ignore[attr-defined]
    month = roads["listed"][0]
    assert (month["span"], month["position"], month["plays"]) == ("short_term", 1, 7)
    assert (month["first"], month["last"]) == ("2025-12-06", "2026-01-02")


def test_what_was_played_is_a_table_in_all_and_by_month(made: Mapping[str, bytes]) -> None:
    songs = rows(made, "songs")
    assert songs[0] | {"ms": ""} == {
        "place": "1",
        "id": ROADS,
        "title": "Roads",
        "artist": "Band of Roads",
        "album": "Album of Roads",
        "plays": "12",
        "ms": "",
        "estimated": "0",
        "first": "2025-12-30",
        "last": "2026-04-20",
    }
    months = [row for row in rows(made, "songs-by-month") if row["id"] == ROADS]
    assert [(row["month"], row["plays"]) for row in months] == [
        ("2025-12", "6"),
        ("2026-01", "1"),
        ("2026-04", "5"),
    ]


def rows(made: Mapping[str, bytes], name: str) -> list[dict[str, str]]:
    text = made[f"api/v1/plays/csv/{name}.csv"].decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_page_of_what_is_to_take_away_links_to_all_of_it(made: Mapping[str, bytes]) -> None:
    page = made["api/v1/index.html"].decode()
    for path in ("plays/profile.json", "plays/songs.json", "plays/days/2026-04.json", "plays/csv/songs.csv"):
        assert f'href="{path}"' in page
        assert f"api/v1/{path}" in made


def test_plays_without_lists_have_documents_of_their_own(tmp_path: Path) -> None:
    made = files_of(played_site(tmp_path, "2026-01-01: Roads"))
    assert "api/v1/profile.json" not in made
    assert {"api/v1/plays/profile.json", "api/v1/schema/plays-songs.json", "api/v1/index.html"} <= {*made}

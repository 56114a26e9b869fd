"""The demo's exports: untidy as Spotify's own, told alike by both, and imported once."""

import csv
import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from loaded_program import Outcome
from stories import contents
from world import Root, leaked

from generator.demo import export
from generator.demo.export import ACCOUNT, ZIP
from generator.demo.plays import plays
from generator.demo.server import SimulatedSpotify
from generator.demo.story import Story
from generator.export.files import Export, exports
from generator.git import git

FIRST = date(2026, 8, 1)
EXTENDED = datetime(2026, 10, 20, 12, tzinfo=UTC)
ASKED = datetime(2026, 11, 1, 12, tzinfo=UTC)
NOW = "2026-11-26T06:00:00Z"
RECENT = 50  # plays that Spotify tells of at once
DAYS = 9  # the fewest that have days on which the machine is off

Row = dict[str, Any]


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both exports of some months."""
    folder = tmp_path_factory.mktemp("sent")
    export.write(folder, FIRST, EXTENDED, ASKED)
    return folder


def extended(folder: Path) -> list[Row]:
    with zipfile.ZipFile(folder / ZIP) as packed:
        return [row for name in packed.namelist() for row in json.loads(packed.read(name))]


def account(folder: Path) -> list[Row]:
    return [row for file in (folder / ACCOUNT).glob("*music*") for row in json.loads(file.read_bytes())]


def test_the_same_past_gives_the_same_bytes(sent: Path, tmp_path: Path) -> None:
    export.write(tmp_path, FIRST, EXTENDED, ASKED)
    assert contents(tmp_path) == contents(sent)


def test_both_are_told_by_their_fields(sent: Path, tmp_path: Path) -> None:
    found = list(exports([sent], tmp_path))
    kinds = Counter(one.kind for one in found if isinstance(one, Export))
    assert len(found) == 4
    assert kinds == {"extended": 2, "account": 2}


def test_an_export_of_two_years_has_a_file_for_each(tmp_path: Path) -> None:
    export.write(tmp_path, date(2025, 12, 20), datetime(2026, 1, 9, tzinfo=UTC), ASKED)
    with zipfile.ZipFile(tmp_path / ZIP) as packed:
        names = [name.rpartition("/")[2] for name in packed.namelist()]
    assert names == [
        "Streaming_History_Audio_2025_0.json",
        "Streaming_History_Audio_2026_1.json",
        "Streaming_History_Video_2025-2026.json",
    ]


def test_each_tells_up_to_the_instant_it_was_asked_for(sent: Path) -> None:
    instants = [row["ts"] for row in extended(sent)]
    assert (min(instants)[:10], max(instants)[:10]) == ("2026-08-01", "2026-10-20")
    assert max(instants) <= "2026-10-20T12:00:00Z"
    assert max(row["endTime"] for row in account(sent)) <= "2026-11-01 12:00"


def test_both_tell_of_the_same_plays(sent: Path) -> None:
    music = [row for row in extended(sent) if row["spotify_track_uri"] and not row["incognito_mode"]]
    long = Counter((row["ts"][:16].replace("T", " "), row["ms_played"]) for row in music)
    short = Counter((row["endTime"], row["msPlayed"]) for row in account(sent))
    assert not long - short
    assert all(minute >= "2026-10-20 12:00" for minute, _ in short - long)


def test_the_history_is_as_untidy_as_a_real_one(sent: Path) -> None:
    rows = extended(sent)
    assert any(row["episode_name"] for row in rows)
    assert any(row["audiobook_title"] for row in rows)
    assert any(row["incognito_mode"] for row in rows)
    assert any(row["skipped"] and row["ms_played"] < 30_000 for row in rows)
    assert any(not row["spotify_track_uri"] and not row["episode_name"] for row in rows)


def test_the_personal_columns_are_of_nobody(sent: Path) -> None:
    rows = extended(sent)
    assert {row["username"] for row in rows} == {"robin-vale-example"}
    assert all(row["ip_addr"].startswith("192.0.2.") for row in rows)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Outcome, Root]]:
    """A demo: what it said, and its folder."""
    with SimulatedSpotify() as spotify:  # not the demo's, which has its own
        outside = Root(tmp_path_factory.mktemp("outside"), spotify)
        done = outside.rotation("demo", "--days", str(DAYS), "--root", "try", "--now", NOW)
        assert (done.code, done.err) == (0, "")
        yield done, Root(outside.folder / "try", spotify)


@pytest.fixture
def demo(told: tuple[Outcome, Root]) -> Root:
    return told[1]


def sources(demo: Root) -> Counter[str]:
    files = (demo.folder / "data" / "me" / "plays").glob("*.csv")
    return Counter(line.split(",")[1] for file in files for line in file.read_text("utf-8").splitlines()[1:])


def test_a_demo_has_plays_of_every_source_and_says_how_many(told: tuple[Outcome, Root]) -> None:
    done, demo = told
    found = sources(demo)
    assert set(found) == {"api", "account", "extended"}
    imported = found["account"] + found["extended"]
    assert f"{found['api']:,} collected, {imported:,} rows of plays imported" in done.out


def test_a_demos_import_is_a_commit_of_its_own(demo: Root) -> None:
    (subject,) = [subject for subject in demo.subjects if subject.endswith(" plays imported")]
    count = int(subject.split()[1].replace(",", ""))
    assert max(sources(demo)["account"], sources(demo)["extended"]) <= count
    assert count < sources(demo)["account"] + sources(demo)["extended"]


def test_a_demo_has_gaps_that_are_open_and_its_site_says_so(demo: Root) -> None:
    gaps = (demo.folder / "data" / "me" / "gaps.csv").read_text("utf-8").splitlines()[1:]
    # So short a demo begins after its exports end: what lies in between nobody tells.
    assert [(gap[:10], gap.partition(",")[2][:10]) for gap in gaps] == [
        ("2026-11-15", "2026-11-16"),
        ("2026-11-19", "2026-11-22"),
    ]
    about = demo.site["about/index.html"].decode()
    assert about.count("plays may be missing") == 2


def test_each_day_of_a_demo_counts_what_was_heard_on_it_once(demo: Root) -> None:
    now = datetime.fromisoformat(NOW)
    story, zone = Story(DAYS, now, "demo"), ZoneInfo("Europe/Berlin")
    first, asked = story.first_heard(), now - timedelta(DAYS - 1)
    days = [first + timedelta(number) for number in range((now.date() - first).days + 1)]
    # Neither short plays nor private ones count, whoever tells of them.
    instants = [play.ended for day in days for play in plays(day) if play.ended <= now]
    recent = [one for one in instants if one <= asked][-RECENT:]
    told = [one for one in instants if one <= story.exported()[1] or one >= recent[0]]
    heard = Counter(f"{one.astimezone(zone):%Y-%m-%d}" for one in told)
    counted = Counter[str]()
    for row in csv.DictReader(demo.site["api/v1/plays/csv/days.csv"].decode().splitlines()):
        counted[row["date"]] = int(row["plays"])
    missing = set[str]()
    for gap in (demo.folder / "data" / "me" / "gaps.csv").read_text("utf-8").splitlines()[1:]:
        since, until = (datetime.fromisoformat(one).astimezone(zone).date() for one in gap.split(","))
        missing |= {f"{since + timedelta(number):%Y-%m-%d}" for number in range((until - since).days + 1)}
    differing = {day: (counted[day], heard[day]) for day in heard | counted if counted[day] != heard[day]}
    assert differing
    assert {day: both for day, both in differing.items() if day not in missing} == {}
    assert all(counted[day] <= heard[day] for day in missing)


def test_a_demos_exports_are_left_to_be_tried_and_are_never_committed(demo: Root) -> None:
    before = demo.data
    done = demo.rotation("import", "export", "--json", "--now", NOW)
    again = json.loads(done.out)
    assert (done.code, again["stored"], again["faults"]) == (0, 0, [])
    assert again["read"] == again["duplicates"] + sum(again["skipped"].values())
    assert {"podcast", "private session"} <= again["skipped"].keys()
    assert demo.data == before
    assert git(demo.folder, "status", "--porcelain") == ""
    assert not git(demo.folder, "ls-files", "export")


def test_a_demo_is_whole_and_keeps_nothing_private(told: tuple[Outcome, Root]) -> None:
    done, demo = told
    assert demo.rotation("check").code == 0
    assert demo.rotation("leaks").code == 0
    assert leaked(demo.folder, done.said) == []
    assert "robin-vale-example" not in git(demo.folder, "log", "-p")

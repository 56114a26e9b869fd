"""What data/ holds once a part of the past is gone from it."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from stories import contents, known_as, tell

from generator.hiding import hidden
from generator.store import purge
from generator.store.audit import audit
from generator.store.forget import Past, Wanted
from generator.store.ledger import Ledger

DAYS = (
    "2026-10-30: Roads, Teardrop; artists/long_term: Ann",
    "2026-11-02: Teardrop, Roads, Angel",
    "2026-11-05: Angel, Roads; artists/long_term: Bea",
    "2026-12-01: Roads, Angel",
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    tell(tmp_path, *DAYS)
    return tmp_path


def done(data: Path, plan: purge.Purge) -> Path:
    """Do what a purge decided."""
    for path, content in plan.files.items():
        if content is None:
            (data / path).unlink()
        else:
            (data / path).write_bytes(content)
    assert audit(data).faults == ()
    assert audit(data).notes == ()
    return data


def told(data: Path, day: str, listener: str = "me") -> dict[str, list[str]]:
    """The lists as they stood on a day: ids by list."""
    standing = Ledger(data, listener).standing(date.fromisoformat(day))
    return {f"{kind}/{span}": list(frame["item_id"]) for (kind, span), frame in standing.items()}


def editions(data: Path) -> list[str]:
    files = sorted((data / "me" / "lists").glob("*.csv"))
    return sorted({line[:10] for file in files for line in file.read_text("utf-8").splitlines()[1:]})


@pytest.mark.parametrize(
    "day", ["2026-10-30", "2026-11-01", "2026-11-02", "2026-11-04", "2026-11-05", "2026-12-31"]
)
def test_the_lists_that_stood_on_the_day_are_written_anew_and_later_ones_stay(data: Path, day: str) -> None:
    stood = {
        later: told(data, later) for later in (day, "2026-11-30", "2026-12-01", "2027-01-01") if later >= day
    }
    after = [edition for edition in editions(data) if edition > day]
    done(data, purge.before(data, "me", date.fromisoformat(day)))
    assert editions(data) == [day, *after]
    assert {later: told(data, later) for later in stood} == stood
    before = date.fromisoformat(day).toordinal() - 1
    assert Ledger(data, "me").standing(date.fromordinal(before)) == {}


def test_plays_kept_to_the_day_keep_their_date_after_a_move(data: Path) -> None:
    file = data / "me" / "plays" / "2026-11.csv"
    file.parent.mkdir()
    header = "played_at,source,item_key,ms_played,skipped,digest\n"
    exact = "2026-11-10T04:00:00.000Z,api,Roads,,,\n"  # still the 9th in New York
    ninth, tenth = (f"2026-11-{day}T23:00:00.000Z,api,Roads,,,d0123456789\n" for day in ("08", "09"))
    file.write_text(f"{header}{ninth}{tenth}{exact}", "utf-8")  # midnights of Berlin
    day, zone = date(2026, 11, 10), ZoneInfo("America/New_York")
    assert purge.is_overdue(data, "me", day, zone)
    left = purge.of_plays(data, "me", day, zone).files["me/plays/2026-11.csv"]
    assert left == f"{header}{tenth}".encode()
    forget = Past(Wanted("me", day, plays=True, zone=zone)).forget()
    assert forget.version("me/plays/2026-11.csv", file.read_bytes(), is_current=True) == left
    file.write_bytes(left)
    assert not purge.is_overdue(data, "me", date(2026, 10, 1), zone)


def test_what_no_list_names_any_more_is_forgotten(data: Path) -> None:
    plan = purge.before(data, "me", date(2026, 11, 6))
    assert (plan.editions, plan.songs, plan.artists) == (3, 1, 2)
    done(data, plan)
    assert "Teardrop" not in (data / "catalog" / "tracks.csv").read_text("utf-8")
    assert "Album of Teardrop" not in (data / "catalog" / "albums.csv").read_text("utf-8")


def test_what_another_listener_needs_stays(data: Path) -> None:
    tell(data, "2026-11-03: Teardrop, Roads", listener="sam")
    sam = told(data, "2026-12-01", "sam")
    done(data, purge.of_listener(data, "me"))
    assert not (data / "me" / "top-tracks.csv").exists()
    assert purge.listeners(data) == ("sam",)
    assert told(data, "2026-12-01", "sam") == sam
    titles = (data / "catalog" / "tracks.csv").read_text("utf-8")
    assert ("Teardrop" in titles, "Angel" in titles) == (True, False)


def test_what_is_hidden_leaves_every_list_and_those_below_move_up(data: Path) -> None:
    done(data, purge.of_hidden(data, ["me"], hidden(["teardrop"])))
    assert told(data, "2026-10-31")["tracks/short_term"] == [known_as("Roads")]
    assert told(data, "2026-11-02")["tracks/short_term"] == [known_as("Roads"), known_as("Angel")]
    assert all(b"Teardrop" not in content for content in contents(data).values())
    assert known_as("Teardrop").encode() not in b"".join(contents(data).values())


def test_lists_that_became_alike_are_one(data: Path) -> None:
    tell(data, "2026-12-02: Roads, Angel, Teardrop")
    done(data, purge.of_hidden(data, ["me"], hidden(["Teardrop"])))
    assert editions(data)[-1] == "2026-12-01"


def test_a_hidden_artist_takes_all_their_songs(data: Path) -> None:
    done(data, purge.of_hidden(data, ["me"], hidden(["Band of Roads"])))
    assert known_as("Roads").encode() not in b"".join(contents(data).values())


def test_corrections_of_what_is_gone_go_too(data: Path) -> None:
    kept = f"{known_as('Angel')},{known_as('Angel')}\n"
    (data / "same.csv").write_text(f"id,song\n{kept}{known_as('Teardrop')},{known_as('Roads')}\n")
    done(data, purge.of_hidden(data, ["me"], hidden(["Teardrop"])))
    assert (data / "same.csv").read_text() == f"id,song\n{kept}"


def test_doing_it_twice_changes_nothing(data: Path) -> None:
    done(data, purge.before(data, "me", date(2026, 11, 4)))
    assert purge.before(data, "me", date(2026, 11, 4)) == purge.Purge()
    done(data, purge.of_hidden(data, ["me"], hidden(["Angel"])))
    assert purge.of_hidden(data, ["me"], hidden(["Angel"])) == purge.Purge()


def test_what_no_list_needed_before_is_left_alone(data: Path) -> None:
    tell(data, "2026-12-01: Angel, Roads, Mezzanine", "2026-12-01: Roads, Angel")
    assert "Mezzanine" in (data / "catalog" / "tracks.csv").read_text("utf-8")
    assert purge.of_hidden(data, ["me"], hidden(["Nobody At All"])) == purge.Purge()


@pytest.mark.parametrize("names", [(1, 2, 3), (3, 1, 2), (3, 2, 1)])
def test_a_version_whose_rows_are_in_another_order_closes_up_alike(names: tuple[int, ...]) -> None:
    rows = [f"2026-11-02,tracks,short_term,{place},{'abc'[place - 1]}" for place in names]
    content = "\n".join(["edition,kind,span,position,item_id", *rows, ""]).encode()
    past = Past(Wanted(hidden=hidden(["b"])))
    past.learn("me/lists/2026-11.csv", content)
    left = past.forget().version("me/lists/2026-11.csv", content, is_current=True)
    assert left is not None
    assert left.decode().splitlines()[1:] == [
        "2026-11-02,tracks,short_term,1,a",
        "2026-11-02,tracks,short_term,2,c",
    ]


@pytest.mark.parametrize(
    ("day", "is_overdue"),
    [("2026-10-29", False), ("2026-11-01", False), ("2026-11-02", True), ("2026-12-01", True)],
)
def test_a_past_is_overdue_once_an_edition_in_it_was_replaced(
    data: Path, day: str, *, is_overdue: bool
) -> None:
    assert purge.is_overdue(data, "me", date.fromisoformat(day)) is is_overdue

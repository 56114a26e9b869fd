"""Which earlier edition an edition is set against, and how much of the chart has changed since."""

from datetime import date
from pathlib import Path

from chart_stories import Fact, chart, ledger, lived, loaded, on, rows
from sqlalchemy import Engine

from generator.model import Turnover


def then(warehouse: Engine, data: Path, edition: str, *earlier: str) -> dict[str, str]:
    """The yardsticks of an edition, where there were these earlier ones."""
    facts: list[Fact] = [
        ("me", date.fromisoformat(day), "tracks", "short_term", 1, f"id{number}")
        for number, day in enumerate((*earlier, edition))
    ]
    ledger(data, facts)
    loaded(warehouse, data)
    found = rows(warehouse, f"select yardstick, other from against where edition = '{edition}'")
    return {str(yardstick): str(other) for yardstick, other in found if yardstick != "previous"}


def test_a_week_a_month_and_a_year_before_to_the_day(warehouse: Engine, tmp_path: Path) -> None:
    days = ("2025-11-20", "2026-10-20", "2026-11-13", "2026-11-19")
    assert then(warehouse, tmp_path, "2026-11-20", *days) == {
        "week": "2026-11-13",
        "month": "2026-10-20",
        "year": "2025-11-20",
    }


def test_where_that_day_has_no_edition_the_nearest_stands_for_it(warehouse: Engine, tmp_path: Path) -> None:
    assert then(warehouse, tmp_path, "2026-11-20", "2026-11-01", "2026-11-15")["week"] == "2026-11-15"


def test_of_two_editions_equally_near_the_earlier_is_taken(warehouse: Engine, tmp_path: Path) -> None:
    assert then(warehouse, tmp_path, "2026-11-20", "2026-11-11", "2026-11-15")["week"] == "2026-11-11"


def test_a_history_that_does_not_reach_back_so_far_has_no_such_edition(
    warehouse: Engine, tmp_path: Path
) -> None:
    assert then(warehouse, tmp_path, "2026-11-20", "2026-11-14", "2026-11-19") == {}


def test_an_edition_is_never_set_against_itself(warehouse: Engine, tmp_path: Path) -> None:
    # The day a week before lies nearer to the edition itself than to the one before it.
    assert then(warehouse, tmp_path, "2026-11-20", "2026-10-01")["week"] == "2026-10-01"


def test_a_month_before_the_31st_is_the_last_of_a_shorter_month(warehouse: Engine, tmp_path: Path) -> None:
    days = ("2027-02-27", "2027-02-28", "2027-03-01")
    assert then(warehouse, tmp_path, "2027-03-31", *days)["month"] == "2027-02-28"


def test_a_year_before_29_february_is_28_february(warehouse: Engine, tmp_path: Path) -> None:
    assert then(warehouse, tmp_path, "2028-02-29", "2027-02-28", "2027-03-01")["year"] == "2027-02-28"


def test_turnover_counts_who_was_not_there_then(warehouse: Engine, tmp_path: Path) -> None:
    lived(warehouse, tmp_path, "ABCD", *[""] * 5, "ABEF", "ABEF", "FABG")
    today = chart(warehouse, on(9)).turnovers
    assert today == (
        Turnover("previous", date.fromisoformat(on(8)), 1),
        Turnover("week", date.fromisoformat(on(1)), 2),
    )
    assert rows(warehouse, f"select places from turnover where edition = '{on(9)}' and kind = 'tracks'") == [
        (4,),
        (4,),
    ]


def test_a_list_that_is_younger_than_its_yardstick_has_no_turnover(warehouse: Engine, tmp_path: Path) -> None:
    lived(warehouse, tmp_path, "A", "A", *[""] * 5, "A", "B")  # artists only from the second day on
    artists = chart(warehouse, on(9), kind="artists", span="long_term")
    assert [one.yardstick for one in artists.turnovers] == ["previous", "week"]
    early = chart(warehouse, on(8), kind="artists", span="long_term")
    assert [one.yardstick for one in early.turnovers] == ["previous"]
    assert chart(warehouse, on(2), kind="artists", span="long_term").turnovers == ()


def test_every_edition_but_the_first_has_a_previous_one(warehouse: Engine, tmp_path: Path) -> None:
    lived(warehouse, tmp_path, "A", "", "B", "C")
    found = rows(warehouse, "select edition, other from against where yardstick = 'previous'")
    days = [date(2026, 1, 1), date(2026, 1, 3), date(2026, 1, 4)]
    assert found == [(days[1], days[0]), (days[2], days[1])]

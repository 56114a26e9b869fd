"""What an edition has to tell: each rule where it holds, and where it only nearly does."""

from datetime import date
from pathlib import Path

import pytest
from chart_stories import Fact, chart, ledger, lived, loaded, name, on
from sqlalchemy import Engine

LEAP = date(2028, 2, 29)
NINETEEN = ["AB", "BA"] * 9 + ["AB"]  # editions before records begin to count; no place gained but one


def told(warehouse: Engine, number: int) -> dict[str, tuple[str, int]]:
    """The stories of the songs' chart on a day: whom they are about, and the figure."""
    return {one.story: (name(one.item), one.value) for one in chart(warehouse, on(number)).stories}


def test_the_first_edition_has_no_story(warehouse: Engine, tmp_path: Path) -> None:
    lived(warehouse, tmp_path, "ABC")
    assert told(warehouse, 1) == {}


def test_an_edition_like_the_one_before_tells_nothing(warehouse: Engine, tmp_path: Path) -> None:
    lived(warehouse, tmp_path, "ABC", "ABC")
    assert told(warehouse, 2) == {}


def test_the_climber_gained_the_most_places(warehouse: Engine, tmp_path: Path) -> None:
    lived(warehouse, tmp_path, "ABCDEFG", "GABFCDE")
    assert told(warehouse, 2) == {"climber": ("G", 6)}


def test_of_two_who_gained_as_many_the_higher_climbed(warehouse: Engine, tmp_path: Path) -> None:
    lived(warehouse, tmp_path, "ABCDEFGH", "DABCHEFG")
    assert told(warehouse, 2)["climber"] == ("D", 3)


def test_two_places_are_no_climb(warehouse: Engine, tmp_path: Path) -> None:
    lived(warehouse, tmp_path, "ABC", "CAB")
    assert told(warehouse, 2) == {}


def test_the_debut_is_the_highest_that_was_never_there(warehouse: Engine, tmp_path: Path) -> None:
    lived(warehouse, tmp_path, "AB", "AXBY")
    assert told(warehouse, 2) == {"debut": ("X", 2)}


def test_who_was_there_before_makes_no_debut(warehouse: Engine, tmp_path: Path) -> None:
    lived(warehouse, tmp_path, "AB", "A", "AB")
    assert told(warehouse, 3) == {}


def test_a_comeback_follows_five_editions_of_absence(warehouse: Engine, tmp_path: Path) -> None:
    lived(warehouse, tmp_path, "AB", *["A"] * 5, "AB")
    assert told(warehouse, 7) == {"comeback": ("B", 5)}


def test_four_editions_of_absence_are_too_few_for_a_comeback(warehouse: Engine, tmp_path: Path) -> None:
    lived(warehouse, tmp_path, "AB", *["A"] * 4, "AB")
    assert told(warehouse, 6) == {}


def test_the_comeback_is_that_of_the_longest_absence(warehouse: Engine, tmp_path: Path) -> None:
    lived(warehouse, tmp_path, "ABC", "AB", *["A"] * 5, "ABC")
    assert told(warehouse, 8)["comeback"] == ("C", 6)


def test_a_farewell_follows_ten_editions(warehouse: Engine, tmp_path: Path) -> None:
    lived(warehouse, tmp_path, *["AB", "BA"] * 5, "B")
    assert told(warehouse, 11)["farewell"] == ("A", 10)


def test_nine_editions_are_too_few_for_a_farewell(warehouse: Engine, tmp_path: Path) -> None:
    lived(warehouse, tmp_path, "B", *["AB", "BA"] * 4, "AB", "B")
    assert "farewell" not in told(warehouse, 11)


def test_the_longest_stay_is_that_of_the_longest_unbroken_run(warehouse: Engine, tmp_path: Path) -> None:
    lived(warehouse, tmp_path, "BA", "B", *["BA"] * 10)
    assert told(warehouse, 12) == {"stay": ("B", 12)}


def test_nine_editions_in_a_row_are_no_stay(warehouse: Engine, tmp_path: Path) -> None:
    lived(warehouse, tmp_path, *["BA"] * 9)
    assert told(warehouse, 9) == {}


def test_a_jump_gains_more_places_than_ever_before(warehouse: Engine, tmp_path: Path) -> None:
    lived(warehouse, tmp_path, *["ABCD", "BACD"] * 10, "ADBC")
    assert told(warehouse, 21)["jump"] == ("D", 2)


def test_a_jump_as_high_as_an_earlier_one_is_no_record(warehouse: Engine, tmp_path: Path) -> None:
    lived(warehouse, tmp_path, "ABCD", "CABD", *["ABCD", "BACD"] * 10, "ADBC")
    assert "jump" not in told(warehouse, 23)


@pytest.mark.parametrize(("before", "told_of"), [(18, None), (19, ("D", 3))])
def test_jumps_are_told_from_the_twentieth_edition_on(
    warehouse: Engine, tmp_path: Path, before: int, told_of: tuple[str, int] | None
) -> None:
    lived(warehouse, tmp_path, *["ABCD"] * before, "DABC")
    assert told(warehouse, before + 1).get("jump") == told_of


def test_a_chart_on_which_everybody_falls_has_no_jump(warehouse: Engine, tmp_path: Path) -> None:
    days = ["ABCDEFGHIJKLMNOPQRSTUVWXYZ"[26 - number :] or "A" for number in range(27)]
    lived(warehouse, tmp_path, *days, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    assert "jump" not in told(warehouse, 28)


def test_a_reign_takes_the_record_at_number_one_from_another(warehouse: Engine, tmp_path: Path) -> None:
    lived(warehouse, tmp_path, *NINETEEN, "BA", "BA")  # ten editions each, then one more
    assert "reign" not in told(warehouse, 20)
    assert told(warehouse, 21)["reign"] == ("B", 11)


def test_who_holds_the_record_makes_no_news_by_lengthening_it(warehouse: Engine, tmp_path: Path) -> None:
    lived(warehouse, tmp_path, *NINETEEN, "AB", "AB")
    assert "reign" not in told(warehouse, 20)
    assert "reign" not in told(warehouse, 21)


def test_a_record_that_is_only_equalled_keeps_its_holder(warehouse: Engine, tmp_path: Path) -> None:
    lived(warehouse, tmp_path, *NINETEEN, "BA", "AB")  # A leads, B draws level, A leads again
    assert "reign" not in told(warehouse, 21)


def test_records_at_number_one_need_a_past_of_twenty_editions(warehouse: Engine, tmp_path: Path) -> None:
    lived(warehouse, tmp_path, "AB", "BA", "BA")
    assert told(warehouse, 3) == {}


def test_the_hundredth_edition_is_told_once(warehouse: Engine, tmp_path: Path) -> None:
    lived(warehouse, tmp_path, *["AB", "BA"] * 20, "B", *["AB", "BA"] * 31)
    assert "hundred" not in told(warehouse, 99)
    assert told(warehouse, 100)["hundred"] == ("B", 100)
    assert told(warehouse, 101)["hundred"] == ("A", 100)
    assert "hundred" not in told(warehouse, 102)


def anniversaries(warehouse: Engine, data: Path, debut: date, *later: date) -> list[int | None]:
    """How many years the anniversary of each later edition is told for; None: there is none."""
    facts: list[Fact] = [("me", day, "tracks", "short_term", 1, "a") for day in (debut, *later)]
    ledger(data, facts)
    loaded(warehouse, data)
    stories = [chart(warehouse, day.isoformat()).stories for day in later]
    return [next((one.value for one in of if one.story == "anniversary"), None) for of in stories]


def test_an_anniversary_is_told_to_the_day(warehouse: Engine, tmp_path: Path) -> None:
    later = (date(2027, 11, 19), date(2027, 11, 20), date(2027, 11, 21), date(2028, 11, 20))
    assert anniversaries(warehouse, tmp_path, date(2026, 11, 20), *later) == [None, 1, None, 2]


def test_the_same_day_of_another_month_is_none(warehouse: Engine, tmp_path: Path) -> None:
    later = (date(2026, 12, 20), date(2027, 1, 20), date(2027, 10, 20))
    assert anniversaries(warehouse, tmp_path, date(2026, 11, 20), *later) == [None, None, None]


def test_after_a_debut_on_29_february_the_28th_counts_in_shorter_years(
    warehouse: Engine, tmp_path: Path
) -> None:
    later = (date(2029, 2, 28), date(2029, 3, 1), date(2032, 2, 28), date(2032, 2, 29), date(2032, 3, 1))
    assert anniversaries(warehouse, tmp_path, LEAP, *later) == [1, None, None, 4, None]


def test_a_debut_on_28_february_has_its_day_in_leap_years_too(warehouse: Engine, tmp_path: Path) -> None:
    later = (date(2028, 2, 28), LEAP)
    assert anniversaries(warehouse, tmp_path, date(2027, 2, 28), *later) == [1, None]

"""Runs as lines: short paths that say exactly where an item stood."""

import re

from hypothesis import given
from hypothesis import strategies as st

from generator.render.lines import FEWEST, line, path, window
from generator.render.past import Place

SOME_PLACES = st.dictionaries(st.integers(0, 300), st.integers(1, 20), min_size=1).map(
    lambda found: sorted(found.items())
)


def walked(commands: str) -> list[Place]:
    """Where a path leads, edition by edition: what a browser makes of it."""
    number = place = 0
    found: list[Place] = []
    for command, numbers in re.findall(r"([Mlmh])([-\d ]+)", commands):
        steps = [int(one) for one in re.findall(r"-?\d+", numbers)]
        if command == "h":
            found += [(number + step, place) for step in range(steps[0] + 1)]
            number += steps[0]
            continue
        number, place = steps if command == "M" else (number + steps[0], place + steps[1])
        found.append((number, place))
    return sorted(set(found))


@given(SOME_PLACES)
def test_a_path_leads_through_every_place_and_no_other(places: list[Place]) -> None:
    assert walked(path(places)) == places


@given(SOME_PLACES)
def test_nothing_is_drawn_across_an_edition_off_the_chart(places: list[Place]) -> None:
    strokes = re.findall(r"l(-?\d+)", path(places))
    assert set(strokes) <= {"1"}


def test_equal_places_in_a_row_are_one_stroke() -> None:
    assert path([(number, 3) for number in range(200)]) == "M0 3h199"


def test_an_edition_alone_is_a_point() -> None:
    assert path([(4, 7)]) == "M4 7h0"
    assert path([(4, 7), (9, 2), (10, 1)]) == "M4 7h0m5-5l1-1"


def test_five_hundred_restless_editions_stay_below_three_kilobytes() -> None:
    assert len(path([(number, 1 + number * 7 % 20) for number in range(500)])) < 3000


def test_a_short_history_is_shown_whole() -> None:
    assert window(50, 52, 100) == (0, 99)


def test_in_a_long_history_the_picture_goes_to_where_the_run_is() -> None:
    first, last = window(1000, 1009, 3650)
    assert (first < 1000, last > 1009) == (True, True)
    assert last - first + 1 == FEWEST
    assert window(0, 2, 3650) == (0, FEWEST - 1)
    assert window(3649, 3649, 3650) == (3650 - FEWEST, 3649)


@given(SOME_PLACES, st.integers(301, 4000))
def test_the_picture_holds_the_whole_run(places: list[Place], editions: int) -> None:
    drawn = line(places, editions)
    assert 0 <= drawn.first <= places[0][0] <= places[-1][0] <= drawn.last < editions

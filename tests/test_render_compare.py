"""Two editions beside each other: what entered, left, climbed, fell and stayed."""

from pathlib import Path

from past_sites import pages, site_of
from stories import track
from test_render_site import text

from generator.render.pages.compare import comparisons, movements


def ways(before: str, after: str) -> dict[str, str]:
    """What became of each letter of two charts."""
    moves = movements({letter: track(letter) for letter in before + after}, list(before), list(after))
    return {getattr(move.item, "title", ""): move.way for move in moves}


def test_each_item_of_two_charts_went_one_way() -> None:
    assert ways("ABCDE", "BACXE") == {
        "B": "climbed",
        "A": "fell",
        "C": "stayed",
        "X": "entered",
        "E": "stayed",
        "D": "left",
    }


def test_a_chart_beside_itself_stays() -> None:
    assert set(ways("ABC", "ABC").values()) == {"stayed"}


def test_nothing_beside_something_entered_or_left() -> None:
    assert set(ways("", "AB").values()) == {"entered"}
    assert set(ways("AB", "").values()) == {"left"}


def test_the_latest_chart_is_compared_with_a_week_and_a_month_before(tmp_path: Path) -> None:
    (shelf,) = site_of(tmp_path, *["AB", "BA"] * 20, "AC").shelves
    assert shelf.archive
    found = list(comparisons(shelf.archive, shelf.charts[0]))
    assert [(one.label, one.other.isoformat()) for one in found] == [
        ("The edition before", "2026-02-09"),
        ("A week before (7 days)", "2026-02-03"),
        ("A month before (31 days)", "2026-01-10"),
    ]
    assert found[0].summary == "1 entered, 1 left and 1 climbed."


def test_an_edition_that_is_nearest_twice_is_shown_once(tmp_path: Path) -> None:
    (shelf,) = site_of(tmp_path, *["AB", "", "", "", "", "", ""], "BA").shelves
    assert shelf.archive
    assert len(list(comparisons(shelf.archive, shelf.charts[0]))) == 1


def test_the_first_edition_has_nothing_to_be_compared_with(tmp_path: Path) -> None:
    assert "no earlier edition" in text(pages(tmp_path, "AB")["compare/index.html"])


def test_the_page_is_complete_without_scripts(tmp_path: Path) -> None:
    shown = text(pages(tmp_path, "ABC", "BAD")["compare/index.html"])
    assert "1 entered, 1 left, 1 climbed and 1 fell." in shown
    assert "▲1, was 2" in shown

"""The history: a calendar of editions."""

import re
from datetime import date
from pathlib import Path

from chart_stories import on
from past_sites import pages
from test_render_site import parsed, text


def weeks(page: str) -> list[list[str]]:
    """The calendar's lines of a page with one month."""
    return [
        [" ".join("".join(day.itertext()).split()) for day in week.iter("td")]
        for week in parsed(page).iter("tr")
    ][1:]


def links(page: str) -> list[str]:
    return [a.get("href") or "" for day in parsed(page).iter("td") for a in day.iter("a")]


def test_weeks_begin_on_monday_and_days_without_news_lead_nowhere(tmp_path: Path) -> None:
    page = pages(tmp_path, "AB", "", "BA")["history/index.html"]  # 1 January 2026 was a Thursday
    assert [cell.split()[0] if cell else "" for cell in weeks(page)[0]] == ["", "", "", "1", "2", "3", "4"]
    assert links(page) == [f"../on/{on(1)}/index.html", f"../on/{on(3)}/index.html"]


def test_of_days_outside_the_editions_nothing_is_said(tmp_path: Path) -> None:
    page = pages(tmp_path, "AB", "", "BA")["history/index.html"]
    assert "On the days between two editions no change was seen." in text(page)


def test_weeks_before_the_first_and_after_the_last_edition_are_left_out(tmp_path: Path) -> None:
    page = pages(tmp_path, "AB", "BA", start=date(2026, 1, 14))["history/index.html"]
    assert len(weeks(page)) == 1


def test_a_day_names_what_came_onto_the_chart(tmp_path: Path) -> None:
    page = pages(tmp_path, "AB", "ABC", "AB", "ABCD")["history/index.html"]
    assert weeks(page)[0][3] == "1 First edition A B"
    assert weeks(page)[0][4:] == ["2 C", "3", "4 C D"]


def test_more_than_a_day_can_hold_is_counted(tmp_path: Path) -> None:
    page = pages(tmp_path, "A", "ABCDEF")["history/index.html"]
    assert weeks(page)[0][4] == "2 B C D +2"


def test_a_new_number_one_is_told(tmp_path: Path) -> None:
    page = pages(tmp_path, "AB", "BA", "BA")["history/index.html"]
    assert weeks(page)[0][4:6] == ["2 new number one", "3"]


def test_a_month_says_who_led_and_what_it_came_to(tmp_path: Path) -> None:
    page = text(pages(tmp_path, "AB", "BA", "BC")["history/index.html"])
    assert "3 editions, 3 songs came in." in page
    assert re.search(r"At number one\s*B\s*2 editions\s*A\s*1 edition", page)


def test_every_year_has_a_page_and_the_newest_is_at_the_entrance(tmp_path: Path) -> None:
    found = pages(tmp_path, "AB", "BA", "AB", start=date(2025, 12, 31))
    assert {"history/index.html", "history/2025/index.html"} <= set(found)
    assert "January 2026" in text(found["history/index.html"])
    assert "December 2025" not in text(found["history/index.html"])
    assert "December 2025" in text(found["history/2025/index.html"])
    assert 'href="../../history/index.html"' in found["history/2025/index.html"]
    assert 'href="../../on/2025-12-31/index.html"' in found["history/2025/index.html"]
    assert 'href="../../history/2025/index.html#2025-12"' in found["on/2025-12-31/index.html"]

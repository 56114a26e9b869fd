"""The pages of habits, finds and first listens in a real Chromium, narrow and wide, light and dark."""

from collections.abc import Iterator
from datetime import UTC, datetime
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from diaries import site_of
from playwright.sync_api import Browser, Page, expect

from generator.pipeline.serve import serve
from generator.render.site import TEMPLATES, write

NAMES = ("habits", "finds", "on-this-day")
DAYS = (
    "2024-02-29 22:00: Roads 6, Numb 2",
    "2025-03-01 08:00: Roads 4, Numb 2, Strangers by Ada 5",
    "2025-11-26 08:00: Numb 5, -Roads",
    "2026-11-25 21:00: Roads 5",
    "2026-11-26 21:10: Roads, ?Glass Box, An-extraordinarily-long-title-that-has-no-blank-anywhere 3",
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("habits")
    shown = site_of(folder, *DAYS, gaps=["2025-06-01 2025-06-09"])
    write(shown, templates=TEMPLATES, to=folder / "served" / "some-name")
    (folder / "served/index.html").write_text("The site lives below.")
    with serve(folder / "served", 0) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/some-name/plays/"
        server.shutdown()


def opened(page: Page) -> Page:
    """With every table unfolded."""
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    return page


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_pages_of_habits_have_no_fault_and_never_scroll_sideways(
    browser: Browser, address: str, theme: str, width: int
) -> None:
    context = browser.new_context(color_scheme=theme, viewport={"width": width, "height": 900})  # type: ignore[arg-type]
    page, said = context.new_page(), list[str]()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for name in NAMES:
        page.goto(f"{address}{name}/index.html")
        assert opened(page).evaluate("document.documentElement.scrollWidth") <= width, name
        found = Axe().run(page).response["violations"]
        assert [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found] == [], name
    context.close()
    assert said == []


def test_half_a_year_alone_is_as_wide_as_beside_the_other(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{address}habits/index.html")
    half = page.locator(".halves").first.locator(".drawn").first
    beside = half.evaluate("one => one.clientWidth")
    half.evaluate("one => one.nextElementSibling.remove()")
    assert half.evaluate("one => one.clientWidth") == beside
    context.close()


def test_where_plays_may_be_missing_the_line_of_any_year_has_dots_that_no_line_has(
    browser: Browser, address: str
) -> None:
    page = browser.new_page()
    page.goto(f"{address}habits/index.html")
    expect(page.locator("[aria-labelledby=years]")).to_contain_text(
        "Where it is a row of thick dots, plays may be missing"
    )
    line = page.locator(".lines g", has=page.locator(".dotted")).first
    for look in ("newest", "dash-0", "dash-1", "dash-2", "dash-3"):
        line.evaluate("(one, look) => one.setAttribute('class', look)", look)
        expect(line.locator(".dotted")).to_have_css("stroke-dasharray", "0.1px, 8px")
        expect(line.locator(".dotted")).to_have_css("stroke-width", "6px")
        expect(line.locator(".dotted")).to_have_css("stroke-linecap", "round")
        expect(line.locator("path:not(.dotted)").first).not_to_have_css("stroke-width", "6px")
    page.close()


def test_what_follows_a_notice_keeps_its_distance(browser: Browser, address: str) -> None:
    page = browser.new_page()
    for name in ("finds", "on-this-day"):
        page.goto(f"{address}{name}/index.html")
        notice, following = (
            page.locator(one).first.bounding_box() for one in (".notice", ".notice ~ :visible")
        )
        assert notice
        assert following
        assert following["y"] - notice["y"] - notice["height"] >= 16, name
    page.close()


def test_today_comes_to_the_front(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.clock.set_fixed_time(datetime(2027, 11, 26, 12, tzinfo=UTC))
    page.goto(f"{address}on-this-day/index.html")
    today = page.get_by_role("region", name="Today")
    expect(today.get_by_role("heading", name="26 November")).to_be_visible()
    expect(today).to_contain_text("An-extraordinarily-long-title")
    expect(page.locator("#on-11-26")).to_have_class("of-day marked")
    context.close()


def test_a_day_on_which_nothing_was_first_heard_says_so(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.clock.set_fixed_time(datetime(2027, 5, 3, 12, tzinfo=UTC))
    page.goto(f"{address}on-this-day/index.html")
    today = page.get_by_role("region", name="Today")
    expect(today).to_contain_text("On this day nothing was heard for the first time.")
    context.close()


def test_without_javascript_all_days_are_there(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}on-this-day/index.html")
    assert page.locator(".of-day").count() == 3
    assert not page.locator("#today").is_visible()
    page.goto(f"{address}habits/index.html")
    page.locator("summary").first.click()
    expect(page.get_by_role("table", name="Plays by day, 2026")).to_be_visible()
    context.close()

"""What scripts add, in a real browser: any two dates, a search box, a theme that is remembered."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from past_sites import site_of
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from generator.pipeline.serve import serve
from generator.render.site import TEMPLATES, write

DAYS = ("ABC", "BAC", "BCA", "", "CBD", "DCB")
PAPER = {"light": "rgb(250, 250, 249)", "dark": "rgb(20, 18, 17)"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of five editions, in a folder of another name."""
    folder = tmp_path_factory.mktemp("scripts")
    write(site_of(folder, *DAYS), templates=TEMPLATES, to=folder / "served" / "some-name")
    return folder / "served" / "some-name"


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    (site.parent / "index.html").write_text("The site lives below.")
    with serve(site.parent, 0) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/some-name/"
        server.shutdown()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A new browser window that accepts no error."""
    context = browser.new_context(color_scheme="light")
    opened = context.new_page()
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            said.append(message.text)

    opened.on("console", listen)
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    context.close()
    assert said == []


def test_the_search_box_finds_songs_and_leads_to_their_pages(page: Page, address: str) -> None:
    page.goto(f"{address}records/index.html")
    page.get_by_label("Search songs and artists").fill("d")
    expect(page.get_by_role("status")).to_have_text("4 found")  # all are by “nobody”
    page.keyboard.press("ArrowDown")
    expect(page.locator(".found a").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("D")


def test_a_search_for_nothing_says_so_and_escape_closes_it(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("Search songs and artists").fill("zzz")
    expect(page.get_by_role("status")).to_have_text("Nothing like this has a page here")
    page.keyboard.press("Escape")
    expect(page.locator(".found")).to_be_hidden()


def test_the_theme_is_remembered(page: Page, address: str) -> None:
    page.goto(address)
    body = page.locator("body")
    button = page.locator(".theme")
    expect(button).to_have_text("Theme: auto")
    button.click()
    button.click()
    expect(button).to_have_text("Theme: dark")
    expect(body).to_have_css("background-color", PAPER["dark"])
    page.goto(f"{address}compare/index.html")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("body")).to_have_css("background-color", PAPER["dark"])
    page.locator(".theme").click()
    expect(page.locator("body")).to_have_css("background-color", PAPER["light"])


def test_any_two_dates_are_compared_at_an_address_that_can_be_shared(page: Page, address: str) -> None:
    page.goto(f"{address}compare/index.html")
    page.get_by_label("From").fill("2026-01-04")  # no edition: that of the third stood
    page.get_by_label("To").fill("2026-01-06")
    page.get_by_role("button", name="Compare").click()
    outcome = page.locator("#outcome")
    expect(outcome).to_contain_text("3 January 2026 and 6 January 2026")
    expect(outcome).to_contain_text("1 entered, 1 left, 0 climbed, 1 fell, 1 stayed.")
    assert page.url.endswith("compare/index.html#2026-01-03..2026-01-06")
    page.goto("about:blank")
    page.goto(f"{address}compare/index.html#2026-01-03..2026-01-06")
    expect(page.locator("#outcome .group.left")).to_contain_text("A")
    page.locator("#outcome").get_by_role("link", name="D", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("D")


def test_a_wrong_address_compares_nothing(page: Page, address: str) -> None:
    page.goto(f"{address}compare/index.html#2026-13-99..<script>")
    expect(page.get_by_role("button", name="Compare")).to_be_visible()
    expect(page.locator("#outcome")).to_be_empty()


def test_from_a_folder_on_disk_nothing_fails(page: Page, site: Path) -> None:
    for name in ("index.html", "compare/index.html", "records/index.html"):
        page.goto((site / name).as_uri())
        expect(page.locator(".theme")).to_be_visible()
        expect(page.locator(".search")).to_have_count(0)
    page.goto((site / "compare/index.html").as_uri())
    expect(page.locator("#free-note")).to_be_visible()
    expect(page.locator("#chooser")).to_be_hidden()


def test_the_front_page_loads_at_most_ten_kilobytes_of_scripts(page: Page, address: str) -> None:
    page.goto(address)
    sources = page.locator("script").evaluate_all("all => all.map(one => one.src)")
    bodies = [page.request.get(source).body() for source in sources]
    assert 0 < sum(map(len, bodies)) <= 10_000

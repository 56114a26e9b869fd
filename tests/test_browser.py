"""The demo's whole site in a real Chromium, served below a folder as GitHub Pages does it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from generator.pipeline.demo import demo
from generator.pipeline.serve import serve

NOW = datetime(2026, 12, 9, 6, tzinfo=UTC)
DAYS = 16  # of two months, with a week to compare with
THEMES = ("light", "dark")
# Note where the focus is; answer whether it is back at the first place, after another one.
ROUND = """() => {
    const [first, second] = window.reached.add(document.activeElement);
    return Boolean(second) && document.activeElement === first;
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's site in a folder named some-name."""
    folder = tmp_path_factory.mktemp("demo")
    list(demo(folder / "demo", DAYS, NOW))
    (folder / "served").mkdir()
    (folder / "served/index.html").write_text("The site lives below.")
    return (folder / "demo/site").rename(folder / "served/some-name")


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with serve(site.parent, 0) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/some-name/"
        server.shutdown()


@pytest.fixture(scope="module")
def kinds(site: Path) -> dict[str, str]:
    """One page of every kind, by its path; of songs and artists the first on the chart."""
    front, artists = (site / name for name in ("index.html", "artists/index.html"))
    song = re.search(r'href="(tracks/\w+/index\.html)"', front.read_text("utf-8"))
    artist = re.search(r'href="(?:\.\./)?(?:artists/)?(\w{22}/index\.html)"', artists.read_text("utf-8"))
    assert song
    assert artist
    plain = ("", "six-months/", "artists/", "history/", "records/", "compare/", "about/", "on/2026-12-09/")
    paths = {name or "front": f"{name}index.html" for name in plain}
    return paths | {"song": song[1], "artist": f"artists/{artist[1]}", "missing": "404.html"}


def test_every_kind_of_page_opens_without_an_error_and_asks_nobody_else(
    browser: Browser, address: str, kinds: dict[str, str]
) -> None:
    said: list[str] = []
    asked: set[str] = set()
    context = browser.new_context()
    page = context.new_page()
    page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    for path in kinds.values():
        answer = page.goto(address + path)
        assert answer
        assert answer.ok, path
        page.wait_for_load_state("networkidle")
    context.close()
    assert said == []
    assert asked == {urlsplit(address).netloc}


def test_no_page_scrolls_sideways_on_the_narrowest_phone(
    browser: Browser, address: str, kinds: dict[str, str]
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    for name, path in kinds.items():
        page.goto(address + path)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 320, f"{name} is {width} px wide"
    context.close()


def test_a_comparison_shows_how_far_each_moved_on_a_phone_too(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(address + "compare/index.html")
    boxes = [each.bounding_box() for each in page.locator("main .moved").all()]
    styles = page.locator("main .moved").evaluate_all("all => all.map(one => getComputedStyle(one).clipPath)")
    context.close()
    assert boxes
    assert all(box and box["x"] + box["width"] <= 320 for box in boxes)
    assert set(styles) == {"none"}


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_no_fault(
    browser: Browser, address: str, kinds: dict[str, str], theme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(color_scheme=theme, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    faults = []
    for name, path in kinds.items():
        page.goto(address + path)
        found = Axe().run(page).response["violations"]
        faults += [f"{name}: {one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]
    context.close()
    assert faults == []


def test_the_keyboard_reaches_everything(browser: Browser, address: str, kinds: dict[str, str]) -> None:
    context = browser.new_context()
    page = context.new_page()
    for name in ("front", "compare/", "song"):
        page.goto(address + kinds[name])
        page.wait_for_load_state("networkidle")
        assert reached_by_tab(page) == reachable(page), name
    context.close()


def reachable(page: Page) -> int:
    """How many links, buttons and fields a page shows."""
    shown = "[...document.querySelectorAll('a[href], button, input, select, summary')]"
    return int(page.evaluate(f"{shown}.filter(one => one.checkVisibility() && !one.disabled).length"))


def reached_by_tab(page: Page) -> int:
    """How many of them the Tab key reaches, each with a focus that is seen, until it comes round."""
    page.evaluate("window.reached = new Set(); document.body.focus()")
    for _ in range(reachable(page) * 3):  # a field for a date takes several
        page.keyboard.press("Tab")
        if page.evaluate(ROUND):
            break
    inside = "[...window.reached].filter(one => one.matches('a, button, input, select, summary')).length"
    return int(page.evaluate(inside))


def test_without_javascript_the_pages_are_complete(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.locator("ol.chart > li").count() == 20
    page.get_by_role("link", name="Compare").first.click()
    assert page.locator("main h2").count() >= 3
    page.get_by_role("link", name="History").first.click()
    page.get_by_role("link", name=re.compile("^30")).first.click()
    assert "/on/2026-11-30/" in page.url
    assert page.locator("ol.chart > li").count() == 20
    assert not page.get_by_role("searchbox").is_visible()
    context.close()


def test_the_front_page_is_light(site: Path) -> None:
    front = site / "index.html"
    styles = re.findall(r'rel="stylesheet" href="([^"]+)"', front.read_text("utf-8"))
    size = front.stat().st_size + sum((site / style).stat().st_size for style in styles)
    assert size <= 60_000, f"HTML and CSS are {size} bytes"

"""A site made of hostile data, in a real Chromium: it is shown, and nothing of it runs or asks anybody."""

import re
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest
from exports import account, extended, write
from playwright.sync_api import Browser, Dialog, Page
from spotify_service import ARTISTS, TRACKS, Reply, running
from test_run_plays import chosen
from world import NEXT, Root

from generator.pipeline.serve import serve

ALERT = "alert(document.domain)"
TITLES = (
    f"<script>{ALERT}</script>",
    f"</title><img src=x onerror={ALERT}>",
    f'"><svg/onload={ALERT}>',
    f"' onmouseover={ALERT} autofocus onfocus={ALERT} x='",
    f"javascript:{ALERT}",
    f"]]><script>{ALERT}</script>",
    f"--><script>{ALERT}</script>",
    f"</script></style></textarea><script>{ALERT}</script>",
    "{{ 7 * 7 }} {% raw %} ${{ secrets.X }}",
    '=HYPERLINK("https://evil.invalid")',
    "\u202eright to left\u202d \u2066isolated",
    "\u200bzero\u200d width\ufeff and \x00\x07\x1b[31m control",
    "A" * 100_000,
    "&lt;b&gt; &amp; &#x3c;",
    "../../../etc/passwd",
)
ADDRESSES = (
    f"javascript:{ALERT}",
    f"data:text/html,<script>{ALERT}</script>",
    "https://evil.invalid/x.png",
    "//evil.invalid/x.png",
    "http://i.scdn.co/image/plain",
    "https://i.scdn.co.evil.invalid/image/x",
    "https://i.scdn.co@evil.invalid/image/x",
    f'https://i.scdn.co/image/"><script>{ALERT}</script>',
)


def song(number: int, title: str) -> dict[str, Any]:
    address = ADDRESSES[number % len(ADDRESSES)]
    return {
        "id": f"song{number}",
        "name": title,
        "uri": address,
        "href": address,
        "external_urls": {"spotify": address},
        "artists": [artist(number, title)],
        "album": {"id": f"album{number}", "name": title, "images": [picture(address)]},
        "duration_ms": 1000 + number,
        "type": "track",
    }


def artist(number: int, title: str) -> dict[str, Any]:
    address = ADDRESSES[number % len(ADDRESSES)]
    return {
        "id": f"artist{number}",
        "name": title,
        "external_urls": {"spotify": address},
        "images": [picture(address)],
    }


def picture(address: str) -> dict[str, Any]:
    return {"url": address, "width": 300, "height": 300}


def exported(folder: Path) -> Path:
    """Exports of plays on three days, with a year between the first and the second; some know names only."""
    long = [
        extended(f"{day}T{at:02}:00:00Z", title, by=title, master_metadata_album_album_name=title)
        for day in ("2025-11-19", "2026-11-18")
        for at, title in enumerate(TITLES)
    ]
    short = [
        account(f"2026-11-19 {at:02}:00", f"{title} {ALERT}", by=title) for at, title in enumerate(TITLES)
    ]
    write(folder / "long.json", *long)
    write(folder / "short.json", *short)
    return folder


@pytest.fixture
def hostile(root: Root, tmp_path: Path) -> Root:
    """A site of two days, on which everything that can arrive is hostile; some ids cannot be used at all."""
    chosen(root, "exact")
    done = root.rotation("import", str(exported(tmp_path / "export")), "--now", f"{NEXT}T05:00:00Z")
    assert (done.code, done.err) == (0, "")
    settings = root.folder / "rotation.toml"
    text = settings.read_text("utf-8").replace('name = "Me"', f"name = '<script>{ALERT}</script>'")
    settings.write_text(
        text.replace('title = "Heavy Rotation"', f"title = '</title><script>{ALERT}</script>'")
    )
    strange = [{**song(90, "Strange"), "id": one} for one in ("../../x", "a/b", "x\x00", "<b>", "\u202e")]
    # Of a list whose rows were mostly useless nothing would be believed.
    plain = [song(number, f"Plain {number}") for number in range(100, 135)]
    with running() as service:
        asks_it = root.given(SPOTIFY_API_URL=f"{service.address}/v1", SPOTIFY_ACCOUNTS_URL=service.address)
        for day, titles in ((NEXT, TITLES), ("2026-11-22", TITLES[::-1])):
            songs = [song(TITLES.index(title), title) for title in titles]
            artists = [artist(TITLES.index(title), title) for title in titles]
            service.says(TRACKS, Reply({"items": [*songs, *plain, *strange]}))
            service.says(ARTISTS, Reply({"items": artists}))
            done = asks_it.run(day=day)
            assert (done.code, done.err) == (0, "")
    return root


@pytest.fixture
def address(hostile: Root) -> Iterator[str]:
    with serve(hostile.folder / "site", 0) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_nothing_hostile_runs_or_asks_anybody_in_a_browser(
    browser: Browser, hostile: Root, first_edition: Root, address: str
) -> None:
    site = hostile.folder / "site"
    assert not [path for path in site.rglob("*") if not path.resolve().is_relative_to(site.resolve())]
    seen: list[str] = []
    context = browser.new_context(viewport={"width": 320, "height": 800})
    context.route("https://i.scdn.co/**", lambda route: route.fulfill(body="", content_type="image/png"))
    page = context.new_page()

    def refuse(dialog: Dialog) -> None:
        seen.append(f"dialog on {page.url}")
        dialog.dismiss()

    page.on("dialog", refuse)
    page.on("pageerror", lambda error: seen.append(f"{page.url}: {error}"))
    page.on("console", lambda said: seen.append(f"{page.url}: {said.text}") if said.type == "error" else None)
    page.on("request", lambda request: seen.append(request.url) if is_foreign(request.url, address) else None)
    page.clock.set_fixed_time("2026-11-18T12:00:00Z")
    pages = sorted(file.relative_to(site).as_posix() for file in site.rglob("*.html"))
    # On the pages of the first day's artists and songs nothing is hostile: one of each is enough.
    usual = sorted(one for one in first_edition.site if re.match(r"(artists|tracks)/\w{22}/index.html", one))
    plain = [one for one in pages if re.match(r"tracks/song\d{3}\b", one)]
    wanted = sorted({*pages} - {*usual[1:-1], *plain})
    assert len(wanted) > len(TITLES)
    assert set(wanted) >= PLAYED
    assert [one for one in wanted if one.startswith("tracks/name-")]
    for path in wanted:
        page.goto(address + path)
        inside(page)
    look_at_plays(page, address)
    page.goto(address)
    page.locator("input[type=search]").fill("script")
    page.locator(".found a").first.wait_for()
    links = page.locator("a[href]").evaluate_all("all => all.map(one => one.href)")
    context.close()
    assert seen == []
    assert TITLES[-1] in hostile.songs()
    assert f"<script>{ALERT}</script>" in hostile.songs()
    assert [one for one in links if is_foreign(one, address) and not one.startswith(LINKED)] == []


def look_at_plays(page: Page, address: str) -> None:
    """What scripts make of the plays: the charts of free dates, and what was heard on this day."""
    page.goto(f"{address}plays/range/index.html#2026-11-17..2026-11-19")
    page.locator("#outcome li").first.wait_for()
    assert ALERT in page.locator("#outcome").inner_text()
    inside(page)
    page.goto(f"{address}plays/on-this-day/index.html")
    page.locator("#today").wait_for()
    inside(page)


def inside(page: Page) -> None:
    """Nothing that a title holds became a part of the page, and it fits a narrow screen."""
    strange = "main :is(script, iframe, object, [onerror], [onload], [onfocus], [style])"
    assert page.locator(strange).count() == 0, page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url


PLAYED = {f"plays/{one}index.html" for one in ("", "habits/", "finds/", "on-this-day/", "range/", "2026-11/")}
LINKED = ("https://open.spotify.com/", "https://github.com/ada-example/")


def is_foreign(url: str, address: str) -> bool:
    return urlsplit(url).netloc not in {urlsplit(address).netloc, "i.scdn.co", ""}

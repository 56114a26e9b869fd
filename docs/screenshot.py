#!/usr/bin/env python3
"""Takes the README's pictures, in light and in dark, of the page that the program's own demo makes.

Some of the demo's songs have Chinese, Japanese and Korean titles: without fonts for these (on Debian,
fonts-noto-cjk or fonts-wqy-microhei) they are empty boxes.
"""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from generator.pipeline.demo import demo
from generator.pipeline.serve import serve

FOLDER = Path(__file__).parent
PICTURES: tuple[tuple[Literal["light", "dark"], str], ...] = (
    ("light", "screenshot.png"),
    ("dark", "screenshot-dark.png"),
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NOW = datetime(2026, 11, 4, 6, tzinfo=UTC)  # a day with a new number one
DAYS = 30
WIDTH, HEIGHT = 1280, 1180  # down to the fourth place


def main() -> None:
    """Build the demo in a scratch folder, serve it, and picture it."""
    with TemporaryDirectory() as scratch:
        root = Path(scratch) / "demo"
        for _ in demo(root, DAYS, NOW):
            pass
        with served(root / "site") as address, sync_playwright() as playwright:
            # As root, in a container, Chromium cannot have its sandbox; it opens nothing but this page.
            browser = playwright.chromium.launch(executable_path=browser_path(), args=["--no-sandbox"])
            for scheme, name in PICTURES:
                take(browser, address, scheme, FOLDER / name)
            browser.close()


def browser_path() -> str:
    """A Chromium that this machine has."""
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    sys.exit(f"The picture needs one of these browsers: {', '.join(BROWSERS)}. Install one and try again.")


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The site on a free port of this machine; its address."""
    with serve(site, 0) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def take(browser: Browser, address: str, scheme: Literal["light", "dark"], picture: Path) -> None:
    """One picture of the front page."""
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme=scheme)
    page.goto(address, wait_until="networkidle")
    page.screenshot(path=picture, scale="css")
    page.close()


if __name__ == "__main__":
    main()

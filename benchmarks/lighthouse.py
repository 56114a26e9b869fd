"""Asks Lighthouse for its marks of the demo's front, edition and song pages; 100 in all four is the goal.

    python benchmarks/lighthouse.py

Lighthouse is the examiner, not a part of the program: `npm install -g lighthouse` first. It drives a Chromium
that this machine has. The pages are served compressed, as GitHub Pages serves them.
"""

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from generator.pipeline.demo import demo
from generator.pipeline.serve import COVERS_URL

DAYS, NOW = 30, datetime(2026, 11, 20, 6, tzinfo=UTC)
SUBJECTS = ("performance", "accessibility", "best-practices", "seo")
DEVICES = {"phone": (), "desktop": ("--preset=desktop",)}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
TEXTS = {".html", ".css", ".js", ".json", ".svg"}
GOAL = 100


class Pages(SimpleHTTPRequestHandler):
    """Files of a folder, its texts compressed."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            self.send_error(404)
            return
        is_text = file.suffix in TEXTS
        content = gzip.compress(file.read_bytes()) if is_text else file.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(file))
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=600")
        if is_text:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


def main() -> None:
    lighthouse = shutil.which("lighthouse")
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not lighthouse or not browser:
        sys.exit(
            "Lighthouse and a Chromium have to be on the PATH: `npm install -g lighthouse` brings the first."
        )
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "demo" / "site"
        list(demo(site.parent, DAYS, NOW))
        with_own_covers(site)
        with ThreadingHTTPServer(("127.0.0.1", 0), partial(Pages, directory=str(site))) as server:
            Thread(target=server.serve_forever, daemon=True).start()
            for name, path in pages(site).items():
                for device, options in DEVICES.items():
                    address = f"http://127.0.0.1:{server.server_port}/{path}"
                    marks = examine([lighthouse, address, *options], browser)
                    verdict = "all at the goal" if set(marks.values()) == {GOAL} else "BELOW the goal"
                    told = ", ".join(f"{subject} {mark}" for subject, mark in marks.items())
                    print(f"{name} on a {device}: {told}: {verdict}")
            server.shutdown()


def with_own_covers(site: Path) -> None:
    """Let the site itself give the demo's covers: nobody else here does."""
    cover = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path fill="#557" d="M0 0h1v1H0z"/></svg>'
    )
    (site / "cover.svg").write_text(cover)
    for file in site.rglob("*.html"):
        way = "../" * (len(file.relative_to(site).parts) - 1)
        text = re.sub(rf'"{re.escape(COVERS_URL)}[^"]*"', f'"{way}cover.svg"', file.read_text("utf-8"))
        file.write_text(text, "utf-8")


def pages(site: Path) -> dict[str, str]:
    """One page of each kind."""
    song = re.search(r'href="(tracks/\w+/)index\.html"', (site / "index.html").read_text("utf-8"))
    edition = max(file.name for file in (site / "on").iterdir())
    return {"front": "", "edition": f"on/{edition}/", "song": song[1] if song else ""}


def examine(command: list[str], browser: str) -> dict[str, int]:
    """Lighthouse's marks by subject."""
    options = ["--quiet", "--output=json", f"--only-categories={','.join(SUBJECTS)}"]
    flags = "--chrome-flags=--headless --no-sandbox --disable-gpu"
    environment = os.environ | {"CHROME_PATH": browser}
    done = subprocess.run(
        [*command, *options, flags], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"Lighthouse failed:\n{done.stderr}")
    found = json.loads(done.stdout)["categories"]
    return {subject: round(found[subject]["score"] * 100) for subject in SUBJECTS}


if __name__ == "__main__":
    main()

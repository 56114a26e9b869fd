"""Titles from outside stay titles: in the summary, the terminal, the commit and the page."""

import re
from pathlib import Path
from typing import Any

from spotify_service import ARTISTS, TRACKS, Reply, running
from world import NEXT, Root, tree

from generator.git import git

TITLES = (
    "<script>alert(1)</script>",
    "[click](https://evil.invalid) ![x](https://evil.invalid/x.png)",
    "# heading `code` **bold** | a | b | $x$ ~~gone~~ :tada: @somebody https://evil.invalid",
    "line\r\nbreak\n\nEdition: 1999-01-01\nListener: nobody",
    "\x1b[31mred\x1b[0m \x07bell \u202eabc",
    "{{ 7 * 7 }} {% raw %} ${{ secrets.X }} ::set-output name=x::y",
    "</title><img src=x onerror=alert(1)>",
    "NA",
)


def song(number: int, title: str) -> dict[str, Any]:
    return {
        "id": f"song{number}",
        "name": title,
        "artists": [{"id": f"artist{number}", "name": title}],
        "album": {"id": f"album{number}", "name": title, "images": []},
        "duration_ms": 1000 + number,
        "type": "track",
    }


def test_no_title_can_speak_for_the_program(root: Root, tmp_path: Path) -> None:
    settings = root.folder / "rotation.toml"
    settings.write_text(
        settings.read_text().replace('name = "Me"', 'name = "[Me](https://evil.invalid) <b>"')
    )
    with running() as service:
        service.says(TRACKS, Reply({"items": [song(number, title) for number, title in enumerate(TITLES)]}))
        artists = [{"id": f"artist{number}", "name": title} for number, title in enumerate(TITLES)]
        service.says(ARTISTS, Reply({"items": artists}))
        done = root.given(SPOTIFY_API_URL=f"{service.address}/v1", SPOTIFY_ACCOUNTS_URL=service.address).run(
            day=NEXT, GITHUB_STEP_SUMMARY=str(tmp_path / "summary.md")
        )
    assert (done.code, done.err) == (0, "")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202e]", done.out)
    assert not [line for line in done.out.splitlines() if line.startswith("::")]
    summary = (tmp_path / "summary.md").read_text("utf-8")
    assert summary.startswith("### Heavy Rotation, 2026-11-21 06:00 UTC\n\n- ✅ ")
    assert len(summary.splitlines()) == 4  # the last one says that nobody knows when the sign-in ends
    assert not re.search(r"[<>\[\]`|$~]|https?://|@", summary.split("\n", 2)[2])
    editions = git(
        root.folder,
        "log",
        "-1",
        "--format=%(trailers:key=Edition,valueonly)%(trailers:key=Listener,valueonly)",
    )
    assert editions.split() == [NEXT, "me"]
    page = tree(root.page)
    assert all((script.get("src") or "").startswith("static/") for script in page.iter("script"))
    assert [each for each in page.iter() if each.get("onerror")] == []
    assert root.songs()[0] == "<script>alert(1)</script>"
    assert "{{ 7 * 7 }} {% raw %} ${{ secrets.X }} ::set-output name=x::y" in root.songs()
    assert "NA" in root.songs()

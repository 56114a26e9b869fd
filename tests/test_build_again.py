"""A build that finds nothing new rewrites only the pages that tell when Spotify was asked."""

import json
import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from blank import blank
from chart_stories import write
from played_sites import listened
from stories import contents, repository, tell

from generator.config.load import load
from generator.model import Report
from generator.pipeline import health
from generator.pipeline.build import build
from generator.pipeline.run import Run

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
DAYS = ("2026-11-19: Roads, Teardrop", "2026-11-20: Teardrop, Roads; artists/short_term: Ann, Bea")
Refreshed = Callable[..., dict[str, bytes]]


@pytest.fixture(params=["no list yet", "one listener", "two listeners"])
def root(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    folder = repository(tmp_path / "root")
    slugs = ("me", "you") if request.param == "two listeners" else ("me",)
    people = [
        f"[[listener]]\nslug = '{slug}'\nname = '{slug}'\nsign_in = {n}\nplays = 'exact'"
        for n, slug in enumerate(slugs, 1)
    ]
    write(folder / "rotation.toml", *people)
    for slug in slugs if request.param != "no list yet" else ():
        tell(folder / "data", *DAYS, listener=slug)
    blank(folder / ".cache" / "warehouse.duckdb").dispose()
    return folder


def refreshed(root: Path, hours: int, failure: str | None = None) -> int:
    """Build after a refresh so many hours later; answer the number of pages."""
    run = Run(load(root, {}), NOW + timedelta(hours=hours), say=lambda _: None)
    reports = [Report(one, asked=True, failure=failure) for one in run.settings.listeners]
    health.keep(run, reports)
    return build(run)


def anew(root: Path, hours: int, failure: str | None = None) -> tuple[int, dict[str, bytes]]:
    """The same build where nothing was built before."""
    (root / ".cache" / "built.json").unlink()
    return refreshed(root, hours, failure), contents(root / "site")


@pytest.mark.parametrize("failure", [None, "Spotify answered 503."])
def test_a_build_without_news_gives_the_bytes_of_a_whole_one(root: Path, failure: str | None) -> None:
    refreshed(root, hours=0)
    pages, site = refreshed(root, 24, failure), contents(root / "site")
    assert (pages, site) == anew(root, 24, failure)


def test_a_build_without_news_leaves_the_pages_of_the_past_as_they_are(root: Path) -> None:
    refreshed(root, hours=0)
    before = times(root)
    refreshed(root, hours=24)
    written = {path for path, time in times(root).items() if before[path] != time}
    assert "about/index.html" in written
    assert not {path for path in written if path.startswith(("on/", "history/", "static/"))}


def times(root: Path) -> dict[str, int]:
    site = root / "site"
    return {
        file.relative_to(site).as_posix(): file.stat().st_mtime_ns
        for file in site.rglob("*")
        if file.is_file()
    }


def picture(root: Path) -> Path:
    """The badge, which shows the song that is number one."""
    return root / "site" / "pictures" / "badge.png"


def deceived(tmp_path: Path) -> Path:
    """A built root whose badge is not ours any more, though nobody can tell by its size and time."""
    folder = repository(tmp_path / "root")
    write(folder / "rotation.toml", "[[listener]]\nslug = 'me'\nname = 'me'\nsign_in = 1")
    tell(folder / "data", *DAYS)
    refreshed(folder, hours=0)
    status = picture(folder).stat()
    picture(folder).write_bytes(b"x" * status.st_size)
    os.utime(picture(folder), ns=(status.st_atime_ns, status.st_mtime_ns))
    return folder


def test_a_picture_whose_drawing_stays_is_not_drawn_again(tmp_path: Path) -> None:
    folder = deceived(tmp_path)
    tell(folder / "data", *DAYS, "2026-11-21: Teardrop, Roads; artists/short_term: Bea, Ann")
    refreshed(folder, hours=24)
    assert set(picture(folder).read_bytes()) == set(b"x")
    tell(folder / "data", *DAYS, "2026-11-21: Roads, Teardrop")
    refreshed(folder, hours=48)
    assert picture(folder).read_bytes()[:4] == b"\x89PNG"


def test_another_program_draws_its_pictures_anew(tmp_path: Path) -> None:
    folder = deceived(tmp_path)
    file = folder / ".cache" / "built.json"
    file.write_text(json.dumps(json.loads(file.read_bytes()) | {"program": "an older one"}), "utf-8")
    refreshed(folder, hours=24)
    assert picture(folder).read_bytes()[:4] == b"\x89PNG"


def gone(root: Path) -> None:
    (root / "site" / "404.html").unlink()


def edited(root: Path) -> None:
    (root / "site" / "404.html").write_text("Mine", "utf-8")


def strange(root: Path) -> None:
    (root / "site" / "mine.html").write_text("Mine", "utf-8")


def half_built(root: Path) -> None:
    """A run was killed while it rewrote a page."""
    (root / "site" / "index.html.new").write_text("<!doctype", "utf-8")


def retitled(root: Path) -> None:
    file = root / "rotation.toml"
    file.write_text("title = 'Another name'\n" + file.read_text("utf-8"), "utf-8")


def lived_on(root: Path) -> None:
    tell(root / "data", *DAYS, "2026-11-21: Angel, Roads")


def renamed(root: Path) -> None:
    """The catalog learns another title: no edition is new, but every page is."""
    file = root / "data" / "catalog" / "tracks.csv"
    if file.exists():
        file.write_text(file.read_text("utf-8").replace("Roads", "Streets"), "utf-8")


def another_picture(root: Path) -> None:
    """Somebody put a picture of their own in place of ours."""
    picture(root).parent.mkdir(exist_ok=True)
    picture(root).write_bytes(b"mine")


def unreadable(root: Path) -> None:
    (root / ".cache" / "built.json").write_text('{"pages": 3', "utf-8")


CHANGES = (gone, edited, strange, half_built, retitled, lived_on, renamed, another_picture, unreadable)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_whatever_changed_since_is_built_whole(root: Path, change: Callable[[Path], None]) -> None:
    refreshed(root, hours=0)
    change(root)
    pages, site = refreshed(root, hours=24), contents(root / "site")
    assert (pages, site) == anew(root, hours=24)


@pytest.mark.parametrize(
    ("hours", "failure", "is_running"),
    [(8 * 24, None, True), (9 * 24, None, False), (9 * 24, "Spotify answered 503.", True)],
)
def test_that_a_month_is_over_is_news_unless_nobody_knows_what_was_heard(
    root: Path, hours: int, failure: str | None, *, is_running: bool
) -> None:
    listened(root / "data", ["2026-11-21: Numb 9"])
    refreshed(root, hours=0)
    pages, site = refreshed(root, hours, failure), contents(root / "site")
    assert (b"Recap of November 2026 so far" in november(site)) == is_running
    assert (pages, site) == anew(root, hours, failure)


def november(site: dict[str, bytes]) -> bytes:
    """The page of the month's plays."""
    path = "plays/2026-11/index.html"
    return site.get(f"me/{path}") or site[path]


def test_a_month_that_was_over_stays_so_when_spotify_fails(root: Path) -> None:
    listened(root / "data", ["2026-11-21: Numb 9"])
    for hours, failure in ((9 * 24, None), (9 * 24 + 2, "Spotify answered 503.")):
        refreshed(root, hours, failure)
        assert b"November 2026 so far" not in november(contents(root / "site"))


def test_a_month_is_not_over_before_plays_were_asked_for_after_it(root: Path) -> None:
    listened(root / "data", ["2026-11-21: Numb 9"])
    refreshed(root, hours=0)
    build(Run(load(root, {}), NOW + timedelta(days=20), say=lambda _: None))
    assert b"Recap of November 2026 so far" in november(contents(root / "site"))


@pytest.mark.parametrize(
    ("play", "plays", "is_running"),
    [
        ("?Numb", "exact", False),
        ("Numb", "exact", True),  # of an export: whether Spotify was ever asked for plays is not known
        ("?Numb", "off", True),
    ],
)
def test_in_a_new_clone_an_edition_says_that_spotify_was_asked(
    tmp_path: Path, play: str, plays: str, *, is_running: bool
) -> None:
    root = repository(tmp_path / "root")
    write(root / "rotation.toml", f"[[listener]]\nslug = 'me'\nname = 'Me'\nplays = '{plays}'")
    listened(root / "data", [f"2026-10-31: {play} 9"])
    tell(root / "data", "2026-10-31: Roads", "2026-11-01: Teardrop")
    build(Run(load(root, {}), NOW, say=lambda _: None))
    page = contents(root / "site")["plays/2026-10/index.html"]
    assert (b"Recap of October 2026 so far" in page) == is_running


@pytest.mark.parametrize(
    ("hours", "at", "is_running"),
    [
        (9 * 24, date(2026, 11, 30), True),
        (9 * 24, date(2026, 12, 1), False),
        (8 * 24, date(2026, 12, 1), True),
        (8 * 24, date(2030, 1, 1), True),
        (None, date(2026, 12, 1), True),
    ],
)
def test_as_it_stood_on_a_date_a_month_is_over_if_plays_were_asked_for_after_it(
    root: Path, hours: int | None, at: date, *, is_running: bool
) -> None:
    listened(root / "data", ["2026-11-21: Numb 9"])
    if hours:
        refreshed(root, hours)
    build(Run(load(root, {}), NOW + timedelta(days=20), say=lambda _: None), at=at)
    assert (b"Recap of November 2026 so far" in november(contents(root / "site"))) == is_running


def test_as_it_stood_on_a_date_a_month_is_over_if_a_later_play_is_known(root: Path) -> None:
    listened(root / "data", ["2026-11-21: Numb 9", "2026-12-05: Numb"])
    build(Run(load(root, {}), NOW + timedelta(days=20), say=lambda _: None), at=date(2026, 12, 2))
    told = november(contents(root / "site"))
    assert b"Recap of November 2026" in told
    assert b"so far" not in told


def test_after_a_look_at_the_past_the_present_is_built_whole(root: Path) -> None:
    refreshed(root, hours=0)
    site = contents(root / "site")
    build(Run(load(root, {}), NOW, say=lambda _: None), at=date(2026, 11, 19))
    refreshed(root, hours=0)
    assert contents(root / "site") == site

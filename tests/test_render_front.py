"""The current chart with its past, and what happens to addresses when a second listener comes."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from posixpath import dirname, normpath
from urllib.parse import urlsplit

from chart_stories import on
from past_sites import pages, site_of, written
from played_sites import files_of, played_site
from test_render_site import built, parsed, text

from generator.model import Health, Rank, Site
from generator.render.filters import milestone

NOON = datetime(2026, 1, 9, 12, tzinfo=UTC)


def with_health(site: Site, health: Health | None) -> Site:
    return replace(site, shelves=tuple(replace(shelf, health=health) for shelf in site.shelves))


def test_the_chart_leads_to_its_songs_its_edition_and_its_history(tmp_path: Path) -> None:
    front = parsed(pages(tmp_path, "AB", "BA")["index.html"])
    links = {a.get("href") for a in front.iter("a")}
    assert {
        f"on/{on(2)}/index.html",
        "history/index.html",
        "records/index.html",
        "compare/index.html",
    } <= links
    assert any((link or "").startswith("tracks/") for link in links)
    assert any((link or "").startswith("https://open.spotify.com/track/") for link in links)


def test_the_last_editions_are_drawn_and_named(tmp_path: Path) -> None:
    front = pages(tmp_path, "ABC", "BAC", "CBA")["index.html"]
    figure = next(parsed(front).iter("figure"))
    said = " ".join("".join(figure.itertext()).split())
    assert "1 C from 3 2 B from 2 3 A from 1" in said
    assert 'role="img" aria-label="A line for each' in front


def test_what_came_in_since_a_week_before_may_have_come_back(tmp_path: Path) -> None:
    front = pages(tmp_path, "AB", "BC", "B", "B", "B", "B", "B", "B", "BAC")["index.html"]
    assert "Against a week before1 of 3 came in" in text(front)


def test_the_lines_of_what_left_the_first_places_are_told_from_the_thin_ones_of_today(tmp_path: Path) -> None:
    front = pages(tmp_path, "ABCDEFGHIJK", "KABCDEFGHIJ")["index.html"]
    assert 'class="gone"' in front
    assert "faint lines are songs that stood among them and no longer do" in text(front)


def test_a_page_is_as_fresh_as_is_known(tmp_path: Path) -> None:
    site = site_of(tmp_path, "AB", "BA")
    unknown = text(built(tmp_path / "a", with_health(site, None))["index.html"])
    assert "Last changed2 January 2026" in unknown
    assert "Last checked" not in unknown
    health = Health(NOON, date(2026, 7, 1))
    known = text(built(tmp_path / "b", with_health(site, health))["index.html"])
    assert "Last checked9 January 2026, 12:00" in known
    assert "Sign-in valid until1 July 2026" in known


def test_the_about_page_tells_what_the_last_refresh_met(tmp_path: Path) -> None:
    health = Health(NOON, None, None, ("row 3 of tracks/short_term was skipped: it has no id.",))
    about = text(
        built(tmp_path / "a", with_health(site_of(tmp_path, "AB", "BA"), health))["about/index.html"]
    )
    assert "row 3 of tracks/short_term was skipped: it has no id." in about
    assert "Last checked9 January 2026, 12:00" in about


def test_number_ones_wear_a_medal(tmp_path: Path) -> None:
    front = text(pages(tmp_path, "AB", "AB", "BA")["index.html"])
    assert "Peak 1 ×2for 2 editions" in front


def test_hundredth_editions_and_anniversaries_are_milestones(tmp_path: Path) -> None:
    item = site_of(tmp_path, "A", "B").shelves[0].charts[0].ranks[0].item
    rank = Rank(1, item, 0, is_new=False, peak=1, editions=7, debut=date(2024, 3, 1))
    assert milestone(rank, date(2026, 3, 1)) == "2 years today"
    assert milestone(rank, date(2026, 3, 2)) is None
    assert milestone(rank, date(2024, 3, 1)) is None
    assert milestone(replace(rank, editions=100), date(2026, 3, 2)) == "100th edition"


def test_where_plays_came_before_the_first_list_the_front_page_leads_to_them(tmp_path: Path) -> None:
    front = files_of(played_site(tmp_path / "one", "2026-01-03: Roads 3, Numb"))["index.html"].decode()
    assert "Soon" not in front
    assert "4 plays of 2 songs by 2 artists" in text(front)
    ways = {a.get("href") for a in parsed(front).find("body/main").iter("a")}  # type: ignore[union-attr]
    assert {"plays/index.html", "plays/habits/index.html"} <= ways
    both = files_of(played_site(tmp_path / "two", "2026-01-03: Roads 3, Numb", listeners=2))["index.html"]
    assert b'<h2><a href="me/plays/index.html">' in both


def test_who_has_plays_but_no_list_has_no_dead_link(tmp_path: Path) -> None:
    files = files_of(played_site(tmp_path, "2026-01-03: Roads 3, Numb", listeners=2))
    for path in (path for path in files if path.endswith(".html")):
        for a in parsed(files[path].decode()).iter("a"):
            address = urlsplit(a.get("href") or "")
            if not address.scheme and address.path.endswith(".html") and path != "404.html":
                assert normpath(f"{dirname(path)}/{address.path}").lstrip("/") in files, (
                    f"{path}: {address.path}"
                )


def test_a_second_listener_leaves_signposts_at_the_firsts_addresses(tmp_path: Path) -> None:
    alone = pages(tmp_path / "one", "AB", "BA", "CA")
    both = written(tmp_path / "two", "AB", "BA", "CA", listeners=2)
    assert set(alone) <= set(both)
    for path in set(alone) - {"index.html", "about/index.html", "404.html"}:
        page = both[path]
        assert 'http-equiv="refresh"' in page
        assert '<meta name="robots" content="noindex">' in page
        link = next(a.get("href") or "" for a in parsed(page).iter("a"))
        target = (tmp_path / "two" / "site" / path).parent / urlsplit(link).path
        assert target.resolve() == (tmp_path / "two" / "site" / "me" / path).resolve()
        assert target.is_file()
    assert f'href="https://nora.example.org/rotation/me/on/{on(2)}/"' in both[f"on/{on(2)}/index.html"]


def test_every_listener_has_a_history_of_their_own(tmp_path: Path) -> None:
    both = pages(tmp_path, "AB", "BA", listeners=2)
    assert {"me/history/index.html", "ida/history/index.html", f"ida/on/{on(2)}/index.html"} <= set(both)
    assert 'href="../../ida/records/index.html"' in both["ida/history/index.html"]


def test_a_site_with_a_past_has_no_dead_link(tmp_path: Path) -> None:
    for listeners in (1, 2):
        folder = tmp_path / str(listeners)
        for path, page in written(folder, "AB", "BAC", "CA", listeners=listeners).items():
            for element in parsed(page).iter():
                for address in filter(None, (element.get("href"), element.get("src"))):
                    if not urlsplit(address).scheme and not address.startswith("#"):
                        target = (folder / "site" / path).parent / urlsplit(address).path
                        assert target.is_file(), f"{path}: {address}"

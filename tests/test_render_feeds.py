"""The Atom feed: one entry an edition, the same forever, readable by any reader."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring
from zoneinfo import ZoneInfo

from past_sites import site_of
from stories import track

from generator.model import Chart, Site, Track
from generator.render.environment import make_environment
from generator.render.feeds import feeds
from generator.render.site import TEMPLATES, render

ATOM = "{http://www.w3.org/2005/Atom}"


def feed(shown: Site, path: str = "feed.atom") -> Element:
    """The feed at a path, parsed."""
    pages = {page.path: page for page in feeds(shown)}
    return fromstring(render(make_environment(TEMPLATES), shown, pages[path]))


def all_of(element: Element, tag: str) -> list[str]:
    return [found.text or "" for found in element.iter(f"{ATOM}{tag}")]


def links(element: Element, rel: str) -> list[str]:
    return [link.get("href", "") for link in element.iter(f"{ATOM}link") if link.get("rel") == rel]


def retitled(shown: Site, title: str) -> Site:
    """The same site, where a title took the place of every title."""
    (shelf,) = shown.shelves
    assert shelf.archive
    songs = {day: named(chart, title) for day, chart in shelf.archive.songs.items()}
    archive = replace(shelf.archive, songs=songs)
    return replace(shown, title=title, shelves=(replace(shelf, archive=archive),))


def named(chart: Chart, title: str) -> Chart:
    ranks = [
        replace(rank, item=replace(rank.item, title=title))
        for rank in chart.ranks
        if isinstance(rank.item, Track)
    ]
    return replace(chart, ranks=tuple(ranks))


def test_every_edition_is_an_entry_newest_first(tmp_path: Path) -> None:
    found = feed(site_of(tmp_path, "AB", "BA", "", "BC"))
    entries = found.findall(f"{ATOM}entry")
    assert [all_of(entry, "title")[0] for entry in entries] == [
        "“B” stays at number one. One song is new and one has left.",
        "“B” climbs from number 2 to the top. No song came and none left.",
        "The first edition. From the next one on, every move is counted.",
    ]
    assert links(found, "alternate")[:2] == [
        "https://nora.example.org/rotation/index.html",
        "https://nora.example.org/rotation/on/2026-01-04/index.html",
    ]
    assert links(found, "self") == ["https://nora.example.org/rotation/feed.atom"]
    assert f"https://open.spotify.com/track/{track('C').id}" in [
        a.get("href") for a in entries[0].iter("{http://www.w3.org/1999/xhtml}a")
    ]


def test_it_has_what_atom_asks_for(tmp_path: Path) -> None:
    found = feed(site_of(tmp_path, "AB", "BA"))
    for element in (found, *found.findall(f"{ATOM}entry")):
        for tag in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{tag}")) == 1
    assert all_of(found, "name") == ["Me"]
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", one) for one in all_of(found, "id"))
    assert len({*all_of(found, "id")}) == 3


def test_an_entry_begins_at_midnight_where_the_listener_is(tmp_path: Path) -> None:
    shown = site_of(tmp_path, "AB", "BA", start=date(2026, 7, 1))
    shelf = shown.shelves[0]
    abroad = replace(shelf, listener=replace(shelf.listener, zone=ZoneInfo("Europe/Berlin")))
    found = feed(replace(shown, shelves=(abroad,)))
    assert all_of(found, "updated") == [
        "2026-07-01T22:00:00Z",
        "2026-07-01T22:00:00Z",
        "2026-06-30T22:00:00Z",
    ]


def test_a_new_address_or_title_and_more_editions_change_no_id(tmp_path: Path) -> None:
    before = feed(site_of(tmp_path / "a", "AB", "BA"))
    later = site_of(tmp_path / "b", "AB", "BA", "CA")
    after = feed(replace(later, title="Moved", address="https://elsewhere.example.org/"))
    assert all_of(after, "id")[0] == all_of(before, "id")[0]
    assert all_of(after, "id")[2:] == all_of(before, "id")[1:]


def test_two_listeners_of_one_name_have_ids_of_their_own(tmp_path: Path) -> None:
    one, other = (feed(site_of(tmp_path / word, word)) for word in ("AB", "BA"))
    assert not {*all_of(one, "id")} & {*all_of(other, "id")}


def test_without_an_address_links_are_relative(tmp_path: Path) -> None:
    found = feed(replace(site_of(tmp_path, "AB"), address=None))
    assert links(found, "alternate") == ["index.html", "on/2026-01-01/index.html"]
    assert links(found, "self") == []


def test_any_title_is_shown_and_no_character_breaks_the_feed(tmp_path: Path) -> None:
    title = ']]> & <b>\x00\x0b\x1f \ufffe\ud800 "it\'s" 夜 👩‍🚀'
    found = feed(retitled(site_of(tmp_path, "AB", "BA"), title))
    assert "]]> & <b> " in all_of(found, "title")[0]
    shown = "".join(found.itertext())
    assert "夜 👩‍🚀" in shown
    assert not re.search("[\x00\x0b\x1f\ufffe\ud800]", shown)


def test_it_holds_the_newest_fifty(tmp_path: Path) -> None:
    found = feed(site_of(tmp_path, *["AB", "BA"] * 30))
    entries = found.findall(f"{ATOM}entry")
    assert len(entries) == 50
    assert all_of(entries[-1], "updated") == ["2026-01-11T00:00:00Z"]


def test_with_several_listeners_each_has_a_feed_and_the_first_keeps_the_old_address(tmp_path: Path) -> None:
    shown = site_of(tmp_path, "AB", "BA", listeners=2)
    moved, mine, hers = (feed(shown, path) for path in ("feed.atom", "me/feed.atom", "ida/feed.atom"))
    assert all_of(moved, "id") == all_of(mine, "id")
    assert not {*all_of(mine, "id")} & {*all_of(hers, "id")}
    assert links(moved, "self") == ["https://nora.example.org/rotation/me/feed.atom"]
    assert all_of(hers, "title")[0] == "Heavy & rotating · Ida"

"""Every edition's own page: what it shows, where it leads, and that it stays as it is."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from chart_stories import on
from past_sites import pages, site_of
from test_render_site import parsed, text

from generator.model import Double
from generator.render.environment import make_environment
from generator.render.pages.editions import editions
from generator.render.pictures import bump
from generator.render.site import TEMPLATES, render
from generator.render.words import doubled


def edition(found: dict[str, str], number: int) -> str:
    return found[f"on/{on(number)}/index.html"]


def test_every_edition_has_an_address_of_its_own(tmp_path: Path) -> None:
    found = pages(tmp_path, "AB", "", "BA", "BA", "CB")
    assert [path for path in found if path.startswith("on/")] == [
        f"on/{on(number)}/index.html" for number in (1, 3, 4, 5)
    ]


def test_an_edition_shows_the_chart_as_it_stood_and_who_left(tmp_path: Path) -> None:
    page = text(edition(pages(tmp_path, "ABC", "BAD", "EBA"), 2))
    assert "“B” climbs from number 2 to the top. One song is new and one has left." in page
    assert re.search(r"1▲1up 1 place ?B", page)
    assert re.search(r"3NEWnew on the chart ?D", page)
    assert re.search(r"Left the chart Was number 3 C.*after 1 edition", page)
    assert "E" not in re.findall(r"\b[A-E]\b", page)


def test_editions_lead_to_the_one_before_and_the_one_after(tmp_path: Path) -> None:
    found = pages(tmp_path, "AB", "", "BA", "AB")
    first, middle, last = (parsed(edition(found, number)) for number in (1, 3, 4))

    def neighbours(page: object) -> dict[str | None, str | None]:
        return {a.get("rel"): a.get("href") for a in page.iter("a") if a.get("rel")}  # type: ignore[attr-defined]

    assert neighbours(first) == {"next": f"../{on(3)}/index.html"}
    assert neighbours(middle) == {"prev": f"../{on(1)}/index.html", "next": f"../{on(4)}/index.html"}
    assert neighbours(last) == {"prev": f"../{on(3)}/index.html"}


def test_an_edition_names_the_first_of_the_other_lists(tmp_path: Path) -> None:
    page = text(edition(pages(tmp_path, "AB", "AB", "BA"), 3))  # the second day brought an artist
    assert "The other lists that day" in page
    assert "Artists, year" in page


def test_an_edition_before_the_first_list_of_songs_says_so(tmp_path: Path) -> None:
    shown = site_of(tmp_path, "AB", "BA")
    shelf = shown.shelves[0]
    assert shelf.archive
    shelf.archive.songs.clear()
    environment = make_environment(TEMPLATES)
    page = render(environment, shown, next(iter(editions(shown)))).decode()
    assert "had not arrived yet" in text(page)


def test_a_page_that_exists_changes_only_in_its_way_forward(tmp_path: Path) -> None:
    before, after = pages(tmp_path / "a", "AB", "BA"), pages(tmp_path / "b", "AB", "BA", "CA")
    assert edition(before, 1) == edition(after, 1)
    ways = r'<nav class="switch turns".*?</nav>'
    then, now = (re.sub(ways, "", edition(found, 2), flags=re.DOTALL) for found in (before, after))
    assert then == now


def test_pages_do_not_depend_on_those_rendered_before(tmp_path: Path) -> None:
    shown, environment = site_of(tmp_path, "AB", "BA", "ABC"), make_environment(TEMPLATES)
    forwards = [render(environment, shown, page) for page in editions(shown)]
    backwards = [render(environment, shown, page) for page in reversed(list(editions(shown)))]
    assert forwards == backwards[::-1]


def test_stories_come_with_their_rules(tmp_path: Path) -> None:
    page = text(edition(pages(tmp_path, "ABCDE", "EABCD"), 2))
    assert "Biggest climber1" in page
    assert "up 4 places to number 1" in page
    assert "Gained the most places since the edition before, three or more." in page


def test_a_song_that_stands_twice_is_named(tmp_path: Path) -> None:
    chart = site_of(tmp_path, "AB", "BA").shelves[0].charts[0]
    first, second = (rank.item for rank in chart.ranks)
    found = (Double(9, "x", first), Double(12, "y", first), Double(30, "z", second))
    assert doubled(replace(chart, doubles=found)) == [
        "“B” stands on Spotify’s list three times; it is ranked once.",
        "“A” stands on Spotify’s list twice; it is ranked once.",
    ]


@pytest.mark.parametrize(
    ("days", "drawn"),
    [
        (("AB", "BA"), {"A": "M0 5c5 0 5 10 10 10", "B": "M0 15c5 0 5 -10 10 -10"}),
        (("AB", "AB", "BA"), {"A": "M0 5h10c5 0 5 10 10 10"}),
        (("A", "AB", "AB"), {"B": "M0 105c5 0 5 -90 10 -90h10"}),
    ],
)
def test_a_line_follows_a_song_and_comes_in_from_below(
    tmp_path: Path, days: tuple[str, ...], drawn: dict[str, str]
) -> None:
    archive = site_of(tmp_path, *days).shelves[0].archive
    assert archive
    picture = bump(archive.standings["tracks", "short_term"], archive.items["tracks"])
    assert picture
    lines = {line.item.title: line.path for line in picture.lines}  # type: ignore[union-attr]
    assert {title: lines[title] for title in drawn} == drawn


def test_one_edition_makes_no_line(tmp_path: Path) -> None:
    archive = site_of(tmp_path, "AB").shelves[0].archive
    assert archive
    assert bump(archive.standings["tracks", "short_term"], archive.items["tracks"]) is None

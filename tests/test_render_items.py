"""A song's own page: its runs drawn and told, its neighbours, its milestones."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from past_sites import pages, site_of, written
from stories import track
from test_render_site import parsed, text

from generator.render.careers import later
from generator.render.environment import make_environment
from generator.render.pages.items import items
from generator.render.site import TEMPLATES, render

A, B, C, D = (track(letter).id for letter in "ABCD")


def page(folder: Path, song: str, *days: str, start: date = date(2026, 1, 1)) -> str:
    """What a reader sees of a song's page."""
    return text(pages(folder, *days, start=start)[f"tracks/{song}/index.html"])


def test_everything_that_was_ever_on_a_chart_has_a_page(tmp_path: Path) -> None:
    found = pages(tmp_path, "AB", "BC", "AB")
    assert {f"tracks/{song}/index.html" for song in (A, B, C)} <= set(found)
    assert "artists/artist2/index.html" not in found
    for each in found.values():
        parsed(each)


def test_a_page_tells_its_peak_its_debut_and_its_runs(tmp_path: Path) -> None:
    shown = page(tmp_path, B, "AB", "BA", "A", "AC", "AB", "A")
    assert "Peak1 its best place, first on 2 January 2026" in shown
    assert "Editions3 on this chart, of 6 so far" in shown
    assert "1 Jan 20262 Jan 202621 5 Jan 20265 Jan 202612" in shown
    assert "Left on 6 January 2026" in shown


def test_one_edition_is_not_several(tmp_path: Path) -> None:
    shown = page(tmp_path, B, "BA", "A", "AB")
    assert "At number one1 edition " in shown
    assert "Longest run1 edition without a break" in shown
    assert "At number one2 editions " in page(tmp_path, B, "BA", "BA")


def test_the_line_has_words_for_those_who_do_not_see_it(tmp_path: Path) -> None:
    shown = page(tmp_path, B, "AB", "BA", "A", "AB")
    assert "From number 2 on 1 January 2026 to number 2 on 4 January 2026" in shown
    assert "off the chart 1 time in between; best place 1 on 2 January 2026." in shown


def test_songs_that_came_in_together_name_each_other(tmp_path: Path) -> None:
    found = pages(tmp_path, "AB", "ABCD")
    assert f'<a href="../../tracks/{D}/index.html"><bdi>D</bdi></a>' in found[f"tracks/{C}/index.html"]
    assert "Came in with it" not in found[f"tracks/{A}/index.html"]  # on the first edition everything did


def test_the_chart_around_a_peak_is_shown(tmp_path: Path) -> None:
    shown = page(tmp_path, B, "ABC", "ACB")
    assert "Around its peak 1 A 2 B 3 C" in shown


def test_hundreds_and_anniversaries_are_milestones(tmp_path: Path) -> None:
    days = ["AB", "BA"] * 183
    shown = page(tmp_path, A, *days, start=date(2025, 11, 20))
    assert "100 editions on 27 February 2026" in shown
    assert "1 year since its debut on 20 November 2026" in shown
    assert "2 years" not in shown


def test_the_anniversary_of_a_leap_day_falls_on_the_last_of_february() -> None:
    debut = date(2024, 2, 29)
    assert [later(debut, years) for years in (1, 4)] == [date(2025, 2, 28), date(2028, 2, 29)]


def test_the_other_ids_of_a_song_lead_to_its_page(tmp_path: Path) -> None:
    site = site_of(tmp_path, "AB", "BA")
    (shelf,) = site.shelves
    assert shelf.archive
    joined = replace(shelf, archive=replace(shelf.archive, other_ids={A: ("elsewhere",)}))
    known = {made.path: made for made in items(replace(site, shelves=(joined,)))}
    shown = render(make_environment(TEMPLATES), site, known["tracks/elsewhere/index.html"]).decode()
    assert f'url=../../tracks/{A}/index.html"' in shown


def test_with_several_listeners_each_has_pages_of_their_own(tmp_path: Path) -> None:
    found = pages(tmp_path, "AB", "BA", listeners=2)
    assert {f"me/tracks/{A}/index.html", f"ida/tracks/{A}/index.html"} <= set(found)


def test_every_link_of_an_item_page_leads_to_a_file(tmp_path: Path) -> None:
    for path, shown in written(tmp_path, "ABC", "BAC", "ABD", listeners=2).items():
        for element in parsed(shown).iter("a"):
            address = (element.get("href") or "").partition("#")[0]
            if address and ":" not in address:
                assert (tmp_path / "site" / path).parent.joinpath(address).resolve().is_file(), (
                    path,
                    address,
                )


def test_who_holds_a_record_is_told_on_its_page(tmp_path: Path) -> None:
    shown = page(tmp_path, A, *["AB", "AC", "AD"] * 7)
    assert "Record: most editions" in shown
    assert "Record: most at number one" in shown

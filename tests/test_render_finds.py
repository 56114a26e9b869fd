"""The pages of finds and of first listens: each rule where it holds and where it only nearly does."""

from pathlib import Path

import pytest
from diaries import pages, said, section, words
from test_render_habits import desc, pictures
from test_render_site import parsed

from generator.render.site import TEMPLATES

PAGE = "plays/finds/index.html"
FIRSTS = "plays/on-this-day/index.html"
CSV = "api/v1/plays/csv/"


def test_empty_sections_say_what_is_needed(tmp_path: Path) -> None:
    page = pages(tmp_path, "2026-01-01: ?Roads")[PAGE]
    assert "this needs a song of five plays, and then 90 days without it" in section(page, "forgotten")
    assert "this needs five plays of a song, 90 days without it" in section(page, "rediscovered")
    assert "this needs one song five times on one date" in section(page, "obsessions")
    assert "this needs an artist of whom one song was played five times" in section(page, "one-hits")
    assert "No release year is known" in section(page, "release-years")
    assert "this needs an import of Spotify's extended streaming history" in section(page, "skips")


@pytest.mark.parametrize(("last", "is_forgotten"), [("2026-04-01", True), ("2026-03-31", False)])
def test_a_favourite_is_forgotten_after_ninety_days(tmp_path: Path, last: str, *, is_forgotten: bool) -> None:
    found = pages(tmp_path, "2026-01-01: Roads 5", f"{last}: Numb")
    page = section(found[PAGE], "forgotten")
    told = "Roads Band of Roads" in page
    assert told == is_forgotten
    if is_forgotten:
        assert "last on 1 Jan 2026, 90 days ago, 17 min 5 plays" in page
        assert "none in the 90 days up to 1 April 2026, the last date with a play" in page
        assert (
            found[f"{CSV}finds-forgotten.csv"]
            .splitlines()[1]
            .endswith("Roads,Band of Roads,2026-01-01,,90,5,1000000,0,0,0,0")
        )


def test_what_is_found_marks_times_that_are_estimated(tmp_path: Path) -> None:
    came, back = ("2026-01-01: Roads 4", "2026-01-02: ?Roads"), ("2026-05-01: Roads 4", "2026-05-02: ?Roads")
    found = pages(tmp_path, *came, *back, "2026-09-01: Numb")
    page = found[PAGE]
    assert "last on 2 May 2026, 122 days ago, 27 min est. 10 plays" in section(page, "forgotten")
    assert "5 plays, 13 min est., before; 5 plays, 13 min est., since" in section(page, "rediscovered")
    assert "10 plays since, 27 min est." in entry(found[FIRSTS], "on-01-01")
    assert found[f"{CSV}finds-rediscovered.csv"].splitlines()[1].endswith(",119,5,800000,1,5,800000,1")


def test_four_plays_make_no_favourite(tmp_path: Path) -> None:
    page = pages(tmp_path, "2026-01-01: Roads 4", "2026-06-01: Numb")[PAGE]
    assert "Nothing is forgotten" in section(page, "forgotten")


@pytest.mark.parametrize(("since", "is_back"), [(5, True), (4, False)])
def test_a_rediscovery_is_played_five_times_since(tmp_path: Path, since: int, *, is_back: bool) -> None:
    found = pages(tmp_path, "2026-01-01: Roads 5", f"2026-05-01: Roads {since}")
    page = section(found[PAGE], "rediscovered")
    assert (
        "back on 1 May 2026: 5 plays, 17 min, before; 5 plays, 17 min, since 120 days away" in page
    ) == is_back
    assert ("Nothing was rediscovered yet" in page) != is_back
    assert len(found[f"{CSV}finds-rediscovered.csv"].splitlines()) == 1 + is_back


@pytest.mark.parametrize(("songs", "said"), [(30, ""), (32, "And 2 more.")])
def test_a_list_that_is_cut_says_how_many_more_there_are(tmp_path: Path, songs: int, said: str) -> None:
    titles = [f"Song {number}x" for number in range(songs)]
    came = ", ".join(f"-{title}, {title} 5" for title in titles)
    back = ", ".join(f"{title} 4" for title in titles), ", ".join(titles)
    days = f"2025-01-01 00:00: {came}", f"2025-06-01 00:00: {back[0]}", f"2025-06-02 00:00: {back[1]}"
    found = pages(tmp_path, *days, "2026-01-01: Numb")
    for name in ("forgotten", "rediscovered", "obsessions", "one-hits", "skips"):
        assert ("more." in section(found[PAGE], name)) == bool(said), name
        assert said in section(found[PAGE], name), name
        assert len(found[f"{CSV}finds-{name}.csv"].splitlines()) == 31, name


@pytest.mark.parametrize(("times", "is_told"), [(5, True), (4, False)])
def test_an_obsession_is_five_plays_on_one_date(tmp_path: Path, times: int, *, is_told: bool) -> None:
    found = pages(tmp_path, f"2026-01-01: Roads {times}", "2026-01-02: Roads")
    assert ("on 1 Jan 2026, 17 min 5 plays" in section(found[PAGE], "obsessions")) == is_told
    assert len(found[f"{CSV}finds-obsessions.csv"].splitlines()) == 1 + is_told


def test_a_one_hit_wonder_has_one_song_and_no_other(tmp_path: Path) -> None:
    found = pages(tmp_path, "2026-01-01: Roads by Ada 5, Numb by Ida 5, Glass Box by Ida, Strangers by Eve 4")
    page = section(found[PAGE], "one-hits")
    assert "Roads Ada" in page
    assert "Ida" not in page
    assert "Eve" not in page
    assert [line.split(",")[1] for line in found[f"{CSV}finds-one-hits.csv"].splitlines()] == [
        "artist",
        "Ada",
    ]


def test_release_years_say_how_much_of_the_listening_they_cover(tmp_path: Path) -> None:
    days = ("2026-01-01: Roads 3, Numb",)
    found = pages(tmp_path, *days, lists=["2026-01-01: Roads"])
    assert "known of 75% of all plays and 75% of the listening time" in section(found[PAGE], "release-years")
    assert desc(found[PAGE], "Plays by year of release") == "Most were of 1994: 3 plays."
    assert found[f"{CSV}release-years.csv"].splitlines() == [
        "year,plays,ms,estimated,songs",
        "1994,3,600000,0,1",
        ",1,200000,0,1",
    ]


def test_skips_are_counted_of_what_was_begun_however_short(tmp_path: Path) -> None:
    found = pages(tmp_path, "2026-01-01 08:00: Roads 2, -Roads, Numb")
    page = section(found[PAGE], "skips")
    assert "1 of 4 plays that were begun were skipped: 25%." in page
    assert "of 3 begun, 33% 1 skip" in page
    assert found[f"{CSV}finds-skips.csv"].splitlines()[1].endswith("Roads,Band of Roads,3,1")


def test_where_nothing_was_skipped_it_says_so(tmp_path: Path) -> None:
    found = pages(tmp_path, "2026-01-01 08:00: Roads 2")
    assert "Nothing was ever skipped." in section(found[PAGE], "skips")
    assert "0 of 2 plays" in section(found[PAGE], "skips")


def test_every_picture_of_the_finds_has_words(tmp_path: Path) -> None:
    found = pages(tmp_path, "2026-01-01: Roads", lists=["2026-01-01: Roads"])
    assert set(pictures(found[PAGE])) == {"Plays by year of release"}
    assert all(one.get("alt") is not None for one in parsed(found[PAGE]).iter("img"))


def entry(page: str, id_: str) -> str:
    found = next(one for one in parsed(page).iter() if one.get("id") == id_)
    return said(found)


def test_a_day_of_the_year_names_what_was_first_heard_on_it_and_when(tmp_path: Path) -> None:
    found = pages(tmp_path, "2025-11-26: Roads 2", "2026-11-26: Numb, Roads")
    assert entry(found[FIRSTS], "on-11-26") == (
        "26 November 2025 Roads Band of Roads ↗ 3 plays since, 10 min"
        " 2026 Numb Band of Numb ↗ 1 play since, 3 min"
    )
    assert "Nothing was heard for the first time in January." in words(found[FIRSTS])
    assert "What was heard before 26 November 2025 is not known." in words(found[FIRSTS])
    assert found[f"{CSV}first-listens.csv"].splitlines()[0] == "date,kind,id,title,artist,plays,ms,estimated"
    assert len(found[f"{CSV}first-listens.csv"].splitlines()) == 5


def test_an_artist_is_named_where_no_song_of_the_date_names_them(tmp_path: Path) -> None:
    songs = ", ".join(f"Song {number} by Ada 2" for number in range(3))
    page = pages(tmp_path, f"2026-01-01: {songs}, Roads by Ida")[FIRSTS]
    assert "2026 Ida the artist, 1 play since" in entry(page, "on-01-01")
    assert "Ada the artist" not in entry(page, "on-01-01")


def test_today_is_found_by_a_small_script_and_the_page_does_without(tmp_path: Path) -> None:
    page = pages(tmp_path, "2026-01-01: Roads")[FIRSTS]
    today = next(one for one in parsed(page).iter() if one.get("id") == "today")
    assert today.get("hidden") is not None
    assert (TEMPLATES / "static/today.js").stat().st_size < 1000


def test_the_leap_day_has_its_place(tmp_path: Path) -> None:
    page = pages(tmp_path, "2024-02-29: Roads")[FIRSTS]
    assert entry(page, "on-02-29").startswith("29 February 2024 Roads")


def test_where_plays_may_be_missing_a_sentence_says_so_of_all_numbers_of_the_page(tmp_path: Path) -> None:
    days = ("2026-01-01: Roads", "2026-01-09: Roads")
    said_of = {
        PAGE: "every absence as at most so long.",
        FIRSTS: "every first listen as the first that is known.",
    }
    least = "On some dates plays may be missing: read every number of plays on this page as at least so many"
    touched = pages(tmp_path / "touched", *days, gaps=["2026-01-03 2026-01-05"])
    whole = pages(tmp_path / "whole", *days)
    for path, more in said_of.items():
        assert f"{least}, and {more}" in words(touched[path])
        assert 'id="counting"' in touched[path]
        assert "may be missing" not in words(whole[path])


def test_first_listens_say_on_how_many_days_of_the_year_they_were(tmp_path: Path) -> None:
    page = words(pages(tmp_path, "2026-01-01: Roads", "2026-01-09: Roads")[FIRSTS])
    assert "On 1 day of the year something was heard for the first time." in page


def test_gaps_and_the_rule_stand_on_both_pages(tmp_path: Path) -> None:
    found = pages(tmp_path, "2026-01-01: Roads", "2026-01-09: Roads", gaps=["2026-01-03 2026-01-05"])
    for path in (PAGE, FIRSTS):
        assert "3 to 5 January 2026" in section(found[path], "counting")
        assert "30 seconds or more is a play" in section(found[path], "counting")
    assert "among at least 2 plays, 7 min" in words(found[PAGE])

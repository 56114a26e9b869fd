"""What the pages of songs, artists and albums tell of plays."""

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from played_sites import files_of, played_site
from stories import known_as
from test_render_site import parsed, text

from generator.listening import item_key
from generator.render.plays.bars import bars
from generator.render.plays.words import plays_kept
from generator.tally.diary import Rule
from generator.tally.tally import Tally

ROADS, NUMB, TEARDROP = (known_as(title) for title in ("Roads", "Numb", "Teardrop"))
YEARS = (
    "2024-11-03: Roads 2, Numb",
    "2025-01-10: Roads 5, Numb by Band of Roads",
    "2026-02-02: Teardrop 4, ?Numb 2",
    "2026-02-03: Roads",
)
LISTS = ("2026-02-03: Roads, Glass Box, Numb",)


def pages(folder: Path, *days: str, lists: tuple[str, ...] = (), listeners: int = 1) -> dict[str, str]:
    made = files_of(played_site(folder, *days, lists=lists, listeners=listeners))
    return {path: content.decode() for path, content in made.items() if path.endswith(".html")}


def test_a_song_that_was_only_played_has_a_page_with_all_its_plays(tmp_path: Path) -> None:
    shown = text(pages(tmp_path, *YEARS)[f"tracks/{ROADS}/index.html"])
    assert "Song Roads Band of Roads Album of Roads" in shown
    assert "Plays Number 1 of all songs ever played Plays8 of 30 seconds or more" in shown
    assert "Listening time27 min" in shown
    assert "First played3 Nov 2024 Last played3 Feb 2026" in shown
    assert "From November 2024 to February 2026, most in January 2025: 5 plays, 17 min." in shown
    assert "November 202427 min January 2025517 min February 202613 min" in shown


def test_a_song_of_the_charts_gains_its_plays_and_what_the_list_says_against_them(tmp_path: Path) -> None:
    found = pages(tmp_path, *YEARS, lists=LISTS)
    shown = text(found[f"tracks/{ROADS}/index.html"])
    dates = "from 7 January to 3 February 2026"
    place = "Number 1 on Spotify’s list of the last four weeks"
    assert f"{place}; 1 play, 3 min, {dates}, number 3 by plays." in shown
    assert "Peak1 its best place" in shown
    assert "No play of this song is kept." in text(found[f"tracks/{known_as('Glass Box')}/index.html"])


def test_what_was_not_played_in_the_span_of_a_list_is_said_so(tmp_path: Path) -> None:
    found = pages(tmp_path, "2024-11-03: Roads", "2026-02-02: Numb", lists=LISTS)
    shown = text(found[f"tracks/{ROADS}/index.html"])
    place = "Number 1 on Spotify’s list of the last four weeks"
    assert f"{place}; not played from 7 January to 3 February 2026." in shown


def test_lists_without_plays_and_plays_without_lists_both_have_pages(tmp_path: Path) -> None:
    only_plays = pages(tmp_path / "plays", *YEARS)
    assert 'href="api/v1/index.html"' in only_plays["index.html"]
    for each in only_plays.values():
        parsed(each)
    only_lists = pages(tmp_path / "lists", lists=LISTS)
    assert "Plays" not in text(only_lists[f"tracks/{ROADS}/index.html"])
    assert not [path for path in only_lists if path.startswith(("albums/", "plays/"))]


def test_albums_list_their_songs_and_artists_theirs_the_most_played_first(tmp_path: Path) -> None:
    found = pages(
        tmp_path, "2026-01-03: Roads by Thornwhale, Numb by Thornwhale 3", "2026-01-04: Roads by Thornwhale"
    )
    artist = next(shown for path, shown in found.items() if path.startswith("artists/"))
    assert "Most played songs 1Numb3 plays, 10 min 2Roads2 plays, 7 min" in text(artist)
    assert "Most played albums 1Album of Numb3 plays, 10 min" in text(artist)
    albums = [text(shown) for path, shown in found.items() if path.startswith("albums/")]
    assert any("Album Album of Roads Thornwhale" in shown for shown in albums)
    assert any("Songs played 1Roads2 plays, 7 min" in shown for shown in albums)


def test_what_an_export_names_without_an_id_has_a_page_and_no_way_to_spotify(tmp_path: Path) -> None:
    found = pages(tmp_path, "2026-01-03: ~Roads 2")
    key = item_key("Band of Roads", "Roads").replace(":", "-")
    page = found[f"tracks/{key}/index.html"]
    assert "Known by name only" in text(page)
    assert "open.spotify.com/track" not in page


def test_what_nobody_named_has_a_word_for_a_title(tmp_path: Path) -> None:
    page = pages(tmp_path, "2026-01-03: !Roads")[f"tracks/{ROADS}/index.html"]
    assert "Song Unknown song" in text(page)


def test_time_is_marked_where_it_is_estimated(tmp_path: Path) -> None:
    found = pages(tmp_path, *YEARS)
    page = found[f"tracks/{NUMB}/index.html"]
    assert "January 202513 min February 202620 min est." in text(page)
    assert (
        "Numb: 4 plays, 7\u00a0min of listening, estimated, from 3 November 2024 to 2 February 2026." in page
    )
    assert "est." not in text(found[f"tracks/{TEARDROP}/index.html"])


def test_a_gap_makes_every_figure_a_least_and_marks_its_months(tmp_path: Path) -> None:
    gap = ("2025-01-12T08:00:00.000Z", "2025-03-02T08:00:00.000Z")
    days = ("2025-01-10: ?Roads 2, ?Numb", "2025-04-02: ?Roads")
    found = files_of(played_site(tmp_path, *days, gaps=[gap]))
    page = found[f"tracks/{ROADS}/index.html"].decode()
    assert "Plays3 at least: some may be missing" in text(page)
    assert "Roads: At least 3 plays, 0\u00a0min of listening, estimated, from" in page
    assert 'class="missing" d="M0 100V0h0.78V100zM1 100V0h0.78V100zM2 100V0h0.78V100z"' in page


def test_a_gap_counts_where_it_touches_and_nowhere_else(tmp_path: Path) -> None:
    gap = ("2026-01-10T12:00:00.000Z", "2026-01-12T08:00:00.000Z")
    days = ("2025-12-10: Roads, Teardrop", "2026-01-10: Roads 3", "2026-02-02: Numb")
    found = files_of(played_site(tmp_path, *days, lists=["2026-02-03: Roads, Teardrop"], gaps=[gap]))
    roads, teardrop, numb = (
        text(found[f"tracks/{one}/index.html"].decode()) for one in (ROADS, TEARDROP, NUMB)
    )
    assert "most in January 2026: at least 3 plays, 10 min." in roads
    assert "≥3" in roads
    assert "December 202513 min January 2026at least 310 min" in roads
    assert "; at least 3 plays, 10 min, from 7 January to 3 February 2026, number 1 by plays." in roads
    assert "; no play is known from 7 January to 3 February 2026." in teardrop
    assert "All known plays were in February 2026: 1 play," in numb


def test_a_gap_makes_what_is_listed_of_an_artist_a_least(tmp_path: Path) -> None:
    gap = ("2026-01-10T12:00:00.000Z", "2026-01-12T08:00:00.000Z")
    found = files_of(played_site(tmp_path, "2026-01-10: Roads", "2026-01-12: Roads", gaps=[gap]))
    artist = next(page for path, page in found.items() if re.fullmatch("artists/[^/]+/index.html", path))
    for heading in ("Most played songs", "Most played albums"):
        assert f"{heading} at least so often: some plays may be missing" in text(artist.decode())


def test_without_a_gap_no_figure_is_a_least(tmp_path: Path) -> None:
    for page in pages(tmp_path, *YEARS, lists=LISTS).values():
        assert "at least" not in text(page)
        assert "≥" not in text(page)


def test_every_link_of_an_item_page_leads_to_a_file(tmp_path: Path) -> None:
    made = files_of(played_site(tmp_path, *YEARS, "2026-02-04: ~Sand", lists=LISTS, listeners=2))
    for path in made:
        if path.endswith(".html") and {"tracks", "albums", "artists", "range"} & {*path.split("/")}:
            for address in links(made[path].decode()):
                target = Path("/", path).parent.joinpath(address).resolve().as_posix().lstrip("/")
                assert target in made, (path, address)


def links(page: str) -> list[str]:
    """The addresses within the site that a page leads to."""
    found = [(element.get("href") or "").partition("#")[0] for element in parsed(page).iter("a")]
    return [address for address in found if address and ":" not in address]


def test_bars_reach_from_the_first_to_the_last_month() -> None:
    made = bars([(date(2024, 11, 1), Tally(2, 0)), (date(2026, 2, 1), Tally(4, 0))])
    assert made.box == "0 0 18 100"
    assert (made.path, made.most) == ("M0 100V50h0.78V100z", "M15 100V0h0.78V100z")
    assert [(label.at, label.text) for label in made.labels] == [
        (0, "2024"),
        (11.11, "2025"),
        (77.78, "2026"),
    ]


def test_the_years_of_a_long_life_do_not_touch_each_other() -> None:
    made = bars([(date(2004, 12, 1), Tally(1, 0)), (date(2026, 12, 1), Tally(1, 0))])
    places = [label.at for label in made.labels]
    assert all(later - earlier >= 7 for earlier, later in pairwise(places))
    assert all(label.anchor == "end" for label in made.labels if label.at > 93)


def test_the_about_page_says_that_plays_are_asked_for_where_they_are_kept(tmp_path: Path) -> None:
    said = "it is asked for what was last played as well"
    assert said in pages(tmp_path / "both", *YEARS, lists=LISTS)["about/index.html"]
    assert said not in pages(tmp_path / "lists", lists=LISTS)["about/index.html"]


def test_the_about_page_of_who_only_imports_does_not_say_that_spotify_is_asked(tmp_path: Path) -> None:
    about = pages(tmp_path, *YEARS)["about/index.html"]
    assert "Plays are taken from the export that Spotify sends" in about
    assert "Spotify is asked" not in about


def test_the_about_page_does_not_say_that_plays_are_kept_once_they_are_not(tmp_path: Path) -> None:
    site = played_site(tmp_path, *YEARS, lists=LISTS)
    (shelf,) = site.shelves
    assert shelf.diary
    off = replace(shelf, diary=replace(shelf.diary, keeping="off"))
    about = files_of(replace(site, shelves=(off,)))["about/index.html"].decode()
    assert "Every day Spotify is asked" in about
    assert "every play is kept" not in about


@pytest.mark.parametrize(
    ("least", "said"),
    [
        (0, "2 plays, however short, are kept"),
        (1, "2 plays of 1 second or more are kept"),
        (30, "2 plays of 30 seconds or more are kept"),
    ],
)
def test_the_about_page_says_in_words_what_is_kept(tmp_path: Path, least: int, said: str) -> None:
    known = played_site(tmp_path, "2026-01-03: Roads 2").shelves[0].diary
    assert known
    assert plays_kept(replace(known, rule=Rule(least, has_private=False))).startswith(said)


def test_the_about_page_rounds_the_hours_to_the_nearest(tmp_path: Path) -> None:
    known = played_site(tmp_path, "2026-01-03: Roads 28").shelves[0].diary  # 93 min 33 s
    assert known
    assert "about 2 hours of music" in plays_kept(known)

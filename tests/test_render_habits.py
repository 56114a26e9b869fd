"""The page of habits: every picture with its words, its table and its file, and what is left out says why."""

import re
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from diaries import pages, said, section, site_of, words
from test_render_site import parsed

from generator.render.plays.scale import ceiling, level, steps
from generator.render.plays.words import percent, stretch
from generator.render.plays.years import BOTTOM
from generator.tally.diary import Rule

PAGE = "plays/habits/index.html"
CSV = "api/v1/plays/csv/"
EXACT = (
    "2024-12-30 22:00: Roads",
    "2025-03-01 08:00: Roads 4, Numb 2",
    "2025-03-02 08:00: Numb",
    "2026-02-27 21:00: Roads 3",
    "2026-02-28 21:10: Roads, ?Glass Box",
    "2026-03-01 09:00: Numb",
)
GAP = "2026-01-03 2026-01-05"


def pictures(page: str) -> dict[str, Element]:
    """Every picture that is not hidden, by its title."""
    drawn = [
        one for one in parsed(page).iter() if str(one.tag).endswith("svg") and not one.get("aria-hidden")
    ]
    return {"".join(child(one, "title").itertext()): one for one in drawn}


def child(of: Element, tag: str) -> Element:
    return next(one for one in of.iter() if str(one.tag).endswith(tag))


def desc(page: str, title: str) -> str:
    return " ".join("".join(child(pictures(page)[title], "desc").itertext()).split())


def test_every_picture_has_a_text_a_table_and_a_file(tmp_path: Path) -> None:
    found = pages(tmp_path, *EXACT, gaps=[GAP])
    for title, drawn in pictures(found[PAGE]).items():
        ids = (drawn.get("aria-labelledby") or "").split()
        assert drawn.get("role") == "img", title
        assert [child(drawn, tag).get("id") for tag in ("title", "desc")] == ids
        assert desc(found[PAGE], title), title
    for one in parsed(found[PAGE]).iter("section"):
        if any(str(part.tag).endswith("svg") and part.get("role") == "img" for part in one.iter()):
            assert list(one.iter("table")), one.get("aria-labelledby")
            links = [a.get("href") or "" for a in one.iter("a") if (a.get("href") or "").endswith(".csv")]
            assert links
            assert {link.removeprefix("../../") for link in links} <= set(found)


def test_the_newest_year_comes_first_and_each_says_what_it_came_to(tmp_path: Path) -> None:
    page = pages(tmp_path, *EXACT)[PAGE]
    years = [said(one) for one in parsed(page).iter("h3")][:3]
    assert years == [
        "2026 6 plays, 17 min est., on 3 days",
        "2025 7 plays, 23 min, on 2 days",
        "2024 1 play, 3 min, on 1 day",
    ]
    assert desc(page, "Plays by day, January to June 2025") == "7 plays on 2 days; the most, 6, on 1 March."


def test_a_gap_is_marked_on_every_picture_that_it_touches(tmp_path: Path) -> None:
    page = pages(tmp_path, *EXACT, gaps=[GAP])[PAGE]
    drawn = pictures(page)["Plays by day, January to June 2026"]
    assert [one.get("d") for one in drawn.iter() if one.get("fill") == "url(#missing)"]
    assert "plays may be missing" in section(page, "days")
    assert "2026 at least 6 plays" in section(page, "days")
    assert "2026: at least 6 plays so far" in desc(page, "Plays added up through the year, a line a year")
    sums = pictures(page)["Plays added up through the year, a line a year"]
    assert [one.get("d") for one in sums.iter() if one.get("class") == "dotted"]
    assert words(page).count("At least 14 plays") == 1
    assert "3 to 5 January 2026" in section(page, "counting")


def test_the_label_of_a_year_with_hardly_a_play_stands_above_the_line_of_none(tmp_path: Path) -> None:
    page = pages(tmp_path, "2024-12-30: Roads", "2025-03-01: Roads 99", "2026-02-01: Numb")[PAGE]
    sums = pictures(page)["Plays added up through the year, a line a year"]
    labels = {one.text: float(one.get("y") or 0) for one in sums.iter() if one.text in {"2024", "2026"}}
    assert len(labels) == 2
    assert max(labels.values()) <= BOTTOM - 5


def test_without_a_gap_nothing_is_said_to_be_missing(tmp_path: Path) -> None:
    page = words(pages(tmp_path, *EXACT)[PAGE]).lower()
    assert "missing" not in page
    assert "at least" not in page
    assert "≥" not in page


def test_a_month_that_a_gap_touches_says_at_least(tmp_path: Path) -> None:
    page = pages(tmp_path, "2026-01-02 08:00: Roads", "2026-02-01 08:00: Roads 2", gaps=[GAP])[PAGE]
    assert "2026-01 1 3 min at least 0 0 min 100%" in section(page, "novelty")
    assert "2026-02 0 0 min 2 7 min 0%" in section(page, "novelty")


def test_after_a_gap_what_is_new_may_have_been_heard_before(tmp_path: Path) -> None:
    days = ("2026-01-01 08:00: Roads", "2026-01-04 08:00: ?Roads", "2026-02-01 08:00: Numb")
    doubt = "and what was heard where plays are missing may be told as new afterwards."
    found = pages(tmp_path / "gap", *days, gaps=[GAP])
    assert doubt in section(found[PAGE], "novelty")
    assert [line[-5:] for line in found[f"{CSV}novelty.csv"].splitlines()[1:]] == [",true", "false"]
    assert [line[-5:] for line in found[f"{CSV}days.csv"].splitlines()[1:]] == ["false", ",true", "false"]
    assert doubt not in section(pages(tmp_path / "whole", *days)[PAGE], "novelty")


def test_where_plays_may_be_missing_two_sessions_may_be_one(tmp_path: Path) -> None:
    page = pages(tmp_path, "2026-01-03 08:00: Roads", "2026-01-03 10:00: Roads", gaps=[GAP])[PAGE]
    said = "2 sessions among the plays that are known: where some are missing, two may have been one."
    assert said in section(page, "sessions")


def test_every_page_of_plays_says_what_estimated_means(tmp_path: Path) -> None:
    for mark, is_said in (("?", True), ("", False)):
        found = pages(tmp_path / f"told{is_said}", f"2026-01-01 08:00: {mark}Roads")
        made = [words(page) for path, page in found.items() if path.endswith(".html")]
        assert [("“est.”: where no source tells" in page) for page in made] == [is_said] * 3


def test_of_plays_by_the_day_hours_and_sessions_are_left_out(tmp_path: Path) -> None:
    found = pages(tmp_path, "2026-01-03: Roads 3", "2026-01-04: Numb", keeping="day")
    assert "Hours of the day are left out: of these plays only the date is kept." in words(found[PAGE])
    assert "Sessions are left out: of these plays only the date is kept" in words(found[PAGE])
    assert not {"Plays by weekday and hour", "Sessions by length"} & set(pictures(found[PAGE]))
    assert not [path for path in found if path.startswith((f"{CSV}hours", f"{CSV}session"))]


def test_of_plays_by_the_hour_sessions_alone_are_left_out(tmp_path: Path) -> None:
    found = pages(tmp_path, "2026-01-03 08h: Roads 3", "2026-01-04 21h: Numb", keeping="hour")
    assert "Sessions are left out: of these plays only the hour is kept" in words(found[PAGE])
    assert (
        desc(found[PAGE], "Plays by weekday and hour") == "Most on Saturdays between 8:00 and 9:00: 3 plays."
    )
    assert "Hours of the day are left out" not in words(found[PAGE])
    assert not [path for path in found if path.startswith(f"{CSV}session")]


def test_what_was_kept_exactly_before_is_shown_with_how_much_it_is(tmp_path: Path) -> None:
    page = words(pages(tmp_path, "2026-01-03 08:00: Roads 3", "2026-01-04: Numb", keeping="day")[PAGE])
    assert "The hour is kept of 3 of 4 plays; these are shown." in page
    assert "The exact time is kept of 3 of 4 plays; sessions are made of these." in page
    assert "1 session." in page


def test_of_hours_no_more_is_said_than_the_plays_tell_whose_hour_is_known(tmp_path: Path) -> None:
    title = "Plays by hour of the day, as a clock of twenty-four hours with midnight at the top"
    all_known, known = "nothing was ever heard.", "no play is known."
    stories = (
        ((), (), all_known),
        (("2026-01-04: Numb",), (), known),
        ((), [GAP], known),
    )
    for number, (more, gaps, told) in enumerate(stories):
        found = pages(tmp_path / str(number), "2026-01-02 08:00: Roads 3", *more, gaps=gaps)
        most = "Most between 8:00 and 9:00: 3 plays. In 23 hours of the day"
        assert desc(found[PAGE], title) == f"{most} {told}"


def test_an_hour_without_a_play_has_no_dot(tmp_path: Path) -> None:
    page = pages(tmp_path, "2026-01-03 08:00: Roads 3", "2026-01-04 21:00: Numb")[PAGE]
    drawn = pictures(page)["Plays by weekday and hour"]
    assert len([one for one in drawn.iter() if str(one.tag).endswith("circle")]) == 2


def test_of_plays_that_are_all_exact_nothing_is_left_out(tmp_path: Path) -> None:
    page = words(pages(tmp_path, *EXACT)[PAGE])
    assert "left out" not in page
    assert "is kept of" not in page


def test_sessions_end_with_a_silence_of_more_than_half_an_hour(tmp_path: Path) -> None:
    days = ("2026-01-03 08:00: Roads", "2026-01-03 08:33: Roads", "2026-01-03 09:10: Roads")
    page = section(pages(tmp_path, *days)[PAGE], "sessions")
    assert page.startswith("Sessions without a silence of more than half an hour 2 sessions.")
    assert "lasts under 30 min; on average a session holds 2 plays, 5 min." in page
    assert (
        "36 min 3 Jan 2026, 07:56 2 7 min" in page
    )  # from the beginning of the first to the end of the last


def test_streaks_are_told_with_the_current_one(tmp_path: Path) -> None:
    days = [f"2026-01-{day:02}: Roads" for day in (1, 2, 3, 4, 8, 9)]
    page = section(pages(tmp_path, *days)[PAGE], "streaks")
    assert "Current 2 days, since 8 January 2026, up to the last date with a play" in page
    assert "Longest 4 days, 1 to 4 January 2026" in page
    assert "may be longer" not in page


def test_a_streak_beside_a_gap_may_be_longer(tmp_path: Path) -> None:
    days = [f"2026-01-{day:02}: Roads" for day in (1, 2, 6, 9)]
    found = pages(tmp_path, *days, gaps=[GAP])
    page = section(found[PAGE], "streaks")
    assert "Longest 2 days, 1 to 2 January 2026; plays of a longer one may be missing" in page
    assert "1 to 2 January 2026 may be longer" in page
    assert "Current 1 day, since 9 January 2026, up to the last date with a play Longest" in page
    assert found[f"{CSV}streaks.csv"].splitlines() == [
        "first,last,days,plays,is_current,has_gap",
        "2026-01-01,2026-01-02,2,2,false,true",
        "2026-01-06,2026-01-06,1,1,false,true",
        "2026-01-09,2026-01-09,1,1,true,false",
    ]


def test_a_current_streak_beside_a_gap_may_be_longer(tmp_path: Path) -> None:
    page = pages(tmp_path, "2026-01-01: Roads", "2026-01-06: Roads", gaps=[GAP])[PAGE]
    assert "up to the last date with a play; may be longer" in section(page, "streaks")


def test_where_plays_may_be_missing_a_longer_streak_may_be_too(tmp_path: Path) -> None:
    page = pages(tmp_path, *(f"2026-01-{day:02}: Roads" for day in (5, 9, 10, 11)), gaps=[GAP])[PAGE]
    assert "Longest 3 days, 9 to 11 January 2026; plays of a longer one may be missing" in section(
        page, "streaks"
    )


def test_the_eddington_number_is_told_with_what_the_next_one_needs(tmp_path: Path) -> None:
    days = ("2026-01-01: Roads 3", "2026-01-02: Roads 2", "2026-01-03: Roads")
    page = section(pages(tmp_path, *days)[PAGE], "streaks")
    assert "2 2 days had 2 plays or more. 2 more days with 3 or more would make it 3." in page


def test_a_song_is_new_for_thirty_days(tmp_path: Path) -> None:
    found = pages(tmp_path, "2026-01-01: Roads", "2026-01-30: Roads", "2026-01-31: Roads, Numb")
    title = "New and familiar music by month, 2026"
    assert desc(found[PAGE], title) == "New: 75% of 4 plays, 13 min; the most, 75%, in January."
    assert found[f"{CSV}novelty.csv"].splitlines() == [
        "month,new_plays,new_ms,new_estimated,familiar_plays,familiar_ms,familiar_estimated,has_gap",
        "2026-01,3,600000,0,1,200000,0,false",
    ]


def test_time_is_marked_where_it_is_estimated(tmp_path: Path) -> None:
    found = pages(tmp_path, "2026-01-01 08:00: Roads", "2026-01-02 08:00: ?Roads")
    assert "2 plays, an estimated 3 min, on 2 days: 1 to 2 January 2026." in words(found[PAGE])
    assert found[f"{CSV}days.csv"].splitlines() == [
        "date,plays,ms,estimated,songs,new_songs,new_artists,has_gap",
        "2026-01-01,1,200000,0,1,1,1,false",
        "2026-01-02,1,0,1,1,0,0,false",
    ]


def test_the_time_of_sessions_and_of_what_is_new_is_marked_where_it_is_estimated(tmp_path: Path) -> None:
    found = pages(tmp_path, "2026-01-01 08:00: Roads", "2026-01-01 08:10: ?Numb", "2026-03-01 08:00: Roads")
    sessions, novelty = section(found[PAGE], "sessions"), section(found[PAGE], "novelty")
    assert "on average a session holds 2 plays, an estimated 3 min." in sessions
    assert "13 min est. 1 Jan 2026, 07:56 2 3 min est." in sessions
    assert "3 min 1 Mar 2026, 07:56 1 3 min" in sessions
    assert found[f"{CSV}sessions-longest.csv"].splitlines()[1].endswith(",2,200000,1")
    assert "2026-03 0 0 min 1 3 min 0% 2026-01 2 3 min est. 0 0 min 100%" in novelty


def test_files_hold_what_the_pictures_show(tmp_path: Path) -> None:
    found = pages(tmp_path, "2026-01-03 08:00: Roads 2", "2026-01-04 21:00: Numb")
    assert found[f"{CSV}hours.csv"].splitlines() == [
        "year,weekday,hour,plays,ms,estimated",
        "2026,6,8,2,400000,0",
        "2026,7,21,1,200000,0",
    ]
    assert found[f"{CSV}session-lengths.csv"].splitlines()[:2] == [
        "from_minutes,below_minutes,sessions",
        "0,30,2",
    ]
    assert found[f"{CSV}session-lengths.csv"].splitlines()[-1] == "240,,0"
    assert found[f"{CSV}sessions-longest.csv"].splitlines()[:2] == [
        "began,ended,lasted_ms,plays,ms,estimated",
        "2026-01-03T07:56:40,2026-01-03T08:04:00,440000,2,400000,0",
    ]


def test_the_files_are_those_that_the_documentation_lists(tmp_path: Path) -> None:
    found = pages(tmp_path, *EXACT)
    docs = (Path(__file__).parents[1] / "docs/api.md").read_text("utf-8")
    docs = docs.partition("## The plays")[2].partition("## The current")[0]
    headers = {path: text.splitlines()[0] for path, text in found.items() if path.endswith(".csv")}
    for path, header in headers.items():
        name = path.removeprefix(CSV)
        lines = [one for one in docs.splitlines() if f"`{name}`" in one]
        columns = [re.findall("`([^`]+)`", one.rstrip(" |").rpartition("| ")[2]) for one in lines]
        assert header.split(",") in columns, path
    listed = set(re.findall(r"`([a-z-]+\.csv)`", docs))
    assert listed
    assert listed <= {path.removeprefix(CSV) for path in headers}


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (
            Rule(30, has_private=False),
            "30 seconds or more is a play; an import leaves out what was played in private sessions.",
        ),
        (
            Rule(0, has_private=True),
            "Whatever was begun counts as a play; an import keeps what was played in private sessions.",
        ),
    ],
)
def test_the_rule_of_what_counts_stands_on_the_page(tmp_path: Path, rule: Rule, said: str) -> None:
    assert said in words(pages(tmp_path, "2026-01-01: Roads", rule=rule)[PAGE])


def test_a_listener_without_plays_has_no_such_page(tmp_path: Path) -> None:
    assert pages(tmp_path, "2026-01-01: -Roads") == {}
    assert site_of(tmp_path / "other", "2026-01-01: Roads").shelves[0].diary


def test_the_legend_has_a_dot_for_days_without_a_play(tmp_path: Path) -> None:
    page = pages(tmp_path, "2026-01-01: Roads", "2026-01-03: Roads 4")[PAGE]
    assert re.search(r"no play \d+ (to \d+ )?plays?", section(page, "days"))
    assert page.count('class="silent"') == 2


def test_an_arrow_never_stands_alone_on_a_line(tmp_path: Path) -> None:
    shown = pages(tmp_path, "2026-01-01: Roads 5, Numb 5", lists=["2026-01-04: Roads, Numb"])
    assert all('> <a class="arrow"' not in page for page in shown.values())
    assert any('>&nbsp;<a class="arrow"' in page for page in shown.values())


def test_levels_have_about_as_many_days_each() -> None:
    assert steps([1] * 10) == (1,)
    assert steps(range(1, 11)) == (1, 3, 5, 7, 9)
    assert [level(number, (1, 3, 5)) for number in (1, 2, 3, 4, 5, 99)] == [0, 0, 1, 1, 2, 2]


def test_an_axis_ends_with_a_round_number() -> None:
    numbers = (1, 7, 10, 11, 99, 101, 8272, 11_236)
    assert [ceiling(number) for number in numbers] == [1, 8, 10, 12, 100, 120, 10_000, 12_000]


def test_a_share_is_never_rounded_to_nothing_or_to_all() -> None:
    assert [percent(part, 1000) for part in (0, 1, 500, 999, 1000)] == [
        "0%",
        "under 1%",
        "50%",
        "over 99%",
        "100%",
    ]
    assert percent(0, 0) == "0%"


def test_a_stretch_says_no_more_than_it_must() -> None:
    assert stretch(date(2026, 5, 3), date(2026, 5, 3)) == "3 May 2026"
    assert stretch(date(2026, 5, 3), date(2026, 5, 9)) == "3 to 9 May 2026"
    assert stretch(date(2026, 4, 30), date(2026, 5, 2)) == "30 April to 2 May 2026"
    assert stretch(date(2025, 12, 30), date(2026, 1, 2)) == "30 December 2025 to 2 January 2026"

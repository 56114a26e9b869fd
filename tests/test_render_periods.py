"""The pages of weeks, months, years and all time: charts, recaps, and the way from one to another."""

import csv
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from past_sites import site_of
from played_sites import files_of, played_site
from test_render_site import parsed, text

from generator.model import Site
from generator.render.plays.words import listening_time, mean, percent

OCTOBER = ("2026-10-05: Roads 6, Numb 4, Glass", "2026-10-06: Roads 2", "2026-10-20: Numb 2")
NOVEMBER = ("2026-11-03: Numb 9, Roads 2, Amber 3", "2026-11-04: Amber", "2026-11-05: Glass 2")
MONTH = "plays/2026-11/index.html"
COLLECTED = ("2026-11-03: ?Numb 9, ?Roads 2, ?Amber 3", "2026-11-04: ?Amber", "2026-11-05: ?Glass 2")
GAP = ("2026-11-03T09:00:00.000Z", "2026-11-05T07:00:00.000Z")


def page(site: Site, path: str) -> str:
    return files_of(site)[path].decode()


def lines(page: str, kind: str) -> list[str]:
    """A page's chart, a text for each line."""
    (chart,) = (one for one in parsed(page).iter("section") if one.get("aria-labelledby") == kind)
    return [" ".join(" ".join(line.itertext()).split()) for line in chart.iter("li")]


def links(page: str, label: str) -> dict[str, str]:
    """Where the links of a navigation lead, by their text."""
    (found,) = (one for one in parsed(page).iter("nav") if one.get("aria-label") == label)
    return {" ".join("".join(a.itertext()).split()): a.get("href") or "" for a in found.iter("a")}


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode(), newline="")))


def test_every_week_month_and_year_with_a_play_has_a_page(tmp_path: Path) -> None:
    made = files_of(played_site(tmp_path, "2025-12-31: Roads", "2026-03-02: Roads"))
    pages = {path for path in made if path.startswith("plays/") and path.endswith(".html")}
    assert {"plays/index.html", *(f"plays/{name}/index.html" for name in ("2025", "2026"))} <= pages
    assert {f"plays/{name}/index.html" for name in ("2025-12", "2026-03", "2026-w01", "2026-w10")} <= pages
    assert "plays/2026-01/index.html" not in pages


def test_a_chart_tells_places_plays_time_movement_and_dates(tmp_path: Path) -> None:
    songs = lines(page(played_site(tmp_path, *OCTOBER, *NOVEMBER), MONTH), "tracks")
    new, same = "new: heard for the first time in this month", "same place as in the month before"
    assert songs == [
        "1 ▲1 up 1 place Numb ↗ Band of Numb 9 plays, 30 min First and last played 3 Nov",
        f"2 NEW {new} Amber ↗ Band of Amber 4 plays, 13 min First and last played 3–4 Nov",
        f"3 = {same} Glass ↗ Band of Glass 2 plays, 7 min First and last played 5 Nov",
        "3 ▼2 down 2 places Roads ↗ Band of Roads 2 plays, 7 min First and last played 3 Nov",
    ]


def test_artists_and_albums_have_charts_too(tmp_path: Path) -> None:
    made = page(played_site(tmp_path, "2026-11-03: Roads by Ada 2, Numb by Ada, Amber by Bo 2"), MONTH)
    assert [line.split(" plays")[0] for line in lines(made, "artists")] == ["1 Ada 3", "2 Bo 2"]
    assert len(lines(made, "albums")) == 3


def test_what_was_not_played_in_the_month_before_is_back(tmp_path: Path) -> None:
    made = page(played_site(tmp_path, "2026-09-01: Amber", *OCTOBER, "2026-11-02: Amber"), MONTH)
    assert "RE back: not played in the month before" in lines(made, "tracks")[0]


def test_the_first_period_and_all_time_tell_no_movement(tmp_path: Path) -> None:
    site = played_site(tmp_path, *OCTOBER, *NOVEMBER)
    for path in ("plays/2026-10/index.html", "plays/2026/index.html", "plays/index.html"):
        assert 'class="move' not in page(site, path), path


def test_a_recap_tells_what_stands_out(tmp_path: Path) -> None:
    told = text(page(played_site(tmp_path, *OCTOBER, *NOVEMBER, "2026-12-01: Roads"), MONTH))
    told = " ".join(told.split())
    assert "17 plays of 4 songs by 4 artists, 57\u00a0min of listening." in told.replace(
        "57 min", "57\u00a0min"
    )
    assert "Biggest day 3 November 14 plays, 47 min" in told
    assert "Longest streak 3 days with a play, 3 to 5 November" in told
    assert "Most repeated on a day Numb Band of Numb, 9 times on 3 November" in told
    assert "Days with music 3 of 30 6 plays on each of them, on average" in told
    assert "Discoveries 1 song heard for the first time, out of 4; also 1 artist" in told
    assert "New songs first heard in this month Amber Band of Amber ↗ 4 plays, 13 min, first on 3 Nov" in told
    rule = "heard for 30 seconds or more is a play; an import leaves out what was played in private sessions."
    assert rule in told


def test_where_more_is_new_than_is_listed_a_recap_says_how_much(tmp_path: Path) -> None:
    new = ", ".join(f"Song{number} {9 - number}" for number in range(7))
    told = " ".join(text(page(played_site(tmp_path, *OCTOBER, f"2026-11-03: {new}"), MONTH)).split())
    assert "Discoveries 7 songs heard for the first time" in told
    assert told.count("And 2 more.") == 2  # five songs are listed, and five artists


def test_days_before_the_first_play_of_all_are_no_days_without_music(tmp_path: Path) -> None:
    site = played_site(tmp_path, *NOVEMBER, "2026-12-01: Roads 12", "2027-01-09: Roads 12")
    shown = [page(site, f"plays/{name}/index.html") for name in ("2026-11", "2026-12", "2026")]
    told = [" ".join(text(one).split()) for one in shown]
    assert "Days with music 3 of 28 " in told[0]
    assert "25 days without a play." in shown[0]
    assert "Days with music 1 of 31 " in told[1]
    assert "Days with music 4 of 59 " in told[2]


def test_a_week_has_charts_and_totals_but_no_recap(tmp_path: Path) -> None:
    made = page(played_site(tmp_path, *OCTOBER, *NOVEMBER), "plays/2026-w45/index.html")
    assert "so far, 2 to 5 November 2026" in text(made)
    assert "Longest streak" not in made
    assert "pictures/recap" not in made
    assert len(lines(made, "tracks")) == 4


def test_what_still_runs_says_so_far_and_what_has_ended_does_not(tmp_path: Path) -> None:
    site = played_site(tmp_path, "2025-12-30: Roads 12", *OCTOBER, *NOVEMBER)
    year, month = page(site, "plays/2026/index.html"), page(site, MONTH)
    for made in (year, month):
        assert "in plays so far, to 5 November" in text(made)
        assert "plays so far of" in text(made)
        assert "Dotted: not known yet." in text(made)
    assert "<title>Recap of 2026 so far" in year
    for path in ("plays/2025/index.html", "plays/2026-10/index.html", "plays/index.html"):
        assert "so far" not in lede(page(site, path)), path


def test_what_still_runs_is_told_up_to_the_date_of_which_plays_are_known(tmp_path: Path) -> None:
    made = files_of(played_site(tmp_path, *OCTOBER, *NOVEMBER, today=date(2026, 11, 27)))
    year, month = (made[f"plays/{path}/index.html"].decode() for path in ("2026", "2026-11"))
    assert "in plays so far, to 27 November" in text(year)
    assert "Days with music 3 of 27 " in " ".join(text(month).split())
    assert "24 days without a play." in text(month)
    assert "Dotted: not known yet." in text(month)
    assert "Days with music: 3 of 27." in made["pictures/recap-2026-11.svg"].decode()
    periods = {(row["grain"], row["period"]): row for row in table(made["api/v1/plays/csv/periods.csv"])}
    assert periods["month", "2026-11-01"]["last"] == "2026-11-27"
    assert periods["month", "2026-10-01"]["last"] == "2026-10-31"
    assert periods["all", "2026-10-05"]["last"] == "2026-11-05"


def lede(page: str) -> str:
    (found,) = (one for one in parsed(page).iter("div") if one.get("class") == "lede")
    return " ".join(found.itertext())


@pytest.mark.parametrize(
    ("today", "is_running"),
    [(date(2026, 11, 29), True), (date(2026, 11, 30), True), (date(2026, 12, 1), False), (None, True)],
)
def test_a_month_runs_until_its_last_date_is_over(
    tmp_path: Path, today: date | None, *, is_running: bool
) -> None:
    made = page(played_site(tmp_path, "2026-11-30: Roads", today=today), MONTH)
    assert ("so far" in lede(made)) == is_running


def test_a_recap_is_of_all_its_days_though_no_play_came_near_its_end(tmp_path: Path) -> None:
    site = played_site(tmp_path, *NOVEMBER, today=date(2027, 1, 1))
    made = page(site, MONTH)
    assert "in plays so far" not in text(made)
    assert "not known yet" not in made
    assert "Days with music 3 of 28" in " ".join(text(made).split())
    assert "of 59" in text(page(site, "plays/2026/index.html"))


def test_where_plays_may_be_missing_numbers_are_at_least_and_the_days_are_marked(tmp_path: Path) -> None:
    site = played_site(tmp_path, *OCTOBER, *COLLECTED, gaps=[GAP])
    made = page(site, MONTH)
    told = " ".join(text(made).split())
    assert "At least 17 plays so far of 4 songs" in told
    assert "Plays may be missing here (3 to 5 November 2026)" in told
    assert "At least 3 days" in told
    assert made.count('fill="url(#missing)"') == 3
    assert '<th scope="row">4 November</th><td>at least 1</td>' in made
    before = page(site, "plays/2026-10/index.html")
    assert "t least" not in before
    assert "url(#missing)" not in before


def test_of_a_month_within_a_gap_only_what_is_known_is_said(tmp_path: Path) -> None:
    days = (*OCTOBER, "2026-12-05: Roads 3")
    gap = ("2026-10-30T09:00:00.000Z", "2026-12-05T07:00:00.000Z")
    for gaps, a_play, plays in (([gap], "a known play", "no plays known"), ([], "a play", "no plays")):
        made = page(played_site(tmp_path / f"{len(gaps)}", *days, gaps=gaps), "plays/index.html")
        assert f"1 month without {a_play}." in made
        assert f'Nov<span class="unseen">: {plays}</span>' in made
    assert "Most plays: October 2026, 15 plays." in made


def test_after_a_gap_what_is_new_is_so_as_far_as_is_known(tmp_path: Path) -> None:
    made = files_of(played_site(tmp_path, *OCTOBER, *COLLECTED, "2026-12-01: Frost 11", gaps=[GAP]))
    doubt = ", as far as is known"
    for month, is_doubted in (("2026-10", False), ("2026-11", True), ("2026-12", True)):
        told = " ".join(text(made[f"plays/{month}/index.html"].decode()).split())
        assert (f"heard for the first time{doubt}, out of" in told) is is_doubted
        assert (f"first heard in this month{doubt}" in told) is is_doubted
        picture = made[f"pictures/recap-{month}.svg"].decode()
        assert ("New, as far as is known: " in picture) is is_doubted
        assert ("Heard for the first time: " in picture) is not is_doubted
    new = f"1 NEW new: heard for the first time in this month{doubt} Frost"
    assert lines(made["plays/2026-12/index.html"].decode(), "tracks")[0].startswith(new)
    assert "Plays may be missing" not in made["plays/2026-12/index.html"].decode()


def test_after_a_gap_a_song_is_back_as_far_as_is_known(tmp_path: Path) -> None:
    days = (*OCTOBER, *COLLECTED[:2], "2026-12-01: Glass")
    for gaps, doubt in (([GAP], ", as far as is known"), ([], "")):
        made = page(played_site(tmp_path / f"{len(gaps)}", *days, gaps=gaps), "plays/2026-12/index.html")
        assert lines(made, "tracks")[0].startswith(f"1 RE back: not played in the month before{doubt} Glass")


def test_time_that_no_source_tells_is_said_to_be_estimated(tmp_path: Path) -> None:
    made = page(played_site(tmp_path, "2026-11-03: Numb, ?Roads", lists=["2026-11-04: Roads"]), MONTH)
    assert "an estimated" in text(made)
    roads, numb = (next(line for line in lines(made, "tracks") if name in line) for name in ("Roads", "Numb"))
    assert "min est." in roads
    assert "est." not in numb


def test_half_a_minute_is_rounded_up_as_in_a_browser() -> None:
    assert [listening_time(ms) for ms in (149_999, 150_000, 210_000)] == [
        "2\u00a0min",
        "3\u00a0min",
        "4\u00a0min",
    ]


def test_half_a_play_and_half_a_percent_are_rounded_up_too() -> None:
    assert [mean(total, 2) for total in (1, 3, 4, 5, 73)] == [1, 2, 2, 3, 37]
    assert [percent(part, 200) for part in (25, 29, 30)] == ["13%", "15%", "15%"]


def test_from_a_hundred_hours_on_a_time_is_rounded_to_the_nearest() -> None:
    minutes = (99 * 60 + 59, 127 * 60 + 29, 127 * 60 + 30, 1234 * 60 + 57)
    assert [listening_time(one * 60_000).replace("\u00a0", " ") for one in minutes] == [
        "99 h 59 min",
        "127 h",
        "128 h",
        "1,235 h",
    ]


def test_navigation_leads_before_after_up_and_down(tmp_path: Path) -> None:
    site = played_site(tmp_path, *OCTOBER, *NOVEMBER, "2027-01-31: Roads")
    assert links(page(site, MONTH), "Periods") == {
        "← Before: October 2026": "../../plays/2026-10/index.html",
        "↑ Part of: 2026": "../../plays/2026/index.html",
        "After: January 2027 →": "../../plays/2027-01/index.html",
    }
    assert links(page(site, MONTH), "Weeks of November 2026") == {
        "Week 45 of 2026": "../../plays/2026-w45/index.html"
    }
    assert list(links(page(site, "plays/2026/index.html"), "Months of 2026")) == [
        "October 2026",
        "November 2026",
    ]
    assert "↑ Part of: All time" in links(page(site, "plays/2026/index.html"), "Periods")


def test_navigation_ends_at_the_first_and_the_latest(tmp_path: Path) -> None:
    site = played_site(tmp_path, *OCTOBER, *NOVEMBER)
    assert "The first month" in text(page(site, "plays/2026-10/index.html"))
    assert "The latest month" in text(page(site, MONTH))
    only = text(page(site, "plays/2026/index.html"))
    assert "The first year" in only
    assert "The latest year" in only


def test_a_week_of_two_months_is_part_of_both(tmp_path: Path) -> None:
    site = played_site(tmp_path, "2026-06-30: Roads", "2026-07-01: Roads")
    assert list(links(page(site, "plays/2026-w27/index.html"), "Periods")) == [
        "↑ Part of: June 2026",
        "↑ Part of: July 2026",
    ]
    for month in ("June", "July"):
        path = f"plays/2026-{'06' if month == 'June' else '07'}/index.html"
        assert "Week 27 of 2026" in links(page(site, path), f"Weeks of {month} 2026")


def test_the_entrance_leads_to_every_year_and_month_and_shows_the_latest(tmp_path: Path) -> None:
    made = page(played_site(tmp_path, "2025-12-30: Roads 12", *OCTOBER, *NOVEMBER), "plays/index.html")
    for name in ("2025", "2025-12", "2026", "2026-10", "2026-11"):
        assert f'href="../plays/{name}/index.html"' in made, name
    assert 'href="../plays/2026-01/index.html"' not in made
    told = " ".join(text(made).split())
    assert "November 2026 The latest month, so far" in told
    assert "2026 The latest year, so far" in told
    assert 'src="../pictures/recap-2026-11.svg"' in made
    assert "At the top: Numb, Band of Numb." in told


def test_the_numbers_behind_a_picture_stand_below_it(tmp_path: Path) -> None:
    site = played_site(tmp_path, *OCTOBER, *NOVEMBER)
    (numbers,) = (list(one.iter("tr")) for one in parsed(page(site, MONTH)).iter("table"))
    assert [" ".join("".join(row.itertext()).split()) for row in numbers[1:]][2:4] == [
        "3 November1447 min",
        "4 November13 min",
    ]
    assert "Most plays: 3 November, 14 plays. 2 days without a play." in page(site, MONTH)
    (months,) = (list(one.iter("tr")) for one in parsed(page(site, "plays/2026/index.html")).iter("table"))
    assert len(months) == 1 + 11


def test_a_year_below_the_first_bar_does_not_reach_beyond_the_picture(tmp_path: Path) -> None:
    site = played_site(tmp_path, "2024-01-05: Roads", "2026-03-02: Roads")
    marks = [
        one for one in parsed(page(site, "plays/index.html")).findall(".//{*}text") if one.get("y") == "97%"
    ]
    assert [(one.text, one.get("class")) for one in marks] == [
        ("2024", "from-left"),
        ("2025", None),
        ("2026", None),
    ]


@pytest.mark.parametrize(
    ("first", "told"),
    [
        ("2024-08-05", ["2024", "2025", "2026"]),
        ("2024-11-05", ["2024", "2025", "2026"]),
        ("2024-12-05", ["2025", "2026"]),
        ("2026-02-05", ["2026"]),
    ],
)
def test_the_first_bar_has_its_year_unless_it_would_touch_the_next(
    tmp_path: Path, first: str, told: list[str]
) -> None:
    made = page(played_site(tmp_path, f"{first}: Roads", "2026-03-02: Roads"), "plays/index.html")
    marks = [one for one in parsed(made).findall(".//{*}text") if one.get("y") == "97%"]
    assert [one.text for one in marks] == told


def test_what_nobody_named_has_a_word(tmp_path: Path) -> None:
    made = files_of(played_site(tmp_path, "2026-11-03: !Roads 12"))
    assert "Unknown song" in lines(made[MONTH].decode(), "tracks")[0]
    assert 'aria-labelledby="artists"' not in made[MONTH].decode()
    assert "12 plays so far of 1 song, 40" in text(made[MONTH].decode())
    assert b"Unknown song" in made["pictures/recap-2026-11.svg"]


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    made = page(played_site(tmp_path, "2026-11-03: <script>alert(1)</script> 12"), MONTH)
    assert "<script>alert" not in made
    assert "&lt;script&gt;alert(1)" in made


def test_charts_and_periods_are_tables_too(tmp_path: Path) -> None:
    made = files_of(played_site(tmp_path, *OCTOBER, *COLLECTED, gaps=[GAP]))
    months = table(made["api/v1/plays/csv/charts-months.csv"])
    first = next(row for row in months if (row["period"], row["kind"]) == ("2026-11-01", "tracks"))
    assert first | {"id": ""} == {
        "grain": "month",
        "period": "2026-11-01",
        "kind": "tracks",
        "place": "1",
        "id": "",
        "name": "Numb",
        "artist": "Band of Numb",
        "plays": "9",
        "ms": "0",
        "estimated": "9",
        "moved": "1",
        "is_new": "false",
        "first": "2026-11-03",
        "last": "2026-11-03",
    }
    periods = {(row["grain"], row["period"]): row for row in table(made["api/v1/plays/csv/periods.csv"])}
    month = periods["month", "2026-11-01"]
    assert (month["plays"], month["streak"], month["has_gap"], month["is_running"]) == (
        "17",
        "3",
        "true",
        "true",
    )
    assert periods["all", "2026-10-05"]["plays"] == "32"
    assert {f"api/v1/plays/csv/charts-{name}.csv" for name in ("weeks", "years", "all-time")} <= set(made)


@pytest.mark.parametrize("listeners", [1, 2])
def test_every_way_between_periods_leads_somewhere(tmp_path: Path, listeners: int) -> None:
    made = files_of(played_site(tmp_path, *OCTOBER, *NOVEMBER, listeners=listeners))
    for path, content in made.items():
        if "plays/" in path and path.endswith("index.html") and "Moved" not in content.decode()[:900]:
            folder = Path("/site") / path
            for element in parsed(content.decode()).iter():
                to = element.get("href") or element.get("src") or ""
                if to.startswith("http"):
                    continue
                if "/plays/2" in to or "pictures/recap" in to or "charts-" in to or "periods.csv" in to:
                    target = (folder.parent / to).resolve().relative_to("/site")
                    assert target.as_posix() in made, (path, to)


def test_a_listener_without_plays_has_no_such_page(tmp_path: Path) -> None:
    made = files_of(site_of(tmp_path, "AB", "BA"))
    assert not [path for path in made if "plays" in path or "recap" in path]

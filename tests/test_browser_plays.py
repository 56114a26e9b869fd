"""Pages of what was played in a real Chromium, below a folder: free dates, songs, artists and albums."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from threading import Thread
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from played_sites import played_site
from playwright.sync_api import Browser, Locator, Page, expect
from stories import known_as
from test_browser import reachable, reached_by_tab

from generator.model import Site
from generator.pipeline.serve import serve
from generator.render.filters import long_date
from generator.render.plays.words import heard, listening_time, stretch
from generator.render.site import TEMPLATES, write
from generator.tally.diary import Diary
from generator.tally.periods import Line, Period
from generator.tally.played import PlayedKind

TITLES = [f"Song {number}" for number in range(30)]
FIRST, DAYS = date(2025, 11, 10), 100
GAP = ("2025-12-20T23:00:00.000Z", "2025-12-24T07:00:00.000Z")
MISSING = range(41, 44)  # days that the gap swallowed
UNTOLD = FIRST + timedelta(20)  # of one of its songs no source says how long it was heard
RANGE = "plays/range/index.html"


def invented() -> list[str]:
    """Days on which some songs were played, more of them as time goes by, and none on every fifth but one."""
    dice = Random(5)
    days = []
    for number in range(DAYS):
        if number % 5 and number not in MISSING:
            known = TITLES[: 4 + number // 4]
            heard = [dice.choice(known) for _ in range(6)]
            words = ", ".join(f"{mark(title)}{title} by Band {int(title[5:]) % 4}" for title in heard)
            days.append(f"{FIRST + timedelta(number)}: {words}")
    days.append(f"{UNTOLD}: Song 4 by Band 1, ?Song 5 by Band 1")
    return days


def mark(title: str) -> str:
    """Of one song nobody tells the name."""
    return "!" if title == "Song 3" else ""


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Path]:
    folder = tmp_path_factory.mktemp("played")
    site = played_site(folder, *invented(), lists=["2026-02-17: Song 1, Song 2, Glass Box"], gaps=[GAP])
    write(site, templates=TEMPLATES, to=folder / "served" / "some-name")
    (folder / "served/index.html").write_text("The site lives below.")
    return site, folder / "served" / "some-name"


@pytest.fixture(scope="module")
def address(shown: tuple[Site, Path]) -> Iterator[str]:
    with serve(shown[1].parent, 0) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/some-name/"
        server.shutdown()


@pytest.fixture(scope="module")
def diary(shown: tuple[Site, Path]) -> Diary:
    found = shown[0].shelves[0].diary
    assert found
    return found


@pytest.fixture(scope="module")
def paths(diary: Diary) -> tuple[str, ...]:
    """Pages of free dates, of a song, an artist and an album, of a song that nobody named, of periods."""
    kinds: tuple[PlayedKind, ...] = ("tracks", "artists", "albums")
    first = [f"{kind}/{next(iter(diary.lives[kind].values())).item.slug}/index.html" for kind in kinds]
    unnamed = f"tracks/{known_as('Song 3')}/index.html"
    periods = (f"plays/{name}index.html" for name in ("", "2025/", "2025-12/", "2026-w07/"))
    return RANGE, *first, unnamed, "api/v1/index.html", *periods


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A new browser window that accepts no error."""
    context = browser.new_context(color_scheme="light")
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    context.close()
    assert said == []


def asked(page: Page, first: date, last: date) -> None:
    """Choose two dates by hand."""
    page.get_by_label("From", exact=True).fill(first.isoformat())
    page.get_by_label("To", exact=True).fill(last.isoformat())
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("status")).to_contain_text(f"{stretch(first, last)}: ")


def lines(page: Page, heading: str) -> list[tuple[str, ...]]:
    """Place, name, plays and movement of each line of a chart."""
    section = page.locator("#outcome section").filter(has=page.get_by_role("heading", name=heading))
    return [line_of(one) for one in section.locator("li").all()]


def line_of(one: Locator) -> tuple[str, ...]:
    plays = one.locator(".when").inner_text().partition(" play")[0]
    moves = one.locator(".move > [aria-hidden]").all_inner_texts()
    return one.locator(".place").inner_text(), one.locator(".title").inner_text(), plays, *moves


def period(kind: PlayedKind, one: Period) -> list[tuple[str, ...]]:
    """The same of a period that is prepared."""
    return [
        (str(line.place), line.item.title or "Unknown song", str(line.tally.plays), moved(line))
        for line in one.charts[kind]
    ]


def moved(line: Line) -> str:
    if line.moved is None:
        return "NEW" if line.is_new else "RE"
    return f"{'▲' if line.moved > 0 else '▼'}{abs(line.moved)}" if line.moved else "="


def test_the_sums_of_a_month_are_those_of_its_own_page(page: Page, address: str, diary: Diary) -> None:
    page.goto(address + RANGE)
    month = next(one for one in diary.of_grain("month") if one.first == date(2026, 1, 1))
    asked(page, month.first, month.last)
    expect(page.get_by_role("status")).to_contain_text(f"{month.tally.plays} plays, {heard(month.tally)} of ")
    expect(page.get_by_role("status")).to_contain_text(f"{month.songs} songs, {month.artists} artists")
    expect(page.get_by_role("status")).to_contain_text(f"on {month.days} of 31 days")
    kinds: tuple[tuple[str, PlayedKind], ...] = (
        ("song", "tracks"),
        ("artist", "artists"),
        ("album", "albums"),
    )
    for heading, kind in kinds:
        assert [line[:3] for line in lines(page, heading)] == [line[:3] for line in period(kind, month)]


def test_a_week_moves_as_its_own_page_says(page: Page, address: str, diary: Diary) -> None:
    page.goto(address + RANGE)
    signs = set()
    for week in diary.of_grain("week")[2:12:3]:
        asked(page, week.first, week.first + timedelta(6))
        found = lines(page, "song")
        assert found == period("tracks", week)
        signs |= {line[3][0] for line in found}
    assert {"▲", "▼", "N", "R"} <= signs


def test_a_range_has_an_address_that_can_be_shared(page: Page, address: str) -> None:
    page.goto(address + RANGE)
    asked(page, date(2026, 1, 3), date(2026, 1, 20))
    shared = page.url
    assert shared.endswith("range/index.html#2026-01-03..2026-01-20")
    expect(page.locator("#outcome .when").first).to_contain_text(re.compile(r", \d+\s–\s\d+ Jan 2026$"))
    page.goto("about:blank")
    page.goto(shared)
    expect(page.get_by_role("status")).to_contain_text("3 to 20 January 2026")
    page.locator("#outcome li a").first.click()
    expect(page.get_by_role("heading", name="Plays", exact=False).first).to_be_visible()
    assert "/some-name/tracks/" in page.url


def test_quick_choices_end_with_the_last_day_that_has_a_play(page: Page, address: str) -> None:
    page.goto(address + RANGE)
    expect(page.get_by_role("status")).to_contain_text("19 January to 17 February 2026")
    page.get_by_role("button", name="Last 7 days").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("11 to 17 February 2026")
    page.get_by_role("button", name="2026 so far").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("1 January to 17 February 2026")
    page.get_by_role("button", name="Last 365 days").click()
    expect(page.get_by_role("status")).to_contain_text("11 November 2025 to 17 February 2026: at least")


def test_at_least_stands_before_each_figure_that_a_gap_touches(page: Page, address: str) -> None:
    for days, told in (
        (
            "2025-12-24..2025-12-26",
            r": at least 10 plays, .*, on at least 2 of 3 days \(the 3 days before: no plays known, ",
        ),
        (
            "2025-12-24..2025-12-24",
            r": at least \d+ plays, .*, on 1 of 1 day \(the day before: no plays known, ",
        ),
        (
            "2025-12-27..2025-12-29",
            r": \d+ plays, .*, on 3 of 3 days \(the 3 days before: at least 10 plays, ",
        ),
        ("2025-12-28..2025-12-29", r": \d+ plays, .*, on 2 of 2 days \(the 2 days before: \d+ plays, "),
    ):
        page.goto(f"{address}{RANGE}#{days}")
        expect(page.get_by_role("status")).to_have_text(re.compile(told))


def test_a_range_asks_only_for_the_months_that_it_needs(page: Page, address: str) -> None:
    asked_for: list[str] = []
    page.on("request", lambda request: asked_for.append(request.url.rpartition("/")[2]))
    page.goto(f"{address}{RANGE}#2026-02-03..2026-02-09")
    expect(page.locator("#outcome li").first).to_be_visible()
    assert {name for name in asked_for if name.endswith(".json")} == {
        "songs.json",
        "2026-01.json",
        "2026-02.json",
    }


WRONG = (
    "2026-13-99..2026-14-01",
    "<b>..<i>",
    "1999-01-01..1999-02-01",
    "2026-02-30..2026-02-31",
    "2026-01-03",
    "2026-01-01..2026-01-03..2026-01-09",
)


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_address_says_so_and_shows_the_last_days(page: Page, address: str, wrong: str) -> None:
    page.goto(f"{address}{RANGE}#2026-01-03..2026-01-20")
    expect(page.get_by_role("status")).to_contain_text("3 to 20 January 2026")
    page.evaluate("hash => { location.hash = hash; }", wrong)
    shown = "No such days: 19 January to 17 February 2026"
    expect(page.get_by_role("status")).to_contain_text(shown)


def test_a_way_within_the_page_keeps_the_chosen_days(page: Page, address: str) -> None:
    page.goto(f"{address}{RANGE}#2026-01-03..2026-01-20")
    expect(page.get_by_role("status")).to_contain_text("3 to 20 January 2026")
    page.locator("a.skip").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main$"))
    expect(page.get_by_role("status")).to_contain_text("3 to 20 January 2026")
    page.goto("about:blank")
    page.goto(f"{address}{RANGE}#main")
    expect(page.get_by_role("status")).to_contain_text(re.compile("^19 January to 17 February 2026"))


def test_a_single_day_is_named_once_and_an_empty_one_has_no_figures(
    page: Page, address: str, diary: Diary
) -> None:
    heard = {one.date for one in diary.days}
    silent = next(day for day in dates(diary) if day not in heard and not is_in_gap(diary, day))
    missing = next(day for day in dates(diary) if day not in heard and is_in_gap(diary, day))
    for day, told in ((silent, "no plays"), (missing, "no plays known, some may be missing")):
        page.goto(f"{address}{RANGE}#{day}..{day}")
        expect(page.get_by_role("status")).to_contain_text(f"{long_date(day)}: {told}")
        expect(page.get_by_role("status")).not_to_contain_text(f"to {long_date(day)}")
        expect(page.locator("#outcome li")).to_have_count(0)


def dates(diary: Diary) -> list[date]:
    whole = diary.whole
    return [whole.first + timedelta(number) for number in range((whole.last - whole.first).days)]


def is_in_gap(diary: Diary, day: date) -> bool:
    return any(first <= day <= last for first, last in diary.gaps)


def test_from_a_folder_on_disk_a_sentence_says_why_nothing_is_summed(
    page: Page, shown: tuple[Site, Path]
) -> None:
    page.goto((shown[1] / RANGE).as_uri())
    expect(page.locator("#free-note")).to_be_visible()
    expect(page.locator("#chooser")).to_be_hidden()


def test_without_javascript_every_period_is_one_click_away(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + RANGE)
    expect(page.locator("#free-note")).to_be_visible()
    expect(page.locator("#chooser")).to_be_hidden()
    page.get_by_role("link", name="January").click()
    assert page.url.endswith("plays/2026-01/index.html")
    context.close()


def test_the_search_box_finds_what_was_only_played(page: Page, address: str) -> None:
    page.goto(address + "index.html")
    page.get_by_label("Search songs and artists").fill("album of song 7")
    expect(page.get_by_role("status")).to_contain_text("found")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Album of Song 7")


def test_no_name_of_a_file_is_broken_where_there_is_room(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{address}api/v1/index.html")
    for name in page.locator(".prose dt").all():
        assert name.evaluate("one => one.getClientRects()[0].height") < 30, name.inner_text()


@pytest.mark.parametrize("path", ["plays/index.html", "plays/2026/index.html"])
def test_the_first_of_each_chart_end_on_one_line(page: Page, address: str, path: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(address + path)
    firsts = page.locator(".toplists .leader")
    long = (".title", "A Title That Is Longer Than a Line"), (".told span", "12,345 plays, 99 h 59 min est.")
    for which, words in long:
        firsts.first.locator(which).first.evaluate("(one, words) => one.textContent = words", words)
    assert len(set(firsts.evaluate_all("all => all.map(one => one.getBoundingClientRect().bottom)"))) == 1


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_way_to_the_next_week_ends_at_the_right(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}plays/2026-w07/index.html")
    bar = page.get_by_role("navigation", name="Periods")
    room, after = (one.bounding_box() for one in (bar, bar.locator("a[rel=next]")))
    assert room
    assert after
    assert after["x"] + after["width"] == pytest.approx(room["x"] + room["width"], abs=1)
    assert after["width"] < width / 2


def test_the_figures_of_a_song_stand_in_two_columns_on_a_phone(
    page: Page, address: str, paths: tuple[str, ...]
) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(address + next(path for path in paths if path.startswith("tracks/")))
    figures = page.locator(".lived .figures b")
    plays, time, first, last = (edges(figure) for figure in figures.all())
    assert (plays[0], time[0]) == (first[0], last[0])
    assert max(plays[1], first[1]) < time[0]


def test_no_time_is_broken_into_two_lines(page: Page, address: str) -> None:
    for path in (RANGE, "plays/habits/index.html", "plays/index.html"):
        page.goto(address + path)
        expect(page.locator("main")).to_contain_text(re.compile(r"\d\sh\s\d+\smin"))
        assert not re.search(r"\d (h|min)\b", page.locator("main").inner_text()), path


def test_free_dates_mark_the_times_that_are_estimated(page: Page, address: str) -> None:
    page.goto(address + RANGE)
    asked(page, UNTOLD, UNTOLD)
    expect(page.get_by_role("status")).to_contain_text("2 plays, 3 min est. of 2 songs, 1 artist, 2 albums")
    told = page.locator("#outcome section").first.locator(".when")
    assert [one.rpartition(", ")[0] for one in told.all_inner_texts()] == [
        "1 play, 3\u00a0min",
        "1 play, 0\u00a0min est.",
    ]
    expect(told.locator("abbr")).to_have_attribute("title", re.compile("^Estimated"))
    asked(page, UNTOLD + timedelta(1), UNTOLD + timedelta(1))
    expect(page.get_by_role("status")).to_have_text(
        re.compile(r"\(the day before: 2 plays, 3\u00a0min est\.\)\.$")
    )
    expect(page.locator("#outcome .estimated")).to_have_count(0)


@pytest.mark.parametrize("minutes", [99 * 60 + 59, 100 * 60 + 29, 127 * 60 + 30, 1234 * 60 + 29])
def test_free_dates_round_a_long_time_as_other_pages_do(page: Page, address: str, minutes: int) -> None:
    february = {"days": {"2026-02-17": [[0, 3000, minutes * 60_000]]}}
    page.route("**/days/2026-02.json", lambda route: route.fulfill(json=february))
    page.goto(f"{address}{RANGE}#2026-02-17..2026-02-17")
    expect(page.get_by_role("status")).to_contain_text(f"3,000 plays, {listening_time(minutes * 60_000)} of")


def test_a_stretch_that_begins_before_anything_is_known_is_not_compared_with(
    page: Page, address: str
) -> None:
    whole = FIRST + timedelta(5), FIRST + timedelta(8)  # the first day has no play
    for first, is_compared in ((whole[0], True), (whole[0] - timedelta(1), False)):
        page.goto("about:blank")
        page.goto(f"{address}{RANGE}#{first}..{whole[1]}")
        said = re.compile(r" of \d days" + (r" \(the 4 days before: .*\)\.$" if is_compared else r"\.$"))
        expect(page.get_by_role("status")).to_have_text(said)
        assert bool(page.locator("#outcome .move").count()) == is_compared


def test_a_silent_stretch_before_is_compared_with_all_the_same(page: Page, address: str) -> None:
    silent = FIRST + timedelta(50)  # after the gap: what is new may have been heard in it
    asked_for = silent + timedelta(1)
    page.goto(f"{address}{RANGE}#{asked_for}..{asked_for}")
    expect(page.get_by_role("status")).to_have_text(re.compile(r"\(the day before: no plays\)\.$"))
    songs = page.locator("#outcome section").first
    assert {one[:2] for one in songs.locator(".move").all_inner_texts()} <= {"RE", "NE"}
    assert songs.locator(".move").count() == songs.locator("li").count()


def test_with_a_stretch_of_which_nothing_is_known_nothing_is_compared(page: Page, address: str) -> None:
    page.goto(f"{address}{RANGE}#2025-12-24..2025-12-26")
    expect(page.get_by_role("status")).to_contain_text(
        "(the 3 days before: no plays known, some may be missing)"
    )
    expect(page.locator("#outcome li").first).to_be_visible()
    expect(page.locator("#outcome .move")).to_have_count(0)


def test_no_page_scrolls_sideways_on_the_narrowest_phone(
    browser: Browser, address: str, paths: tuple[str, ...]
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    for path in paths:
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 320, f"{path} is {width} px wide"
    context.close()


def test_the_months_stand_in_columns_below_their_headings(
    page: Page, address: str, paths: tuple[str, ...]
) -> None:
    for path in paths[1:4]:
        page.goto(address + path)
        page.get_by_text("The months as a table").click()
        rows = [
            [edges(cell) for cell in row.locator("th, td").all()] for row in page.locator(".months tr").all()
        ]
        for _, plays, time in rows:
            assert (plays[1], time[1]) == pytest.approx((rows[0][1][1], rows[0][2][1]), abs=1), path
            assert time[0] - plays[1] >= 20, path


def edges(cell: Locator) -> tuple[float, float]:
    """Where the text of a cell begins and ends."""
    left, right = cell.evaluate(
        """cell => {
            const range = document.createRange();
            range.selectNodeContents(cell);
            const {left, right} = range.getBoundingClientRect();
            return [left, right];
        }"""
    )
    return left, right


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_fault(
    browser: Browser, address: str, paths: tuple[str, ...], theme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(color_scheme=theme, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    faults = []
    for path in paths:
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        found = Axe().run(page).response["violations"]
        faults += [f"{path}: {one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]
    context.close()
    assert faults == []


def test_the_keyboard_reaches_everything(page: Page, address: str, paths: tuple[str, ...]) -> None:
    for path in paths[:2]:
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        assert reached_by_tab(page) == reachable(page), path


def test_the_script_of_free_dates_is_small(shown: tuple[Site, Path]) -> None:
    assert (shown[1] / "static/range.js").stat().st_size <= 8_000

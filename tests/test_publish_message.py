"""A commit of data/ reads well, and whatever a title holds, it says what we say and nothing else."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import artist, repository, track

from generator import publish
from generator.git import git, trailers
from generator.model import Chart, Departure, Item, Listener, Rank
from generator.publish import News

ME = Listener("me", "Ada", ZoneInfo("UTC"))
DAY = date(2026, 11, 20)
SONGS = ("tracks/short_term",)

# A hostile title may try to end the subject, to end the body, or to speak as we do.
HOSTILE = (
    "Roads\n\nListener: mallory\nEdition: 1999-01-01",
    "Roads\r\nEdition: 1999-01-01",
    "\x1b[31mred\x07\x00",
    "\u202egnihtemos",
    "\u2028Listener: mallory",
    "---\nEdition: 1999-01-01",
    "# no comment",
    "Edition: 1999-01-01",
)


def rank(position: int, item: Item, moved: int | None = 0, *, is_new: bool = False) -> Rank:
    return Rank(position, item, moved, is_new, peak=position, editions=3)


def chart(*ranks: Rank, number: int = 30, out: Sequence[Departure] = ()) -> Chart:
    return Chart("tracks", "short_term", DAY, number, ranks, tuple(out))


def told(
    news: Chart | None, changed: Sequence[str] = SONGS, *, alone: bool = True, who: Listener = ME
) -> list[str]:
    return publish.message(who, News([DAY], changed, news), alone=alone).splitlines()


def test_the_subject_tells_the_leader_who_came_and_who_left() -> None:
    news = chart(
        rank(1, track("Roads", by="Thornwhale"), 3),
        rank(2, track("Angel"), None, is_new=True),
        rank(3, track("Tamarisks"), None, is_new=True),
        out=[Departure(2, track("Teardrop"))],
    )
    assert told(news)[0] == "data: 20 Nov 2026 · #1 “Roads” Thornwhale (▲3) · 2 new · out: Teardrop"


@pytest.mark.parametrize(("moved", "sign"), [(0, "="), (2, "▲2"), (-4, "▼4"), (None, "back")])
def test_the_leaders_movement_is_told(moved: int | None, sign: str) -> None:
    assert told(chart(rank(1, artist("Oar"), moved)))[0].startswith(f"data: 20 Nov 2026 · #1 Oar ({sign})")


def test_who_comes_back_is_not_new() -> None:
    ranks = [rank(1, track("A")), rank(2, track("B"), None), rank(3, track("C"), None, is_new=True)]
    assert told(chart(*ranks))[0].endswith(" · 1 new · 1 back")


def test_of_many_who_left_the_first_is_named() -> None:
    out = [Departure(4, track("Teardrop")), Departure(9, track("Angel")), Departure(10, track("Roads"))]
    assert told(chart(rank(1, track("A")), out=out))[0].endswith(" · out: Teardrop and 2 more")


def test_a_first_edition_has_no_movement() -> None:
    lines = told(chart(rank(1, track("Roads", by="Thornwhale"), None, is_new=True), number=1))
    assert lines[0] == "data: 20 Nov 2026 · #1 “Roads” Thornwhale · first edition"
    assert lines[2] == "   1       “Roads” Thornwhale"


def test_where_several_are_followed_the_listener_is_named() -> None:
    assert told(chart(rank(1, track("A"))), alone=False)[0].startswith("data: Ada, 20 Nov 2026 · #1 ")


def test_other_lists_are_named_where_the_songs_of_four_weeks_stand_still() -> None:
    changed = ("tracks/medium_term", "tracks/long_term", "artists/short_term")
    assert told(chart(rank(1, track("A"))), changed) == [
        "data: 20 Nov 2026 · songs of six months and a year · artists of four weeks",
        "",
        "Listener: me",
        "Edition: 2026-11-20",
        "Lists: tracks/medium_term, tracks/long_term, artists/short_term",
    ]


def test_plays_alone_say_how_many_and_on_which_day() -> None:
    told = publish.message(ME, News([], (), plays=37, today=DAY), alone=True)
    assert told == "data: 37 plays on 20 Nov 2026\n\nListener: me\nPlays: 37\nSource: api\n"
    one = publish.message(ME, News([], (), plays=1, today=DAY), alone=False)
    assert one.startswith("data: Ada, 1 play on 20 Nov 2026\n")


def test_imported_plays_say_so_and_name_no_day() -> None:
    told = publish.message(
        ME, News([], (), imported=18_204, rows=30_267, sources=("account", "extended")), alone=True
    )
    assert told == "data: 18,204 plays imported\n\nListener: me\nPlays: 30267\nSource: account, extended\n"
    both = publish.message(ME, News([], (), plays=1, imported=1, today=DAY), alone=True)
    assert both.startswith("data: 1 play on 20 Nov 2026 · 1 play imported\n")


def test_rows_that_a_better_source_tells_of_are_no_news_but_are_never_lost_in_a_race() -> None:
    told = publish.message(ME, News([], (), rows=12, today=DAY), alone=True)
    assert told == "data: brought up to date\n\nListener: me\nPlays: 12\nSource: api\n"


def test_plays_beside_an_edition_are_counted_at_the_end() -> None:
    news = News([DAY], ("artists/long_term",), plays=1200, today=DAY)
    assert publish.message(ME, news, alone=True).startswith(
        "data: 20 Nov 2026 · artists of a year · 1,200 plays\n"
    )


def test_a_commit_without_an_edition_says_why_there_is_one() -> None:
    assert publish.message(ME, News([], ()), alone=True).startswith("data: brought up to date\n")
    assert publish.message(ME, News([], SONGS), alone=True).startswith(
        "data: taken back · songs of four weeks\n"
    )


def test_the_body_lists_every_line_that_is_not_where_it_was() -> None:
    news = chart(
        rank(1, track("Roads", by="Thornwhale"), 0),
        rank(2, track("Angel", by="Mossfen & Horace"), -1),
        rank(13, track("Safe"), 2),
        rank(14, track("New"), None, is_new=True),
        out=[Departure(7, track("Teardrop", by="Mossfen"))],
    )
    assert told(news)[2:-4] == [
        "   2  ▼1   “Angel” Mossfen, Horace",
        "  13  ▲2   “Safe” Band of Safe",
        "  14  new  “New” Band of New",
        " out  (#7) “Teardrop” Mossfen",
    ]


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_cannot_speak_for_us(tmp_path: Path, title: str) -> None:
    song = track(title, by=title)
    news = chart(rank(1, song, 2), rank(2, song, None), out=[Departure(3, song)])
    text = publish.message(replace(ME, name=title), News([DAY], SONGS, news), alone=False)
    assert all(line.isprintable() for line in text.splitlines())
    assert text.splitlines() == text.split("\n")[:-1]
    read = git(tmp_path, "interpret-trailers", "--parse", stdin=text.encode())
    assert read == "Listener: me\nEdition: 2026-11-20\nLists: tracks/short_term\n"


@given(st.text())
@settings(max_examples=50)
def test_any_text_fits_a_line(text: str) -> None:
    line = publish.one_line(text)
    assert line.isprintable()
    assert len(line) <= publish.LONGEST
    assert publish.one_line(line) == line


def test_a_long_title_is_cut() -> None:
    (subject, *_) = told(
        chart(rank(1, track("La " * 300, by="Na " * 300), 1), out=[Departure(2, track("Du " * 300))])
    )
    assert len(subject) < 200
    assert subject.count("…") == 3


def test_the_trailers_of_several_editions_are_read_back(tmp_path: Path) -> None:
    root = repository(tmp_path)
    (root / "data").mkdir()
    (root / "data/a.csv").write_text("row\n")
    days = [date(2026, 11, 18), DAY]
    text = publish.message(ME, News(days, SONGS, chart(rank(1, track("Roads"), 1))), alone=True)
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--cleanup=verbatim", "--file=-", stdin=text.encode())
    ((_, values),) = trailers(root, "Listener", "Edition", "Lists")
    assert values == (("me",), ("2026-11-18", "2026-11-20"), SONGS)
    assert git(root, "log", "-1", "--format=%B") == text + "\n"

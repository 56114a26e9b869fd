"""What pages say: dates, lengths, movements and sentences."""

from datetime import date

import pytest

from generator.model import Album, Artist, Chart, Departure, Rank, Track
from generator.render.filters import berth, duration, long_date, movement, name, plural, spotify, tone
from generator.render.words import headline, standfirst

SONG = Track("1", "Low Tide", (Artist("2", "Nora Vane"),), Album("3", "Tidal Maps"))


def rank(position: int, moved: int | None, *, is_new: bool = False) -> Rank:
    return Rank(position, SONG, moved, is_new, peak=position, editions=2)


def chart(*ranks: Rank, left: int = 0, number: int = 2) -> Chart:
    departures = (Departure(20, SONG),) * left
    return Chart("tracks", "short_term", date(2026, 11, 20), number, ranks, departures)


@pytest.mark.parametrize(
    ("moved", "is_new", "said"),
    [
        (3, False, ("up", "▲3", "up 3 places")),
        (-1, False, ("down", "▼1", "down 1 place")),
        (0, False, ("same", "=", "same place as before")),
        (None, True, ("new", "NEW", "new on the chart")),
        (None, False, ("back", "RE", "back on the chart")),
    ],
)
def test_a_movement_has_a_sign_and_words(moved: int | None, is_new: bool, said: tuple[str, ...]) -> None:  # noqa: FBT001
    assert movement(rank(4, moved, is_new=is_new)) == said


@pytest.mark.parametrize(
    ("milliseconds", "written"),
    [(187_000, "3:07"), (59_600, "1:00"), (3_765_000, "1:02:45"), (400, "0:00")],
)
def test_a_length_is_written_in_minutes_and_seconds(milliseconds: int, written: str) -> None:
    assert duration(milliseconds) == written


def test_dates_and_counts_are_written_out() -> None:
    assert long_date(date(2026, 3, 1)) == "1 March 2026"
    assert (plural(1, "song"), plural(20, "song")) == ("1 song", "20 songs")


@pytest.mark.parametrize(
    ("title", "shown"),
    [("Bell\x07", "Bell"), ("\x07", "Untitled"), ("\u200b\u202e\u2060\ufeff", "Untitled"), (" ", "Untitled")],
)
def test_a_title_that_nobody_can_see_gets_a_word(title: str, shown: str) -> None:
    assert name(Artist("one", title, None)) == shown


def test_every_item_leads_to_its_own_page_at_spotify() -> None:
    assert SONG.album is not None
    found = [spotify(item) for item in (SONG, SONG.artists[0], SONG.album, Artist("", "Nobody"))]
    pages = [f"https://open.spotify.com/{page}" for page in ("track/1", "artist/2", "album/3")]
    assert found == [*pages, None]


def test_songs_of_one_album_share_a_tone() -> None:
    other = Track("9", "High Tide", (), SONG.album)
    assert tone(SONG) == tone(other)


def test_below_the_podium_a_chart_fills_two_even_columns() -> None:
    berths = [berth(line, 20) for line in range(1, 21)]
    assert [berths.count(where) for where in ("first", "podium", "near", "far")] == [1, 3, 8, 8]
    assert berths == sorted(berths, key=["first", "podium", "near", "far"].index)
    assert [berth(line, 7) for line in (5, 6, 7)] == ["near", "near", "far"]


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (chart(rank(1, None), number=1), "The first edition. From the next one on, every move is counted."),
        (chart(rank(1, 0)), "“Low Tide” stays at number one. No song came and none left."),
        (
            chart(rank(1, 3), rank(2, None, is_new=True), left=1),
            "“Low Tide” climbs from number 4 to the top. One song is new and one has left.",
        ),
        (
            chart(rank(1, None), rank(2, None, is_new=True), rank(3, None, is_new=True), left=12),
            "“Low Tide” returns straight at number one. Two songs are new, one is back and 12 have left.",
        ),
    ],
)
def test_the_standfirst_says_what_changed(shown: Chart, said: str) -> None:
    assert standfirst(shown) == said


def test_the_headline_counts_what_is_there() -> None:
    assert headline(chart(rank(1, 0))) == "Top 1 song"
    assert headline(chart(*(rank(n, 0) for n in range(1, 21)))) == "Top 20 songs"

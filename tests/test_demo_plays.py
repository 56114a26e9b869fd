"""What the invented listener heard, and when a demo asks: days with habits, and a machine that is off."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from generator.demo.plays import SHORTEST_MS, Play, heard, plays
from generator.demo.story import MOST, Story

YEAR = [date(2026, 1, 1) + timedelta(days=number) for number in range(364)]  # whole weeks
NOW = datetime(2026, 11, 26, 21, 47, tzinfo=UTC)


def everything() -> list[Play]:
    return [play for day in YEAR for play in heard("demo", day)]


def test_a_song_begins_when_the_one_before_it_has_ended() -> None:
    for before, after in pairwise(everything()):
        assert before.ended <= after.ended - timedelta(milliseconds=after.ms)


def test_no_more_is_heard_of_a_song_than_there_is() -> None:
    assert all(0 < play.ms <= play.song.duration_ms for play in everything())


def test_saturdays_have_most_and_some_days_nothing() -> None:
    by_weekday = Counter[int]()
    for day in YEAR:
        by_weekday[day.weekday()] += len(heard("demo", day))
    assert by_weekday.most_common(1)[0][0] == 5
    silent = [day for day in YEAR if not heard("demo", day)]
    assert 8 <= len(silent) <= 30
    assert all((after - before).days >= 3 for before, after in pairwise(silent))


def test_spotify_tells_of_no_short_and_no_private_play() -> None:
    told = [play for day in YEAR for play in plays(day)]
    kept_back = set(everything()) - set(told)
    assert all(play.ms < SHORTEST_MS or play.is_private for play in kept_back)
    assert any(play.is_private for play in kept_back)
    assert 0.04 < sum(play.is_skipped for play in everything()) / len(everything()) < 0.2
    assert any(play.is_skipped for play in told)


def test_some_songs_are_forgotten_for_months_and_found_again() -> None:
    last: dict[str, datetime] = {}
    again = set()
    for play in everything():
        if play.ended - last.get(play.song.isrc, play.ended) > timedelta(days=90):
            again.add(play.song.isrc)
        last[play.song.isrc] = play.ended
    assert len(again) > 50


def test_now_and_then_it_is_one_song_over_and_over() -> None:
    most = [Counter(play.song for play in heard("demo", day)).most_common(1) for day in YEAR]
    assert sum(found[0][1] >= 8 for found in most if found) >= 10


def test_what_was_heard_is_of_several_decades() -> None:
    decades = Counter(play.song.album.release_date[:3] for play in everything())
    assert {"198", "199", "200", "201", "202"} <= decades.keys()


@pytest.mark.parametrize("days", [30, 400])
def test_a_demo_asks_before_spotify_forgets_unless_the_machine_is_off(days: int) -> None:
    story, asked, lost = Story(days, NOW, "demo"), None, []
    for ago in reversed(range(days)):
        for moment in story.moments(ago, asked):
            if asked and story.told(asked, moment) > MOST:
                lost.append(ago)
            asked = moment
    returns = [ago for ago in range(days - 1) if story.is_off(ago + 1) and not story.is_off(ago)]
    assert set(lost) <= set(returns)
    assert min(lost) == 2
    assert len(lost) >= 2
    assert asked == NOW


def test_a_demo_of_more_than_a_year_has_five_years_of_plays() -> None:
    first = [Story(days, NOW, "demo").first_heard() for days in (30, 400)]
    assert [round((NOW.date() - one).days / 365.25, 1) for one in first] == [1.2, 5.0]


@pytest.mark.parametrize("days", range(1, 60))
def test_the_exports_arrive_once_on_a_day_with_a_run(days: int) -> None:
    story = Story(days, NOW, "demo")
    arrived = [ago for ago in range(days) if story.is_imported(ago)]
    assert len(arrived) == 1
    assert not story.is_off(arrived[0])
    assert not story.is_off(0)
    assert datetime.combine(story.first_heard(), NOW.time(), UTC) < story.exported()[0]

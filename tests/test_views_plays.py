"""What the views tell of plays: which count, what they are of, charts, habits and finds, each rule once."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from chart_stories import ledger, loaded, rows, write
from play_stories import catalog, counted, everything, heard, named, over_and_over, read, sessions
from sqlalchemy import Engine

from generator.listening import item_key
from generator.warehouse.views import VIEWS


def test_the_best_source_rules_up_to_its_last_row_of_a_day(warehouse: Engine, tmp_path: Path) -> None:
    heard(
        tmp_path,
        "2026-11-20 13:58 api roads",
        "2026-11-20 14:03 api roads",
        "2026-11-20 14:03 extended glory",
        "2026-11-20 20:15 api numb",
        "2026-11-21 08:00 api roads",
    )
    assert counted(warehouse, tmp_path) == ["08:00 roads", "14:03 glory", "20:15 numb"]


def test_what_the_api_tells_by_the_millisecond_is_the_play_that_an_export_tells_by_the_second(
    warehouse: Engine, tmp_path: Path
) -> None:
    heard(
        tmp_path,
        *("2026-11-20 14:03:20.512 api roads", "2026-11-20 14:03:20 extended roads"),
        "2026-11-20 14:07:02.100 api roads",
    )
    assert counted(warehouse, tmp_path) == ["14:03 roads", "14:07 roads"]


def test_the_last_minute_of_an_account_counts_as_a_whole_and_so_does_a_kept_hour(
    warehouse: Engine, tmp_path: Path
) -> None:
    heard(
        tmp_path,
        *("2026-11-20 14:03 account roads", "2026-11-20 14:03 api numb", "2026-11-20 14:04 api glory"),
        *("2026-11-21 14:00 extended roads hour", "2026-11-21 14:59 api numb", "2026-11-21 15:00 api glory"),
    )
    assert counted(warehouse, tmp_path) == ["14:00 roads", "14:03 roads", "14:04 glory", "15:00 glory"]


@pytest.mark.parametrize(("by_day", "exact"), [("api", "extended"), ("extended", "api")])
@pytest.mark.parametrize(
    ("zone", "midnight"), [("Europe/Berlin", "30 23:00"), ("America/New_York", "31 05:00")]
)
def test_who_changes_what_is_kept_has_each_play_once(  # noqa: PLR0913, PLR0917 - two ways in two zones
    warehouse: Engine, tmp_path: Path, by_day: str, exact: str, zone: str, midnight: str
) -> None:
    heard(tmp_path, f"2026-01-{midnight} {by_day} roads day", f"2026-01-31 12:00 {exact} roads")
    query = "select source from counted"
    assert read(warehouse, tmp_path, query, zone=zone) == [("extended",)]


def test_a_kept_day_is_found_anew_in_whichever_file_it_stands(warehouse: Engine, tmp_path: Path) -> None:
    """1 February in Berlin begins by UTC in January."""
    february = ["2026-02-01 12:00 extended roads"]
    heard(tmp_path, "2026-01-15 12:00 api glory", *february)
    query = "select source, item_id from counted"
    assert read(warehouse, tmp_path, query, zone="Europe/Berlin") == [("api", "glory"), ("extended", "roads")]
    heard(tmp_path, "2026-01-31 23:00 api roads day")
    assert read(warehouse, tmp_path, query, zone="Europe/Berlin") == [("extended", "roads")]
    heard(tmp_path, "2026-01-31 23:00 account roads day", "2026-02-10 12:00 api numb")
    found = read(warehouse, tmp_path, query, zone="Europe/Berlin")
    assert found == [("account", "roads"), ("api", "numb")]
    heard(tmp_path, "2026-01-15 12:00 api glory")
    found = read(warehouse, tmp_path, query, zone="Europe/Berlin")
    assert found == [("api", "glory"), ("api", "numb")]


def test_what_is_too_short_is_no_play_and_the_rule_can_be_changed(warehouse: Engine, tmp_path: Path) -> None:
    heard(tmp_path, "2026-11-20 14:00 extended roads 29999", "2026-11-20 15:00 extended numb 30000")
    assert counted(warehouse, tmp_path) == ["15:00 numb"]
    query = "select item_id from counted"
    assert read(warehouse, tmp_path, query, least_ms=1000) == [("numb",), ("roads",)]
    assert read(warehouse, tmp_path, query, least_ms=60_000) == []


def test_who_moves_has_other_dates_and_hours_and_the_same_plays(warehouse: Engine, tmp_path: Path) -> None:
    heard(tmp_path, "2026-11-20 23:30 extended roads", "2026-12-01 04:00 extended roads")
    query = "select local_date, local_hour from counted"
    here = [(date(2026, 11, 20), 23), (date(2026, 12, 1), 4)]
    assert read(warehouse, tmp_path, query) == here
    there = [(date(2026, 11, 21), 5), (date(2026, 12, 1), 9)]
    assert read(warehouse, tmp_path, query, zone="Asia/Kathmandu") == there
    assert read(warehouse, tmp_path, query, zone="America/New_York") == [
        (date(2026, 11, 20), 18),
        (date(2026, 11, 30), 23),
    ]
    assert read(warehouse, tmp_path, query) == here


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "UTC"])
def test_a_day_that_was_kept_stays_that_day_wherever_one_lives(
    warehouse: Engine, tmp_path: Path, zone: str
) -> None:
    midnight_in_berlin, midnight_in_new_york = "2026-11-19 23:00", "2026-11-20 05:00"
    heard(tmp_path, *(f"{at} extended roads day" for at in (midnight_in_berlin, midnight_in_new_york)))
    found = read(warehouse, tmp_path, "select local_date, local_hour, ended from counted", zone=zone)
    assert found == [(date(2026, 11, 20), None, None)] * 2


def test_a_length_that_nobody_told_is_the_tracks_and_estimated(warehouse: Engine, tmp_path: Path) -> None:
    catalog(tmp_path, roads="Portable/Roads/Dumb")
    heard(tmp_path, "2026-11-20 14:00 api roads", "2026-11-20 15:00 api numb")
    found = read(warehouse, tmp_path, "select item_id, ms, is_estimated from counted")
    assert found == [("numb", None, True), ("roads", 180_000, True)]


def test_a_name_however_it_is_spelled_is_the_catalogs_song(warehouse: Engine, tmp_path: Path) -> None:
    catalog(tmp_path, roads="Portable/Roads/Dumb")
    named(tmp_path, "PORTABLE/ｒoads/dumb", "Portable/Rivers/Dumb", "Nobody/Roads")
    songs = ("PORTABLE/ｒoads", "Portable/Rivers", "Nobody/Roads")
    heard(tmp_path, *(f"2026-11-20 1{at}:00 account {song}" for at, song in enumerate(songs)))
    query = "select item_id, artist_id, album_id, release_year from counted"
    assert set(read(warehouse, tmp_path, query)) == {
        (item_key("Nobody", "Roads"), item_key("Nobody", ""), None, None),
        (item_key("Portable", "Rivers"), "by_Portable", "on_Dumb", 1994),
        ("roads", "by_Portable", "on_Dumb", 1994),
    }


def test_an_id_that_only_exports_know_is_the_song_of_its_name(warehouse: Engine, tmp_path: Path) -> None:
    catalog(tmp_path, zoo="Portable/Roads/Dumb")
    named(tmp_path, "Portable/Numb", abroad="Portable/Roads", b="Portable/Numb", c="Portable/NUMB")
    heard(tmp_path, *(f"2026-11-20 1{n}:00 extended {one}" for n, one in enumerate("cb")))
    heard(tmp_path, "2026-10-20 08:00 extended abroad", "2026-10-20 09:00 account Portable/Numb")
    assert {song for (song,) in read(warehouse, tmp_path, "select item_id from counted")} == {"b", "zoo"}


def test_a_person_overrules_names(warehouse: Engine, tmp_path: Path) -> None:
    catalog(tmp_path, zoo="Portable/Roads/Dumb")
    named(tmp_path, abroad="Portable/Roads", live="Portable/Roads", one="A/One", two="B/Two")
    write(tmp_path / "same.csv", "id,song", ["live,live", "one,our word", "two,our word"])
    songs = ("abroad", "live", "one", "two")
    heard(tmp_path, *(f"2026-11-20 1{at}:00 extended {song}" for at, song in enumerate(songs)))
    assert counted(warehouse, tmp_path) == ["10:00 zoo", "11:00 live", "12:00 one", "13:00 one"]
    (tmp_path / "same.csv").unlink()
    assert counted(warehouse, tmp_path) == ["10:00 zoo", "11:00 zoo", "12:00 one", "13:00 two"]


def test_a_song_goes_by_the_id_that_its_listeners_charts_know(warehouse: Engine, tmp_path: Path) -> None:
    catalog(tmp_path, one="Portable/Roads/Dumb", two="Portable/ROADS/Best")
    heard(tmp_path, "2026-11-20 10:00 extended one")
    heard(tmp_path, "2026-11-20 10:00 extended one", who="you")
    ledger(tmp_path, [("me", date(2026, 11, 20), "tracks", "short_term", 1, "two")])
    found = read(warehouse, tmp_path, "select listener, item_id from counted")
    assert found == [("me", "two"), ("you", "one")]


def test_days_go_on_over_a_night_on_which_clocks_change(warehouse: Engine, tmp_path: Path) -> None:
    nights = ("2026-10-24 22:30", "2026-10-25 22:59", "2026-10-25 23:00", "2026-10-28 12:00")
    heard(tmp_path, *(f"{at} extended roads" for at in nights))
    query = "select first_date, last_date, days, plays, is_current from streaks"
    assert read(warehouse, tmp_path, query, zone="Europe/Berlin") == [
        (date(2026, 10, 25), date(2026, 10, 26), 2, 3, False),
        (date(2026, 10, 28), date(2026, 10, 28), 1, 1, True),
    ]


def test_a_gap_at_its_end_may_hide_that_a_streak_is_longer(warehouse: Engine, tmp_path: Path) -> None:
    heard(tmp_path, "2026-11-20 12:00 api a", "2026-11-22 12:00 api b", "2026-11-25 12:00 api b")
    gap = "2026-11-20T12:00:00.000Z,2026-11-22T12:00:00.000Z"
    write(tmp_path / "me/gaps.csv", "since,until", [gap])
    found = read(warehouse, tmp_path, "select first_date, has_gap from streaks")
    assert found == [(date(2026, 11, 20), True), (date(2026, 11, 22), True), (date(2026, 11, 25), False)]
    months = rows(warehouse, "select grain, has_gap from recaps where grain <> 'week'")
    assert months == [("all", True), ("month", True), ("year", True)]


def test_an_export_closes_its_listeners_gap_and_no_other(warehouse: Engine, tmp_path: Path) -> None:
    gap = "2026-11-20T12:00:00.000Z,2026-11-20T18:00:00.000Z"
    for who in ("me", "you"):
        write(tmp_path / who / "gaps.csv", "since,until", [gap])
    heard(tmp_path, *(f"2026-11-20 {at}:00 account a" for at in (11, 15, 19)))
    heard(tmp_path, *(f"2026-11-20 {at}:00 account a" for at in (11, 15)), who="you")
    assert read(warehouse, tmp_path, "select listener from open_gaps") == [("you",)]


def test_what_two_exports_know_each_in_part_closes_no_gap(warehouse: Engine, tmp_path: Path) -> None:
    write(tmp_path / "me/gaps.csv", "since,until", ["2026-11-20T12:00:00.000Z,2026-11-20T18:00:00.000Z"])
    heard(
        tmp_path, "2026-11-20 15:00 account a", "2019-01-01 11:00 extended a", "2026-11-20 19:00 extended a"
    )
    assert read(warehouse, tmp_path, "select listener from open_gaps") == [("me",)]


@pytest.mark.parametrize(
    ("times", "is_open"),
    [
        (("12:00", "18:30"), True),
        (("11:00", "18:30"), True),
        (("12:00", "15:00", "18:30"), False),
        (("12:00", "18:00", "18:30"), False),
    ],
)
def test_the_play_that_begins_a_gap_is_not_in_it(
    warehouse: Engine, tmp_path: Path, times: tuple[str, ...], *, is_open: bool
) -> None:
    gap = "2026-11-20T12:00:20.000Z,2026-11-20T18:00:40.000Z"
    plays = (f"2026-11-20 {at} account a" for at in times)
    assert stays_open(warehouse, tmp_path, gap, plays) is is_open


@pytest.mark.parametrize(("days", "is_open"), [((20,), True), ((19, 20), True), ((19, 20, 21), False)])
def test_a_gap_within_one_kept_day_needs_an_export_of_the_days_around_it(
    warehouse: Engine, tmp_path: Path, days: tuple[int, ...], *, is_open: bool
) -> None:
    gap = "2026-11-20T00:00:00.000Z,2026-11-20T00:00:00.000Z"
    plays = (f"2026-11-{day} 00:00 extended a" for day in days)
    assert stays_open(warehouse, tmp_path, gap, plays) is is_open


def stays_open(warehouse: Engine, folder: Path, gap: str, plays: Iterable[str]) -> bool:
    """Is a gap still one, whatever exports tell?"""
    write(folder / "me/gaps.csv", "since,until", [gap])
    heard(folder, *plays)
    return bool(read(warehouse, folder, "select listener from open_gaps"))


def test_a_gap_between_kept_days_is_of_those_days_wherever_one_lives(
    warehouse: Engine, tmp_path: Path
) -> None:
    midnights = ("2026-11-09 23:00", "2026-11-13 23:00")  # in Berlin
    heard(tmp_path, *(f"{at} api roads day" for at in midnights))
    write(tmp_path / "me/gaps.csv", "since,until", ["2026-11-09T23:00:00.000Z,2026-11-13T23:00:00.000Z"])
    query = "select first_date, last_date from open_gaps"
    for zone in ("Europe/Berlin", "America/New_York"):
        assert read(warehouse, tmp_path, query, zone=zone) == [(date(2026, 11, 10), date(2026, 11, 14))]


def test_a_gap_is_of_the_listeners_dates_in_months_without_a_play_too(
    warehouse: Engine, tmp_path: Path
) -> None:
    heard(tmp_path, "2026-06-20 12:00 api roads")
    # What was before 1 June was purged, and then what ended the gap was hidden.
    write(tmp_path / "me/gaps.csv", "since,until", ["2026-05-31T22:00:00.000Z,2026-07-31T23:10:00.000Z"])
    found = read(warehouse, tmp_path, "select first_date, last_date from open_gaps", zone="Europe/Berlin")
    assert found == [(date(2026, 6, 1), date(2026, 8, 1))]


def test_half_an_hour_of_silence_is_the_same_session_and_more_is_another(
    warehouse: Engine, tmp_path: Path
) -> None:
    heard(
        tmp_path,
        "2026-11-20 10:00 extended a 60000",
        "2026-11-20 10:31 extended b 60000",
        "2026-11-20 11:03 extended c 60000",
        "2026-11-20 12:00 extended d hour",
    )
    assert sessions(warehouse, tmp_path) == ["20 09:59 to 10:31, 2 plays", "20 11:02 to 11:03, 1 plays"]


def test_a_clock_that_is_changed_neither_parts_a_session_nor_joins_two(
    warehouse: Engine, tmp_path: Path
) -> None:
    forward = [f"2026-03-29 {at} extended a 60000" for at in ("00:50", "01:05")]
    back = [f"2026-10-25 {at} extended a 60000" for at in ("00:20", "01:15")]
    heard(tmp_path, *forward, *back)
    assert sessions(warehouse, tmp_path, zone="Europe/Berlin") == [
        "25 02:14 to 02:15, 1 plays",
        "25 02:19 to 02:20, 1 plays",
        "29 01:49 to 03:05, 2 plays",
    ]
    lasted = read(warehouse, tmp_path, "select lasted from sessions", zone="Europe/Berlin")
    assert lasted == [(60_000,), (60_000,), (16 * 60_000,)]


def test_a_chart_of_a_week_says_who_moved_and_who_is_new(warehouse: Engine, tmp_path: Path) -> None:
    monday, next_monday = "2026-11-16", "2026-11-23"
    first = [*over_and_over("a", monday, times=3), *over_and_over("b", monday, times=2)]
    then = [*over_and_over("b", next_monday, times=4), *over_and_over("c", next_monday, times=4)]
    heard(tmp_path, *first, *then, *over_and_over("a", "2026-11-29"))
    query = (
        "select place, item_id, plays, moved, is_new from period_chart"
        f" where grain = 'week' and period = '{next_monday}' and kind = 'tracks'"
    )
    found = read(warehouse, tmp_path, query)
    assert found == [(1, "b", 4, 1, False), (1, "c", 4, None, True), (3, "a", 1, -2, False)]


def test_a_discovery_is_told_once_in_the_month_and_once_in_the_year(
    warehouse: Engine, tmp_path: Path
) -> None:
    heard(tmp_path, *over_and_over("a", "2025-12-31", "2026-01-01"), *over_and_over("b", "2026-01-01"))
    query = "select grain, period, item_id from discoveries where kind = 'tracks'"
    assert read(warehouse, tmp_path, query) == [
        ("month", date(2025, 12, 1), "a"),
        ("month", date(2026, 1, 1), "b"),
        ("year", date(2025, 1, 1), "a"),
        ("year", date(2026, 1, 1), "b"),
    ]


def test_a_recap_tells_of_its_own_dates_alone(warehouse: Engine, tmp_path: Path) -> None:
    over_new_year = ("2025-12-30", "2025-12-31", "2026-01-01")
    heard(tmp_path, *over_and_over("a", *over_new_year), *over_and_over("b", "2025-12-30", times=2))
    query = (
        "select period, plays, days, new_songs, biggest_day, repeated_id, repeated_plays, streak,"
        " streak_since from recaps where grain = 'year'"
    )
    eve = date(2025, 12, 30)
    assert read(warehouse, tmp_path, query) == [
        (date(2025, 1, 1), 4, 2, 2, eve, "b", 2, 2, eve),
        (date(2026, 1, 1), 1, 1, 0, date(2026, 1, 1), "a", 1, 1, date(2026, 1, 1)),
    ]


def test_a_favourite_is_forgotten_after_ninety_days_and_may_be_found_again(
    warehouse: Engine, tmp_path: Path
) -> None:
    away = over_and_over("a", "2026-01-01", times=5)
    almost = over_and_over("b", "2026-01-01", times=4)
    heard(tmp_path, *away, *almost, *over_and_over("c", "2026-03-31"))
    query = "select item_id, returned, days, plays_before, plays_since from absences"
    assert read(warehouse, tmp_path, query) == []
    heard(tmp_path, *over_and_over("c", "2026-04-01"))
    assert read(warehouse, tmp_path, query) == [("a", None, 90, 5, 0)]
    heard(tmp_path, *over_and_over("a", "2026-04-10"), *over_and_over("b", "2026-04-10"))
    assert read(warehouse, tmp_path, query) == [("a", date(2026, 4, 10), 99, 5, 1)]


def test_a_song_is_new_for_thirty_days(warehouse: Engine, tmp_path: Path) -> None:
    heard(tmp_path, *over_and_over("a", "2026-01-01", "2026-01-30", "2026-01-31"))
    assert read(warehouse, tmp_path, "select new_plays, familiar_plays from novelty") == [(2, 1)]


def test_five_plays_of_a_day_are_an_obsession_and_of_an_artist_with_one_song_a_hit(
    warehouse: Engine, tmp_path: Path
) -> None:
    catalog(tmp_path, a="One/A/X", b="Two/B/X", c="Two/C/X", d="Four/D/X")
    days = ("2026-01-01", "2026-01-02")
    plays = (over_and_over("a", days[0], times=5), over_and_over("b", *days, times=4))
    heard(tmp_path, *plays[0], *plays[1], *over_and_over("c", days[0]), *over_and_over("d", days[0], times=4))
    assert read(warehouse, tmp_path, "select item_id, plays from obsessions") == [("a", 5)]
    assert rows(warehouse, "select artist_id, item_id, plays from one_hits") == [("by_One", "a", 5)]


def test_eddington_counts_dates_with_so_many_plays(warehouse: Engine, tmp_path: Path) -> None:
    plays = [over_and_over("a", f"2026-01-0{day}", times=day) for day in (1, 2, 3, 4)]
    heard(tmp_path, *(play for day in plays for play in day))
    # Two dates with two plays or more, indeed three; but only two with three or more.
    assert read(warehouse, tmp_path, "select number, wanting from eddington") == [(2, 1)]


def test_a_list_stands_beside_what_was_played_in_its_span(warehouse: Engine, tmp_path: Path) -> None:
    catalog(tmp_path, a="One/A/X", b="Two/B/X", c="Two/C/X")
    edition = date(2026, 11, 29)
    inside, outside = "2026-11-02", "2026-11-01"  # of the 28 days up to the edition
    heard(
        tmp_path,
        *over_and_over("a", inside, times=2),
        *over_and_over("b", outside, times=3),
        *over_and_over("c", "2026-11-29", times=3),
        *over_and_over("c", "2026-11-30", times=9),
    )
    tracks = [("me", edition, "tracks", "short_term", at, one) for at, one in enumerate("ab", start=1)]
    ledger(tmp_path, [*tracks, ("me", edition, "artists", "medium_term", 1, "by_Two")])
    found = read(warehouse, tmp_path, "select position, item_id, first_date, plays, place from listed")
    weeks, months = date(2026, 11, 2), date(2026, 6, 3)
    assert found == [(1, "a", weeks, 2, 2), (1, "by_Two", months, 6, 1), (2, "b", weeks, 0, None)]


def test_plays_that_come_bit_by_bit_tell_what_they_tell_at_once(warehouse: Engine, tmp_path: Path) -> None:
    data, zone = tmp_path / "data", "Europe/Berlin"
    named(data, "Portable/Roads/Dumb", abroad="Portable/Roads")
    heard(data, "2026-11-20 23:30 account Portable/Roads", "2026-09-01 10:00 extended abroad")
    heard(data, "2026-11-01 10:00 extended gone", who="you")
    read(warehouse, data, "select 1", zone=zone)
    heard(data, "2026-10-05 10:00 api two", "2026-09-01 10:00 extended abroad", "2026-09-01 11:00 api one")
    (data / "you/plays/2026-11.csv").unlink()
    read(warehouse, data, "select 1", zone=zone)
    catalog(data, one="Portable/Roads/Dumb", two="Portable/Rivers/Dumb")
    ledger(data, [("me", date(2026, 11, 20), "tracks", "short_term", 1, "one")])
    assert read(warehouse, data, "select distinct item_id from counted", zone=zone) == [("one",), ("two",)]
    step_by_step = everything(warehouse, VIEWS)
    (tmp_path / "empty").mkdir()
    loaded(warehouse, tmp_path / "empty")
    assert rows(warehouse, "select * from counted") == []
    read(warehouse, data, "select 1", zone=zone)
    assert everything(warehouse, VIEWS) == step_by_step

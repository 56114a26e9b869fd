"""What a listener's clock shows on each day: half hours, nights on which it is changed, a day left out."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from generator.warehouse.clocks import Reading, clocks, shifts


def told(day: str, zone: str) -> list[tuple[str, str, int]]:
    """The stretches of a UTC day: from when to when, and the minutes before UTC."""
    found = shifts(date.fromisoformat(day), ZoneInfo(zone))
    return [(f"{since:%d %H:%M}", f"{until:%d %H:%M}", shift) for since, until, shift in found]


@pytest.mark.parametrize(
    ("zone", "minutes"),
    [
        ("UTC", 0),
        ("Asia/Kolkata", 330),
        ("Asia/Kathmandu", 345),
        ("America/St_Johns", -210),
        ("Etc/GMT-14", 840),
    ],
)
def test_on_most_days_a_clock_is_equally_far_from_utc(zone: str, minutes: int) -> None:
    assert told("2026-01-15", zone) == [("15 00:00", "16 00:00", minutes)]


@pytest.mark.parametrize(
    ("day", "zone", "stretches"),
    [
        ("2026-03-29", "Europe/Berlin", [("29 00:00", "29 01:00", 60), ("29 01:00", "30 00:00", 120)]),
        ("2026-10-25", "Europe/Berlin", [("25 00:00", "25 01:00", 120), ("25 01:00", "26 00:00", 60)]),
        ("2026-03-08", "America/New_York", [("08 00:00", "08 07:00", -300), ("08 07:00", "09 00:00", -240)]),
        ("2026-04-04", "Australia/Lord_Howe", [("04 00:00", "04 15:00", 660), ("04 15:00", "05 00:00", 630)]),
        ("2011-12-30", "Pacific/Apia", [("30 00:00", "30 10:00", -600), ("30 10:00", "31 00:00", 840)]),
    ],
)
def test_a_day_on_which_the_clock_is_changed_has_two_stretches(
    day: str, zone: str, stretches: list[tuple[str, str, int]]
) -> None:
    assert told(day, zone) == stretches


def test_a_change_at_midnight_utc_parts_no_day() -> None:
    assert told("2026-03-28", "Atlantic/Azores") == [("28 00:00", "29 00:00", -60)]
    assert [len(told(day, "Africa/Casablanca")) for day in ("2026-02-14", "2026-02-16")] == [1, 1]


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Africa/Casablanca"]
)
def test_the_stretches_of_a_year_join_and_each_minute_shows_what_the_zone_says(zone: str) -> None:
    own = ZoneInfo(zone)
    found = list(clocks(["me/plays/2026-01.csv", "me/plays/2026-12.csv"], Reading({"me": own})))
    assert [one.until for one in found[:-1]] == [one.since for one in found[1:]]
    assert [str(one) for one in (found[0].since, found[-1].until)] == [
        "2026-01-01 00:00:00",
        "2027-01-01 00:00:00",
    ]
    utc = ZoneInfo("UTC")
    for one in found:
        for at in (one.since, one.until - timedelta(minutes=1)):
            local = at.replace(tzinfo=utc).astimezone(own).replace(tzinfo=None)
            assert at + timedelta(minutes=one.shift) == local


def test_clocks_are_told_for_the_months_from_the_first_play_to_the_last() -> None:
    paths = ("me/plays/2028-02.csv", "me/lists/2020-01.csv", "you/plays/2026-12.csv", "me/gaps.csv", "x.txt")
    found = list(clocks([*paths, "you/plays/2027-01.csv"], Reading()))
    days = {who: [one.utc_day for one in found if one.listener == who] for who in ("me", "you")}
    assert (days["me"][0], days["me"][-1], len(days["me"])) == (date(2028, 2, 1), date(2028, 2, 29), 29)
    assert (days["you"][0], days["you"][-1], len(days["you"])) == (date(2026, 12, 1), date(2027, 1, 31), 62)


def test_who_is_followed_no_longer_lives_elsewhere() -> None:
    reading = Reading({"me": ZoneInfo("Asia/Kolkata")}, ZoneInfo("Asia/Tokyo"))
    found = clocks(["me/plays/2026-01.csv", "you/plays/2026-01.csv"], reading)
    assert {(one.listener, one.shift) for one in found} == {("me", 330), ("you", 540)}

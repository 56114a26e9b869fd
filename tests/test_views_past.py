"""What a chart knows of its past: runs, returns, peaks, records, departures, and editions without news."""

from datetime import date
from pathlib import Path

from chart_stories import Fact, catalog, chart, ledger, lived, loaded, on, ranks, rows
from sqlalchemy import Engine
from stories import track

from generator.analyse.archive import archive
from generator.model import Archive, Record, Stretch
from generator.warehouse.engine import connected

A, B, C = (track(letter).id for letter in "ABC")
SONGS = ("tracks", "short_term")


def whole(warehouse: Engine) -> Archive:
    with connected(warehouse) as connection:
        found = archive(connection, "me", {})
    assert found is not None
    return found


def records(warehouse: Engine) -> dict[str, Record]:
    """What every song has achieved on the songs' chart, by id."""
    return {record.item.id: record for record in whole(warehouse).records["tracks", "short_term"]}


def test_a_song_that_comes_back_has_been_absent_for_the_editions_it_missed(
    warehouse: Engine, tmp_path: Path
) -> None:
    lived(warehouse, tmp_path, "AB", "A", "", "A", "BA", "AB")
    back = ranks(chart(warehouse, on(5)))["B"]
    assert (back.moved, back.is_new, back.absent) == (None, False, 2)
    assert ranks(chart(warehouse, on(6)))["B"].absent == 0  # it was there the edition before
    assert ranks(chart(warehouse, on(1)))["B"].absent is None  # it never was


def test_the_peak_has_the_date_on_which_it_was_first_reached(warehouse: Engine, tmp_path: Path) -> None:
    lived(warehouse, tmp_path, "ABC", "ACB", "CAB", "ACB", "CAB")
    songs = [ranks(chart(warehouse, on(number)))["C"] for number in range(1, 6)]
    assert [(rank.peak, str(rank.peak_edition)) for rank in songs] == [
        (3, on(1)),
        (2, on(2)),
        (1, on(3)),
        (1, on(3)),
        (1, on(3)),
    ]


def test_editions_at_number_one_are_counted_with_holes_between(warehouse: Engine, tmp_path: Path) -> None:
    lived(warehouse, tmp_path, "AB", "BA", "AB", "B", "AB")
    today = ranks(chart(warehouse, on(5)))
    assert (today["A"].at_one, today["B"].at_one) == (3, 2)
    assert (today["A"].editions, today["B"].editions) == (4, 5)


def test_a_run_breaks_on_an_absence_and_the_longest_is_remembered(warehouse: Engine, tmp_path: Path) -> None:
    lived(warehouse, tmp_path, "AB", "BA", "AB", "B", "AB", "BA")
    songs = [ranks(chart(warehouse, on(number))).get("A") for number in range(1, 7)]
    assert [(rank.run, rank.longest_run) if rank else None for rank in songs] == [
        (1, 1),
        (2, 2),
        (3, 3),
        None,
        (1, 3),
        (2, 3),
    ]
    assert {str(rank.debut) for rank in songs if rank} == {on(1)}


def test_days_without_an_edition_break_no_run(warehouse: Engine, tmp_path: Path) -> None:
    lived(warehouse, tmp_path, "AB", "", "", "", "BA")
    assert ranks(chart(warehouse, on(5)))["A"].run == 2


def test_an_edition_of_another_list_counts_for_a_run_too(warehouse: Engine, tmp_path: Path) -> None:
    lived(warehouse, tmp_path, "AB", "AB", "AB")
    resting = ranks(chart(warehouse, on(3)))["B"]
    assert (resting.moved, resting.editions, resting.run) == (0, 3, 3)
    assert rows(warehouse, "select edition, written_on from standing where kind = 'tracks'") == [
        (date.fromisoformat(on(number)), date.fromisoformat(on(1))) for number in (1, 2, 3)
    ]


def test_places_of_a_resting_list_are_carried_forward(warehouse: Engine, tmp_path: Path) -> None:
    lived(warehouse, tmp_path, "BA", "BA")
    query = (
        f"select place, item_id, spotify_position from places where edition = '{on(2)}' and kind = 'tracks'"
    )
    assert rows(warehouse, query) == [(1, B, 1), (2, A, 2)]


def test_the_runs_of_a_song_are_told_with_their_dates_and_best_places(
    warehouse: Engine, tmp_path: Path
) -> None:
    lived(warehouse, tmp_path, "AB", "BA", "B", "", "BA", "AB")
    first, second = (date.fromisoformat(on(1)), date.fromisoformat(on(2)))
    third, fourth = (date.fromisoformat(on(5)), date.fromisoformat(on(6)))
    assert records(warehouse)[A].stretches == (Stretch(first, second, 2, 1), Stretch(third, fourth, 2, 1))
    query = f"select first_number, last_number, editions, peak from runs where item_id = '{A}'"
    assert rows(warehouse, query) == [(1, 2, 2, 1), (4, 5, 2, 1)]


def test_records_hold_the_most_and_the_longest(warehouse: Engine, tmp_path: Path) -> None:
    lived(warehouse, tmp_path, "ABC", "BAC", "CBA", "AB", "AB", "CAB")
    found = records(warehouse)
    assert [
        (one.editions, one.at_one, one.longest_run, one.peak) for one in map(found.get, (A, B, C)) if one
    ] == [
        (6, 3, 6, 1),
        (6, 1, 6, 1),
        (4, 2, 3, 1),
    ]
    assert (str(found[C].debut), str(found[C].last)) == (on(1), on(6))


def test_the_jump_of_a_song_that_only_ever_fell_is_unknown(warehouse: Engine, tmp_path: Path) -> None:
    lived(warehouse, tmp_path, "ABC", "BCA")
    found = records(warehouse)
    assert (found[A].jump, found[B].jump) == (None, 1)


def test_coming_back_is_no_jump(warehouse: Engine, tmp_path: Path) -> None:
    lived(warehouse, tmp_path, "ABC", "AB", "CAB")
    assert (records(warehouse)[C].jump, records(warehouse)[C].comebacks) == (None, 1)


def test_comebacks_count_returns_and_not_the_debut(warehouse: Engine, tmp_path: Path) -> None:
    lived(warehouse, tmp_path, "AB", "A", "AB", "A", "BA", "B")
    found = records(warehouse)
    assert (found[A].comebacks, found[B].comebacks) == (0, 2)


def test_who_left_had_been_there_for_so_many_editions(warehouse: Engine, tmp_path: Path) -> None:
    lived(warehouse, tmp_path, "AB", "BA", "A", "AB", "A")
    left = chart(warehouse, on(5)).departures
    assert [(one.position, one.item.id, one.editions) for one in left] == [(2, B, 3)]
    assert [(one.position, one.editions) for one in chart(warehouse, on(3)).departures] == [(1, 2)]


def test_nobody_leaves_on_an_edition_on_which_the_list_rests(warehouse: Engine, tmp_path: Path) -> None:
    lived(warehouse, tmp_path, "AB", "A", "A")
    assert chart(warehouse, on(3)).departures == ()


def test_standings_hold_every_chart_by_place(warehouse: Engine, tmp_path: Path) -> None:
    lived(warehouse, tmp_path, "AB", "BAC", "BAC")
    standings = whole(warehouse).standings
    assert [*standings["tracks", "short_term"].values()] == [(A, B), (B, A, C), (B, A, C)]
    assert [str(edition) for edition in standings["artists", "long_term"]] == [on(3)]


def test_the_archive_knows_each_edition_by_number_and_commit(warehouse: Engine, tmp_path: Path) -> None:
    lived(warehouse, tmp_path, "AB", "", "BA")
    with connected(warehouse) as connection:
        found = archive(connection, "me", {date.fromisoformat(on(3)): "https://example.org/commit/1"})
    assert found is not None
    assert [(str(one.date), one.number, one.commit) for one in found.editions] == [
        (on(1), 1, None),
        (on(3), 2, "https://example.org/commit/1"),
    ]
    assert [str(edition) for edition in found.songs] == [on(1), on(3)]
    assert {item.id for item in found.items["tracks"].values()} == {A, B}


def test_an_archives_chart_is_the_chart_asked_alone(warehouse: Engine, tmp_path: Path) -> None:
    lived(warehouse, tmp_path, *["AB", "BA", "CBA", "AC", "AC", "BCA"], *["ABC"] * 14, "CAB")
    for edition, of_archive in whole(warehouse).songs.items():
        assert of_archive == chart(warehouse, edition.isoformat())


def test_a_listener_s_past_is_nobody_else_s(warehouse: Engine, tmp_path: Path) -> None:
    catalog(tmp_path, [("a", "A", "", None, ""), ("b", "B", "", None, "")])
    day = date(2026, 1, 1)
    facts: list[Fact] = [(who, day, *SONGS, 1, one) for who, one in (("me", "a"), ("you", "b"))]
    ledger(tmp_path, facts)
    loaded(warehouse, tmp_path)
    assert [*whole(warehouse).items["tracks"]] == ["a"]

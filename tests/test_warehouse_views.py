"""The views tell what became of every song: stories first, then every view on both engines and by hand."""

from datetime import date
from pathlib import Path

from chart_stories import chart, loaded, name, ranks, rows
from sqlalchemy import Engine
from stories import answer, artist, merged, put, tell, track

from generator.analyse.archive import archive, charts, editions
from generator.model import Answer, Track
from generator.warehouse.engine import connected

ROADS = track("Roads")


def test_a_climber_moves_up(warehouse: Engine, tmp_path: Path) -> None:
    tell(tmp_path, "2026-11-19: Roads, Teardrop", "2026-11-20: Teardrop, Roads")
    loaded(warehouse, tmp_path)
    today = ranks(chart(warehouse, "2026-11-20"))
    assert (today["Teardrop"].moved, today["Roads"].moved) == (1, -1)


def test_the_first_edition_has_no_past(warehouse: Engine, tmp_path: Path) -> None:
    tell(tmp_path, "2026-11-19: Roads, Teardrop")
    loaded(warehouse, tmp_path)
    first = chart(warehouse, "2026-11-19")
    assert first.number == 1
    assert first.departures == ()
    assert [(rank.moved, rank.is_new, rank.peak, rank.editions) for rank in first.ranks] == [
        (None, True, 1, 1),
        (None, True, 2, 1),
    ]


def test_a_song_that_was_never_there_is_new(warehouse: Engine, tmp_path: Path) -> None:
    tell(tmp_path, "2026-11-19: Roads", "2026-11-20: Teardrop, Roads")
    loaded(warehouse, tmp_path)
    today = ranks(chart(warehouse, "2026-11-20"))
    assert (today["Teardrop"].is_new, today["Teardrop"].moved) == (True, None)
    assert (today["Roads"].is_new, today["Roads"].moved) == (False, -1)


def test_a_song_that_comes_back_is_no_newcomer(warehouse: Engine, tmp_path: Path) -> None:
    tell(tmp_path, "2026-11-18: Roads, Teardrop", "2026-11-19: Roads", "2026-11-20: Roads, Teardrop")
    loaded(warehouse, tmp_path)
    back = ranks(chart(warehouse, "2026-11-20"))["Teardrop"]
    assert (back.moved, back.is_new, back.editions) == (None, False, 2)


def test_the_peak_is_the_best_place_so_far_and_editions_are_counted(
    warehouse: Engine, tmp_path: Path
) -> None:
    tell(tmp_path, "2026-11-18: A, Roads, B", "2026-11-19: Roads, A, B", "2026-11-20: A, B, Roads")
    loaded(warehouse, tmp_path)
    peaks = [ranks(chart(warehouse, f"2026-11-{day}"))["Roads"] for day in (18, 19, 20)]
    assert [(rank.position, rank.peak, rank.editions) for rank in peaks] == [(2, 2, 1), (1, 1, 2), (3, 1, 3)]


def test_who_left_is_named_with_the_last_place(warehouse: Engine, tmp_path: Path) -> None:
    tell(tmp_path, "2026-11-18: A, B, Roads", "2026-11-19: B", "2026-11-20: B, C")
    loaded(warehouse, tmp_path)
    left = chart(warehouse, "2026-11-19").departures
    assert [(departure.position, name(departure.item)) for departure in left] == [(1, "A"), (3, "Roads")]
    assert chart(warehouse, "2026-11-20").departures == ()


def test_a_song_that_falls_below_the_twentieth_place_leaves_the_chart(
    warehouse: Engine, tmp_path: Path
) -> None:
    songs = [f"Song {number}" for number in range(1, 26)]
    others = [*songs[:19], songs[24], *songs[19:24]]
    tell(tmp_path, f"2026-11-19: {','.join(songs)}", f"2026-11-20: {','.join(others)}")
    loaded(warehouse, tmp_path)
    today = chart(warehouse, "2026-11-20")
    assert len(today.ranks) == 20
    assert (today.ranks[19].moved, today.ranks[19].is_new) == (None, True)  # it was 25th: not on the chart
    assert [(one.position, name(one.item)) for one in today.departures] == [(20, "Song 20")]


def test_a_list_that_did_not_change_is_carried_forward_unmoved(warehouse: Engine, tmp_path: Path) -> None:
    tell(
        tmp_path,
        "2026-11-18: Roads, Teardrop; artists/long_term: Ann, Bea",
        "2026-11-19: Teardrop, Roads",
        "2026-11-20: artists/long_term: Bea, Ann",
    )
    loaded(warehouse, tmp_path)
    carried = chart(warehouse, "2026-11-20")
    assert [(name(rank.item), rank.moved, rank.editions) for rank in carried.ranks] == [
        ("Teardrop", 0, 3),
        ("Roads", 0, 3),
    ]
    assert carried.edition == date(2026, 11, 20)
    assert [
        rank.moved for rank in chart(warehouse, "2026-11-20", kind="artists", span="long_term").ranks
    ] == [1, -1]


def test_a_list_that_came_later_counts_its_own_editions(warehouse: Engine, tmp_path: Path) -> None:
    tell(tmp_path, "2026-11-18: Roads", "2026-11-19: artists/short_term: Ann", "2026-11-20: Teardrop")
    loaded(warehouse, tmp_path)
    assert chart(warehouse, "2026-11-20", kind="artists").number == 2
    assert chart(warehouse, "2026-11-20").number == 3
    with connected(warehouse) as connection:
        assert editions(connection, "me") == tuple(date(2026, 11, day) for day in (18, 19, 20))
        assert [(one.kind, one.span) for one in charts(connection, "me", date(2026, 11, 18))] == [
            ("tracks", "short_term")
        ]
        assert editions(connection, "nobody") == ()
        assert archive(connection, "nobody", {}) is None


def test_holes_in_spotifys_positions_make_no_holes_in_the_chart(warehouse: Engine, tmp_path: Path) -> None:
    songs = [track(title) for title in ("A", "B", "C")]
    holes = Answer("tracks", "short_term", dict(zip((2, 5, 9), songs, strict=True)))
    put(tmp_path, merged(tmp_path, "2026-11-19", [answer("tracks", "short_term", songs)]))
    put(tmp_path, merged(tmp_path, "2026-11-20", [holes]))
    loaded(warehouse, tmp_path)
    today = chart(warehouse, "2026-11-20")
    assert [(rank.position, rank.moved) for rank in today.ranks] == [(1, 0), (2, 0), (3, 0)]
    query = "select place, spotify_position from places where number = 2"
    assert rows(warehouse, query) == [(1, 2), (2, 5), (3, 9)]


def test_an_item_that_a_list_names_twice_counts_where_it_stands_first(
    warehouse: Engine, tmp_path: Path
) -> None:
    tell(tmp_path, "2026-11-18: A, B, C", "2026-11-19: A, C, B")
    ledger = tmp_path / "me" / "lists" / "2026-11.csv"
    lines = ledger.read_text().splitlines()
    lines[6] = f"2026-11-19,tracks,short_term,3,{track('A').id}"  # by hand: our own door lets none through
    ledger.write_text("\n".join(lines) + "\n")
    loaded(warehouse, tmp_path)
    today = chart(warehouse, "2026-11-19")
    assert [(name(rank.item), rank.position, rank.moved) for rank in today.ranks] == [
        ("A", 1, 0),
        ("C", 2, 1),
    ]


def test_listeners_do_not_see_each_others_editions(warehouse: Engine, tmp_path: Path) -> None:
    tell(tmp_path, "2026-11-18: Roads, Teardrop", "2026-11-20: Teardrop, Roads")
    tell(tmp_path, "2026-11-19: Roads", "2026-11-20: Glass Box, Roads", listener="you")
    loaded(warehouse, tmp_path)
    assert ranks(chart(warehouse, "2026-11-20"))["Roads"].moved == -1
    yours = ranks(chart(warehouse, "2026-11-20", listener="you"))
    assert (yours["Roads"].moved, yours["Glass Box"].is_new) == (-1, True)


def test_items_come_with_all_that_the_catalog_knows(warehouse: Engine, tmp_path: Path) -> None:
    song = track("Roads", by="Ann & Bea & Cat", album="Dummy", image="https://i.scdn.co/image/ab67")
    put(tmp_path, merged(tmp_path, "2026-11-19", [answer("tracks", "short_term", [song])]))
    put(tmp_path, merged(tmp_path, "2026-11-19", [answer("artists", "short_term", [artist("Zoe")])]))
    loaded(warehouse, tmp_path)
    assert chart(warehouse, "2026-11-19").ranks[0].item == song
    assert chart(warehouse, "2026-11-19", kind="artists").ranks[0].item == artist("Zoe")


def test_a_song_that_the_catalog_has_lost_is_shown_by_its_id(warehouse: Engine, tmp_path: Path) -> None:
    tell(tmp_path, "2026-11-19: Roads; artists/short_term: Ann")
    for file in (tmp_path / "catalog").glob("*.csv"):
        file.write_text(file.read_text().splitlines()[0] + "\n")
    loaded(warehouse, tmp_path)
    assert chart(warehouse, "2026-11-19").ranks[0].item == Track(ROADS.id, ROADS.id, ())
    lost = artist("Ann").id
    assert name(chart(warehouse, "2026-11-19", kind="artists").ranks[0].item) == lost

"""Charts rank songs, not ids: which tracks are one song, and what becomes of their places."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from chart_stories import Fact, catalog, chart, ledger, loaded, rows, write
from sqlalchemy import Engine
from stories import contents, tell

from generator.config.load import load
from generator.errors import DataError
from generator.model import Chart, Double
from generator.pipeline.run import Run
from generator.warehouse.songs import Recording, songs

DAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def track(
    id: str,  # noqa: A002
    title: str = "Roads",
    by: str = "ann",
    ms: int | None = 180_000,
    isrc: str | None = None,
) -> Recording:
    return Recording(id, title, by, ms, isrc)


def together(*recordings: Recording, same: str = "") -> list[str]:
    """The ids that belong together, in words; `same` is data/same.csv without its header."""
    corrections = dict(line.split(",") for line in same.split())
    found = songs(recordings, corrections)
    ids = {one.id for one in recordings}
    groups = {song: sorted(one for one in ids if found.get(one) == song) for song in found.values()}
    return sorted(" ".join(group) for group in groups.values() if len(group) > 1)


def test_the_same_recording_code_is_the_same_song() -> None:
    one, other = (
        track("A", "Roads", isrc="GBAAA9400001"),
        track("B", "Roads (Live)", "bea", 99, "GBAAA9400001"),
    )
    assert together(one, other) == ["A B"]
    assert together(one, track("B", "Other", isrc="GBAAA9400002")) == []


def test_a_recording_code_may_be_written_with_hyphens_and_small_letters() -> None:
    assert together(track("A", "x", isrc="GBAAA9400001"), track("B", "y", isrc="gb-aaa-94-00001")) == ["A B"]


def test_tracks_without_a_recording_code_do_not_share_one() -> None:
    assert together(track("A", "x"), track("B", "y")) == []
    assert together(track("A", "x", isrc=""), track("B", "y", isrc="")) == []


def test_title_and_artists_and_nearly_the_length_are_the_same_song() -> None:
    assert together(track("A", ms=180_000), track("B", ms=183_000)) == ["A B"]
    assert together(track("A", ms=180_000), track("B", ms=183_001)) == []


@pytest.mark.parametrize("other", [track("B", title="Road"), track("B", by="bea"), track("B", by="ann bea")])
def test_another_title_or_other_artists_are_another_song(other: Recording) -> None:
    assert together(track("A"), other) == []


def test_the_order_of_artists_does_not_matter() -> None:
    assert together(track("A", by="ann bea"), track("B", by="bea ann")) == ["A B"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Roads", "ROADS"),
        ("Straße", "STRASSE"),
        ("ﾛｰｽﾞ", "ローズ"),
        ("Ｒｏａｄｓ", "Roads"),
        ("Cafe\u0301", "Café"),
        ("Roads  to\u00a0Nowhere ", "Roads to nowhere"),
    ],
)
def test_capitals_widths_and_spaces_make_no_other_title(one: str, other: str) -> None:
    assert together(track("A", one), track("B", other)) == ["A B"]


@pytest.mark.parametrize(
    ("one", "other"), [("Roads", "Roads!"), ("Cafe", "Café"), ("Roads", "Roads - Remastered"), ("1", "١")]
)
def test_what_people_write_differently_is_another_title(one: str, other: str) -> None:
    assert together(track("A", one), track("B", other)) == []


def test_a_chain_of_likes_is_one_song() -> None:
    by_length = (track("A", ms=180_000), track("B", ms=182_500), track("C", ms=185_000))
    assert together(*by_length) == ["A B C"]
    by_both = (track("A", isrc="X1"), track("B", "Other", isrc="X1"), track("C"))
    assert together(*by_both) == ["A B C"]


def test_the_order_in_which_tracks_are_known_changes_nothing() -> None:
    tracks = [track(f"{number}", ms=180_000 + 2_900 * number) for number in range(6)]
    assert songs(tracks, {}) == songs(reversed(tracks), {}) == {f"{number}": "0" for number in range(6)}


def test_what_is_not_known_of_two_tracks_is_not_the_same() -> None:
    assert together(track("A", ms=None), track("B", ms=None)) == []
    assert together(track("A", ms=None), track("B", ms=180_000)) == []
    assert together(track("A", by=""), track("B", by="")) == []
    assert together(track("A", title=""), track("B", title=" ")) == []


def test_unknown_lengths_do_not_matter_where_the_recording_code_is_equal() -> None:
    assert together(track("A", ms=None, isrc="X1"), track("B", ms=None, isrc="X1")) == ["A B"]


UNLIKE = (track("A", "One"), track("B", "Two"), track("C", "Three"))
ALIKE = (track("A", isrc="X1"), track("B", isrc="X1"), track("C", isrc="X1"))


@pytest.mark.parametrize(
    ("same", "expected"),
    [
        ("B,A", ["A B"]),  # B belongs to A, which the file does not list
        ("A,A B,A", ["A B"]),
        ("A,roads B,roads", ["A B"]),  # any word will do
        ("A,B B,A", ["A B"]),
        ("B,A C,B", ["A B C"]),
        ("B,A C,A", ["A B C"]),
        ("A,roads", []),
        ("A,nobody B,somebody", []),
        ("X,A", []),  # a track that is not known
    ],
)
def test_a_person_joins_what_the_rules_do_not(same: str, expected: list[str]) -> None:
    assert together(*UNLIKE, same=same) == expected


@pytest.mark.parametrize(
    ("same", "expected"),
    [
        ("A,A", ["B C"]),
        ("A,A B,B", []),
        ("A,live", ["B C"]),
        ("A,live B,live", ["A B"]),
        ("A,B", ["A B C"]),  # it belongs to B, and so does C
    ],
)
def test_a_person_keeps_apart_what_the_rules_join(same: str, expected: list[str]) -> None:
    assert together(*ALIKE, same=same) == expected


def test_a_joined_track_brings_those_along_that_are_like_the_one_it_joins() -> None:
    assert together(*ALIKE, track("Z", "Other"), same="Z,A") == ["A B C Z"]


def test_spaces_around_a_song_are_a_slip() -> None:
    assert songs(UNLIKE, {"B": " A "}) == {"A": "A", "B": "A"}


# In the warehouse: A1 and A2 are one song, as are all whose ids begin alike.


def known(data: Path, *ids: str) -> None:
    catalog(data, [(one, one[0], "ann", 180_000, "") for one in ids])


def listed(data: Path, *days: str) -> None:
    """Write the songs' lists of consecutive days."""
    facts: list[Fact] = []
    for number, day in enumerate(days):
        edition = date.fromordinal(DAY.toordinal() + number)
        ids = enumerate(day.split(), start=1)
        facts += [("me", edition, "tracks", "short_term", position, one) for position, one in ids]
    ledger(data, facts)


def places(of: Chart) -> str:
    return " ".join(rank.item.id for rank in of.ranks)


def test_a_second_id_gives_up_its_place_and_those_below_move_up(warehouse: Engine, tmp_path: Path) -> None:
    known(tmp_path, "A1", "A2", "B1", "C1")
    listed(tmp_path, "B1 A1 A2 C1")
    loaded(warehouse, tmp_path)
    today = chart(warehouse, "2026-11-20")
    assert places(today) == "B1 A1 C1"
    assert today.doubles == (Double(3, "A2", today.ranks[1].item),)
    assert rows(warehouse, "select place, spotify_position from places") == [(1, 1), (2, 2), (3, 4)]


def test_the_chart_is_filled_from_the_places_below_the_twentieth(warehouse: Engine, tmp_path: Path) -> None:
    ids = ["A1", "A2", *(f"{letter}1" for letter in "BCDEFGHIJKLMNOPQRSTUVWX"), "B2", "Y1"]
    known(tmp_path, *ids)
    listed(tmp_path, " ".join(ids))
    loaded(warehouse, tmp_path)
    today = chart(warehouse, "2026-11-20")
    assert len(today.ranks) == 20
    assert today.ranks[19].item.id == "T1"  # Spotify's twenty-first
    # The second id of B stands below the chart, so it gave up no place of it.
    assert [one.id for one in today.doubles] == ["A2"]


def test_a_short_list_tells_of_a_double_at_its_end(warehouse: Engine, tmp_path: Path) -> None:
    known(tmp_path, "A1", "A2", "B1")
    listed(tmp_path, "A1 B1 A2")
    loaded(warehouse, tmp_path)
    assert [(one.spotify_position, one.id) for one in chart(warehouse, "2026-11-20").doubles] == [(3, "A2")]


def test_a_song_keeps_its_past_when_its_id_changes(warehouse: Engine, tmp_path: Path) -> None:
    known(tmp_path, "A1", "A2", "B1")
    listed(tmp_path, "B1 A2", "A1 B1", "A1 A2 B1")
    loaded(warehouse, tmp_path)
    today = chart(warehouse, "2026-11-21")
    assert places(today) == "A2 B1"
    assert [(rank.moved, rank.editions, rank.is_new) for rank in today.ranks] == [
        (1, 2, False),
        (-1, 2, False),
    ]
    assert today.departures == ()
    assert places(chart(warehouse, "2026-11-22")) == "A2 B1"


def test_a_list_that_rests_still_says_who_gave_up_a_place(warehouse: Engine, tmp_path: Path) -> None:
    known(tmp_path, "A1", "A2")
    days = ("2026-11-20", "2026-11-21")
    one, other = map(date.fromisoformat, days)
    facts: list[Fact] = [("me", one, "tracks", "short_term", at, f"A{at}") for at in (1, 2)]
    ledger(tmp_path, [*facts, ("me", other, "artists", "short_term", 1, "ann")])
    loaded(warehouse, tmp_path)
    assert [len(chart(warehouse, day).doubles) for day in days] == [1, 1]


@pytest.mark.parametrize(
    ("days", "named"),
    [
        (["A2 B1", "A1 B1"], "A2"),  # seen first
        (["B1 A2 A1"], "A2"),  # the same day: the higher
        (["A2 A1", "A1 A2"], "A2"),
    ],
)
def test_a_song_is_named_by_the_id_that_was_seen_first(
    warehouse: Engine, tmp_path: Path, days: list[str], named: str
) -> None:
    known(tmp_path, "A1", "A2", "B1")
    listed(tmp_path, *days)
    loaded(warehouse, tmp_path)
    assert rows(warehouse, "select item_id from heads where song = 'A1'") == [(named,)]
    other = {"A1": "A2", "A2": "A1"}[named]
    assert rows(warehouse, "select kind, id, item_id from aliases") == [("tracks", other, named)]


def test_of_two_ids_seen_at_once_in_one_place_the_smaller_names_the_song(
    warehouse: Engine, tmp_path: Path
) -> None:
    known(tmp_path, "A1", "a2")
    spans = (("short_term", "a2"), ("long_term", "A1"))
    ledger(tmp_path, [("me", DAY, "tracks", span, 1, one) for span, one in spans])
    write(tmp_path / "same.csv", "id,song", "A1,a", "a2,a")
    loaded(warehouse, tmp_path)
    assert {row[0] for row in rows(warehouse, "select item_id from heads")} == {"A1"}


def test_what_a_person_corrects_holds_for_all_editions(warehouse: Engine, tmp_path: Path) -> None:
    known(tmp_path, "A1", "A2", "B1")
    listed(tmp_path, "A1 A2 B1", "B1 A2 A1")
    loaded(warehouse, tmp_path)
    before = [places(chart(warehouse, day)) for day in ("2026-11-20", "2026-11-21")]
    assert before == ["A1 B1", "B1 A1"]
    write(tmp_path / "same.csv", "id,song", "A2,A2")
    assert loaded(warehouse, tmp_path) == ("same.csv",)
    after = [places(chart(warehouse, day)) for day in ("2026-11-20", "2026-11-21")]
    assert after == ["A1 A2 B1", "B1 A2 A1"]
    write(tmp_path / "same.csv", "id,song", "A2,A2", "B1,A1")
    assert loaded(warehouse, tmp_path) == ("same.csv",)
    assert [places(chart(warehouse, day)) for day in ("2026-11-20", "2026-11-21")] == ["A1 A2", "A1 A2"]


def test_corrections_that_are_taken_back_leave_no_trace(warehouse: Engine, tmp_path: Path) -> None:
    known(tmp_path, "A1", "A2", "B1")
    listed(tmp_path, "A1 A2 B1")
    write(tmp_path / "same.csv", "id,song", "B1,A1")
    loaded(warehouse, tmp_path)
    assert places(chart(warehouse, "2026-11-20")) == "A1"
    (tmp_path / "same.csv").unlink()
    loaded(warehouse, tmp_path)
    assert places(chart(warehouse, "2026-11-20")) == "A1 B1"


def test_each_listener_names_a_song_by_the_id_that_they_saw_first(warehouse: Engine, tmp_path: Path) -> None:
    known(tmp_path, "A1", "A2")
    seen = (("me", "A1"), ("you", "A2"))
    ledger(tmp_path, [(who, DAY, "tracks", "short_term", 1, one) for who, one in seen])
    loaded(warehouse, tmp_path)
    assert [places(chart(warehouse, "2026-11-20", listener=who)) for who, _ in seen] == ["A1", "A2"]


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        (["song,id", "A1,A2"], 1),
        (["id,song", "A1,A2", "A 2,A1"], 3),
        (["id,song", "A1"], 2),
        (["id,song", "A1,"], 2),
        (["id,song", "A1,A1", "A1,A2"], 3),
    ],
)
def test_a_correction_that_cannot_be_read_is_named_with_its_line(
    tmp_path: Path, lines: list[str], line: int
) -> None:
    write(tmp_path / "rotation.toml", "[[listener]]", 'slug = "me"', 'name = "Me"')
    tell(tmp_path / "data", "2026-11-20: Roads")
    write(tmp_path / "data" / "same.csv", lines)
    run = Run(load(tmp_path, {}), NOON, say=lambda _: None)
    with pytest.raises(DataError, match=rf"same\.csv, line {line}: "):
        run.warehouse.load()


def test_the_program_never_writes_the_corrections(warehouse: Engine, tmp_path: Path) -> None:
    tell(tmp_path, "2026-11-19: Roads")
    write(tmp_path / "same.csv", "id,song", "B1,A1")
    held = contents(tmp_path)["same.csv"]
    tell(tmp_path, "2026-11-20: Roads, Teardrop", "2026-11-21: Glass Box")
    loaded(warehouse, tmp_path)
    assert contents(tmp_path)["same.csv"] == held

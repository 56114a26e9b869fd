"""How new meets old: what is written, what stays, and what is no news."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from stories import answer, artist, contents, known_as, lists, merged, put, tell, track

from generator.errors import DataError
from generator.model import Ignored
from generator.store.ledger import Ledger, ListName

SONGS: ListName = ("tracks", "short_term")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def ledger(data: Path, month: str = "2026-11", listener: str = "me") -> list[str]:
    return (data / f"{listener}/lists/{month}.csv").read_text().splitlines()[1:]


def standing(data: Path, day: str, name: ListName = SONGS) -> list[str]:
    frame = Ledger(data, "me").standing(date.fromisoformat(day)).get(name)
    return [] if frame is None else list(frame["item_id"])


def ids(*titles: str) -> list[str]:
    return [known_as(title) for title in titles]


def test_a_first_list_fills_the_catalog_the_current_lists_and_the_ledger(data: Path) -> None:
    change = tell(data, "2026-11-19: Roads, Teardrop")
    assert change.changed == ("tracks/short_term",)
    assert list(change.files) == [
        *("catalog/tracks.csv", "catalog/artists.csv", "catalog/albums.csv", "README.md"),
        *("me/top-tracks.csv", "me/top-artists.csv", "me/lists/2026-11.csv"),
    ]
    assert ledger(data) == [
        f"2026-11-19,tracks,short_term,1,{known_as('Roads')}",
        f"2026-11-19,tracks,short_term,2,{known_as('Teardrop')}",
    ]
    assert (data / "me/top-tracks.csv").read_text().splitlines()[1] == (
        f"short_term,1,Roads,Band of Roads,Album of Roads,{known_as('Roads')}"
    )


def test_the_same_again_writes_nothing(data: Path) -> None:
    tell(data, "2026-11-19: Roads, Teardrop; artists/long_term: Thornwhale")
    again = merged(data, "2026-11-19", lists("Roads, Teardrop; artists/long_term: Thornwhale"))
    assert (again.files, again.changed) == ({}, ())


def test_the_next_day_without_a_change_writes_nothing(data: Path) -> None:
    change = tell(data, "2026-11-19: Roads, Teardrop", "2026-11-20: Roads, Teardrop")
    assert (change.files, change.changed) == ({}, ())


def test_only_the_list_that_changed_is_written(data: Path) -> None:
    tell(data, "2026-11-19: Roads, Teardrop; artists/long_term: Thornwhale")
    change = tell(data, "2026-11-20: Teardrop, Roads; artists/long_term: Thornwhale")
    assert change.changed == ("tracks/short_term",)
    assert {line.rsplit(",", 2)[0] for line in ledger(data) if line.startswith("2026-11-20")} == {
        "2026-11-20,tracks,short_term"
    }


def test_a_list_that_was_not_asked_for_is_carried_forward(data: Path) -> None:
    tell(data, "2026-11-19: Roads; artists/long_term: Thornwhale", "2026-11-20: Teardrop")
    assert standing(data, "2026-11-20", ("artists", "long_term")) == ids("artist Thornwhale")
    assert b"Thornwhale" in (data / "me/top-artists.csv").read_bytes()


def test_a_list_of_the_same_date_replaces_the_whole_list(data: Path) -> None:
    tell(data, "2026-11-19: Roads, Teardrop, Angel", "2026-11-19: Angel")
    assert ledger(data) == [f"2026-11-19,tracks,short_term,1,{known_as('Angel')}"]


def test_a_day_that_returns_to_the_list_before_leaves_no_rows(data: Path) -> None:
    tell(data, "2026-11-19: Roads, Teardrop")
    before = contents(data / "me")
    change = tell(data, "2026-11-20: Teardrop, Roads", "2026-11-20: Roads, Teardrop")
    assert change.changed == ("tracks/short_term",)
    assert contents(data / "me") == before


def test_what_is_absent_never_overwrites_what_is_known(data: Path) -> None:
    full = replace(track("Roads", image="https://i.scdn.co/image/1"), isrc="GBXYZ9400001")
    put(data, merged(data, "2026-11-19", [answer("tracks", "short_term", [full, track("Angel")])]))
    bare = replace(track("Roads", album=None), duration_ms=None)
    put(data, merged(data, "2026-11-20", [answer("tracks", "short_term", [track("Angel"), bare])]))
    (row,) = [line for line in (data / "catalog/tracks.csv").read_text().splitlines() if ",Roads," in line]
    assert row.endswith(f"{known_as('album Album of Roads')},180005,GBXYZ9400001")
    assert b"https://i.scdn.co/image/1" in (data / "catalog/albums.csv").read_bytes()


def test_a_new_title_overwrites_the_old(data: Path) -> None:
    tell(data, "2026-11-19: Roads, Teardrop")
    renamed = replace(track("Roads"), title="Roads (Remaster)")
    put(data, merged(data, "2026-11-20", [answer("tracks", "short_term", [renamed])]))
    assert b",Roads (Remaster)," in (data / "catalog/tracks.csv").read_bytes()
    assert b",Roads," not in (data / "catalog/tracks.csv").read_bytes()


def test_a_picture_alone_is_no_news(data: Path) -> None:
    for number in (1, 2):
        face = artist("Thornwhale", image=f"https://i.scdn.co/image/{number}")
        change = merged(data, f"2026-11-2{number}", [answer("artists", "long_term", [face])])
        put(data, change)
    assert (change.files, change.changed) == ({}, ())


def test_a_picture_comes_along_with_news(data: Path) -> None:
    put(
        data,
        merged(data, "2026-11-19", [answer("artists", "long_term", [artist("Oar", image="https://i/1")])]),
    )
    face = answer("artists", "long_term", [artist("Oar", image="https://i/2")])
    put(data, merged(data, "2026-11-20", [face, *lists("Roads")]))
    assert b"https://i/2" in (data / "catalog/artists.csv").read_bytes()


def test_a_clock_set_back_never_makes_an_edition_before_the_latest(data: Path) -> None:
    tell(data, "2026-11-20: Roads, Teardrop")
    change = tell(data, "2026-10-03: Teardrop, Roads")
    assert change.edition == date(2026, 11, 20)
    assert standing(data, "2026-11-20") == ids("Teardrop", "Roads")
    assert not (data / "me/lists/2026-10.csv").exists()


def test_an_empty_list_after_a_full_one_is_ignored(data: Path) -> None:
    tell(data, "2026-11-19: Roads, Teardrop")
    before = contents(data)
    change = tell(data, "2026-11-20: (nothing)")
    assert change.ignored == (
        Ignored("tracks/short_term", "Spotify sent an empty list where there was one before"),
    )
    assert (change.changed, contents(data)) == ((), before)
    assert b"Roads" in (data / "me/top-tracks.csv").read_bytes()


def test_the_empty_list_of_a_quiet_account_is_neither_news_nor_a_glitch(data: Path) -> None:
    change = tell(data, "2026-11-19: (nothing)")
    assert (change.files, change.changed, change.ignored) == ({}, (), ())


def test_an_empty_list_does_not_keep_the_others_from_theirs(data: Path) -> None:
    tell(data, "2026-11-19: Roads; artists/long_term: Thornwhale")
    change = tell(data, "2026-11-20: (nothing); artists/long_term: Oar")
    assert change.changed == ("artists/long_term",)
    assert standing(data, "2026-11-20") == ids("Roads")


def test_a_list_in_which_every_album_is_missing_leaves_data_alone(data: Path) -> None:
    tell(data, "2026-11-19: Roads, Teardrop")
    bare = answer("tracks", "short_term", [track("Angel", album=None), track("Roads", album=None)])
    assert merged(data, "2026-11-20", [bare]).files == {}


def test_the_list_of_an_earlier_month_stands_until_it_changes(data: Path) -> None:
    tell(
        data,
        "2026-08-31: Roads, Teardrop; artists/long_term: Oar",
        "2026-09-02: Angel; artists/long_term: Oar",
    )
    change = tell(data, "2026-11-01: Angel; artists/long_term: Oar")
    assert change.changed == ()
    tell(data, "2026-11-01: Angel; artists/long_term: Oval 9")
    assert standing(data, "2026-11-01") == ids("Angel")
    assert standing(data, "2026-08-31") == ids("Roads", "Teardrop")
    assert [line.split(",")[1] for line in ledger(data, "2026-11")] == ["artists"]
    assert len(ledger(data, "2026-08")) == 3


def test_a_first_of_a_month_that_returns_to_the_list_before_leaves_no_rows(data: Path) -> None:
    tell(data, "2026-10-31: Roads", "2026-11-01: Angel", "2026-11-01: Roads")
    assert ledger(data, "2026-11") == []
    assert Ledger(data, "me").latest() == date(2026, 10, 31)


def test_two_listeners_share_the_catalog_and_nothing_else(data: Path) -> None:
    tell(data, "2026-11-19: Roads, Teardrop", listener="ada")
    before = contents(data / "ada")
    tell(data, "2026-11-20: Angel, Roads", listener="bo")
    assert contents(data / "ada") == before
    assert len((data / "catalog/tracks.csv").read_text().splitlines()) == 4
    assert {line.split(",")[0] for line in ledger(data, listener="bo")} == {"2026-11-20"}


def test_a_stray_file_among_the_months_is_left_alone(data: Path) -> None:
    tell(data, "2026-11-19: Roads")
    (data / "me/lists/notes.csv").write_text("mine\n")
    (data / "me/lists/2026-13.csv").write_text("mine too\n")
    assert tell(data, "2026-11-20: Angel").changed == ("tracks/short_term",)


@pytest.mark.parametrize("path", ["catalog/tracks.csv", "catalog/albums.csv", "me/lists/2026-11.csv"])
def test_a_damaged_file_is_named_and_nothing_is_decided(data: Path, path: str) -> None:
    tell(data, "2026-11-19: Roads, Teardrop")
    with (data / path).open("ab") as file:
        file.write(b"<<<<<<< HEAD\n")
    with pytest.raises(DataError, match=rf"{path}, line 4: holds a merge conflict"):
        merged(data, "2026-11-20", lists("Angel"))


def test_the_ledger_is_read_no_further_back_than_asked(data: Path) -> None:
    tell(data, *(f"2026-{month:02}-01: Song {month}" for month in (2, 3, 10, 11)))
    (data / "me/lists/2026-02.csv").write_bytes(b"damaged")
    assert Ledger(data, "me").latest() == date(2026, 11, 1)


def test_the_files_stand_in_an_order_in_which_a_kill_does_no_harm(data: Path) -> None:
    """The ledger, which leans on all others, is the last."""
    change = merged(data, "2026-11-20", lists("Roads; artists/short_term: Oar"))
    assert list(change.files)[-1] == "me/lists/2026-11.csv"

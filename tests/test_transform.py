"""Answers become tables: everything known of an item once, and no list that cannot be believed."""

import random
from dataclasses import replace

import pandas as pd
import pytest
from stories import answer, artist, known_as, lists, track

from generator import schema
from generator.model import Ignored, Skipped
from generator.transform import lists as transform


def test_a_list_becomes_places_and_a_catalog() -> None:
    heard = transform.tables([answer("tracks", "short_term", [track("Roads", by="Thornwhale & Adrian")])])
    assert list(heard.lists[("tracks", "short_term")].itertuples(index=False, name=None)) == [
        (1, known_as("Roads"))
    ]
    (song,) = heard.tracks.to_dict("records")
    assert song["title"] == "Roads"
    assert song["artist_ids"] == f"{known_as('artist Thornwhale')} {known_as('artist Adrian')}"
    assert set(heard.artists["name"]) == {"Thornwhale", "Adrian"}
    assert list(heard.albums["title"]) == ["Album of Roads"]


def test_every_list_that_was_answered_is_there_under_its_name() -> None:
    heard = transform.tables(
        lists("tracks/short_term: Roads; artists/long_term: Thornwhale; tracks/long_term: Angel")
    )
    assert set(heard.lists) == {("tracks", "short_term"), ("artists", "long_term"), ("tracks", "long_term")}
    assert not heard.ignored


def test_places_keep_the_gap_of_a_row_that_was_left_out() -> None:
    gap = replace(answer("artists", "short_term", []), items={1: artist("A"), 3: artist("C"), 2: artist("B")})
    del gap.items[2]
    heard = transform.tables([replace(gap, skipped=(Skipped("place 2", "no name"),))])
    assert list(heard.lists[("artists", "short_term")]["position"]) == [1, 3]
    assert heard.skipped == (Skipped("place 2", "no name"),)


def test_the_order_in_which_items_are_heard_does_not_matter() -> None:
    items = [track(title, by="Thornwhale") for title in ("Roads", "Angel", "Teardrop", "Tamarisks")]
    answers = [answer("tracks", "short_term", items), *lists("artists/long_term: Thornwhale, Oval 9, Oar")]
    straight = transform.tables(answers)
    backwards = replace(answers[0], items=dict(reversed(answers[0].items.items())))
    shuffled = [*answers[1:], backwards]
    random.Random(3).shuffle(shuffled)
    other = transform.tables(shuffled)
    for name in ("tracks", "artists", "albums"):
        pd.testing.assert_frame_equal(getattr(straight, name), getattr(other, name))
    for which, frame in straight.lists.items():
        pd.testing.assert_frame_equal(frame, other.lists[which])


def test_what_one_list_knows_of_an_artist_completes_another() -> None:
    song = answer("tracks", "short_term", [track("Roads", by="Thornwhale")])
    face = answer("artists", "short_term", [artist("Thornwhale", image="https://i.scdn.co/image/1")])
    for answers in ([song, face], [face, song]):
        heard = transform.tables(answers)
        assert list(heard.artists["image_url"]) == ["https://i.scdn.co/image/1"]


def test_a_list_in_which_every_album_is_missing_is_ignored_with_all_that_it_says() -> None:
    bare = answer("tracks", "medium_term", [track("Roads", album=None), track("Angel", album=None)])
    heard = transform.tables([bare, *lists("tracks/short_term: Teardrop")])
    assert heard.ignored == (Ignored("tracks/medium_term", "every album was missing"),)
    assert set(heard.lists) == {("tracks", "short_term")}
    assert list(heard.tracks["title"]) == ["Teardrop"]


def test_one_song_without_an_album_does_not_spoil_the_list() -> None:
    heard = transform.tables([answer("tracks", "short_term", [track("Roads", album=None), track("Angel")])])
    assert not heard.ignored
    assert heard.tracks.set_index("title")["album_id"].isna().to_dict() == {"Roads": True, "Angel": False}


@pytest.mark.parametrize(
    ("usable", "unusable", "is_believed"),
    [
        (0, 0, True),
        (1, 1, True),
        (1, 2, False),
        (0, 1, False),
        (45, 5, True),
        (44, 6, False),
        (34, 16, False),
    ],
)
def test_a_list_of_which_more_than_a_tenth_cannot_be_used_is_ignored(
    usable: int, unusable: int, *, is_believed: bool
) -> None:
    songs = [track(f"Song {number}") for number in range(usable)]
    bad = tuple(Skipped(f"place {place}", "its name is missing") for place in range(unusable))
    heard = transform.tables([replace(answer("tracks", "short_term", songs), skipped=bad)])
    said = f"{unusable} of its {usable + unusable} rows could not be used"
    assert heard.ignored == (() if is_believed else (Ignored("tracks/short_term", said),))
    assert heard.skipped == bad
    assert bool(heard.lists) == is_believed


def test_an_empty_list_is_handed_on_as_empty() -> None:
    heard = transform.tables(lists("artists/short_term: (nothing)"))
    assert heard.lists[("artists", "short_term")].empty
    assert not heard.ignored


def test_nothing_heard_is_still_tables() -> None:
    heard = transform.tables([])
    assert not heard.lists
    for table in schema.CATALOG:
        frame = getattr(heard, table.name)
        assert {name: str(kind) for name, kind in frame.dtypes.items()} == schema.frame_types(table)

"""What a person hides: found by id, link or name, and never stored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stories import answer, artist, known_as, lists, track

from generator.hiding import hidden
from generator.transform import lists as transform

ROADS = known_as("Roads")


@pytest.mark.parametrize(
    "entry",
    [
        "Roads",
        "  rOADS ",
        "Ｒoads",
        ROADS,
        f"spotify:track:{ROADS}",
        f"https://open.spotify.com/track/{ROADS}",
        f"https://open.spotify.com/intl-de/track/{ROADS}?si=abc",
        "Thornwhale",
        known_as("artist Thornwhale"),
        f"https://open.spotify.com/artist/{known_as('artist Thornwhale')}",
    ],
)
def test_a_song_is_hidden_by_its_name_its_id_its_link_or_its_artist(entry: str) -> None:
    assert hidden([entry]).covers_item(track("Roads", by="Tindle & Thornwhale"))
    assert not hidden([entry]).covers_item(track("Angel", by="Tindle & Mossfen"))


def test_an_artist_is_hidden_by_name_and_id() -> None:
    assert hidden(["portis  head"]).covers_item(artist("Portis Head"))
    assert hidden([known_as("artist Ann")]).covers_item(artist("Ann"))
    assert not hidden(["Ann"]).covers_item(artist("Anna"))


@pytest.mark.parametrize("scheme", ["https://", "http://", ""])
@pytest.mark.parametrize("path", ["track/", "embed/track/", "intl-pt-BR/track/"])
@pytest.mark.parametrize("end", ["", "/", "?si=abc", "#x"])
def test_a_link_is_known_however_it_is_copied(scheme: str, path: str, end: str) -> None:
    assert hidden([f"{scheme}open.spotify.com/{path}{ROADS}{end}"]).covers_item(track("Roads"))


@pytest.mark.parametrize(
    "link", ["https://open.spotify.com/album/abc", "spotify:playlist:abc", "open.spotify.com/x"]
)
def test_a_link_to_something_else_is_refused_rather_than_taken_for_a_name(link: str) -> None:
    with pytest.raises(ValueError, match="is a link to no song and no artist"):
        hidden([link])


@pytest.mark.parametrize("entries", [(), ("",), ("  ", "\t")])
def test_nothing_written_hides_nothing(entries: tuple[str, ...]) -> None:
    assert not hidden(entries)
    assert not hidden(entries).covers_item(track(""))


@given(st.text(min_size=1))
def test_whatever_a_title_is_it_hides_itself(title: str) -> None:
    assert hidden([title]).covers("anId", title) is bool(title.strip())


def test_what_stands_below_moves_up_and_nothing_tells_of_the_gap() -> None:
    heard = transform.tables(
        lists("Roads, Teardrop, Angel; artists/short_term: Ann, Bea"), hidden(["teardrop", "ann"])
    )
    songs = heard.lists["tracks", "short_term"]
    assert list(songs["position"]) == [1, 2]
    assert list(songs["item_id"]) == [ROADS, known_as("Angel")]
    assert "Teardrop" not in [*heard.tracks["title"]]
    assert [*heard.artists["name"]].count("Ann") == 0


def test_places_that_spotify_left_open_stay_open() -> None:
    given = answer("tracks", "short_term", [track(one) for one in ("Roads", "Teardrop", "Angel")])
    del given.items[2]
    heard = transform.tables([given], hidden(["Roads"]))
    assert list(heard.lists["tracks", "short_term"]["position"]) == [2]


def test_a_list_of_which_all_is_hidden_is_no_empty_list() -> None:
    heard = transform.tables(lists("Roads; tracks/long_term: (nothing)"), hidden(["Roads"]))
    assert heard.lists.keys() == {("tracks", "long_term")}
    assert heard.ignored == ()

"""What Spotify sends becomes values: of older apps and since 2026, and nothing it sends is a crash."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.demo.server import CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN, SimulatedSpotify
from generator.errors import Unavailable
from generator.model import KINDS, SPANS, Album, Answer, Artist, Kind, Skipped, Track
from generator.spotify.answers import Account, parse_account, parse_top
from generator.spotify.client import Client, Credentials

RECORDED = Path(__file__).parents[1].parent / "shared" / "spotify" / "recorded"

TRACK: dict[str, Any] = {
    "id": "t1",
    "name": "Low Water",
    "type": "track",
    "is_local": False,
    "duration_ms": 201_000,
    "external_ids": {"isrc": "qmeu31600001"},
    "artists": [{"id": "a1", "name": "Marram"}],
    "album": {"id": "b1", "name": "Estuary", "release_date": "2009-05-18", "images": []},
}


def tracks(*rows: object) -> Answer:
    return parse_top("tracks", "short_term", {"items": list(rows)})


def track(**changes: object) -> Track:
    item = tracks(TRACK | changes).items[1]
    assert isinstance(item, Track)
    return item


def album(**changes: object) -> Album | None:
    return track(album=TRACK["album"] | changes).album


def why(*rows: object) -> str:
    """Why the last of these rows was skipped."""
    return tracks(*rows).skipped[-1].why


def test_a_track_becomes_a_track() -> None:
    assert track() == Track(
        "t1",
        "Low Water",
        (Artist("a1", "Marram"),),
        Album("b1", "Estuary", "2009-05-18"),
        201_000,
        "QMEU31600001",
    )


def test_only_id_name_and_artists_are_needed() -> None:
    bare = {"id": "t1", "name": "Low Water", "artists": [{"id": "a1", "name": "Marram"}]}
    assert tracks(bare).items == {1: Track("t1", "Low Water", (Artist("a1", "Marram"),))}


def test_an_artist_becomes_an_artist() -> None:
    images = [{"url": "https://i.scdn.co/image/a", "width": 320, "height": 320}]
    answer = parse_top("artists", "long_term", {"items": [{"id": "a1", "name": "Marram", "images": images}]})
    assert answer == Answer("artists", "long_term", {1: Artist("a1", "Marram", "https://i.scdn.co/image/a")})


def test_a_title_beyond_all_reason_is_cut() -> None:
    assert len(track(name="la" * 100_000).title) == 1000


def test_places_keep_their_numbers_around_a_hole() -> None:
    answer = tracks(TRACK, None, TRACK | {"id": "t3"})
    assert list(answer.items) == [1, 3]
    assert answer.skipped == (Skipped("tracks/short_term place 2", "the row is empty (null)"),)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (None, "the row is empty (null)"),
        ([], "the row is not an object"),
        ({}, "its id is missing"),
        (TRACK | {"id": None}, "its id is not text"),
        (TRACK | {"id": ""}, "its id is not a Spotify id"),
        (TRACK | {"id": 7}, "its id is not text"),
        (TRACK | {"id": "../../etc"}, "its id is not a Spotify id"),
        (TRACK | {"id": "t1\n"}, "its id is not a Spotify id"),
        (TRACK | {"id": "é"}, "its id is not a Spotify id"),
        (TRACK | {"id": "a" * 41}, "its id is not a Spotify id"),
        (TRACK | {"name": None}, "its name is not text"),
        (TRACK | {"name": ["Low Water"]}, "its name is not text"),
        (TRACK | {"name": " \t"}, "its name is empty"),
        (TRACK | {"name": "\0"}, "its name is empty"),
        (TRACK | {"artists": None}, "its artists is not a list"),
        (TRACK | {"artists": []}, "no artist of it has an id and a name"),
        (
            TRACK | {"artists": [None, 3, {"id": None, "name": "Marram"}]},
            "no artist of it has an id and a name",
        ),
        (TRACK | {"is_local": True, "id": None}, "a local file, which Spotify has no id for"),
        (TRACK | {"type": "episode"}, "it is not of the type track"),
    ],
)
def test_a_row_that_cannot_be_used_is_skipped_and_says_why(row: object, said: str) -> None:
    assert why(row) == said


def test_the_same_id_counts_once_at_its_better_place() -> None:
    answer = tracks(TRACK, TRACK | {"id": "t2"}, TRACK | {"name": "Again"})
    assert list(answer.items) == [1, 2]
    assert answer.skipped == (Skipped("tracks/short_term place 3", "the same id stands at place 1 already"),)


def test_artists_without_id_or_name_are_left_out() -> None:
    artists = [None, {"id": None, "name": "X"}, {"id": "a2", "name": "Sill"}, {"id": "a2", "name": "Sill"}]
    assert track(artists=artists).artists == (Artist("a2", "Sill"),)


@pytest.mark.parametrize(
    "unknown", [None, {}, [], "Estuary", {"id": None, "name": None}, {"id": "b1", "name": ""}]
)
def test_an_album_that_says_nothing_is_unknown(unknown: object) -> None:
    assert track(album=unknown).album is None


@pytest.mark.parametrize("date", ["2009", "2009-05", "2009-05-18", "1900"])
def test_a_release_date_is_as_exact_as_spotify_knows(date: str) -> None:
    assert album(release_date=date) == Album("b1", "Estuary", date)


@pytest.mark.parametrize(
    "date",
    [None, "", "0000", "0000-00-00", "2009-13", "2009-02-30", "18.5.2009", "20090518", "２００９", 2009],
)
def test_a_senseless_release_date_is_unknown(date: object) -> None:
    assert album(release_date=date) == Album("b1", "Estuary")


@pytest.mark.parametrize("length", [None, 0, -1, "201000", 1.5, True, 2**31, float("nan")])
def test_a_senseless_length_is_unknown(length: object) -> None:
    assert track(duration_ms=length).duration_ms is None


@pytest.mark.parametrize("isrc", [None, "", "QM", "QMEU3160000!", 123456789012, "QMEU31600001 extra"])
def test_a_senseless_isrc_is_unknown(isrc: object) -> None:
    assert track(external_ids={"isrc": isrc}).isrc is None


@pytest.mark.parametrize("ids", [None, [], "QMEU31600001", {}])
def test_missing_codes_are_unknown(ids: object) -> None:
    assert track(external_ids=ids).isrc is None


def image(*rows: object) -> str | None:
    found = album(images=list(rows))
    assert found
    return found.image_url


def test_the_image_nearest_to_300_is_chosen() -> None:
    sizes = [{"url": f"https://i.scdn.co/image/{width}", "width": width} for width in (640, 300, 64)]
    assert image(*sizes) == "https://i.scdn.co/image/300"
    assert image(sizes[0], sizes[2]) == "https://i.scdn.co/image/64"
    assert image({"url": "https://i.scdn.co/image/x", "width": None}, sizes[0]) == "https://i.scdn.co/image/x"


@pytest.mark.parametrize(
    "url",
    [
        "https://image-cdn-ak.spotifycdn.com/image/ab",
        "https://mosaic.scdn.co/300/ab",
        "http://127.0.0.1:4030/image/ab",
    ],
)
def test_an_image_of_spotify_or_of_the_demo_is_shown(url: str) -> None:
    assert image({"url": url, "width": 300}) == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        7,
        "http://i.scdn.co/image/a",
        "https://example.org/a.png",
        "https://evil-scdn.co/a",
        "https://i.scdn.co.example.org/a",
        "https://i.scdn.co@example.org/a",
        "javascript:alert(1)",
        "data:image/png;base64,AA",
        "https://i.scdn.co/image/a b",
        "https://[::1",
        "ftp://127.0.0.1/a",
    ],
)
def test_an_image_from_elsewhere_is_not_shown(url: object) -> None:
    assert image({"url": url, "width": 300}, None, "x") is None


def test_text_is_kept_as_it_is_but_for_what_no_file_takes() -> None:
    assert track(name="NA").title == "NA"
    assert track(name=' A &amp; B,\r\n"c" ').title == ' A &amp; B,\r\n"c" '
    assert track(name="a\0b\ud800c🎈").title == "abc🎈"


def test_only_the_first_fifty_count() -> None:
    rows = [TRACK | {"id": f"t{number}"} for number in range(60)]
    assert len(tracks(*rows).items) == 50


@pytest.mark.parametrize("body", [None, [], "x", {}, {"items": None}, {"items": {}}, {"error": "text"}])
def test_a_body_without_a_list_makes_no_sense(body: object) -> None:
    with pytest.raises(Unavailable, match=r"tracks/short_term makes no sense: it has no list"):
        parse_top("tracks", "short_term", body)


def test_an_empty_list_is_an_answer() -> None:
    assert tracks() == Answer("tracks", "short_term", {})


@pytest.mark.parametrize(
    ("body", "account"),
    [
        ({"id": "tern", "display_name": "Tern"}, Account("tern", "Tern")),
        ({"account_id": "Tern1", "id": "tern"}, Account("Tern1", None, "tern")),
        ({"account_id": "Tern1", "display_name": None}, Account("Tern1")),
        ({"account_id": "", "id": "tern", "display_name": " "}, Account("tern")),
    ],
)
def test_an_account_is_known_by_its_lasting_id(body: object, account: Account) -> None:
    assert parse_account(body) == account


@pytest.mark.parametrize("body", [None, [], {}, {"id": None}, {"id": ""}, {"id": 7}])
def test_an_answer_that_names_no_account_makes_no_sense(body: object) -> None:
    with pytest.raises(Unavailable, match="the account makes no sense"):
        parse_account(body)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([*TRACK, "images", "url"]), inner)
    ),
    max_leaves=8,
)


@settings(max_examples=50)
@given(
    kind=st.sampled_from(KINDS),
    rows=st.lists(JSON, max_size=4),
    changes=st.dictionaries(st.sampled_from([*TRACK]), JSON),
)
def test_whatever_a_row_holds_it_is_used_or_skipped(
    kind: Kind, rows: list[Any], changes: dict[str, Any]
) -> None:
    answer = parse_top(kind, "short_term", {"items": [*rows, TRACK | {"type": "track"} | changes]})
    assert len(answer.items) + len(answer.skipped) == len(rows) + 1
    str(answer).encode()  # nothing in it that a file could not take


@pytest.mark.skipif(not RECORDED.is_dir(), reason="the recorded answers lie beside the project, not in it")
def test_recorded_answers_are_read_whole() -> None:
    for kind, file in (("tracks", "top_tracks.json"), ("artists", "top_artists.json")):
        raw = json.loads((RECORDED / file).read_text())
        answer = parse_top(kind, "short_term", raw)  # type: ignore[arg-type] # the two kinds
        assert not answer.skipped
        assert [item.id for item in answer.items.values()] == [row["id"] for row in raw["items"][:50]]
        for item, row in zip(answer.items.values(), raw["items"], strict=False):
            assert (item.title if isinstance(item, Track) else item.name) == row["name"]
            found = item.album if isinstance(item, Track) else item
            assert found is not None
            assert found.image_url is not None


@pytest.mark.parametrize("shape", ["old", "2026"])
def test_both_shapes_give_the_same_values(shape: Any) -> None:
    with SimulatedSpotify(shape=shape) as spotify, SimulatedSpotify(shape="2026") as other:
        for kind in KINDS:
            for span in SPANS:
                answer = asked(spotify).top(kind, span)
                assert answer == asked(other).top(kind, span)
                assert len(answer.items) > 10
                assert not answer.skipped


def asked(spotify: SimulatedSpotify) -> Client:
    return Client(
        Credentials(CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN),
        who="me",
        api_url=spotify.api_url,
        accounts_url=spotify.accounts_url,
    )


@pytest.mark.parametrize(
    ("trouble", "items", "skipped"),
    [
        ("empty", 0, 0),
        ("null-rows", 34, 16),
        ("null-names", 0, 50),
        ("duplicate", 49, 1),
    ],
)
def test_a_spoiled_list_is_read_as_far_as_it_goes(trouble: str, items: int, skipped: int) -> None:
    with SimulatedSpotify() as spotify:
        spotify.script(f"GET /v1/me/top/tracks: {trouble}")
        answer = asked(spotify).top("tracks", "short_term")
    assert (len(answer.items), len(answer.skipped)) == (items, skipped)


@pytest.mark.parametrize("trouble", ["null-albums", "no-albums"])
def test_albums_that_are_all_null_are_all_unknown(trouble: str) -> None:
    with SimulatedSpotify() as spotify:
        spotify.script(f"GET /v1/me/top/tracks: {trouble}")
        answer = asked(spotify).top("tracks", "short_term")
    assert {item.album for item in answer.items.values() if isinstance(item, Track)} == {None}

"""How names are spelled: what is alike has one digest, whatever its case and width."""

from generator.listening import item_key
from generator.warehouse.spellings import Named, Track, spellings


def spelled(
    tracks: tuple[Track, ...] = (),
    artists: dict[str, str] | None = None,
    albums: dict[str, str] | None = None,
    named: tuple[Named, ...] = (),
) -> dict[tuple[str, str], str]:
    found = list(spellings(tracks, artists or {}, albums or {}, named))
    told = {(kind, key): digest for kind, key, digest in found}
    assert len(told) == len(found)  # each key of a kind once
    return told


def test_case_and_width_make_no_difference() -> None:
    found = spelled(
        (Track("t", "ROADS", "a b", None),),
        {"a": "Ｐortable"},
        named=(Named("x", "roads", "PORTABLE", None),),
    )
    assert found["tracks", "t"] == found["tracks", "x"] == item_key("portable", "Roads")
    assert found["artists", "a"] == found["artist_of", "x"]


def test_a_track_is_its_first_artists() -> None:
    found = spelled((Track("t", "Roads", "a b", None),), {"a": "One", "b": "Two"})
    assert found["tracks", "t"] == item_key("One", "Roads")


def test_a_track_whose_artist_nobody_knows_is_nobodys() -> None:
    assert spelled((Track("t", "Roads", "a", None),))["tracks", "t"] == item_key("", "Roads")


def test_an_album_is_that_of_its_first_track_and_one_without_a_name_is_none() -> None:
    tracks = (Track("u", "B", "b", "x"), Track("t", "A", "a", "x"), Track("v", "C", "a", "unknown"))
    found = spelled(tracks, {"a": "One", "b": "Two"}, {"x": "Best", "y": "Of nobody"})
    albums = {key: digest for (kind, key), digest in found.items() if kind == "albums"}
    assert albums == {"x": item_key("One", "Best")}


def test_what_the_catalog_knows_has_the_catalogs_title_and_the_exports_artist_too() -> None:
    named = Named("t", "Roads (of an export)", "One", "Best")
    found = spelled((Track("t", "Roads", "a", None),), {"a": "One"}, named=(named,))
    assert found["tracks", "t"] == item_key("One", "Roads")
    assert (found["artist_of", "t"], found["album_of", "t"]) == (item_key("One", ""), item_key("One", "Best"))


def test_a_key_of_names_is_its_own_spelling() -> None:
    key = item_key("One", "Roads")
    found = spelled(named=(Named(key, "An earlier title", "One", None),))
    assert found["tracks", key] == key
    assert ("album_of", key) not in found

"""How plays are kept: a union by what names a play, in whatever order and however exactly."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import known_as, track

from generator import schema
from generator.errors import ConfigError
from generator.hiding import hidden
from generator.listening import item_key, mark
from generator.model import Keeping, Listener, Play, Recent
from generator.spotify.recent import parse_recent
from generator.store import plays, text
from generator.store.audit import audit
from generator.store.frames import decode, encode
from generator.store.recent import add
from generator.transform.kept import as_kept
from generator.transform.plays import tables

SECRET, OTHER = "sea and salt", "another"
ZONE = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 11, 20, 12, 0, 3, 250_000, tzinfo=UTC)


def me(keeping: Keeping) -> Listener:
    return Listener("me", "Me", ZONE, keeping)


def heard(*minutes: int, title: str = "Roads", start: datetime = NOON) -> Recent:
    """Plays that ended so many minutes after noon."""
    return Recent(tuple(Play(start + timedelta(minutes=one), track(title)) for one in minutes))


def keep(data: Path, recent: Recent, keeping: Keeping = "exact", secret: str | None = SECRET) -> int:
    """Add what was heard; answer how many plays were not known."""
    told = tables(recent, me(keeping), secret)
    added = add(data, "me", told.plays, secret)
    for path, content in added.files.items():
        (data / path).parent.mkdir(parents=True, exist_ok=True)
        (data / path).write_bytes(content)
    return added.plays


def rows(data: Path) -> list[str]:
    return [
        line for path in plays.play_files(data, "me") for line in (data / path).read_text().splitlines()[1:]
    ]


def test_a_play_is_a_line_with_its_instant_its_source_and_its_track(tmp_path: Path) -> None:
    assert keep(tmp_path, heard(0)) == 1
    (line,) = rows(tmp_path)
    assert line == f"2026-11-20T12:00:03.000Z,api,{known_as('Roads')},,,"
    assert plays.play_files(tmp_path, "me") == ["me/plays/2026-11.csv"]
    assert plays.latest(tmp_path, "me") == "2026-11-20T12:00:03.000Z"


@pytest.mark.parametrize("keeping", ["exact", "hour", "day"])
def test_a_play_that_is_told_with_milliseconds_and_without_is_one(tmp_path: Path, keeping: Keeping) -> None:
    assert keep(tmp_path, heard(0, 5), keeping) == 2
    assert keep(tmp_path, heard(0, 5, 9, start=NOON.replace(microsecond=0)), keeping) == 1


@pytest.mark.parametrize("keeping", ["exact", "hour"])
def test_a_row_whose_milliseconds_an_earlier_version_kept_is_known_and_stays(
    tmp_path: Path, keeping: Keeping
) -> None:
    keep(tmp_path, heard(0, 5))
    (file,) = (tmp_path / "me/plays").iterdir()
    file.write_bytes(file.read_bytes().replace(b":03.000Z", b":03.250Z"))
    before = file.read_bytes()
    assert keep(tmp_path, heard(0, 5), keeping) == 0
    assert file.read_bytes() == before


@settings(max_examples=25)
@given(
    st.lists(st.lists(st.integers(0, 100_000), max_size=8), max_size=6),
    st.sampled_from(["exact", "hour", "day"]),
)
def test_whatever_comes_first_and_however_often_the_rows_are_the_same(
    tmp_path_factory: pytest.TempPathFactory, asked: list[list[int]], keeping: Keeping
) -> None:
    once, again = (tmp_path_factory.mktemp("plays") for _ in range(2))
    count = sum(keep(once, heard(*minutes), keeping) for minutes in asked)
    for minutes in [*reversed(asked), *asked]:
        keep(again, heard(*minutes), keeping)
    assert rows(once) == rows(again)
    assert count == len(rows(once)) == len({minute for minutes in asked for minute in minutes})


@pytest.mark.parametrize(
    ("keeping", "kept"),
    [("hour", "2026-11-20T12:00:00.000Z"), ("day", "2026-11-19T23:00:00.000Z")],
)
def test_an_instant_that_is_not_kept_is_nowhere_and_plays_are_still_told_apart(
    tmp_path: Path, keeping: Keeping, kept: str
) -> None:
    assert keep(tmp_path, heard(0, 7, 14), keeping) == 3
    assert keep(tmp_path, heard(7, 14, 21), keeping) == 1
    lines = rows(tmp_path)
    assert {line.split(",")[0] for line in lines} == {kept}
    digests = {line.split(",")[-1] for line in lines}
    assert len(digests) == 4
    assert all(one.startswith(keeping[0] + mark(SECRET)) and len(one) == 23 for one in digests)
    assert "12:07" not in "".join(lines)


@pytest.mark.parametrize("first", ["exact", "hour", "day"])
@pytest.mark.parametrize("then", ["exact", "hour", "day"])
def test_a_play_is_known_however_exactly_it_was_kept(tmp_path: Path, first: Keeping, then: Keeping) -> None:
    midnight = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)  # in Berlin another day, and another month
    assert keep(tmp_path, heard(0, 5, start=midnight), first) == 2
    assert keep(tmp_path, heard(5, 10, start=midnight), then) == 1


@pytest.mark.parametrize("secret", [None, OTHER])
def test_without_the_key_that_made_them_nothing_is_added(tmp_path: Path, secret: str | None) -> None:
    keep(tmp_path, heard(0), "hour")
    before = rows(tmp_path)
    with pytest.raises(ConfigError, match="ROTATION_PLAY_KEY is"):
        keep(tmp_path, heard(1), "exact", secret)
    assert rows(tmp_path) == before


@pytest.mark.parametrize("secret", [None, OTHER])
def test_a_key_is_held_against_every_play_that_is_kept(tmp_path: Path, secret: str | None) -> None:
    keep(tmp_path, heard(0), "hour")
    with pytest.raises(ConfigError):
        keep(tmp_path, heard(0, start=NOON + timedelta(days=90)), "hour", secret)


@pytest.mark.parametrize(
    "said",
    ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z", "2026-11-22T00:00:00Z", "2005-12-31T00:00:00Z"],
)
def test_an_instant_that_cannot_be_is_skipped(said: str) -> None:
    row = {"played_at": said, "track": {"id": "a", "name": "Roads", "artists": [{"id": "b", "name": "Ann"}]}}
    recent = parse_recent({"items": [row]}, datetime(2026, 11, 21, tzinfo=UTC))
    assert recent.plays == ()
    assert [one.why for one in recent.skipped] == ["its played_at cannot be"]


@pytest.mark.parametrize(("hides", "is_full"), [("roads", False), ("angel", True), ("nobody", True)])
def test_no_gap_begins_where_hidden_music_does(hides: str, *, is_full: bool) -> None:
    plays = (*heard(1, title="Angel").plays, *heard(0).plays)
    told = tables(Recent(plays, is_full=True), me("exact"), None, hidden([hides]))
    assert told.is_full is is_full


def test_fifty_rows_of_which_none_is_a_song_are_skipped() -> None:
    tape = {"played_at": "2026-11-20T12:00:03Z", "track": {"id": None, "name": "Tape", "is_local": True}}
    told = tables(parse_recent({"items": [tape] * 50}, NOON + timedelta(days=1)), me("exact"), None)
    assert (len(told.plays), len(told.skipped), told.is_full) == (0, 50, False)


def test_two_tracks_at_one_instant_are_two_plays(tmp_path: Path) -> None:
    assert keep(tmp_path, heard(0)) + keep(tmp_path, heard(0, title="Angel")) == 2


def test_what_is_hidden_is_not_kept() -> None:
    told = tables(
        Recent((*heard(0).plays, *heard(1, title="Angel").plays)), me("exact"), None, hidden(["roads"])
    )
    assert list(told.plays["item_key"]) == [known_as("Angel")]
    assert list(told.catalog["tracks"]["title"]) == ["Angel"]


def test_what_is_kept_passes_the_audit(tmp_path: Path) -> None:
    keep(tmp_path, heard(0, 1), "hour")
    keep(tmp_path, heard(2), "exact")
    assert audit(tmp_path).faults == ()


@pytest.mark.parametrize(
    ("artist", "title"), [("THORNWHALE", "roads"), ("Thornwhale", "Ｒoads"), ("thornwhale", "ROADS")]
)
def test_a_track_known_by_name_has_one_key_however_it_is_spelled(artist: str, title: str) -> None:
    assert item_key(artist, title) == item_key("Thornwhale", "Roads")
    assert item_key("Thornwhaler", "oads") != item_key("Thornwhale", "Roads")


def test_where_only_some_plays_have_digests_every_one_is_still_known(tmp_path: Path) -> None:
    """And what two secrets made between them is noticed, wherever in a file it stands."""
    kept: list[tuple[tuple[int, ...], Keeping]] = [((0, 3), "exact"), ((4, 5), "hour"), ((9,), "exact")]
    for minutes, keeping in kept:
        assert keep(tmp_path, heard(*minutes), keeping) == len(minutes)
    assert keep(tmp_path, heard(0, 3, 4, 5, 9), "day") == 0
    assert keep(tmp_path, heard(0, 3, 4, 5, 9), "exact") == 0
    file = tmp_path / plays.play_files(tmp_path, "me")[0]
    lines = file.read_text().splitlines(keepends=True)
    strange = next(line for line in lines if ",h" in line).replace(f",h{mark(SECRET)}", f",h{mark(OTHER)}")
    file.write_text("".join([*lines, strange]))
    with pytest.raises(ConfigError):
        plays.check_secret(tmp_path, "me", SECRET)


def test_plays_of_one_instant_stand_in_the_order_of_their_key(tmp_path: Path) -> None:
    instant = "2026-11-20T12:00:03.250Z"
    told = [f"{instant},extended,a,1000,,", f"{instant},extended,a,200,true,", f"{instant},api,a,,,"]
    added = plays.add_rows(tmp_path, "me", [told], None)
    (content,) = added.files.values()
    assert content.decode().splitlines()[1:] == [told[2], told[1], told[0]]
    frame = decode(schema.plays, content, tmp_path)
    assert encode(schema.plays, frame) == content


@settings(max_examples=30)
@given(st.lists(st.integers(0, 150_000), unique=True, max_size=20), st.sampled_from(["hour", "day"]))
def test_an_export_and_spotify_keep_the_same_of_an_instant(minutes: list[int], keeping: Keeping) -> None:
    told = tables(heard(*sorted(minutes)), me(keeping), SECRET)
    exact = [f"{one.played_at},api,{one.item_key},,," for one in told.heard]
    rows = [
        ",".join(map(text.cell, row))
        for row in told.plays.astype(object).where(told.plays.notna(), None).values
    ]
    assert list(as_kept(exact, me(keeping), SECRET)) == rows

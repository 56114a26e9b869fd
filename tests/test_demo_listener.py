"""The invented catalogue and listener: the same everywhere, and never quite the same tomorrow."""

import hashlib
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from generator.demo.catalogue import Album, Artist, Song, catalogue
from generator.demo.listener import top, top_artists, top_tracks
from generator.demo.plays import plays
from generator.demo.words import AWKWARD
from generator.model import KINDS, SPANS, Kind, Span

ROOT = Path(__file__).parents[1]
DAY = date(2026, 11, 20)
YEAR = [date(2026, 1, 1) + timedelta(days=number) for number in range(366)]
PAIR = tuple[tuple[Song, ...] | tuple[Artist, ...], tuple[Song, ...] | tuple[Artist, ...]]


def nights(kind: Kind, span: Span) -> Iterator[PAIR]:
    """The list before and after each of 365 nights."""
    return pairwise(top(kind, span, day) for day in YEAR)


def share_changed(kind: Kind, span: Span) -> float:
    return sum(old[:20] != new[:20] for old, new in nights(kind, span)) / 365


def digest() -> str:
    """A fingerprint of everything that is invented for three days."""
    said = [repr(catalogue())]
    for number in range(3):
        day = DAY + timedelta(days=number)
        said += [repr(top(kind, span, day)) for kind in KINDS for span in SPANS] + [repr(plays(day))]
    return hashlib.sha256("".join(said).encode()).hexdigest()


def test_another_process_with_another_hash_seed_invents_the_same() -> None:
    code = "from tests.test_demo_listener import digest; print(digest())"
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout.decode()
        for seed in ("1", "2")
    }
    assert found == {digest() + "\n"}


def test_a_day_asked_for_in_any_order_gets_the_same_list() -> None:
    forwards = [top("tracks", "short_term", day, seed="order") for day in YEAR[:20]]
    backwards = [top("tracks", "short_term", day, seed="order") for day in reversed(YEAR[:20])]
    assert forwards == backwards[::-1]


def test_another_seed_is_another_taste_in_the_same_catalogue() -> None:
    mine, yours = (set(top_tracks("long_term", DAY, seed=seed)) for seed in ("mine", "yours"))
    assert len(mine & yours) < 25
    assert mine | yours <= set(catalogue().songs)


def test_most_nights_move_the_top_20_of_four_weeks_and_some_leave_it() -> None:
    assert 0.5 < share_changed("tracks", "short_term") < 0.9
    assert 0.5 < share_changed("artists", "short_term") < 0.9


def test_the_longer_the_span_the_slower_it_drifts() -> None:
    for kind in KINDS:
        short, medium, long = (share_changed(kind, span) for span in SPANS)
        assert short > medium > long > 0.05


def test_some_days_bring_precisely_the_list_of_the_day_before() -> None:
    assert 0.1 < sum(old == new for old, new in nights("tracks", "short_term")) / 365 < 0.5


def test_a_typical_night_brings_at_most_three_new_entries_and_many_bring_one() -> None:
    entries = [len(set(new[:20]) - set(old[:20])) for old, new in nights("tracks", "short_term")]
    assert sum(count <= 3 for count in entries) / 365 > 0.95
    assert sum(count >= 1 for count in entries) / 365 > 0.4


def test_a_year_has_many_songs_and_many_number_ones() -> None:
    lists = [top_tracks("short_term", day) for day in YEAR]
    assert len({song.id for songs in lists for song in songs[:20]}) > 100
    assert len({songs[0].id for songs in lists}) >= 8


@pytest.mark.parametrize("seed", ["demo", "demo-2", "somebody"])
def test_lists_hold_50_different_songs_and_14_to_40_different_artists(seed: str) -> None:
    for span in SPANS:
        for day in YEAR[::30]:
            songs, artists = top_tracks(span, day, seed=seed), top_artists(span, day, seed=seed)
            assert len(songs) == len({song.id for song in songs}) == 50
            assert len({artist.id for artist in artists}) == len(artists)
            assert 14 <= len(artists) <= 40


def test_nothing_is_listed_before_it_was_released() -> None:
    for day in YEAR[::10]:
        released = [song.album.release_date for song in top_tracks("short_term", day)]
        assert max(released) <= day.isoformat()


def test_plays_are_in_order_and_of_their_day() -> None:
    heard = plays(DAY)
    assert len(heard) >= 20
    assert [play.ended for play in heard] == sorted(play.ended for play in heard)
    day = datetime(2026, 11, 20, tzinfo=UTC)
    assert all(day <= play.ended < day + timedelta(days=1) for play in heard)


def test_the_catalogue_has_the_size_of_a_real_listening_year() -> None:
    known = catalogue()
    assert len(known.artists) == 120
    assert 600 < len(known.songs) < 900
    assert len({artist.name for artist in known.artists}) == 120


def test_ids_and_isrcs_have_the_form_of_real_ones() -> None:
    known = catalogue()
    things: tuple[Song | Artist | Album, ...] = (*known.songs, *known.artists, *known.albums)
    ids = [thing.id for thing in things]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[0-9A-Za-z]{22}", id_) for id_ in ids)
    assert all(re.fullmatch(r"QZ[0-9A-Z]{3}[0-9]{7}", song.isrc) for song in known.songs)


def test_the_same_isrc_means_the_same_recording_under_two_ids() -> None:
    by_isrc: dict[str, list[Song]] = {}
    for song in catalogue().songs:
        by_isrc.setdefault(song.isrc, []).append(song)
    doubles = [songs for songs in by_isrc.values() if len(songs) > 1]
    assert len(doubles) >= 10
    assert all(
        len({(song.title, song.artists, song.duration_ms) for song in songs}) == 1 for songs in doubles
    )


def test_an_artist_uses_no_title_twice() -> None:
    for record in catalogue().albums:
        titles = [song.title for song in catalogue().songs if song.album.id == record.id]
        assert len(set(titles)) == len(titles) == record.size


def test_titles_are_of_many_scripts_and_the_awkward_ones_are_all_there() -> None:
    titles = {song.title for song in catalogue().songs}
    assert set(AWKWARD) <= titles
    assert {"NA", "007"} <= titles
    for script in ("[а-я]", "[α-ω]", "[ぁ-ん]", "[가-힣]", "[ا-ي]", "[א-ת]", "[अ-ह]", "[þæð]"):
        assert any(re.search(script, title) for title in titles), script


def test_release_dates_are_days_months_and_years() -> None:
    assert {len(album.release_date) for album in catalogue().albums} == {4, 7, 10}

"""Whatever Spotify answers, in whatever order, and wherever a run is killed: the same good lists stand."""

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from stories import answer, artist, contents, merged, put, track

from generator.model import Answer
from generator.store.ledger import Ledger, ListName

FIRST = date(2026, 10, 29)  # three days before a month's end
NAMES: tuple[ListName, ...] = (("tracks", "short_term"), ("artists", "long_term"))

Heard = dict[ListName, list[str]]  # titles; empty: Spotify sent an empty list

titles = st.lists(st.sampled_from(["Roads", "Angel", "Teardrop", "NA"]), max_size=3, unique=True)
heard = st.dictionaries(st.sampled_from(NAMES), titles)
days = st.lists(
    st.tuples(st.integers(-1, 2), heard), min_size=1, max_size=4
)  # days that pass, then what is heard
kills = st.lists(st.integers(0, 7), min_size=4, max_size=4)  # files written before the kill, each time


def answers(said: Heard) -> list[Answer]:
    return [
        answer(kind, span, [track(word) if kind == "tracks" else artist(word) for word in words])
        for (kind, span), words in said.items()
    ]


def dates(history: list[tuple[int, Heard]]) -> list[tuple[str, Heard]]:
    day, told = FIRST, []
    for passed, said in history:
        day += timedelta(days=passed)
        told.append((day.isoformat(), said))
    return told


@given(days)
@settings(max_examples=20)
def test_the_last_good_lists_stand(history: list[tuple[int, Heard]]) -> None:
    good: Heard = {}
    with TemporaryDirectory() as folder:
        for day, said in dates(history):
            put(Path(folder), merged(Path(folder), day, answers(said)))
            good |= {name: words for name, words in said.items() if words}
        latest = Ledger(Path(folder), "me").latest()
        stands = Ledger(Path(folder), "me").standing(latest) if latest else {}
        assert {name: list(frame["item_id"]) for name, frame in stands.items()} == {
            (kind, span): [item.id for item in one.items.values()]
            for (kind, span), words in good.items()
            for one in answers({(kind, span): words})
        }


@given(days, kills)
@settings(max_examples=8)
def test_a_killed_run_is_mended_by_the_next_to_the_same_bytes(
    history: list[tuple[int, Heard]], killed: list[int]
) -> None:
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        quiet, rough = Path(one), Path(other)
        for (day, said), files in zip(dates(history), killed, strict=False):
            put(quiet, merged(quiet, day, answers(said)))
            put(rough, merged(rough, day, answers(said)), files=files)
            put(rough, merged(rough, day, answers(said)))
            assert contents(rough) == contents(quiet)
            assert merged(rough, day, answers(said)).files == {}

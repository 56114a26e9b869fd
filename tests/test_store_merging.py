"""Merging, whatever is merged: the same again changes nothing, order does not matter, no key is lost."""

from pathlib import Path, PurePosixPath
from random import Random
from tempfile import TemporaryDirectory

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import answer, artist, contents, merged, put, track

from generator import schema
from generator.model import KINDS, SPANS, Answer
from generator.store.files import fact_files
from generator.store.frames import decode, encode
from generator.store.ledger import ListName
from generator.store.merge import upsert

titles = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=9)
songs = st.lists(titles.filter(str.strip), max_size=4, unique=True)
heard = st.dictionaries(st.tuples(st.sampled_from(KINDS), st.sampled_from(SPANS)), songs, min_size=1)
histories = st.lists(heard, min_size=1, max_size=4)

Heard = dict[ListName, list[str]]
Keys = set[tuple[object, ...]]


def answers(said: Heard, dice: Random) -> list[Answer]:
    """The answers in an order of their own."""
    made = [
        answer(kind, span, [track(word) if kind == "tracks" else artist(word) for word in words])
        for (kind, span), words in said.items()
    ]
    return dice.sample(made, len(made))


def keys(data: Path) -> Keys:
    """The keys of all rows, each with its file; of the ledger those of whole lists."""
    found: Keys = set()
    for path in fact_files(data):
        place = schema.place(PurePosixPath(path))
        assert place
        names = ["edition", "kind", "span"] if place.table is schema.lists else list(schema.key(place.table))
        frame = decode(place.table, (data / path).read_bytes(), data / path, place.month)
        found |= {(path, *row) for row in frame[names].itertuples(index=False, name=None)}
    return found


@given(histories, st.randoms(use_true_random=False))
@settings(max_examples=15)
def test_no_key_is_ever_lost_and_the_same_again_changes_nothing(history: list[Heard], dice: Random) -> None:
    with TemporaryDirectory() as folder:
        data = Path(folder)
        for number, said in enumerate(history, start=1):
            before = keys(data)
            day = f"2026-11-{number:02}"
            put(data, merged(data, day, answers(said, dice)))
            assert before <= keys(data)
            assert merged(data, day, answers(said, dice)).files == {}


@given(histories, histories, st.randoms(use_true_random=False))
@settings(max_examples=15)
def test_who_is_heard_first_and_which_list_first_does_not_matter(
    mine: list[Heard], yours: list[Heard], dice: Random
) -> None:
    days = [
        (listener, f"2026-11-{number:02}", said)
        for listener, history in (("me", mine), ("you", yours))
        for number, said in enumerate(history, start=1)
    ]
    told = []
    for turn in (
        days,
        sorted(days, key=lambda one: one[1]),
        days[len(mine) :] + days[: len(mine)],
    ):
        with TemporaryDirectory() as folder:
            for listener, day, said in turn:
                put(Path(folder), merged(Path(folder), day, answers(said, dice), listener=listener))
            told.append(contents(Path(folder)))
    assert told[0] == told[1] == told[2]


@given(
    st.lists(st.lists(st.booleans(), min_size=12, max_size=12), min_size=1, max_size=5),
    st.permutations(range(5)),
)
@settings(max_examples=40)
def test_parts_of_what_is_true_make_the_same_whole_in_any_order(
    parts: list[list[bool]], order: list[int]
) -> None:
    truth = [{"id": f"id{row}", "name": f"Name {row}", "image_url": f"https://i/{row}"} for row in range(6)]
    types = schema.frame_types(schema.artists)
    frames = []
    for part in parts:
        rows = [
            one | ({} if part[2 * row + 1] else {"image_url": None})
            for row, one in enumerate(truth)
            if part[2 * row]
        ]
        frames.append(pd.DataFrame(rows, columns=list(types)).astype(types))
    wholes = []
    for turn in (range(len(frames)), [one for one in order if one < len(frames)]):
        whole = pd.DataFrame(columns=list(types)).astype(types)
        for number in turn:
            whole = upsert(whole, frames[number])
        wholes.append(encode(schema.artists, whole))
    assert wholes[0] == wholes[1]

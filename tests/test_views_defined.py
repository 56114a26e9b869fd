"""Each word of a chart is defined once, in docs/charts.md, and the views' own sentences stand there."""

import re
from collections import Counter
from pathlib import Path

import pytest

from generator.model import Rank, Record
from generator.render.words import STORIES
from generator.warehouse.views import FOLDER, KEPT, VIEWS

CHARTS = Path(__file__).parents[1] / "docs" / "charts.md"
WORDS = (
    *("edition", "list", "chart", "carried forward", "songs", "gives up its place", "seen first"),
    *("movement", "new", "re-entry", "absent", "debut", "peak", "editions", "at number one", "run"),
    *("longest run", "departure", "most editions", "biggest jump", "most comebacks", "turnover"),
    *("medal", "milestones"),
)


def text() -> str:
    return CHARTS.read_text(encoding="utf-8")


def sql(view: str) -> str:
    return (FOLDER / f"{view}.sql").read_text(encoding="utf-8")


def test_every_word_is_defined_once() -> None:
    defined = Counter(word.lower() for word in re.findall(r"\*\*(.+?)\*\*", text()))
    assert {word: defined[word] for word in WORDS} == dict.fromkeys(WORDS, 1)


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_has_its_own_sentence_there(view: str) -> None:
    comment = sql(view).split("create view")[0].split("\n--\n")[0]
    sentence = " ".join(line.removeprefix("-- ") for line in comment.splitlines())
    assert sentence.endswith(".")
    assert f"| `{view}` | {sentence} |" in text()


def test_every_view_has_a_file_and_every_file_is_a_view() -> None:
    assert {file.stem for file in FOLDER.iterdir()} == set(VIEWS)
    assert set(KEPT) <= set(VIEWS)


def test_every_story_that_the_view_tells_has_its_rule_there_and_on_the_pages() -> None:
    told = re.findall(r"union all\n\s+select .*?'(\w+)'|'(\w+)' as story", sql("stories"), re.DOTALL)
    names = {name for pair in told for name in pair if name}
    assert names == set(STORIES)
    for name, (label, _, rule) in STORIES.items():
        assert f"| {label} | `{name}` | {rule} |" in text()


@pytest.mark.parametrize("value", [Rank, Record])
def test_every_figure_that_pages_show_is_a_column_of_a_view(value: type) -> None:
    columns = sql("chart") + sql("records")
    derived = {"item", "stretches", "last"}  # last_edition, and rows of their own
    assert [name for name in value.__slots__ if name not in derived and name not in columns] == []  # type: ignore[attr-defined]

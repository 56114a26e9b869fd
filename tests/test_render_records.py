"""The all-time tables: fair to those who tie, and clear about what is counted."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from past_sites import pages
from stories import track
from test_render_site import text

from generator.model import Record
from generator.render.feats import FEATS, holders, table

EDITIONS, AT_ONE, RUN, JUMP, COMEBACKS = FEATS
PLAIN = Record(
    track("Plain"), "tracks", "short_term", 1, 0, 1, None, 0, 9, date(2026, 1, 1), date(2026, 1, 1), ()
)


def record(title: str, *, editions: int = 1, jump: int | None = None) -> Record:
    return replace(PLAIN, item=track(title), editions=editions, jump=jump)


def ranked(records: list[Record]) -> list[tuple[int, int]]:
    return [(rank, figure) for rank, _, figure in table(EDITIONS, records).lines]


def test_equal_figures_share_a_rank_and_the_next_rank_is_skipped() -> None:
    records = [record(title, editions=count) for title, count in zip("ABCD", (3, 5, 5, 1), strict=True)]
    assert ranked(records) == [(1, 5), (1, 5), (3, 3), (4, 1)]


def test_a_tie_that_does_not_fit_is_told_as_a_number() -> None:
    records = [record("Long", editions=9), *(record(f"Song {n}", editions=2) for n in range(30))]
    found = table(EDITIONS, records)
    assert ranked(records) == [(1, 9)]
    assert (found.untold, found.next_figure) == (30, 2)


def test_twenty_lines_that_end_with_a_tie_are_shown_whole() -> None:
    records = [record(f"Song {n}", editions=n // 2 + 1) for n in range(20)]
    assert len(ranked(records)) == 20
    assert table(EDITIONS, records).untold == 0


def test_nothing_is_no_feat() -> None:
    records = [record("Still", jump=0), record("New"), record("Fell", jump=-3), record("Rose", jump=2)]
    assert [(one.item.id, figure) for _, one, figure in table(JUMP, records).lines] == [(track("Rose").id, 2)]


def test_the_order_of_the_records_does_not_matter() -> None:
    records = [record(title, editions=3) for title in ("B", "A", "C")]
    assert table(EDITIONS, records) == table(EDITIONS, records[::-1])


def test_a_record_that_many_share_is_held_by_nobody() -> None:
    many = [record(f"Song {n}", editions=30) for n in range(4)]
    assert not holders(many, 30)
    assert holders(many[:2], 30)[many[0].item.id] == ["Most editions (shared)", "Longest run (shared)"]
    assert not holders(many[:1], 19)  # too early to speak of records


def test_the_page_counts_what_the_charts_saw(tmp_path: Path) -> None:
    found = pages(tmp_path, "ABC", "BAC", "BC", "CBA", "CB")
    shown = text(found["records/index.html"])
    assert "Most at number one How often" not in shown
    assert "Most editions In how many editions it was on the chart. 1B" in shown
    assert "Most comebacks How often it came back after a break. 1A" in shown
    assert "Biggest jump Places gained from one edition to the next. 1" in shown
    assert "records/artists/index.html" in found

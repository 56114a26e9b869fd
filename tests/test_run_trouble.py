"""Whatever Spotify does wrong: one sentence, the right exit code, nothing lost, and a page that says so."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from loaded_program import Outcome
from world import NEXT, Root, leaked, new_root

from generator.demo.effects import CHANGES, REFUSALS
from generator.demo.server import SimulatedSpotify
from generator.demo.trouble import rules
from generator.git import git

MISTAKE, LATER, SIGN_IN = 1, 75, 77
LISTS, SONGS, TOKEN = "GET /v1/me/top/*", "GET /v1/me/top/tracks", "POST /api/token"

# What Spotify does, the exit code, and a part of the sentence that the reader gets.
FAILURES = {
    f"{TOKEN}: 400 invalid_grant": (SIGN_IN, "no longer accepts the refresh token"),
    f"{TOKEN}: 400 invalid_client": (MISTAKE, "SPOTIFY_CLIENT_ID or SPOTIFY_CLIENT_SECRET is wrong"),
    f"{TOKEN}: 502 html": (LATER, "it answered 502"),
    f"{LISTS}: 400": (LATER, "try again later"),
    f"{LISTS}: 401": (SIGN_IN, "rotation login"),
    f"{LISTS}: 403": (SIGN_IN, "rotation login"),
    f"{LISTS}: 403 scope": (SIGN_IN, "agree to everything"),
    f"{LISTS}: 403 premium": (MISTAKE, "Spotify Premium"),
    f"{LISTS}: 403 allowlist": (MISTAKE, "User Management"),
    f"{LISTS}: 404": (LATER, "try again later"),
    f"{LISTS}: 429": (LATER, "limits how often"),
    f"{LISTS}: 429 quota": (LATER, "come back in 15 hours"),
    f"{LISTS}: 429 bare": (LATER, "limits how often"),
    f"{LISTS}: 429 retry-after=3600": (LATER, "come back in 60 minutes"),
    f"{LISTS}: 500": (LATER, "it answered 500"),
    f"{LISTS}: 502": (LATER, "it answered 502"),
    f"{LISTS}: 502 html": (LATER, "it answered 502"),
    f"{LISTS}: 503": (LATER, "it answered 503"),
    f"{LISTS}: hang-up": (LATER, "failed or broke off"),
    f"{LISTS}: cut": (LATER, "cut short"),
    f"{LISTS}: not-json": (LATER, "is not JSON"),
    f"{LISTS}: error-text": (LATER, "makes no sense"),
    f"{LISTS}: 500 after=5": (LATER, "it answered 500"),  # the last list of six
}
# Answers that are no news, and what the reader is told of each list.
IGNORED = {
    f"{LISTS}: empty": "Spotify sent an empty list where there was one before",
    f"{LISTS}: null-names": "rows could not be used",
    f"{LISTS}: null-rows": "16 of its 50 rows could not be used",
    f"{SONGS}: null-albums\n{LISTS}: empty": "every album was missing",
    f"{SONGS}: no-albums\n{LISTS}: empty": "every album was missing",
}
# Troubles that a run gets over: the day's edition arrives.
OVERCOME = {
    f"{TOKEN}: new-refresh-token": "Spotify sent a NEW refresh token for `me`",
    f"{LISTS}: 401 times=1": "",
    f"{LISTS}: 429 retry-after=1 times=1": "",
    f"{LISTS}: hang-up times=1": "",
    f"{LISTS}: duplicate": "the same id stands at place 1 already",
    f"{LISTS}: next=https://elsewhere.invalid/v1/me/top/tracks?offset=50": "",
    f"{LISTS}: slow=0.1": "",
}
SIGN_IN_PAGE_ONLY = {"deny", "wrong-state"}


@dataclass(frozen=True, slots=True)
class After:
    """What a run on the second day left behind."""

    root: Root
    outcome: Outcome
    summary: str


@pytest.fixture(scope="module")
def after(first_edition: Root, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, After]]:
    """Every trouble has happened, each in a copy of the same root; several at a time."""

    def meet(trouble: str) -> After:
        folder = tmp_path_factory.mktemp("trouble")
        root = first_edition.copy(folder, stack.enter_context(SimulatedSpotify()))
        root.spotify.script(trouble)
        outcome = root.run(GITHUB_STEP_SUMMARY=str(folder / "summary.md"))
        return After(root, outcome, (folder / "summary.md").read_text("utf-8"))

    troubles = [*FAILURES, *IGNORED, *OVERCOME]
    with ExitStack() as stack, ThreadPoolExecutor(3) as pool:
        yield dict(zip(troubles, pool.map(meet, troubles), strict=True))


def test_every_word_of_the_language_of_trouble_is_tried() -> None:
    spoken = [rule for text in (*FAILURES, *IGNORED, *OVERCOME) for rule in rules(text)]
    assert {rule.effect for rule in spoken} >= (REFUSALS.keys() | CHANGES.keys()) - SIGN_IN_PAGE_ONLY


@pytest.mark.parametrize("trouble", FAILURES)
def test_a_failure_is_one_sentence_an_exit_code_and_no_change(
    trouble: str, after: dict[str, After], first_edition: Root
) -> None:
    root, outcome, summary = after[trouble].root, after[trouble].outcome, after[trouble].summary
    code, sentence = FAILURES[trouble]
    assert outcome.code == code, outcome.said
    (line,) = outcome.err.splitlines()
    assert line.startswith("Me: ")
    assert line.endswith(".")
    assert sentence in line
    assert "Traceback" not in outcome.said
    assert root.data == first_edition.data
    assert head(root) == head(first_edition)
    assert "- ❌ Me" in summary


@pytest.mark.parametrize("trouble", FAILURES)
def test_after_a_failure_the_page_shows_the_last_edition_and_since_when(
    trouble: str, after: dict[str, After], first_edition: Root
) -> None:
    root = after[trouble].root
    assert root.songs() == first_edition.songs()
    assert root.notice is not None
    assert "This is the edition of 20 November 2026." in root.notice
    assert ("no longer accepts the sign-in" in root.notice) == (FAILURES[trouble][0] == SIGN_IN)
    assert first_edition.site.keys() == root.site.keys()


@pytest.mark.parametrize("trouble", IGNORED)
def test_an_answer_that_is_no_news_leaves_the_last_good_lists(
    trouble: str, after: dict[str, After], first_edition: Root
) -> None:
    root, outcome, summary = after[trouble].root, after[trouble].outcome, after[trouble].summary
    assert (outcome.code, outcome.err) == (0, "")
    assert "Me: nothing new." in outcome.out
    assert "Ignored tracks/short_term: " in outcome.out
    assert IGNORED[trouble] in outcome.out
    assert "The last good list stays." in outcome.out
    assert "Ignored tracks/short&#95;term" in summary
    assert root.data == first_edition.data
    assert head(root) == head(first_edition)
    assert root.songs() == first_edition.songs()
    assert root.notice is not None
    assert "the last good lists stay" in root.notice


@pytest.mark.parametrize("trouble", OVERCOME)
def test_a_trouble_that_passes_costs_no_edition(trouble: str, after: dict[str, After]) -> None:
    root, outcome = after[trouble].root, after[trouble].outcome
    assert (outcome.code, outcome.err) == (0, "")
    assert OVERCOME[trouble] in outcome.out
    assert len(root.subjects) == 2
    assert len(root.songs()) == 20
    assert root.notice is None


def test_no_trouble_makes_a_run_write_a_secret(after: dict[str, After]) -> None:
    for trouble, left in after.items():
        assert leaked(left.root.folder, left.outcome.said, left.summary) == [], trouble


def test_one_list_that_is_no_news_does_not_keep_the_others_from_theirs(root: Root) -> None:
    before = root.data["me/top-tracks.csv"].decode().splitlines()
    root.spotify.script("GET /v1/me/top/tracks?time_range=short_term: empty")
    done = root.run(day=NEXT)
    assert (done.code, done.err) == (0, "")
    assert "Ignored tracks/short_term" in done.out
    after = root.data["me/top-tracks.csv"].decode().splitlines()
    for span, stays in (("short_term", True), ("medium_term", False)):
        of_span = [[line for line in lines if line.startswith(span)] for lines in (before, after)]
        assert (of_span[0] == of_span[1]) == stays
    assert (
        root.subjects[-1]
        == "data: 21 Nov 2026 · songs of six months and a year · artists of four weeks and six months"
    )


def test_a_newcomer_whose_lists_are_empty_waits_without_a_commit(
    tmp_path: Path, spotify: SimulatedSpotify
) -> None:
    root = new_root(tmp_path, spotify)
    before = root.data
    spotify.script(f"{LISTS}: empty")
    done = root.run()
    assert (done.code, done.err) == (0, "")
    assert root.data == before
    assert root.subjects == []
    assert "Soon" in root.page


def head(root: Root) -> str:
    return git(root.folder, "rev-parse", "HEAD")

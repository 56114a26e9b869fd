"""Several people in one repository: each with lists, a page and troubles of their own."""

import json
from pathlib import Path

import pytest
from exports import extended, write
from loaded_program import Outcome
from stories import contents
from world import FIRST, NEXT, Root, leaked, new_root

from generator.demo.server import REFRESH_TOKENS, SimulatedSpotify
from generator.git import git


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Root:
    """Two listeners, each with one edition."""
    with SimulatedSpotify() as spotify:
        root = new_root(tmp_path_factory.mktemp("two"), spotify).given(
            SPOTIFY_REFRESH_TOKEN_2=REFRESH_TOKENS[1]
        )
        root.add_listener("kim", "Kim Ortega", 2)
        git(root.folder, "commit", "--quiet", "--all", "--message=Follow Kim too")
        done = root.run(day=FIRST)
        assert (done.code, done.err) == (0, "")
    return root


@pytest.fixture
def root(two: Root, tmp_path: Path, spotify: SimulatedSpotify) -> Root:
    return two.copy(tmp_path, spotify)


def of(root: Root, slug: str) -> dict[str, bytes]:
    return contents(root.folder / "data" / slug)


def test_each_listener_has_a_commit_lists_and_a_page(two: Root) -> None:
    first, second = two.subjects
    assert first.startswith("data: Me, 20 Nov 2026 · ")
    assert second.startswith("data: Kim Ortega, 20 Nov 2026 · ")
    assert len(two.songs("me/index.html")) == len(two.songs("kim/index.html")) == 20
    assert two.songs("me/index.html") != two.songs("kim/index.html")
    for leader in ("me", "kim"):
        assert two.songs(f"{leader}/index.html")[0] in two.page
    assert "Kim Ortega" in two.page
    touched = git(two.folder, "show", "--format=", "--name-only", "HEAD").split()
    assert not [path for path in touched if path.startswith("data/me/")]


def test_a_second_run_at_the_same_time_changes_not_one_byte_for_two(root: Root) -> None:
    data, site = root.data, root.site
    assert root.run(day=FIRST).code == 0
    assert (root.data, root.site, len(root.subjects)) == (data, site, 2)


@pytest.mark.parametrize("failing", ["me", "kim"])
def test_one_who_fails_does_not_stop_the_other(root: Root, failing: str) -> None:
    other = "kim" if failing == "me" else "me"
    root.spotify.accounts.revoke(REFRESH_TOKENS[0 if failing == "me" else 1])
    before = {slug: of(root, slug) for slug in ("me", "kim")}
    done = root.run(day=NEXT)
    assert done.code == 77
    assert f"`{failing}`" in done.err
    assert len(done.err.splitlines()) == 1
    assert of(root, failing) == before[failing]
    assert of(root, other) != before[other]
    assert len(root.subjects) == 3
    assert "no longer accepts the sign-in" in (root.folder / "site" / failing / "index.html").read_text()
    assert "no longer accepts the sign-in" not in (root.folder / "site" / other / "index.html").read_text()
    assert "no longer accepts the sign-in" in root.page


def test_the_worst_of_two_troubles_decides_the_exit_code(root: Root) -> None:
    root.spotify.accounts.revoke(REFRESH_TOKENS[1])
    root.spotify.script("GET /v1/me/top/*: 429 quota")
    done = root.run(day=NEXT)
    assert done.code == 77
    assert [line.split(":")[0] for line in done.err.splitlines()] == ["Me", "Kim Ortega"]


def test_what_passes_by_itself_does_not_hide_a_mistake(root: Root) -> None:
    root.spotify.script("GET /v1/me/top/*: 429 quota")
    done = root.given(SPOTIFY_REFRESH_TOKEN_2="").run(day=NEXT)
    assert done.code == 1
    assert [line.split(":")[0] for line in done.err.splitlines()] == ["Me", "Kim Ortega"]


def test_one_listener_alone_can_be_refreshed(root: Root) -> None:
    before = of(root, "me")
    done = root.run("--listener", "kim", day=NEXT)
    assert (done.code, done.err) == (0, "")
    assert of(root, "me") == before
    assert root.subjects[-1].startswith("data: Kim Ortega, 21 Nov 2026")
    assert "Me:" not in done.out


def test_a_listener_whom_nobody_knows_is_a_mistake(root: Root, tmp_path: Path) -> None:
    data, site = root.data, root.site
    done = root.run("--listener", "robin", GITHUB_STEP_SUMMARY=str(tmp_path / "summary.md"))
    assert done.code == 1
    assert done.err == "rotation: rotation.toml knows no listener 'robin'. Choose one of: me, kim.\n"
    assert (root.data, root.site) == (data, site)
    assert "robin" in (tmp_path / "summary.md").read_text()


def refused(done: Outcome, root: Root, two: Root) -> None:
    """Nothing but the sign-in happened, and the reader was told what to do."""
    assert "rotation login" in done.err
    assert (root.data, root.subjects) == (two.data, two.subjects)
    assert leaked(done.said) == []


def test_swapped_tokens_never_mix_two_people(root: Root, two: Root) -> None:
    swapped = root.given(
        SPOTIFY_REFRESH_TOKEN=REFRESH_TOKENS[1],
        SPOTIFY_REFRESH_TOKEN_2=REFRESH_TOKENS[0],
        SPOTIFY_ACCOUNT="demo-account",
        SPOTIFY_ACCOUNT_2="demo-account-2",
    )
    done = swapped.run(day=NEXT)
    assert done.code == 77
    assert "belongs to another account than the one stored in SPOTIFY_ACCOUNT_2." in done.err
    assert "rotation login --listener kim" in done.err
    refused(done, root, two)
    straight = root.given(SPOTIFY_ACCOUNT="demo-account", SPOTIFY_ACCOUNT_2="demo-account-2").run(day=NEXT)
    assert (straight.code, straight.err) == (0, "")


def test_a_listener_without_a_sign_in_is_told_its_secrets_name(root: Root, two: Root) -> None:
    done = root.given(SPOTIFY_REFRESH_TOKEN_2="").run("--listener", "kim", day=NEXT)
    assert done.code == 1
    assert "SPOTIFY_REFRESH_TOKEN_2 is not set. Run `rotation login --listener kim`" in done.err
    refused(done, root, two)


def test_an_import_asks_whose_plays_these_are_and_tells_whose_they_became(root: Root, tmp_path: Path) -> None:
    with (root.folder / "rotation.toml").open("a", encoding="utf-8") as settings:
        settings.write('plays = "exact"\n')  # of Kim, who is the last one there
    before = root.data
    asked = root.rotation("import", str(tmp_path / "of whom.json"))
    assert (asked.code, asked.out) == (1, "")
    assert asked.err.removeprefix("rotation: Several people are followed: ") == (
        "say whose plays these are, with --listener and one of me, kim.\n"
    )
    file = str(write(tmp_path / "kims.json", extended("2026-01-05T14:23:10Z", "Roads")))
    kims = ("import", file, "--listener", "kim")
    dry = root.rotation(*kims, "--dry-run").out
    assert root.data == before
    told = json.loads(root.rotation(*kims, "--json").out)
    assert (told["listener"], told["stored"]) == ("kim", 1)
    first = "Read 1 row of 1 file, plays of kim:\n"
    assert dry.startswith(first)
    assert root.rotation(*kims).out.startswith(first)
    assert [path for path in root.data if "plays/" in path] == ["kim/plays/2026-01.csv"]

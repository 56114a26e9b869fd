"""What is hidden, too old or purged: gone from data/, database, site and, where asked to, Git's past."""

import csv
import re
from pathlib import Path

import pytest
from world import NEXT, Root

from generator.demo.server import SimulatedSpotify
from generator.git import git

LATER = ("2026-11-22", "2026-11-23", "2026-11-24")
NOW = ("--now", "2026-11-24T08:00:00Z")


def catalog(root: Root, name: str = "tracks") -> list[dict[str, str]]:
    with (root.folder / "data" / "catalog" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def history(root: Root) -> str:
    """Everything that branches hold: changes of files, and messages; but not what a person wrote to hide."""
    places = (".", ":(exclude)rotation.toml")
    return git(root.folder, "log", "--branches", "--tags", "-p", "--format=%B", "--", *places)


def editions(root: Root, listener: str = "me") -> list[str]:
    files = sorted((root.folder / "data" / listener / "lists").glob("*.csv"))
    return sorted({line[:10] for file in files for line in file.read_text("utf-8").splitlines()[1:]})


def everywhere(root: Root) -> bytes:
    """All that is published, and the database."""
    database = (root.folder / ".cache" / "warehouse.duckdb").read_bytes()
    return b"".join([*root.data.values(), *root.site.values(), database])


def settle(root: Root, text: str) -> None:
    """Write into [privacy] of rotation.toml, and commit it as a person does."""
    file = root.folder / "rotation.toml"
    before = file.read_text("utf-8")
    name = text.partition(" =")[0]
    file.write_text(re.sub(f"(?m)^{name} = .*$", text, before), "utf-8")
    assert file.read_text("utf-8") != before
    git(root.folder, "commit", "--quiet", "--all", "--message=Settings")


@pytest.fixture(scope="module")
def once(first_edition: Root, tmp_path_factory: pytest.TempPathFactory) -> Root:
    """A root of five editions: to be copied, not to be changed."""
    with SimulatedSpotify() as spotify:
        root = first_edition.copy(tmp_path_factory.mktemp("lived"), spotify)
        for day in (NEXT, *LATER):
            assert root.run(day=day).code == 0
    return root


@pytest.fixture
def lived(once: Root, tmp_path: Path, spotify: SimulatedSpotify) -> Root:
    return once.copy(tmp_path, spotify)


def leader(root: Root) -> dict[str, str]:
    """The song at number one, with the names of its artists."""
    names = {row["id"]: row["name"] for row in catalog(root, "artists")}
    title = root.songs()[0]
    row = next(row for row in catalog(root) if row["title"] == title)
    return {**row, "artist": names[row["artist_ids"].split()[0]]}


def test_what_a_secret_hides_is_stored_no_more_and_no_commit_tells_of_it(root: Root) -> None:
    first = leader(root)
    done = root.run(day=NEXT, ROTATION_HIDE=f"{first['title'].upper()}\n\nNobody Else")
    assert (done.code, done.err) == (0, "")
    assert "Left out, since you hide it: 3 places." in done.out
    now = (root.folder / "data" / "me" / "top-tracks.csv").read_text("utf-8")
    assert first["title"] not in now
    assert root.songs()[0] != first["title"]
    assert first["title"] not in git(root.folder, "log", "-1", "--format=%B")
    assert first["title"] not in done.out
    assert root.rotation("check").code == 0


def test_what_rotation_toml_hides_is_purged_everywhere(lived: Root) -> None:
    first = leader(lived)
    settle(lived, f'hide = ["spotify:track:{first["id"]}", "{first["artist"]}"]')
    before = len(lived.songs())
    done = lived.rotation("purge", "--hidden", "--rewrite-history", "--yes")
    assert (done.code, done.err) == (0, "")
    assert lived.rotation("check").code == 0
    for gone in (first["id"], first["artist"]):
        assert gone.encode() not in everywhere(lived)
        assert gone not in history(lived)
    assert len(lived.songs()) == before
    assert lived.subjects[-1] == "data: what is hidden was removed"
    git(lived.folder, "fsck", "--strict")
    assert git(lived.folder, "status", "--porcelain") == ""


def test_without_a_yes_nothing_goes(lived: Root) -> None:
    data, site, commits = lived.data, lived.site, git(lived.folder, "rev-parse", "HEAD")
    done = lived.rotation("purge", "me", "--rewrite-history", typed="n\n")
    assert done.code == 0
    assert "Nothing was changed." in done.out
    silent = lived.rotation("purge", "me", "--rewrite-history")
    assert silent.code == 1  # nobody is there to say yes
    assert (lived.data, lived.site, git(lived.folder, "rev-parse", "HEAD")) == (data, site, commits)


def test_a_past_is_only_rewritten_after_a_yes_of_its_own(lived: Root) -> None:
    done = lived.rotation("purge", "me", "--before", LATER[0], "--rewrite-history", *NOW, typed="y\nn\n")
    assert done.code == 0
    assert re.search(r"Of 8 commits \d would go; \d+ versions of files would go or lose rows", done.out)
    assert "The past stays as it is." in done.out
    assert len(lived.subjects) == 6
    assert editions(lived) == [*LATER]
    assert list((lived.folder / ".cache").glob("tmp*")) == []


def test_the_past_before_a_day_goes_and_the_site_shows_the_rest(lived: Root) -> None:
    charts = {path: page for path, page in lived.data.items() if path.endswith("top-tracks.csv")}
    songs, old = lived.songs(), {row["id"] for row in catalog(lived)}
    done = lived.rotation("purge", "me", "--before", LATER[0], "--rewrite-history", *NOW, "--yes")
    assert (done.code, done.err) == (0, "")
    assert editions(lived) == [*LATER]
    assert {path: lived.data[path] for path in charts} == charts
    assert lived.songs() == songs
    gone = old - {row["id"] for row in catalog(lived)}
    assert gone
    past = history(lived)
    assert [one for one in gone if one in past] == []
    assert f"\n+{NEXT}," not in past
    # Each page still leads to the commit of its edition, by that commit's new name.
    made = git(lived.folder, "log", "--format=%H", f"--grep=Edition: {LATER[1]}").split()
    assert made[0].encode() in lived.site[f"on/{LATER[1]}/index.html"]
    assert lived.rotation("check").code == 0
    # The next day goes on as if nothing had been.
    assert lived.run(day="2026-11-25").code == 0
    assert editions(lived)[-1] == "2026-11-25"


def test_a_listener_who_leaves_is_gone_and_the_others_stay(root: Root) -> None:
    root.add_listener("sam", "Sam", 2)
    given = root.given(SPOTIFY_REFRESH_TOKEN_2="demo-refresh-2")
    assert given.run(day=NEXT).code == 0
    sam = {path: content for path, content in given.data.items() if path.startswith("sam/")}
    done = given.rotation("purge", "me", "--rewrite-history", "--yes")
    assert (done.code, done.err) == (0, "")
    assert "take [[listener]] me out of rotation.toml" in done.out
    assert not (root.folder / "data" / "me").exists()
    assert {path: content for path, content in given.data.items() if path.startswith("sam/")} == sam
    assert "data/me/" not in history(given)
    assert "Listener: me" not in history(given)
    assert given.rotation("check").code == 0
    assert "on/" not in {path[:3] for path in given.site if path.startswith("me/")}


def test_what_is_older_than_retention_days_goes_with_the_next_news(lived: Root) -> None:
    settle(lived, "retention_days = 2")
    assert lived.run(day="2026-11-25").code == 0
    assert editions(lived) == ["2026-11-23", "2026-11-24", "2026-11-25"]
    assert lived.subjects[-1].startswith("data: 25 Nov 2026 · ")
    commits = git(lived.folder, "rev-parse", "HEAD")
    assert lived.run(day="2026-11-25", hour=7).code == 0  # nothing more is old: no news
    assert git(lived.folder, "rev-parse", "HEAD") == commits
    assert lived.rotation("check").code == 0


def test_a_purge_that_was_killed_before_its_commit_is_ended_by_the_next_run(lived: Root) -> None:
    hook = lived.folder / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    assert lived.rotation("purge", "me", "--yes").code == 1
    hook.unlink()
    assert git(lived.folder, "status", "--porcelain") != ""
    assert lived.run(day="2026-11-25").code == 0
    assert editions(lived) == ["2026-11-25"]
    assert git(lived.folder, "status", "--porcelain") == ""


def test_a_persons_own_edits_stop_a_purge(lived: Root) -> None:
    file = lived.folder / "data" / "me" / "lists" / "2026-11.csv"
    file.write_text("".join(file.read_text("utf-8").splitlines(keepends=True)[:-1]), "utf-8")
    data = lived.data
    done = lived.rotation("purge", "me", "--before", NEXT, "--yes", *NOW)
    assert done.code == 1
    assert "changes of yours that are not committed" in done.err
    assert lived.data == data


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("you",), "data/ holds nothing of 'you'. It knows: me."),
        (("me", "--before", "2999-01-01"), "1 January 2999 has not come yet"),
        (("--hidden",), "Nothing is hidden."),
        ((), "name a LISTENER"),
        (("me", "--hidden"), "name a LISTENER"),
    ],
)
def test_what_cannot_be_meant_is_said(root: Root, args: tuple[str, ...], said: str) -> None:
    data = root.data
    done = root.rotation("purge", *args, "--yes")
    assert done.code
    assert said in done.err
    assert root.data == data


def test_a_folder_without_git_is_purged_too(root: Root) -> None:
    (root.folder / ".git").rename(root.folder.parent / "elsewhere")
    done = root.rotation("purge", "me", "--yes")
    assert (done.code, done.err) == (0, "")
    assert "Git's past" not in done.out
    assert not (root.folder / "data" / "me").exists()

"""What is hidden, too old or purged: gone from data/, database, site and, where asked to, Git's past."""

import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest
from stories import tell
from world import NEXT, Root

from generator import publish
from generator.demo.server import SimulatedSpotify
from generator.errors import GitError
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
    assert len(lived.subjects) == 5  # the commit that removed it is gone, too: it would tell what
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
    assert re.search(r"Of 8 commits \d go; \d+ versions of files go or lose rows", done.out)
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


def test_what_only_a_hidden_artist_brought_goes_with_them(lived: Root) -> None:
    artist = leader(lived)["artist"]
    ids = {row["id"] for row in catalog(lived, "artists") if row["name"] == artist}
    songs = [row for row in catalog(lived) if ids & {*row["artist_ids"].split()}]
    others = {row["album_id"] for row in catalog(lived)} - {row["album_id"] for row in songs}
    done = lived.rotation("purge", "--hidden", "--rewrite-history", "--yes", ROTATION_HIDE=artist)
    assert (done.code, done.err) == (0, "")
    past = history(lived)
    gone = {*ids, *(row["id"] for row in songs), *({row["album_id"] for row in songs} - others)}
    assert [one for one in gone if one in past] == []


@pytest.mark.parametrize("name", ["Extended", "api", "Source", "artists"])
def test_what_a_message_says_for_scripts_names_no_song(name: str) -> None:
    text = (
        "data: 2 plays imported\n\nListener: me\nPlays: 2\nSource: extended, api\nLists: artists/short_term\n"
    )
    assert publish.shortened(text, [name], is_gone=False) == text


@pytest.mark.parametrize("name", ["-", "\x07", "a", "data"])
def test_a_short_name_leaves_the_messages_that_do_not_tell_of_it(name: str) -> None:
    text = "data: 20 Nov 2026 · #1 “Roads” Ann (=) · out: Angel and 2 more\n\n   2  ▲1   “Tender” Bea - Cee\n"
    assert publish.shortened(text, [name], is_gone=False) == text


@pytest.mark.parametrize(
    "name",
    ["Roads", "Ann", "Angel", "Tender Is the", "Bea Cee", "A name that is far too long for any line of ours"],
)
def test_a_message_that_tells_of_what_is_gone_keeps_its_day_alone(name: str) -> None:
    text = (
        "data: 20 Nov 2026 · #1 “Roads” Ann (=) · out: Angel and 2 more\n\n"
        "   2  ▲1   “Tender Is…” Dee, Bea Cee\n"
        " out  (#3) “A name that is far too long for any lin…” Eve\n\n"
        "Listener: me\nEdition: 2026-11-20\nPlays: 3\nSource: api\n"
    )
    assert publish.shortened(text, [name], is_gone=False) == (
        "data: 20 Nov 2026\n\nListener: me\nEdition: 2026-11-20\nPlays: 3\nSource: api\n"
    )


@pytest.mark.parametrize(
    "text", ['Revert "data: 20 Nov 2026 · #1 “Roads” Ann (=)"\n', "data: I corrected Roads by hand\n"]
)
def test_a_persons_words_about_what_is_gone_go_too(text: str) -> None:
    assert publish.shortened(text, ["Roads"], is_gone=False) == "data: removed\n"
    assert publish.shortened(text, ["Road"], is_gone=False) == text


def test_what_was_purged_before_can_still_be_taken_out_of_the_past(lived: Root) -> None:
    assert lived.rotation("purge", "me", "--before", LATER[0], *NOW, "--yes").code == 0
    again = lived.rotation("purge", "me", "--before", LATER[0], *NOW, "--yes")
    assert "data/ holds nothing of that any more" in again.out
    assert "Push the commit" not in again.out
    assert lived.rotation("purge", "me", "--yes").code == 0
    assert lived.rotation("purge", "me", "--yes").code == 1
    done = lived.rotation("purge", "me", "--rewrite-history", "--yes")
    assert (done.code, done.err) == (0, "")
    assert "data/me/" not in history(lived)


def test_a_later_cut_that_was_not_rewritten_is_left_in_the_past_by_an_earlier_one(lived: Root) -> None:
    assert lived.rotation("purge", "me", "--before", LATER[1], "--yes", *NOW).code == 0
    assert lived.rotation("purge", "me", "--before", NEXT, "--rewrite-history", "--yes", *NOW).code == 0
    made = git(lived.folder, "log", "--format=%H", f"--grep=Edition: {LATER[0]}").split()[0]
    ledger = git(lived.folder, "show", f"{made}:data/me/lists/2026-11.csv")
    rows = [
        line.split(",") for line in ledger.splitlines() if line.startswith(f"{LATER[0]},tracks,short_term")
    ]
    assert [row[3] for row in rows] == [str(place) for place in range(1, 51)]


def test_another_branch_keeps_what_is_its_own(lived: Root) -> None:
    git(lived.folder, "switch", "--quiet", "--create", "draft")
    tell(lived.folder / "data", "2026-11-24: Roads, Angel", listener="ann")
    git(lived.folder, "add", ".")
    git(lived.folder, "commit", "--quiet", "--message=A draft")
    before = git(lived.folder, "show", "HEAD:data/ann/lists/2026-11.csv")
    tracks = git(lived.folder, "show", "HEAD:data/catalog/tracks.csv")
    git(lived.folder, "switch", "--quiet", "main")
    assert lived.rotation("purge", "me", "--before", LATER[2], "--rewrite-history", "--yes", *NOW).code == 0
    assert git(lived.folder, "show", "draft:data/ann/lists/2026-11.csv") == before
    kept = git(lived.folder, "show", "draft:data/catalog/tracks.csv")
    assert {"Roads", "Angel"} <= {row["title"] for row in csv.DictReader(kept.splitlines())}
    assert len(kept) < len(tracks)


def test_a_title_of_two_lines_hides_no_other(lived: Root) -> None:
    first, second = sorted(catalog(lived), key=lambda row: row["id"])[:2]
    file = lived.folder / "data" / "catalog" / "tracks.csv"
    text = file.read_text("utf-8")
    quoted = f'"{first["title"]}"' if f'"{first["title"]}"' in text else first["title"]
    file.write_text(text.replace(f"{first['id']},{quoted},", f'{first["id"]},"Part one\nPart two",'), "utf-8")
    git(lived.folder, "commit", "--quiet", "--all", "--message=By hand")
    done = lived.rotation("purge", "--hidden", "--rewrite-history", "--yes", ROTATION_HIDE=second["id"])
    assert (done.code, done.err) == (0, "")
    assert second["id"] not in history(lived)
    assert first["id"] in history(lived)


def test_corrections_of_long_ago_do_not_stop_a_rewrite(lived: Root) -> None:
    first = leader(lived)
    (lived.folder / "data" / "same.csv").write_text(f"id,song\n{first['id']},{first['id']}\n")
    git(lived.folder, "add", ".")
    git(lived.folder, "commit", "--quiet", "--message=Mine")
    assert lived.rotation("purge", "--hidden", "--yes", ROTATION_HIDE=first["id"]).code == 0
    (lived.folder / "data" / "same.csv").write_text(f"id,song\n{first['id']},{first['id']}\n")
    git(lived.folder, "commit", "--quiet", "--all", "--message=Mine again")
    done = lived.rotation("purge", "--hidden", "--rewrite-history", "--yes", ROTATION_HIDE=first["id"])
    assert (done.code, done.err) == (0, "")
    assert first["id"] not in history(lived)


@pytest.fixture
def published(lived: Root, tmp_path: Path) -> Root:
    """The same with a remote that can be pushed to."""
    git(tmp_path, "clone", "--quiet", "--bare", str(lived.folder), "remote.git")
    git(lived.folder, "remote", "set-url", "origin", str(tmp_path / "remote.git"))
    git(lived.folder, "fetch", "--quiet", "origin")
    git(lived.folder, "branch", "--quiet", "--set-upstream-to=origin/main")
    return lived


def test_a_clone_that_is_behind_or_shallow_rewrites_nothing(published: Root, tmp_path: Path) -> None:
    whole = git(tmp_path / "remote.git", "rev-parse", "main")
    git(published.folder, "reset", "--quiet", "--hard", "HEAD~2")
    behind = published.rotation("purge", "me", "--before", NEXT, "--rewrite-history", "--yes", *NOW)
    assert (behind.code, "The remote has commits that are not here" in behind.err) == (1, True)
    git(tmp_path, "clone", "--quiet", "--depth=2", f"file://{tmp_path / 'remote.git'}", "shallow")
    shallow = replace(published, folder=tmp_path / "shallow")
    cut = shallow.rotation("purge", "me", "--before", NEXT, "--rewrite-history", "--yes", *NOW)
    assert (cut.code, "`git fetch --unshallow`" in cut.err) == (1, True)
    assert git(tmp_path / "remote.git", "rev-parse", "main") == whole


def test_the_push_that_is_told_does_not_overwrite_what_came_meanwhile(
    published: Root, tmp_path: Path
) -> None:
    git(published.folder, "branch", "private-draft")
    done = published.rotation("purge", "me", "--before", LATER[0], "--rewrite-history", "--yes", *NOW)
    assert (done.code, done.err) == (0, "")
    (push,) = [line.strip() for line in done.out.splitlines() if line.strip().startswith("git push --force")]
    words = push.split()[1:]
    git(tmp_path, "clone", "--quiet", str(tmp_path / "remote.git"), "other")
    (tmp_path / "other" / "news.txt").write_text("news\n")
    git(tmp_path / "other", "add", ".")
    person = ("-c", "user.name=Ada Example", "-c", "user.email=ada@example.org")
    git(tmp_path / "other", *person, "commit", "--quiet", "--message=News")
    git(tmp_path / "other", "push", "--quiet")
    with pytest.raises(GitError, match="stale info"):
        git(published.folder, *words)
    git(tmp_path / "remote.git", "update-ref", "refs/heads/main", "main~1")
    git(published.folder, *words)
    assert git(tmp_path / "remote.git", "rev-parse", "main") == git(published.folder, "rev-parse", "main")
    assert git(tmp_path / "remote.git", "branch", "--list", "private-draft") == ""


def test_a_second_work_tree_is_not_moved_under_somebody(lived: Root, tmp_path: Path) -> None:
    git(lived.folder, "worktree", "add", "--quiet", "-b", "other", str(tmp_path / "elsewhere"))
    done = lived.rotation("purge", "me", "--rewrite-history", "--yes")
    assert (done.code, "Another work tree" in done.err) == (1, True)


def test_notes_in_a_listeners_folder_go_with_them(lived: Root) -> None:
    (lived.folder / "data" / "me" / "notes.md").write_text("Roads was our song.\n")
    git(lived.folder, "add", ".")
    git(lived.folder, "commit", "--quiet", "--message=Notes")
    assert lived.rotation("purge", "me", "--rewrite-history", "--yes").code == 0
    assert not (lived.folder / "data" / "me").exists()
    assert "our song" not in history(lived)


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
        (("--hidden", "--plays"), "name a LISTENER"),
        (("--plays",), "name a LISTENER"),
        (("",), "name a LISTENER"),
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

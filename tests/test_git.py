"""What we ask of Git, and what it may never tell."""

import subprocess
import sys
from pathlib import Path

import pytest
from stories import repository

from generator import git
from generator.errors import Busy, GitError


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return repository(tmp_path / "root")


def commit(root: Path, message: str, path: str = "data/a.csv") -> str:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    with (root / path).open("a") as file:
        file.write("row\n")
    git.git(root, "add", "--", path)
    git.git(root, "commit", "--quiet", "--file=-", stdin=message.encode())
    return git.git(root, "rev-parse", "HEAD").strip()


def test_a_refusal_says_which_command_failed_and_why(root: Path) -> None:
    with pytest.raises(GitError, match=r"^git switch failed: .*nowhere"):
        git.git(root, "switch", "nowhere")


def test_the_command_is_named_also_in_a_folder_that_is_called_like_one() -> None:
    with pytest.raises(GitError, match=r"^git rev-parse failed: "):
        git.git(Path("music"), "rev-parse", "HEAD")


def test_what_git_says_on_both_channels_is_told(root: Path) -> None:
    remote = repository(root.parent / "remote")
    commit(remote, "Theirs")
    git.git(root, "remote", "add", "origin", str(remote))
    with pytest.raises(GitError, match="rejected") as error:  # the reason stands in the output
        git.git(root, "push", "--porcelain", "origin", "HEAD:refs/heads/main")
    assert "failed to push" in str(error.value)  # and this among the errors


@pytest.mark.parametrize(
    "secret", ["ada:s3cret", "x-access-token:s3cret", "s3cret", "ada:s3cr@et", "ada:s3c%2Fret", ":s3cret"]
)
def test_a_password_in_an_address_is_never_repeated(root: Path, secret: str) -> None:
    git.git(root, "remote", "add", "origin", f"http://{secret}@127.0.0.1:9/music.git")
    assert git.remote_address(root) == "http://127.0.0.1:9/music.git"
    with pytest.raises(GitError) as error:
        git.git(root, "fetch", "origin")
    assert "s3c" not in str(error.value)
    with pytest.raises(GitError) as error:
        git.git(root, "clone", f"http://{secret}@127.0.0.1:9/music.git", "copy")
    assert "s3c" not in str(error.value)


def test_git_never_stops_to_ask_for_a_password(root: Path) -> None:
    # Would hang where a terminal, or the standard input, were left to it.
    assert git.git(root, "hash-object", "--stdin").strip() == git.blob_id(b"")


def test_a_folder_without_a_remote_has_no_address(root: Path, tmp_path: Path) -> None:
    assert git.remote_address(root) is None
    assert git.remote_address(tmp_path) is None


def test_a_repository_is_told_from_a_folder_and_from_a_fresh_one(root: Path, tmp_path: Path) -> None:
    assert (git.is_repository(root), git.has_commits(root)) == (True, True)
    assert not git.is_repository(tmp_path)
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    git.git(fresh, "init", "--quiet")
    assert (git.is_repository(fresh), git.has_commits(fresh)) == (True, False)


def test_a_repository_that_git_will_not_touch_is_none_to_go_on_without(root: Path) -> None:
    """As one that belongs to another user: whoever took it for a plain folder would overwrite edits."""
    (root / ".git/config").write_text("[core\nbroken")
    for question in (git.is_repository, git.has_commits, git.remote_address):
        with pytest.raises(GitError, match="bad config"):
            question(root)


def test_a_head_that_is_damaged_is_no_missing_one(root: Path) -> None:
    commit(root, "data: one")
    head = git.git(root, "rev-parse", "HEAD").strip()
    (root / ".git/objects" / head[:2] / head[2:]).unlink()
    with pytest.raises(GitError):
        git.committed(root, "data/a.csv")


def test_what_head_does_not_have_is_empty(root: Path, tmp_path: Path) -> None:
    assert git.committed(root, "data/a.csv") == ""
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    git.git(fresh, "init", "--quiet")
    assert git.committed(fresh, "data/a.csv") == ""


def test_a_file_that_a_person_ignores_is_uncommitted_all_the_same(root: Path) -> None:
    (root / ".gitignore").write_text("*.csv\n")
    (root / "data").mkdir()
    (root / "data/a.csv").write_text("row\n")
    assert git.uncommitted(root, "data") == ("data/a.csv",)


def test_git_answers_in_english_whatever_the_person_speaks(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert git.git(root, "-c", "alias.say=!echo $LC_ALL", "say") == "C\n"


KILLED = """
import os, signal, sys
import subprocess
import sys
from pathlib import Path
from generator import git

with git.changing(Path(sys.argv[2])):
    git.git(Path(sys.argv[1]), "-c", "alias.go-on=!(sleep 1 >/dev/null 2>&1 &)", "go-on")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_lock_is_left_alone_while_the_git_of_a_killed_run_is_still_at_work(root: Path) -> None:
    mark, lock = root / "mark", root / ".git/index.lock"
    subprocess.run([sys.executable, "-c", KILLED, str(root), str(mark)], check=False)
    lock.touch()
    with pytest.raises(Busy, match="still at work"):
        git.mend(root, mark, patience_s=0.1)
    assert lock.exists()
    git.mend(root, mark)
    assert not lock.exists()
    assert not mark.exists()


def test_bytes_have_the_name_that_git_gives_them(root: Path) -> None:
    for content in (b"", b"Roads\n", "星\r\n".encode(), b"\0"):
        assert git.blob_id(content) == git.git(root, "hash-object", "--stdin", stdin=content).strip()


def test_the_trailers_of_commits_are_read_newest_first(root: Path) -> None:
    one = commit(root, "data: one\n\nListener: me\nEdition: 2026-11-18\n")
    commit(root, "A note\n\nEdition: 1999-01-01\n", path="notes.txt")
    two = commit(root, "data: two\n\n  1 a: b\n\nListener: me\nEdition: 2026-11-19\nEdition: 2026-11-20\n")
    assert list(git.trailers(root, "Listener", "Edition")) == [
        (two, (("me",), ("2026-11-19", "2026-11-20"))),
        (one, (("me",), ("2026-11-18",))),
    ]


def test_a_commit_of_data_without_trailers_has_none(root: Path) -> None:
    mine = commit(root, "Edition: in the subject is no trailer")
    assert list(git.trailers(root, "Edition", "Listener")) == [(mine, ((), ()))]


def test_a_repository_without_data_has_no_trailers(root: Path) -> None:
    assert list(git.trailers(root, "Edition")) == []


def test_uncommitted_paths_are_given_as_they_are(root: Path) -> None:
    commit(root, "data: one")
    for name in ("Grüße und mehr.csv", 'say "hi".csv', "new\nline.csv"):
        (root / "data" / name).write_text("x")
    (root / "data/a.csv").write_text("changed")
    (root / "elsewhere.txt").write_text("x")
    assert set(git.uncommitted(root, "data")) == {
        "data/a.csv",
        "data/Grüße und mehr.csv",
        'data/say "hi".csv',
        "data/new\nline.csv",
    }


def test_paths_in_a_subfolder_are_relative_to_it(root: Path) -> None:
    sub = root / "music"
    commit(root, "data: one", path="music/data/a.csv")
    (sub / "data/b.csv").write_text("x")
    (root / "data").mkdir()
    (root / "data/c.csv").write_text("x")
    assert git.uncommitted(sub, "data") == ("data/b.csv",)
    assert git.committed(sub, "data/a.csv") == "row\n"
    assert git.committed(sub, "data/b.csv") == ""
    assert [found for _, found in git.trailers(sub, "Edition")] == [((),)]


def test_our_own_files_lie_inside_git_and_outside_every_commit(root: Path) -> None:
    file = git.own_file(root, "stored.json")
    file.parent.mkdir()
    file.write_text("{}")
    assert git.git(root, "status", "--porcelain") == ""
    git.git(root, "clean", "-fdxq")
    assert file.exists()
    other = root.parent / "worktree"
    git.git(root, "worktree", "add", "--quiet", str(other))
    assert git.own_file(other, "stored.json") != file

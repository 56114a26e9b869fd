"""The commit takes what it is given and nothing else; the push loses nobody's work."""

from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from zoneinfo import ZoneInfo

import pytest
from stories import contents, repository

from generator import publish
from generator.errors import GitError, Unavailable
from generator.git import git
from generator.model import Listener

NOW = datetime(2026, 11, 20, 6, 17, tzinfo=UTC)
DAY = date(2026, 11, 20)
ME = Listener("me", "Me", ZoneInfo("UTC"))
SONGS = "data/me/top-tracks.csv"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return repository(tmp_path / "root")


@pytest.fixture
def remote(root: Path, tmp_path: Path) -> Path:
    """A bare repository from which `root` and `other` are cloned."""
    folder = tmp_path / "remote.git"
    git(tmp_path, "clone", "--quiet", "--bare", str(root), str(folder))
    git(root, "remote", "add", "origin", str(folder))
    git(tmp_path, "clone", "--quiet", str(folder), "other")
    return folder


@pytest.fixture
def other(remote: Path) -> Path:
    """Somebody else's clone."""
    return remote.parent / "other"


def write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text)


def store(root: Path, text: str, day: date = DAY, *, listener: Listener = ME) -> None:
    """A run of ours that writes and commits."""
    path = f"data/{listener.slug}/top-tracks.csv"
    write(root, path, text)
    said = publish.message(listener, publish.News([day], ["tracks/short_term"]), alone=True)
    publish.commit(root, [path], said, NOW)


def person(root: Path, path: str, text: str, subject: str = "Mine") -> None:
    """A commit of a person's own."""
    write(root, path, text)
    git(root, "add", "--", path)
    git(root, "commit", "--quiet", f"--message={subject}", "--", path)


def head(root: Path, what: str = "%s") -> str:
    return git(root, "log", "-1", f"--format={what}", "main").strip()


def lose_a_race(root: Path, other: Path, path: str = "notes.txt", text: str = "theirs\n") -> None:
    """Somebody else pushes; our push is rejected."""
    person(other, path, text, "Theirs")
    publish.push(other)
    with pytest.raises(publish.PushRejected):
        publish.push(root)


def test_only_the_named_files_are_committed(root: Path) -> None:
    write(root, "mine.txt", "staged\n")
    write(root, "README.md", "edited\n")
    write(root, "data/notes.txt", "untracked\n")
    git(root, "add", "mine.txt")
    store(root, "Roads\n")
    assert git(root, "show", "--name-only", "--format=").split() == [SONGS]
    assert git(root, "status", "--porcelain").splitlines() == [
        " M README.md",
        "A  mine.txt",
        "?? data/notes.txt",
    ]


def test_a_commit_is_dated_with_the_runs_own_now(root: Path) -> None:
    store(root, "Roads\n")
    assert head(root, "%aI %cI") == "2026-11-20T06:17:00+00:00 2026-11-20T06:17:00+00:00"
    assert head(root, "%an") == "Ada Example"


def test_a_machine_on_which_git_knows_nobody_commits_all_the_same(root: Path) -> None:
    git(root, "config", "--unset", "user.name")
    git(root, "config", "--unset", "user.email")
    git(root, "config", "user.useConfigOnly", "true")
    store(root, "Roads\n")
    assert head(root, "%an <%ae>") == "Heavy Rotation <rotation@localhost>"


def test_a_repository_without_a_commit_gets_its_first(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    store(tmp_path, "Roads\n")
    assert git(tmp_path, "ls-files").split() == [SONGS]


def test_a_message_keeps_its_every_line(root: Path) -> None:
    write(root, SONGS, "Roads\n")
    publish.commit(root, [SONGS], "data: x\n\n# 1 no comment\n\nListener: me\n", NOW)
    assert git(root, "log", "-1", "--format=%B") == "data: x\n\n# 1 no comment\n\nListener: me\n\n"


def test_a_hook_of_the_persons_that_refuses_is_heard(root: Path) -> None:
    hook = root / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'not on a Friday' >&2\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(GitError, match="not on a Friday"):
        store(root, "Roads\n")


def test_a_push_arrives(root: Path, remote: Path) -> None:
    store(root, "Roads\n")
    publish.push(root)
    publish.push(root)  # again: nothing to do
    assert head(remote, "%H") == head(root, "%H")


@pytest.mark.parametrize("advice", ["true", "false"])
def test_a_lost_race_is_told_from_every_other_refusal(root: Path, other: Path, advice: str) -> None:
    for name in ("pushFetchFirst", "pushNonFastForward", "pushUpdateRejected"):
        git(root, "config", f"advice.{name}", advice)
    store(root, "Roads\n")
    lose_a_race(root, other)
    git(root, "fetch", "--quiet", "origin")
    with pytest.raises(publish.PushRejected):  # now Git knows theirs, and says it in other words
        publish.push(root)


def test_a_rule_of_the_remote_is_no_lost_race(root: Path, remote: Path) -> None:
    hook = remote / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'main is protected' >&2\nexit 1\n")
    hook.chmod(0o755)
    store(root, "Roads\n")
    with pytest.raises(GitError, match="main is protected") as error:
        publish.push(root)
    assert error.type is GitError


def test_the_remotes_word_is_taken_and_ours_can_be_stored_on_top(root: Path, other: Path) -> None:
    store(root, "ours\n")
    lose_a_race(root, other, SONGS, "theirs\n")
    publish.take_theirs(root, ME, DAY)
    assert (root / SONGS).read_text() == "theirs\n"
    assert head(root) == "Theirs"
    store(root, "ours\n")
    publish.push(root)
    assert head(root, "%H") == head(other.parent / "remote.git", "%H")


def test_a_persons_uncommitted_work_survives_a_lost_race(root: Path, other: Path) -> None:
    store(root, "ours\n")
    write(root, "README.md", "edited\n")
    write(root, "staged.txt", "staged\n")
    write(root, "data/notes.txt", "untracked\n")
    git(root, "add", "staged.txt")
    lose_a_race(root, other)
    publish.take_theirs(root, ME, DAY)
    found = contents(root)
    assert found["README.md"] == b"edited\n"
    assert found["staged.txt"] == b"staged\n"
    assert found["data/notes.txt"] == b"untracked\n"
    assert found["notes.txt"] == b"theirs\n"


@pytest.mark.parametrize("path", ["README.md", "new.txt"])  # one that Git knows, one that it does not
def test_where_theirs_would_overwrite_a_persons_edits_nothing_happens(
    root: Path, other: Path, path: str
) -> None:
    store(root, "ours\n")
    write(root, path, "edited\n")
    lose_a_race(root, other, path, "theirs\n")
    before = (contents(root), head(root, "%H"))
    with pytest.raises(GitError, match=rf"(?s){path}.*Commit your edits"):
        publish.take_theirs(root, ME, DAY)
    assert (contents(root), head(root, "%H")) == before


def test_a_persons_unpushed_commit_is_never_dropped(root: Path, other: Path) -> None:
    person(root, "mine.txt", "mine\n")
    store(root, "ours\n")
    lose_a_race(root, other)
    before = (contents(root), head(root, "%H"))
    with pytest.raises(GitError, match=r"never pushed: run `git pull --rebase`"):
        publish.take_theirs(root, ME, DAY)
    assert (contents(root), head(root, "%H")) == before


@pytest.mark.parametrize("path", ["data/me/notes.txt", "mine.txt"])
def test_a_commit_that_only_looks_like_ours_is_a_persons(root: Path, other: Path, path: str) -> None:
    subject = "data: my notes" + ("\n\nListener: me\nEdition: 2026-11-20" if path == "mine.txt" else "")
    person(root, path, "mine\n", subject)
    lose_a_race(root, other)
    with pytest.raises(GitError, match="never pushed"):
        publish.take_theirs(root, ME, DAY)


def test_an_edition_that_nobody_stores_again_is_never_dropped(root: Path, other: Path) -> None:
    store(root, "yesterday\n", date(2026, 11, 19))
    lose_a_race(root, other)
    for again in (DAY, None):
        with pytest.raises(GitError, match="never pushed"):
            publish.take_theirs(root, ME, again)
    assert (root / SONGS).read_text() == "yesterday\n"


def test_another_listeners_unpushed_edition_is_never_dropped(root: Path, other: Path) -> None:
    store(root, "hers\n", listener=Listener("ada", "Ada", ZoneInfo("UTC")))
    store(root, "ours\n")
    lose_a_race(root, other)
    with pytest.raises(GitError, match="never pushed"):
        publish.take_theirs(root, ME, DAY)


def test_what_is_unpushed_of_the_same_day_is_stored_again(root: Path, other: Path) -> None:
    store(root, "morning\n")
    store(root, "noon\n")
    lose_a_race(root, other)
    publish.take_theirs(root, ME, DAY)
    assert head(root) == "Theirs"


def test_a_remote_that_is_down_is_a_matter_of_time(root: Path) -> None:
    git(root, "remote", "add", "origin", "http://ada:s3cret@127.0.0.1:9/music.git")
    store(root, "Roads\n")
    with pytest.raises(Unavailable, match="the next run pushes it") as error:
        publish.push(root)
    assert "s3cret" not in str(error.value)
    with pytest.raises(Unavailable):
        publish.take_theirs(root, ME, DAY)


@pytest.mark.parametrize(
    ("status", "kind"), [(503, Unavailable), (502, Unavailable), (403, GitError), (404, GitError)]
)
def test_a_remote_that_is_ill_is_told_from_one_that_refuses(
    root: Path, status: int, kind: type[Exception]
) -> None:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_error(status)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is http.server's
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        git(root, "remote", "add", "origin", f"http://127.0.0.1:{server.server_port}/music.git")
        with pytest.raises(kind) as error:
            publish.push(root)
        server.shutdown()
    assert error.type is kind


def test_without_a_remote_there_is_nowhere_to_push_to(root: Path) -> None:
    with pytest.raises(GitError, match="origin") as error:
        publish.push(root)
    assert error.type is GitError


def test_a_detached_head_is_named_with_the_remedy(root: Path, remote: Path) -> None:
    git(root, "checkout", "--quiet", "--detach")
    with pytest.raises(GitError, match=r"No branch is checked out.*git switch main"):
        publish.push(root)
    assert head(remote) == "Start"

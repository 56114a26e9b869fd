"""From a Spotify account to a page and a commit: the real command, run as a person or a workflow does."""

import shutil
from datetime import date
from pathlib import Path

import psycopg2
from world import FIRST, NEXT, Root, leaked, new_root

from generator.demo.server import SimulatedSpotify
from generator.git import git


def test_the_first_run_makes_one_commit_and_a_page_of_twenty_songs(first_edition: Root) -> None:
    assert len(first_edition.subjects) == 1
    assert first_edition.subjects[0].startswith("data: 20 Nov 2026 · #1 “")
    assert git(first_edition.folder, "status", "--porcelain") == ""
    for page in ("index.html", "six-months/index.html", "year/index.html"):
        assert len(first_edition.songs(page)) == 20
    assert first_edition.songs()[0] in first_edition.subjects[0]
    assert first_edition.notice is None
    commit = git(first_edition.folder, "rev-parse", "HEAD").strip()
    assert f"https://github.com/ada-example/music/commit/{commit}" in first_edition.page


def test_a_second_run_at_the_same_time_changes_not_one_byte(root: Root) -> None:
    data, site, head = root.data, root.site, git(root.folder, "rev-parse", "HEAD")
    again = root.run(day=FIRST)
    assert (again.code, again.err) == (0, "")
    assert "Me: nothing new." in again.out
    assert git(root.folder, "rev-parse", "HEAD") == head
    assert root.data == data
    assert root.site == site


def test_the_next_day_is_the_next_edition(root: Root) -> None:
    yesterday = set(root.songs())
    done = root.run(day=NEXT)
    assert (done.code, done.err) == (0, "")
    assert root.subjects[1].startswith("data: 21 Nov 2026 · #1 “")
    assert f"committed “{root.subjects[1]}”" in done.out
    assert git(root.folder, "log", "-1", "--format=%(trailers:key=Edition,valueonly)").strip() == NEXT
    new = set(root.songs()) - yesterday
    assert (f"{len(new)} new" in root.subjects[1]) == bool(new)
    assert git(root.folder, "diff", "--name-only", "HEAD~1", "HEAD", "--", ":(exclude)data") == ""


def test_whatever_is_deleted_is_built_again_byte_for_byte(root: Root) -> None:
    root.run(day=NEXT)
    site = root.site
    shutil.rmtree(root.folder / ".cache")
    shutil.rmtree(root.folder / "site")
    built = root.rotation("build", "--now", f"{NEXT}T06:00:00Z")
    assert (built.code, built.err) == (0, "")
    assert root.site == site


def test_a_clone_builds_the_same_site(root: Root, tmp_path: Path) -> None:
    root.run(day=NEXT)
    git(tmp_path, "clone", "--quiet", str(root.folder), "clone")
    clone = Root(tmp_path / "clone", root.spotify)
    git(clone.folder, "remote", "set-url", "origin", git(root.folder, "remote", "get-url", "origin").strip())
    # How the last refresh went is known only where it was made.
    (root.folder / ".git/heavy-rotation/health.json").unlink()
    for one in (clone, root):
        assert one.rotation("run", "--rebuild-only", "--now", f"{NEXT}T06:00:00Z").code == 0
    assert clone.site == root.site


def test_postgresql_gives_the_same_bytes_also_after_it_was_emptied(
    first_edition: Root, tmp_path: Path, spotify: SimulatedSpotify, postgres_url: str
) -> None:
    embedded = first_edition.copy(tmp_path / "embedded", spotify)
    server = first_edition.copy(tmp_path / "server", spotify).given(DATABASE_URL=postgres_url)
    shutil.rmtree(server.folder / ".cache")
    for root in (embedded, server):
        done = root.run(day=NEXT)
        assert (done.code, done.err) == (0, "")
    assert not (server.folder / ".cache" / "warehouse.duckdb").exists()
    assert server.data == embedded.data
    assert without_commits(server) == without_commits(embedded)
    site = server.site
    with psycopg2.connect(postgres_url) as connection, connection.cursor() as cursor:
        cursor.execute('drop schema "rotation_ada_example_music" cascade')
    connection.close()
    shutil.rmtree(server.folder / "site")
    assert server.rotation("build", "--now", f"{NEXT}T06:00:00Z").code == 0
    assert server.site == site


def without_commits(root: Root) -> dict[str, bytes]:
    """The site with a word in place of the commit's id, which holds the time of committing."""
    head = git(root.folder, "rev-parse", "HEAD").strip().encode()
    return {path: content.replace(head, b"HEAD") for path, content in root.site.items()}


def test_without_its_postgresql_a_run_says_so_and_publishes_all_the_same(
    first_edition: Root, tmp_path: Path, spotify: SimulatedSpotify
) -> None:
    embedded = first_edition.copy(tmp_path / "embedded", spotify)
    alone = first_edition.copy(tmp_path / "alone", spotify)
    embedded.run(day=NEXT)
    done = alone.run(day=NEXT, DATABASE_URL="postgresql://robin:hunter2@127.0.0.1:1/music")
    assert (done.code, done.err) == (0, "")
    assert "PostgreSQL could not be used" in done.out
    assert "Going on with DuckDB; the next run catches up." in done.out
    assert "hunter2" not in done.said
    assert alone.data == embedded.data
    assert without_commits(alone) == without_commits(embedded)


def test_a_damaged_duckdb_file_is_mended_by_the_run(root: Root) -> None:
    file = root.folder / ".cache" / "warehouse.duckdb"
    content = bytearray(file.read_bytes())
    content[len(content) // 2 :: 997] = bytes(len(content[len(content) // 2 :: 997]))
    file.write_bytes(content)
    done = root.run(day=NEXT)
    assert (done.code, done.err) == (0, "")
    assert len(root.subjects) == 2
    assert len(root.songs()) == 20


def test_the_schedule_does_not_ask_twice_a_day_and_a_person_always_does(root: Root) -> None:
    site, asked = root.site, len(root.spotify.requests)
    scheduled = root.run("--scheduled", day=FIRST, hour=20)
    assert scheduled.code == 0
    assert "There is an edition of today already." in scheduled.out
    assert len(root.spotify.requests) == asked
    assert root.site == site
    root.run(day=FIRST, hour=20)
    assert len(root.spotify.requests) > asked
    # At half past eleven in the evening, UTC, the listener's tomorrow has begun.
    tomorrow = root.rotation("run", "--commit", "--scheduled", "--now", f"{FIRST}T23:30:00Z")
    assert "Asking Spotify" in tomorrow.out


def test_a_fresh_repository_without_a_commit_or_a_name_gets_its_first_one(
    tmp_path: Path, spotify: SimulatedSpotify
) -> None:
    folder = tmp_path / "music"
    folder.mkdir()
    root = Root(folder, spotify)
    assert root.rotation("init").code == 0
    git(folder, "init", "--quiet", "--initial-branch=main")
    done = root.run(day=FIRST)
    assert (done.code, done.err) == (0, "")
    assert len(root.subjects) == 1


def test_a_folder_inside_a_larger_repository_commits_only_its_own_data(
    tmp_path: Path, spotify: SimulatedSpotify
) -> None:
    outer = new_root(tmp_path, spotify)
    (outer.folder / "inner").mkdir()
    inner = Root(outer.folder / "inner", spotify)
    assert inner.rotation("init").code == 0
    done = inner.run(day=FIRST)
    assert (done.code, done.err) == (0, "")
    changed = git(outer.folder, "show", "--format=", "--name-only").split()
    assert changed
    assert all(path.startswith("inner/data/") for path in changed)


def test_without_commit_the_data_waits_for_a_run_that_commits_it(root: Root) -> None:
    root.spotify.day = date.fromisoformat(NEXT)
    plain = root.rotation("run", "--now", f"{NEXT}T06:00:00Z")
    assert plain.code == 0
    assert "5 lists changed: tracks/short_term" in plain.out
    assert len(root.subjects) == 1
    data = root.data
    assert root.run(day=NEXT).code == 0
    assert len(root.subjects) == 2
    assert root.data == data


def test_a_clock_that_was_set_back_adds_to_the_latest_edition(root: Root) -> None:
    root.run(day="2026-11-22")
    back = root.run(day=NEXT)
    assert (back.code, back.err) == (0, "")
    editions = {line.split(",")[0] for line in (root.data["me/lists/2026-11.csv"]).decode().splitlines()[1:]}
    assert editions == {FIRST, "2026-11-22"}


def test_no_secret_is_written_anywhere(root: Root, tmp_path: Path) -> None:
    done = root.run(day=NEXT, GITHUB_STEP_SUMMARY=str(tmp_path / "summary.md"))
    said = (tmp_path / "summary.md").read_text("utf-8")
    assert leaked(root.folder, done.said, said) == []

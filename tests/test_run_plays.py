"""A run that keeps plays: every listen once, two-hourly, with the gaps that nobody can fill."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copytree, rmtree

import pytest
from exports import account, extended, write
from world import PLAY_KEY, Root

from generator.git import git
from generator.model import Keeping
from generator.store.gaps import with_gap

KEY = {"ROTATION_PLAY_KEY": PLAY_KEY}
SIGNED_OUT = {"SPOTIFY_CLIENT_ID": "", "SPOTIFY_CLIENT_SECRET": "", "SPOTIFY_REFRESH_TOKEN": ""}
COMMITTED = ("run", "--rebuild-only", "--commit", "--now", "2026-11-21T10:00:00Z")


@pytest.fixture
def keeping(root: Root) -> Root:
    return chosen(root, "exact")


def chosen(root: Root, how: Keeping) -> Root:
    """Keep plays from now on."""
    file = root.folder / "rotation.toml"
    file.write_text(file.read_text("utf-8").replace('plays = "off"', f'plays = "{how}"'), "utf-8")
    git(root.folder, "commit", "--quiet", "--all", "--message=Keep plays")
    return root


def at(root: Root, day: str, hour: int, *args: str, command: str = "refresh", **environment: str) -> str:
    """The scheduled refresh of an hour; answers the subject of its commit, or nothing."""
    root.spotify.day = date.fromisoformat(day)
    before = len(root.subjects)
    now = f"{day}T{hour:02}:43:00Z"
    done = root.rotation(command, "--commit", "--scheduled", "--now", now, *args, **environment)
    assert (done.code, done.err) == (0, "")
    return root.subjects[-1] if len(root.subjects) > before else ""


def plays(root: Root) -> list[str]:
    files = sorted((root.folder / "data" / "me" / "plays").glob("*.csv"))
    return [line for file in files for line in file.read_text("utf-8").splitlines()[1:]]


def test_plays_are_off_until_a_person_chooses(root: Root) -> None:
    at(root, "2026-11-21", 6)
    assert not (root.folder / "data" / "me" / "plays").exists()
    assert not [path for _, path in root.spotify.requests if "recently-played" in path]


def test_a_refresh_without_a_commit_tells_how_many_plays_are_new(keeping: Root) -> None:
    told = [keeping.rotation("refresh", "--now", f"2026-11-20T{hour}:43:00Z").out for hour in ("08", "10")]
    assert told[0].endswith("Me: 50 new plays.\n")
    assert told[1].endswith("Me: nothing new.\n")


def test_a_day_that_has_its_edition_still_brings_its_plays(keeping: Root) -> None:
    assert at(keeping, "2026-11-20", 8) == "data: 50 plays on 20 Nov 2026"
    assert at(keeping, "2026-11-20", 10) == ""
    told = git(keeping.folder, "log", "-1", "--format=%B")
    assert told.strip().endswith("\n\nListener: me\nPlays: 50\nSource: api")
    assert at(keeping, "2026-11-21", 6).endswith(" plays")
    assert len(plays(keeping)) == len(set(plays(keeping))) > 50
    assert keeping.rotation("check").code == 0
    assert git(keeping.folder, "status", "--porcelain") == ""


def test_who_has_played_nothing_yet_gets_the_lists_all_the_same(keeping: Root) -> None:
    keeping.spotify.script("GET /v1/me/player/recently-played: empty")
    assert at(keeping, "2026-11-20", 8) == ""
    assert at(keeping, "2026-11-21", 6).startswith("data: 21 Nov 2026 · #1 “")
    assert plays(keeping) == []


def test_fifty_plays_of_which_none_is_known_leave_a_gap(keeping: Root) -> None:
    at(keeping, "2026-11-20", 8)
    at(keeping, "2026-11-21", 8)
    assert not (keeping.folder / "data" / "me" / "gaps.csv").exists()
    last = plays(keeping)[-1].split(",")[0]
    at(keeping, "2026-11-27", 8)
    gaps = (keeping.folder / "data" / "me" / "gaps.csv").read_text("utf-8").splitlines()
    first = next(line.split(",")[0] for line in plays(keeping) if line.split(",")[0] > last)
    assert gaps == ["since,until", f"{last},{first}"]


def test_a_gap_is_written_before_the_plays_without_which_nobody_could_tell_of_it(keeping: Root) -> None:
    at(keeping, "2026-11-20", 8)
    at(keeping, "2026-11-27", 8)
    written = [
        (keeping.folder / "data/me" / path).stat().st_mtime_ns for path in ("gaps.csv", "plays/2026-11.csv")
    ]
    assert written == sorted(written)


def test_of_two_gaps_that_begin_with_the_same_day_the_longer_stays(tmp_path: Path) -> None:
    gaps = tmp_path / "me" / "gaps.csv"
    gaps.parent.mkdir()
    for until in (10, 14, 12):
        gaps.write_bytes(
            with_gap(tmp_path, "me", "2026-11-10T00:00:00.000Z", f"2026-11-{until}T00:00:00.000Z")[
                "me/gaps.csv"
            ]
        )
    assert gaps.read_text("utf-8").splitlines()[1:] == ["2026-11-10T00:00:00.000Z,2026-11-14T00:00:00.000Z"]


def test_who_keeps_plays_no_longer_needs_no_key(root: Root) -> None:
    chosen(root, "day")
    at(root, "2026-11-20", 8, **KEY)
    file = root.folder / "rotation.toml"
    file.write_text(file.read_text("utf-8").replace('plays = "day"', 'plays = "off"'), "utf-8")
    assert at(root, "2026-11-21", 8).startswith("data: 21 Nov 2026 · #1 “")


def test_a_commit_counts_each_play_once_though_several_sources_tell_of_it(
    keeping: Root, tmp_path: Path
) -> None:
    told = [("2025-03-01T10:00:00Z", "A"), ("2025-03-01T12:00:00Z", "B"), ("2025-03-01T13:00:00Z", "C")]
    write(tmp_path / "long.json", extended(*told[0]))
    write(tmp_path / "short.json", *(account(at[:16].replace("T", " "), title) for at, title in told))
    assert keeping.rotation("import", *(str(tmp_path / f"{one}.json") for one in ("long", "short"))).code == 0
    assert at(keeping, "2026-11-20", 8) == "data: 50 plays on 20 Nov 2026 · 3 plays imported"


def test_what_an_export_adds_of_a_known_play_is_no_new_play(keeping: Root, tmp_path: Path) -> None:
    row = extended("2025-03-01T10:00:00Z", "A")
    for skipped in (None, True):
        file = write(tmp_path / "long.json", {**row, "skipped": skipped})
        assert keeping.rotation("import", str(file)).code == 0
        subject = at(keeping, "2026-11-20", 8 if skipped is None else 9)
    assert subject == "data: brought up to date"


def test_an_hour_is_all_that_is_kept_where_a_person_wants_no_more(root: Root) -> None:
    chosen(root, "hour")
    at(root, "2026-11-20", 8, **KEY)
    assert {line[13:24] for line in plays(root)} == {":00:00.000Z"}
    assert len(plays(root)) == 50
    assert at(root, "2026-11-20", 10, **KEY) == ""


def test_without_its_key_a_run_stops_before_it_asks(root: Root) -> None:
    chosen(root, "day")
    data, asked = root.data, len(root.spotify.requests)
    done = root.rotation("run", "--commit", "--now", "2026-11-21T06:00:00Z")
    assert done.code == 1
    assert "ROTATION_PLAY_KEY is not set" in done.err
    assert (root.data, len(root.spotify.requests)) == (data, asked)


@pytest.mark.parametrize("command", ["run", "import"])
def test_a_key_that_can_be_guessed_is_refused_before_anything_is_written(
    root: Root, tmp_path: Path, command: str
) -> None:
    chosen(root, "hour")
    told = write(tmp_path / "long.json", extended("2025-03-01T10:00:00Z", "Roads"))
    data, asked = root.data, len(root.spotify.requests)
    args = (command, str(told)) if command == "import" else (command, "--commit")
    done = root.rotation(*args, "--now", "2026-11-21T06:00:00Z", ROTATION_PLAY_KEY=PLAY_KEY[:31])
    assert done.code == 1
    assert "ROTATION_PLAY_KEY is shorter than 32 characters" in done.err
    assert "openssl rand -hex 32" in done.err
    assert (root.data, len(root.spotify.requests)) == (data, asked)


def test_plays_go_with_the_listener_and_with_the_past(keeping: Root) -> None:
    at(keeping, "2026-11-20", 8)
    at(keeping, "2026-11-21", 8)
    now = ("--now", "2026-11-21T09:00:00Z")
    cut = keeping.rotation("purge", "me", "--before", "2026-11-20", "--rewrite-history", "--yes", *now)
    assert (cut.code, cut.err) == (0, "")
    assert plays(keeping)
    assert min(plays(keeping)) >= "2026-11-20"
    assert "\n+2026-11-19T" not in git(keeping.folder, "log", "--branches", "-p")
    assert keeping.rotation("check").code == 0
    assert keeping.rotation("purge", "me", "--rewrite-history", "--yes", *now).code == 0
    assert "data/me/plays" not in git(keeping.folder, "log", "--branches", "-p")


def test_a_play_that_spotify_tells_badly_is_skipped_with_its_reason(keeping: Root) -> None:
    keeping.spotify.script("GET /v1/me/player/recently-played: null-rows")
    done = keeping.rotation("run", "--commit", "--now", "2026-11-20T08:00:00Z")
    assert done.code == 0
    assert "Skipped play 3: " in done.out
    assert 0 < len(plays(keeping)) < 50


def test_the_about_page_says_how_many_plays_are_kept_and_where_some_may_be_missing(keeping: Root) -> None:
    at(keeping, "2026-11-20", 8, command="run")
    about = keeping.site["about/index.html"].decode()
    assert "50 plays of 30 seconds or more are kept" in about
    assert "plays may be missing" not in about
    at(keeping, "2026-11-27", 8, command="run")
    about = keeping.site["about/index.html"].decode()
    assert "At least 100 plays of 30 seconds or more are kept" in about
    assert about.count("plays may be missing") == 1
    assert re.search(r"Dates and hours are those of \w+/\w+\.", about)


def test_an_import_that_covers_a_gap_closes_it(keeping: Root, tmp_path: Path) -> None:
    at(keeping, "2026-11-20", 8, command="run")
    at(keeping, "2026-11-27", 8, command="run")
    days = ("2026-11-18", "2026-11-22", "2026-11-26")
    before, inside, after = (extended(f"{day}T03:00:00Z", "Roads") for day in days)
    for rows, is_open in (([inside], True), ([before, inside], True), ([before, inside, after], False)):
        file = write(tmp_path / "export.json", *rows)
        assert keeping.rotation("import", str(file), "--now", "2026-11-27T09:00:00Z").code == 0
        assert at(keeping, "2026-11-27", 10, command="run") == "data: 1 play imported"
        assert ("plays may be missing" in keeping.site["about/index.html"].decode()) is is_open
    assert keeping.rotation("leaks").code == 0
    assert git(keeping.folder, "status", "--porcelain") == ""


@pytest.mark.parametrize("trouble", ["", "GET /v1/me/player/recently-played: null-rows"])
def test_what_lies_between_an_export_and_the_first_refresh_is_a_gap_whichever_came_first(
    keeping: Root, tmp_path: Path, trouble: str
) -> None:
    other = replace(keeping, folder=tmp_path / "other")
    copytree(keeping.folder, other.folder)
    older, newer = (tmp_path / f"{year}.json" for year in (2019, 2020))
    write(older, extended("2019-05-01T03:00:00Z", "Roads"))
    write(newer, extended("2020-09-28T03:00:00Z", "Roads"))
    for file in (older, newer):
        assert keeping.rotation("import", str(file), "--now", "2026-11-19T09:00:00Z").code == 0
    for root in (keeping, other):
        root.spotify.script(trouble)
        at(root, "2026-11-20", 8)
    for file in (newer, older):
        assert other.rotation("import", str(file), "--now", "2026-11-20T09:00:00Z").code == 0
    assert stored(keeping) == stored(other)
    assert b"\n2020-09-28T03:00:00.000Z,2026-11-" in stored(keeping)["gaps.csv"]


def stored(root: Root) -> dict[str, bytes]:
    """The listener's plays and gaps."""
    folder = root.folder / "data/me"
    files = (folder / "gaps.csv", *sorted((folder / "plays").glob("*.csv")))
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def test_an_import_that_goes_on_beyond_the_first_refresh_leaves_no_gap(keeping: Root, tmp_path: Path) -> None:
    at(keeping, "2026-11-20", 8)
    file = write(
        tmp_path / "export.json",
        *(extended(f"{day}T03:00:00Z", "Roads") for day in ("2020-01-01", "2026-11-21")),
    )
    assert keeping.rotation("import", str(file), "--now", "2026-11-22T09:00:00Z").code == 0
    assert not (keeping.folder / "data/me/gaps.csv").exists()


@pytest.mark.parametrize(("keeping_by", "last"), [("day", "12:10"), ("hour", "11:51")])
def test_an_export_that_ends_in_the_first_kept_hour_or_day_leaves_no_gap_whichever_came_first(
    root: Root, tmp_path: Path, keeping_by: Keeping, last: str
) -> None:
    one = chosen(root, keeping_by).given(**KEY)
    other = replace(one, folder=tmp_path / "other")
    copytree(one.folder, other.folder)
    told = write(tmp_path / "long.json", extended(f"2026-11-18T{last}:00Z", "Roads"))
    assert one.rotation("import", str(told), "--now", "2026-11-20T08:00:00Z").code == 0
    for each in (one, other):
        at(each, "2026-11-20", 8)  # its first play ended at 11:49
    assert other.rotation("import", str(told), "--now", "2026-11-20T09:00:00Z").code == 0
    assert one.data["me/plays/2026-11.csv"] == other.data["me/plays/2026-11.csv"]
    assert "me/gaps.csv" not in one.data | other.data


@pytest.fixture
def published(keeping: Root, tmp_path: Path) -> Root:
    """The same with a remote that can be pushed to, and one collected day."""
    git(tmp_path, "clone", "--quiet", "--bare", str(keeping.folder), "remote.git")
    git(keeping.folder, "remote", "set-url", "origin", str(tmp_path / "remote.git"))
    at(keeping, "2026-11-20", 8, "--push")
    return keeping


def elsewhere(root: Root, tmp_path: Path) -> Root:
    """Another clone of the same."""
    git(tmp_path, "clone", "--quiet", str(tmp_path / "remote.git"), "other")
    for name, value in (("user.name", "Ada Example"), ("user.email", "ada@example.org")):
        git(tmp_path / "other", "config", name, value)
    return replace(root, folder=tmp_path / "other")


def test_after_a_lost_race_every_play_is_kept_and_none_is_brought_back(
    published: Root, tmp_path: Path
) -> None:
    other = elsewhere(published, tmp_path)
    now = ("--now", "2026-11-20T09:00:00Z")
    assert other.rotation("purge", "me", "--before", "2026-11-19", "--yes", *now).code == 0
    git(other.folder, "push", "--quiet")
    at(published, "2026-11-21", 8, "--push")
    assert git(tmp_path / "remote.git", "rev-parse", "main") == git(published.folder, "rev-parse", "HEAD")
    kept = plays(published)
    assert set(plays(other)) < set(kept)
    assert min(kept) >= "2026-11-18T23:00"  # midnight in Berlin
    assert published.rotation("check").code == 0


@pytest.mark.parametrize("has_news", [True, False])
def test_after_a_lost_race_an_import_is_kept_with_its_names(
    published: Root, tmp_path: Path, *, has_news: bool
) -> None:
    other = elsewhere(published, tmp_path)
    if has_news:
        at(other, "2026-11-21", 8, "--push")
    else:
        git(other.folder, "commit", "--quiet", "--allow-empty", "--message=A word")
        git(other.folder, "push", "--quiet")
    rows = [extended(f"2025-03-{day:02}T10:00:00Z", f"Song {day}") for day in range(1, 21)]
    told = write(tmp_path / "export" / "long.json", *rows, extended("2026-11-20T07:00:00Z", "Sand"))
    assert published.rotation("import", str(told), "--now", "2026-11-21T09:00:00Z").code == 0
    imported = [row for row in plays(published) if ",extended," in row]
    named = published.data["catalog/named.csv"]
    assert len(imported) == 21
    at(published, "2026-11-21", 10, "--push")
    assert set(imported) < set(plays(published))
    assert set(plays(other)) < set(plays(published))
    assert published.data["catalog/named.csv"] == named
    assert git(tmp_path / "remote.git", "rev-parse", "main") == git(published.folder, "rev-parse", "HEAD")
    assert git(published.folder, "status", "--porcelain") == ""
    assert published.rotation("check").code == 0


def test_who_never_signs_in_commits_an_import_without_asking_spotify(keeping: Root, tmp_path: Path) -> None:
    alone, asked = keeping.given(**SIGNED_OUT), len(keeping.spotify.requests)
    told = write(tmp_path / "long.json", extended("2025-03-01T10:00:00Z", "Roads"))
    hint = "\nrotation run --rebuild-only shows it here; with --commit --push it brings it to GitHub, too.\n"
    assert hint in alone.rotation("import", str(told)).out
    for subjects in (["data: 1 play imported"], []):
        before = alone.subjects
        done = alone.rotation(*COMMITTED)
        assert (done.code, done.err) == (0, "")
        assert "Built " in done.out
        assert alone.subjects == [*before, *subjects]
    assert "Listener: me\nPlays: 1\nSource: extended\n" in git(alone.folder, "log", "-1", "--format=%B")
    assert git(alone.folder, "status", "--porcelain") == ""
    assert len(alone.spotify.requests) == asked


def test_an_import_before_there_was_a_repository_is_in_its_first_commit(
    keeping: Root, tmp_path: Path
) -> None:
    rmtree(keeping.folder / ".git")
    alone = keeping.given(**SIGNED_OUT)
    told = write(tmp_path / "long.json", extended("2025-03-01T10:00:00Z", "Roads"))
    assert alone.rotation("import", str(told)).code == 0
    git(alone.folder, "init", "--quiet", "--initial-branch=main")
    again = write(tmp_path / "more.json", extended("2025-03-02T10:00:00Z", "Numb"))
    assert alone.rotation("import", str(again)).code == 0
    done = alone.rotation(*COMMITTED)
    assert (done.code, done.err) == (0, "")
    (subject,) = alone.subjects
    assert subject.endswith(" · first edition · 2 plays imported")
    assert "?? data" not in git(alone.folder, "status", "--porcelain")


def test_what_a_person_laid_into_data_is_not_in_the_first_commit(keeping: Root, tmp_path: Path) -> None:
    rmtree(keeping.folder / ".git")
    alone = keeping.given(**SIGNED_OUT)
    told = write(tmp_path / "long.json", extended("2025-03-01T10:00:00Z", "Roads"))
    assert alone.rotation("import", str(told)).code == 0
    gone, note = alone.folder / "data/me/plays/2019-01.csv", alone.folder / "data/me/note.txt"
    git(alone.folder, "init", "--quiet", "--initial-branch=main")
    gone.write_text("played_at\n", "utf-8")
    git(alone.folder, "add", str(gone))
    gone.unlink()
    note.write_text("Mine", "utf-8")
    done = alone.rotation(*COMMITTED)
    assert (done.code, done.err) == (0, "")
    held = git(alone.folder, "ls-tree", "-r", "--name-only", "HEAD").splitlines()
    assert "data/me/plays/2025-03.csv" in held
    assert "data/me/top-tracks.csv" in held
    assert not {"data/me/plays/2019-01.csv", "data/me/note.txt"} & {*held}
    assert note.is_file()


def test_a_push_that_fails_is_no_refresh_that_failed(published: Root, tmp_path: Path) -> None:
    alone = published.given(**SIGNED_OUT)
    told = write(tmp_path / "long.json", extended("2025-03-01T10:00:00Z", "Roads"))
    assert alone.rotation("import", str(told)).code == 0
    (tmp_path / "remote.git").rename(tmp_path / "away.git")
    assert alone.rotation(*COMMITTED, "--push").code != 0
    assert "did not succeed" not in (alone.folder / "site/index.html").read_text("utf-8")


@pytest.mark.parametrize("has_news", [True, False])
def test_who_never_signs_in_loses_no_import_to_a_lost_race(
    published: Root, tmp_path: Path, *, has_news: bool
) -> None:
    other, alone = elsewhere(published, tmp_path), published.given(**SIGNED_OUT)
    if has_news:
        at(other, "2026-11-21", 8, "--push")
    else:
        git(other.folder, "commit", "--quiet", "--allow-empty", "--message=A word")
        git(other.folder, "push", "--quiet")
    told = write(tmp_path / "long.json", extended("2025-03-01T10:00:00Z", "Roads"))
    assert alone.rotation("import", str(told)).code == 0
    imported = {row for row in plays(alone) if ",extended," in row}
    done = alone.rotation(*COMMITTED, "--push")
    assert (done.code, done.err) == (0, "")
    assert set(plays(alone)) == imported | set(plays(other))
    assert git(tmp_path / "remote.git", "rev-parse", "main") == git(alone.folder, "rev-parse", "HEAD")
    assert git(alone.folder, "status", "--porcelain") == ""


def test_after_a_lost_race_the_gap_before_the_first_refresh_is_still_told(
    published: Root, tmp_path: Path
) -> None:
    other = elsewhere(published, tmp_path)
    git(other.folder, "commit", "--quiet", "--allow-empty", "--message=A word")
    git(other.folder, "push", "--quiet")
    told = write(tmp_path / "long.json", extended("2025-03-01T10:00:00Z", "Roads"))
    assert published.rotation("import", str(told)).code == 0
    gaps = published.data["me/gaps.csv"]
    assert published.rotation(*COMMITTED, "--push").code == 0
    assert published.data["me/gaps.csv"] == gaps
    assert git(published.folder, "status", "--porcelain") == ""


def test_who_keeps_plays_no_longer_needs_no_key_after_a_lost_race(root: Root, tmp_path: Path) -> None:
    chosen(root, "hour")
    git(tmp_path, "clone", "--quiet", "--bare", str(root.folder), "remote.git")
    git(root.folder, "remote", "set-url", "origin", str(tmp_path / "remote.git"))
    at(root, "2026-11-20", 8, "--push", **KEY)
    file = root.folder / "rotation.toml"
    file.write_text(file.read_text("utf-8").replace('plays = "hour"', 'plays = "off"'), "utf-8")
    git(root.folder, "commit", "--quiet", "--all", "--message=No plays any more")
    git(root.folder, "push", "--quiet", "origin", "main")
    other = elsewhere(root, tmp_path)
    git(other.folder, "commit", "--quiet", "--allow-empty", "--message=A word")
    git(other.folder, "push", "--quiet")
    assert at(root, "2026-11-21", 8, "--push").startswith("data: 21 Nov 2026")
    assert git(tmp_path / "remote.git", "rev-parse", "main") == git(root.folder, "rev-parse", "HEAD")


def test_lists_that_wait_are_not_given_up_for_a_lost_race(published: Root, tmp_path: Path) -> None:
    other = elsewhere(published, tmp_path)
    git(other.folder, "commit", "--quiet", "--allow-empty", "--message=A word")
    git(other.folder, "push", "--quiet")
    published.spotify.day = date(2026, 11, 21)
    assert published.rotation("refresh", "--now", "2026-11-21T08:00:00Z").code == 0
    waiting = published.data
    done = published.rotation(*COMMITTED, "--push")
    assert done.code == 1
    assert "git pull --rebase" in done.err
    assert published.data == waiting


def test_without_its_key_nothing_that_waits_is_given_up(root: Root, tmp_path: Path) -> None:
    chosen(root, "hour")
    told = write(tmp_path / "long.json", extended("2025-03-01T10:00:00Z", "Roads"))
    assert root.rotation("import", str(told), **KEY).code == 0
    before, subjects = root.data, root.subjects
    done = root.rotation(*COMMITTED)
    assert (done.code, "ROTATION_PLAY_KEY is not set" in done.err) == (1, True)
    assert (root.data, root.subjects) == (before, subjects)


def test_a_gap_that_somebody_else_did_not_leave_is_none(published: Root, tmp_path: Path) -> None:
    other = elsewhere(published, tmp_path)
    for day in range(21, 27):
        at(other, f"2026-11-{day}", 8, "--push")
    at(published, "2026-11-26", 10, "--push")
    assert not (published.folder / "data" / "me" / "gaps.csv").exists()
    assert plays(published) == plays(other)


def test_no_play_is_kept_longer_than_retention_days(keeping: Root) -> None:
    file = keeping.folder / "rotation.toml"
    file.write_text(file.read_text("utf-8").replace("retention_days = 0", "retention_days = 1"), "utf-8")
    at(keeping, "2026-11-20", 8)
    at(keeping, "2026-11-20", 10)
    assert min(plays(keeping)) >= "2026-11-18T23:00"
    assert at(keeping, "2026-11-20", 12) == ""


def test_another_key_is_noticed_before_anything_is_asked(root: Root) -> None:
    chosen(root, "hour")
    at(root, "2026-11-20", 8, **KEY)
    data, asked = root.data, len(root.spotify.requests)
    for key in (f"another {PLAY_KEY}", "another", ""):
        done = root.rotation("run", "--commit", "--now", "2026-12-20T06:00:00Z", ROTATION_PLAY_KEY=key)
        assert (done.code, "ROTATION_PLAY_KEY" in done.err) == (1, True)
    assert (root.data, len(root.spotify.requests)) == (data, asked)

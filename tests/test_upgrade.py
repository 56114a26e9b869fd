"""A copy of the template takes over newer versions of the program, and only of the program."""

from pathlib import Path

import pytest

from generator import upgrade
from generator.errors import GitError
from generator.git import git

FIRST = {
    "README.md": "# Heavy Rotation\n",
    "rotation.toml": 'title = "Upstream"\n',
    "data/README.md": "what the columns mean\n",
    "generator/cli.py": "print(1)\n",
    "generator/old.py": "gone soon\n",
    "templates/page.html": "<p>one</p>\n",
    "docs/grüße und mehr.md": "hello\n",
    "Makefile": "demo:\n",
}


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def commit(folder: Path, files: dict[str, str], subject: str) -> None:
    write(folder, files)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "-m", subject)


def repository(folder: Path) -> Path:
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "config", "user.name", "Ada Example")
    git(folder, "config", "user.email", "ada@example.org")
    return folder


def text(folder: Path, name: str) -> str:
    return (folder / name).read_text(encoding="utf-8")


@pytest.fixture
def upstream(tmp_path: Path) -> Path:
    """Two versions; the second changes and adds files, and deletes one."""
    folder = repository(tmp_path / "upstream")
    commit(folder, FIRST, "First")
    git(folder, "tag", "v1.9.0")
    git(folder, "rm", "--quiet", "generator/old.py")
    newer = {
        "generator/cli.py": "print(2)\n",
        "generator/new.py": "",
        "docs/grüße und mehr.md": "hello again\n",
    }
    commit(folder, newer | {"data/README.md": "upstream's\n", "rotation.toml": "upstream's\n"}, "Second")
    git(folder, "tag", "--annotate", "-m", "Second", "v1.10.0")
    git(folder, "tag", "v2.0.0-rc1")
    return folder


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """What "Use this template" made of the first version, with data, settings and a workflow of its own."""
    folder = repository(tmp_path / "copy")
    mine = {"rotation.toml": 'title = "Mine"\n', "data/me/top-tracks.csv": "1,Roads\n"}
    commit(folder, FIRST | mine | {".github/workflows/mine.yml": "name: Mine\n"}, "Initial commit")
    return folder


def test_the_newest_version_arrives_as_one_commit(upstream: Path, copy: Path) -> None:
    planned = upgrade.plan(copy, str(upstream))
    assert (planned.tag, planned.removed) == ("v1.10.0", ("generator/old.py",))
    assert planned.changed == ("docs/grüße und mehr.md", "generator/cli.py", "generator/new.py")
    made = upgrade.apply(copy, planned)
    assert git(copy, "log", "--format=%H %s").splitlines()[0] == f"{made} Upgrade Heavy Rotation to v1.10.0"
    assert git(copy, "log", "-1", "--format=%(trailers:key=Upstream,valueonly)").split() == [
        str(upstream),
        planned.commit,
    ]
    assert git(copy, "rev-list", "--count", "HEAD").strip() == "2"
    assert git(copy, "status", "--porcelain") == ""


def test_data_settings_and_files_of_ones_own_stay(upstream: Path, copy: Path) -> None:
    upgrade.apply(copy, upgrade.plan(copy, str(upstream)))
    assert text(copy, "rotation.toml") == 'title = "Mine"\n'
    assert text(copy, "data/README.md") == "what the columns mean\n"
    assert text(copy, "data/me/top-tracks.csv") == "1,Roads\n"
    assert text(copy, ".github/workflows/mine.yml") == "name: Mine\n"
    assert text(copy, "generator/cli.py") == "print(2)\n"
    assert not (copy / "generator/old.py").exists()


def test_a_second_upgrade_changes_nothing(upstream: Path, copy: Path) -> None:
    made = upgrade.apply(copy, upgrade.plan(copy, str(upstream)))
    again = upgrade.plan(copy, str(upstream))
    assert not again
    assert upgrade.preview(copy, again) == ""
    assert upgrade.apply(copy, again) == made


def test_an_upgrade_can_be_reverted(upstream: Path, copy: Path) -> None:
    before = git(copy, "rev-parse", "HEAD^{tree}")
    upgrade.apply(copy, upgrade.plan(copy, str(upstream)))
    git(copy, "revert", "--no-edit", "HEAD")
    assert git(copy, "rev-parse", "HEAD^{tree}") == before


def test_a_preview_lists_the_files_and_changes_nothing(upstream: Path, copy: Path) -> None:
    before = git(copy, "rev-parse", "HEAD")
    listing = upgrade.preview(copy, upgrade.plan(copy, str(upstream)))
    assert "generator/cli.py" in listing
    assert "generator/old.py" in listing
    assert git(copy, "rev-parse", "HEAD") == before
    assert git(copy, "status", "--porcelain") == ""
    assert git(copy, "for-each-ref", "--format=%(refname)", "refs/heads", "refs/tags") == "refs/heads/main\n"


def test_an_older_version_can_be_asked_for_by_name(upstream: Path, copy: Path) -> None:
    assert not upgrade.plan(copy, str(upstream), "v1.9.0")
    with pytest.raises(GitError, match=r"has no version v7\. Its newest version is v1\.10\.0\."):
        upgrade.plan(copy, str(upstream), "v7")


def test_an_upstream_without_versions_gives_its_main_branch(upstream: Path, copy: Path) -> None:
    git(upstream, "tag", "--delete", "v1.9.0", "v1.10.0")
    assert upgrade.plan(copy, str(upstream)).tag == "main"


def test_committed_edits_are_named_before_they_are_overwritten(upstream: Path, copy: Path) -> None:
    commit(
        copy, {"generator/cli.py": "print('mine')\n", "templates/page.html": "<p>my</p>\n"}, "Make it mine"
    )
    planned = upgrade.plan(copy, str(upstream))
    assert planned.edited == ("generator/cli.py", "templates/page.html")


def test_a_readme_of_ones_own_stays(upstream: Path, copy: Path) -> None:
    commit(copy, {"README.md": "# My songs\n"}, "Write my own")
    commit(upstream, {"README.md": "# Heavier Rotation\n"}, "Third")
    upgrade.apply(copy, upgrade.plan(copy, str(upstream), "main"))
    assert text(copy, "README.md") == "# My songs\n"


def test_a_readme_that_nobody_touched_is_renewed(upstream: Path, copy: Path) -> None:
    commit(upstream, {"README.md": "# Heavier Rotation\n"}, "Third")
    upgrade.apply(copy, upgrade.plan(copy, str(upstream), "main"))
    assert text(copy, "README.md") == "# Heavier Rotation\n"


@pytest.mark.parametrize("name", ["generator/cli.py", "generator/new.py"])
def test_uncommitted_edits_are_never_overwritten(upstream: Path, copy: Path, name: str) -> None:
    write(copy, {name: "print('not yet committed')\n"})
    planned = upgrade.plan(copy, str(upstream))
    with pytest.raises(GitError, match=f"not committed: {name}"):
        upgrade.apply(copy, planned)
    assert text(copy, name) == "print('not yet committed')\n"


def test_work_in_progress_elsewhere_stays_as_it_is(upstream: Path, copy: Path) -> None:
    write(copy, {"rotation.toml": 'title = "Better"\n', "notes.txt": "remember\n"})
    git(copy, "add", "rotation.toml")
    upgrade.apply(copy, upgrade.plan(copy, str(upstream)))
    assert git(copy, "status", "--porcelain").splitlines() == ["M  rotation.toml", "?? notes.txt"]
    assert git(copy, "show", "HEAD:rotation.toml") == 'title = "Mine"\n'


def test_an_upstream_that_is_not_there_says_where_to_look(copy: Path, tmp_path: Path) -> None:
    with pytest.raises(GitError, match=r"Check `upstream` in rotation\.toml"):
        upgrade.plan(copy, str(tmp_path / "nowhere"))


def test_a_blank_upstream_is_a_setting_to_fill_in(copy: Path) -> None:
    with pytest.raises(GitError, match=r"`upstream` in rotation\.toml is blank"):
        upgrade.plan(copy, "")


def test_only_a_whole_repository_is_upgraded(upstream: Path, copy: Path) -> None:
    with pytest.raises(GitError, match="not the top"):
        upgrade.plan(copy / "data", str(upstream))

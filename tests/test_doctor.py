"""`rotation doctor`: each thing that a person can get wrong is found, with its remedy."""

import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from exports import extended, write
from spotify_service import running
from world import PLAY_KEY, Root

from generator.demo.server import SimulatedSpotify
from generator.git import git
from generator.pipeline.doctor import needed
from generator.spotify.signin import SCOPES

SIGNED_IN = datetime.now(UTC).isoformat()  # the doctor holds Spotify's clock against the real one
Findings = dict[str, tuple[str, str]]  # verdict, and what was said with the remedy, by subject


def doctor(root: Root, *args: str, **environment: str) -> tuple[int, Findings]:
    done = root.rotation("doctor", "--json", *args, **({"SPOTIFY_AUTHORIZED_AT": SIGNED_IN} | environment))
    found = json.loads(done.out)
    return done.code, {one["subject"]: (one["verdict"], f"{one['said']} {one['remedy']}") for one in found}


def script(text: str) -> Callable[[Root], Root]:
    def trouble(root: Root) -> Root:
        root.spotify.script(text)
        return root

    return trouble


def detached(root: Root) -> Root:
    git(root.folder, "checkout", "--quiet", "--detach")
    return root


def nobody(root: Root) -> Root:
    """Git knows no name, and may not invent one."""
    for name in ("user.name", "user.email"):
        git(root.folder, "config", "--unset", name)
    git(root.folder, "config", "user.useConfigOnly", "true")
    return root


def alone(root: Root) -> Root:
    git(root.folder, "remote", "remove", "origin")
    return root


def no_repository(root: Root) -> Root:
    shutil.rmtree(root.folder / ".git")
    return root


def shallow(root: Root) -> Root:
    copy = root.folder.parent / "shallow"
    git(root.folder.parent, "clone", "--quiet", "--depth=1", f"file://{root.folder}", str(copy))
    return replace(root, folder=copy)


def damaged(root: Root) -> Root:
    file = root.folder / "data" / "catalog" / "tracks.csv"
    file.write_bytes(file.read_bytes()[:-5])
    return root


def misconfigured(root: Root) -> Root:
    (root.folder / "rotation.toml").write_text("title = 5\n")
    return root


def without(name: str) -> Callable[[Root], Root]:
    return lambda root: root.given(**{name: ""})


def with_gh(said: str) -> Callable[[Root], Root]:
    """GitHub's command line, which answers so."""

    def give(root: Root) -> Root:
        gh = root.folder.parent / "bin" / "gh"
        gh.parent.mkdir()
        gh.write_text(f"#!{sys.executable}\nprint({said!r})\n")
        gh.chmod(0o755)
        return root.given(PATH=f"{gh.parent}:{root.surroundings()['PATH']}")

    return give


def test_where_all_is_well_every_line_says_so(root: Root) -> None:
    code, found = doctor(with_gh("workflow")(root))
    assert {subject: said for subject, said in found.items() if said[0] != "good"} == {}
    assert code == 0
    assert {"Python", "Packages", "Data", "Warehouse", "Git identity", "Clock", "GitHub Pages"} <= set(found)
    assert "valid until" in found["Sign-in of me"][1]


@pytest.mark.parametrize(
    ("change", "subject", "said"),
    [
        (without("SPOTIFY_CLIENT_ID"), "Variable SPOTIFY_CLIENT_ID", "is not set Copy it from the settings"),
        (without("SPOTIFY_REFRESH_TOKEN"), "Variable SPOTIFY_REFRESH_TOKEN", "rotation login --listener me"),
        (script("POST /api/token: 400 invalid_grant"), "Spotify for me", "sign-in of `me` has ended"),
        (script("GET /v1/me: 403 premium"), "Spotify for me", "owner has Spotify Premium"),
        (script("GET /v1/me: 403 allowlist"), "Spotify for me", "not on the app's list of users"),
        (lambda root: root.given(SPOTIFY_ACCOUNT="somebody"), "Spotify for me", "another account"),
        (lambda root: root.given(DATABASE_URL="postgresql://127.0.0.1:9/x"), "Warehouse", "DuckDB"),
        (misconfigured, "Configuration", "title"),
        (damaged, "Data", "is cut short"),
        (nobody, "Git identity", "git config user.name"),
        (alone, "Git remote", "git remote add origin"),
        (detached, "Git branch", "git switch main"),
        (shallow, "Git history", "git fetch --unshallow"),
        (no_repository, "Git", "git init"),
        (with_gh("legacy"), "GitHub Pages", "Source: GitHub Actions"),
    ],
)
def test_each_mistake_is_found_with_its_remedy(
    root: Root, change: Callable[[Root], Root], subject: str, said: str
) -> None:
    code, found = doctor(change(root))
    assert code == 1
    assert found[subject][0] == "bad"
    assert said in found[subject][1]


def test_a_sign_in_near_its_end_and_one_of_unknown_age_are_found(root: Root) -> None:
    for signed_in, said in (
        ("2026-01-01T00:00:00Z", "renew"),
        ("", "SPOTIFY_AUTHORIZED_AT"),
        ("last summer", "no instant"),
    ):
        _, found = doctor(root, SPOTIFY_AUTHORIZED_AT=signed_in)
        assert found["Sign-in of me"][0] == "bad"
        assert said in found["Sign-in of me"][1]


def test_the_remedy_of_an_unknown_age_names_the_command_as_it_is_written(root: Root) -> None:
    _, found = doctor(root, SPOTIFY_AUTHORIZED_AT="")
    assert "Run rotation login, which stores" in found["Sign-in of me"][1]


def test_a_missing_token_is_found_once(root: Root) -> None:
    _, found = doctor(without("SPOTIFY_REFRESH_TOKEN")(root), SPOTIFY_AUTHORIZED_AT="")
    assert [subject for subject, (verdict, _) in found.items() if verdict == "bad"] == [
        "Variable SPOTIFY_REFRESH_TOKEN"
    ]


def test_each_scope_that_was_not_granted_is_found(root: Root) -> None:
    with running() as service:  # its tokens allow top lists alone
        elsewhere = {"SPOTIFY_API_URL": f"{service.address}/v1", "SPOTIFY_ACCOUNTS_URL": service.address}
        findings = json.loads(root.rotation("doctor", "--json", **elsewhere).out)
    scopes = {
        one["said"].split()[0]: (one["verdict"], one["remedy"])
        for one in findings
        if one["subject"] == "Scope of me"
    }
    assert scopes.keys() == {*SCOPES}
    assert [scope for scope, (verdict, _) in scopes.items() if verdict == "good"] == ["user-top-read"]
    assert "rotation login --listener me" in scopes["user-follow-read"][1]


def test_a_package_is_needed_unless_it_is_an_extra_or_another_systems() -> None:
    asked = [
        "pandas>=3",
        "psycopg2-binary~=2.9",
        "ruff>=1; extra == 'dev'",
        "tzdata; sys_platform == 'win32'",
    ]
    assert list(needed(asked)) == ["pandas", "psycopg2-binary"]


def test_a_clock_that_is_wrong_is_found(root: Root) -> None:
    _, found = doctor(root, "--now", "2031-01-01T00:00:00Z")
    assert found["Clock"][0] == "bad"
    assert "differs from Spotify's by" in found["Clock"][1]


def test_what_is_hidden_and_still_in_the_past_is_found(root: Root) -> None:
    _, found = doctor(root, "--offline", ROTATION_HIDE=root.songs()[0])
    assert found["Hidden"][0] == "bad"
    assert "rotation purge --hidden" in found["Hidden"][1]
    _, found = doctor(root, "--offline", ROTATION_HIDE="Nobody at all")
    assert found["Hidden"][0] == "good"


def test_a_missing_key_of_plays_is_found(root: Root) -> None:
    file = root.folder / "rotation.toml"
    file.write_text(file.read_text("utf-8").replace('plays = "off"', 'plays = "day"'), "utf-8")
    _, found = doctor(root, "--offline")
    assert found["Variable ROTATION_PLAY_KEY"][0] == "bad"
    assert "rotation login" in found["Variable ROTATION_PLAY_KEY"][1]
    assert "openssl rand -hex 32" in found["Variable ROTATION_PLAY_KEY"][1]
    _, found = doctor(root, "--offline", ROTATION_PLAY_KEY="a")
    assert found["Variable ROTATION_PLAY_KEY"][0] == "bad"
    assert "shorter than 32 characters" in found["Variable ROTATION_PLAY_KEY"][1]
    _, found = doctor(root, "--offline", ROTATION_PLAY_KEY=PLAY_KEY)
    assert found["Variable ROTATION_PLAY_KEY"][0] == "good"


def test_who_only_imports_is_not_asked_to_sign_in(tmp_path: Path, spotify: SimulatedSpotify) -> None:
    (tmp_path / "music").mkdir()
    root = Root(tmp_path / "music", spotify)
    root.rotation("init", "--plays", "exact")
    told = write(tmp_path / "long.json", extended("2025-03-01T10:00:00Z", "Roads"))
    never = {"SPOTIFY_CLIENT_ID": "", "SPOTIFY_CLIENT_SECRET": "", "SPOTIFY_REFRESH_TOKEN": ""}
    assert "bad" in {verdict for verdict, _ in doctor(root, "--offline", **never)[1].values()}
    assert root.rotation("import", str(told)).code == 0
    _, found = doctor(root, "--offline", **never)
    assert found["Spotify’s variables"][0] == "unknown"
    assert not [one for one in found if one.startswith("Variable ")]
    (file,) = (root.folder / "data/me/plays").iterdir()
    file.write_text(file.read_text("utf-8").replace(",extended,", ",api,"), "utf-8")
    assert doctor(root, "--offline", **never)[1]["Variable SPOTIFY_CLIENT_ID"][0] == "bad"


def test_offline_nobody_is_asked(root: Root) -> None:
    asked = len(root.spotify.requests)
    code, found = doctor(root, "--offline")
    assert code == 0
    assert len(root.spotify.requests) == asked
    assert not {"Clock", "Spotify for me", "GitHub Pages"} & set(found)
    code, found = doctor(root, "--offline", DATABASE_URL="postgresql://elsewhere.invalid/music")
    assert (code, found["Warehouse"][0]) == (0, "unknown")


def test_for_a_person_each_line_has_a_sign_and_a_remedy_below_it(root: Root) -> None:
    done = alone(root).rotation("doctor", "--offline", SPOTIFY_AUTHORIZED_AT=SIGNED_IN)
    assert done.code == 1
    assert "✓ Python: " in done.out
    assert "✗ Git remote: none named origin\n  → `git remote add origin" in done.out


def test_it_changes_nothing(root: Root) -> None:
    data, site = root.data, root.site
    doctor(root)
    assert (root.data, root.site) == (data, site)

"""What the documents say of the program is what the program says of itself."""

import ast
import json
import os
import re
import runpy
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from pydantic import BaseModel
from pydantic_core import PydanticUndefined
from sqlalchemy import text

from generator import errors, schema
from generator.config.file import File, ListenerSettings, PlaysSettings, PrivacySettings
from generator.config.new import new_file
from generator.store.merge import data_dictionary
from generator.warehouse.engine import duckdb, postgres
from generator.warehouse.load import load

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
DOCUMENTS = (README, ROOT / "CHANGELOG.md", ROOT / "data" / "README.md", *sorted(ROOT.glob("docs/*.md")))
HOSTS = {
    *("127.0.0.1", "you.github.io", "github.com", "cli.github.com", "docs.github.com"),
    *("developer.spotify.com", "www.spotify.com", "api.spotify.com", "accounts.spotify.com"),
}
AGAIN = "Run docs/generated.py: it writes anew what documents repeat of the program."


def words(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def section(title: str) -> str:
    """What stands below a heading of the README, up to the next of its rank."""
    return re.split(r"^## ", words(README).split(f"\n## {title}\n")[1], maxsplit=1, flags=re.MULTILINE)[0]


def rows(title: str) -> dict[str, list[str]]:
    """The table rows of a section, by their first cell without its marks; repeated ones as `name (2)`."""
    found: dict[str, list[str]] = {}
    for line in re.findall(r"^ *\| (`.+) \|$", section(title), re.MULTILINE):
        first, *rest = line.split(" | ")
        name = first.split("`")[1]
        found[name if name not in found else f"{name} (2)"] = rest
    return found


def fenced(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", words(README), re.MULTILINE | re.DOTALL)


def prose(file: Path) -> str:
    """A document without its fenced blocks and comments."""
    return re.sub(r"^ *```.*?^ *```|<!--.*?-->", "", words(file), flags=re.MULTILINE | re.DOTALL)


def anchors(file: Path) -> set[str]:
    """What GitHub makes of the headings."""
    headings = re.findall(r"^#+ (.+)$", prose(file), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links(file: Path) -> Iterator[str]:
    yield from re.findall(r"\]\(([^)]+)\)", prose(file))
    yield from re.findall(r'(?:src|srcset)="([^"]+)"', prose(file))


def program_texts() -> Iterator[str]:
    """Every piece of text in the program's source, adjacent pieces joined."""
    for file in (ROOT / "generator").rglob("*.py"):
        for node in ast.walk(ast.parse(words(file))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


# The program's own words


def test_what_documents_repeat_of_the_program_is_up_to_date() -> None:
    wanted = runpy.run_path(str(ROOT / "docs" / "generated.py"))["documents"]()
    assert wanted
    for file, content in wanted.items():
        assert words(file) == content, AGAIN


def test_the_data_dictionary_of_both_pages_is_the_program_s() -> None:
    dictionary = data_dictionary().decode()
    assert words(ROOT / "data" / "README.md") == dictionary
    assert dictionary[dictionary.index("\n## ") :].strip() in words(ROOT / "docs" / "data.md")


def test_the_tables_of_the_database_are_named_and_those_that_say_whose_a_row_is() -> None:
    text = (ROOT / "docs" / "data.md").read_text("utf-8").partition("## From files to the database")[2]
    tables, of_listeners, *_ = text.strip().splitlines()
    of_somebody = {table.name for table in schema.facts.sorted_tables if "listener" in table.columns}
    assert set(re.findall("`([a-z]+)`", tables)) == set(schema.facts.tables)
    assert set(re.findall("`([a-z]+)`", of_listeners)) == of_somebody | {"listener"}


@pytest.mark.parametrize("command", [(), ("run",), ("upgrade",)])
def test_the_help_in_the_readme_is_what_a_terminal_of_80_columns_shows(command: tuple[str, ...]) -> None:
    program = "import sys; sys.argv[0] = 'rotation'; from generator.cli.app import main; main()"
    shown = subprocess.run(
        [sys.executable, "-c", program, *command, "--help"],
        env={**os.environ, "COLUMNS": "80", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert shown in "".join(fenced("text"))


# Settings


SECTIONS = {"listener": "[[listener]]", "privacy": "[privacy]", "plays": "[plays]"}
MODELS = (File, ListenerSettings, PrivacySettings, PlaysSettings)


@pytest.mark.parametrize("model", MODELS)
def test_the_settings_table_has_every_key_with_its_default(model: type[BaseModel]) -> None:
    table = rows("Settings")
    for name, field in model.model_fields.items():
        shown = SECTIONS.get(name, name) if model is File else name
        twice = model is ListenerSettings and name in File.model_fields.keys() - SECTIONS
        row = table[f"{name} (2)" if twice else shown]
        if isinstance(field.default, BaseModel):
            assert row[0] == "none", name
        elif field.default is PydanticUndefined:
            assert row[0] == "required", name
        elif field.default is not None:
            assert row[0] == f"`{json.dumps(field.default)}`", name


def test_the_settings_table_has_no_key_that_the_program_does_not_know() -> None:
    keys = {*(name for model in MODELS for name in model.model_fields), *SECTIONS.values()}
    assert {name.removesuffix(" (2)") for name in rows("Settings") if not name.isupper()} <= keys


def test_the_settings_table_has_every_variable_of_the_environment() -> None:
    named = re.compile(r"(?:SPOTIFY|ROTATION)_[A-Z_]*[A-Z]|DATABASE_URL|GITHUB_[A-Z_]*[A-Z]")
    read = {found for piece in program_texts() for found in named.findall(piece)}
    assert read
    assert {name for name in rows("Settings") if name.isupper()} == read


def test_every_key_of_a_new_rotation_toml_is_in_the_settings_table() -> None:
    assert set(re.findall(r"^#? ?(\w+) = ", new_file("UTC"), re.MULTILINE)) <= set(rows("Settings"))


# What a reader is told to do


def test_every_make_target_in_the_documents_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", words(ROOT / "Makefile"), re.MULTILINE))
    for file in DOCUMENTS:
        told = re.findall(r"(?:`|^ *)make ([a-z]+)", words(file), re.MULTILINE)
        assert set(told) <= targets, file


def test_every_rotation_command_in_the_documents_exists() -> None:
    known = set(runpy.run_path(str(ROOT / "docs" / "generated.py"))["commands"]())
    for file in DOCUMENTS:
        told = re.findall(r"(?:`|bin/)rotation ([a-z]+)", words(file))
        assert set(told) <= known, file


def test_the_exit_codes_are_the_program_s() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    codes = {kind.exit_code for kind in kinds if issubclass(kind, errors.RotationError)}
    told = {int(code) for code in re.findall(r"^\| (\d+) \| ", section("The commands"), re.MULTILINE)}
    assert told == codes | {0, 2}


def test_the_messages_under_trouble_are_the_program_s() -> None:
    pieces = list(program_texts())
    for message, (code, _) in rows("When something goes wrong").items():
        assert any(message in piece for piece in pieces), message
        assert code in {"0", "1", "75", "77"}


def test_the_time_of_day_is_the_workflow_s() -> None:
    workflow = words(ROOT / ".github" / "workflows" / "refresh.yml")
    found = re.search(r'cron: "(\d+) (\d+)/2 \* \* \*"', workflow)
    assert found
    assert f"at {int(found[2]):02}:{int(found[1]):02} UTC" in section("What happens every day")


def test_the_queries_run_on_both_databases(tmp_path: Path, postgres_url: str) -> None:
    for engine in (duckdb(tmp_path / "warehouse.duckdb"), postgres(postgres_url, "rotation_you_music")):
        load(engine, tmp_path, ())
        with engine.connect() as connection:
            for query in fenced("sql"):
                assert connection.execute(text(query)).all() == []
        engine.dispose()


# The documents themselves


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_link_leads_somewhere(file: Path) -> None:
    for link in links(file):
        path, _, anchor = link.partition("#")
        if not urlsplit(link).scheme:
            target = file.parent / path if path else file
            assert target.exists(), link
            assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: str(file.relative_to(ROOT)))
def test_documents_name_no_host_but_those_of_spotify_and_github(file: Path) -> None:
    hosts = {
        urlsplit(address).hostname for address in re.findall(r"https?://[^\s)`\"]+", words(file).lower())
    }
    assert hosts - {"owner.github.io"} <= HOSTS


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: str(file.relative_to(ROOT)))
def test_documents_name_no_path_of_a_machine(file: Path) -> None:
    assert re.findall(r"(?:^|[\s`(\"'])(?:/|[A-Z]:\\)\w+[^\s`]*", prose(file), re.MULTILINE) == []


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: str(file.relative_to(ROOT)))
def test_documents_promise_nothing_and_leave_nothing_to_do(file: Path) -> None:
    hollow = (
        r"\b(TODO|FIXME|TBD|lorem|simply|easily|seamless\w*|blazing\w*|powerful|leverage\w*|utili[sz]e\w*)\b"
    )
    assert re.findall(hollow, words(file), re.IGNORECASE) == []


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: str(file.relative_to(ROOT)))
def test_documents_have_one_sentence_per_line(file: Path) -> None:
    lines = [
        line for line in prose(file).splitlines() if not line.lstrip().startswith(("|", "<", "- **", "#"))
    ]
    for line in lines:
        assert not re.search(r"(?<!\d)[.!?]\)? [A-Z“`]", line.replace("**", "")), line


def test_the_first_screen_has_picture_commands_and_spotify_s_conditions() -> None:
    first = words(README).split("\n## ")[0]
    for said in ("docs/screenshot.png", "make demo", "make test", "Premium", "Six months", "five people"):
        assert said in first


@pytest.mark.parametrize("name", ["screenshot.png", "screenshot-dark.png"])
def test_the_pictures_are_1280_wide_and_light_enough(name: str) -> None:
    picture = (ROOT / "docs" / name).read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20]) == 1280
    assert len(picture) < 400_000


def test_the_changelog_begins_with_this_version() -> None:
    version: Any = re.search(r'^version = "(.+)"$', words(ROOT / "pyproject.toml"), re.MULTILINE)
    newest: Any = re.search(r"^## (.+)$", words(ROOT / "CHANGELOG.md"), re.MULTILINE)
    assert newest[1] == version[1]

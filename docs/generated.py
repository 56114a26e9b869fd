#!/usr/bin/env python3
"""Writes anew what documents repeat of the program: commands' help, data dictionary, views and stories.

Run it after a change of a command, of generator/schema.py, of a view or a story; a test holds that nobody
forgot.
"""

from collections.abc import Iterator
from pathlib import Path

from typer.testing import CliRunner

from generator.cli.app import app
from generator.render.words import STORIES
from generator.store.merge import data_dictionary
from generator.warehouse.views import FOLDER, VIEWS

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Write every file that is not as the program has it."""
    for path, text in documents().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")


def documents() -> dict[Path, str]:
    """What each document should hold."""
    readme, data, charts = ROOT / "README.md", ROOT / "docs" / "data.md", ROOT / "docs" / "charts.md"
    dictionary = data_dictionary().decode()
    with_views = between(charts.read_text(encoding="utf-8"), "views", "\n".join(views()))
    return {
        ROOT / "data" / "README.md": dictionary,
        data: between(data.read_text(encoding="utf-8"), "dictionary", "\n".join(tables(dictionary))),
        charts: between(with_views, "stories", "\n".join(stories())),
        readme: between(readme.read_text(encoding="utf-8"), "help", "\n".join(helps())),
    }


def between(text: str, name: str, inner: str) -> str:
    """The text with what stands between its markers `<!-- name -->` and `<!-- /name -->` replaced."""
    opening, closing = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, _, rest = text.partition(opening)
    return f"{before}{opening}\n{inner}\n{closing}{rest.partition(closing)[2]}"


def tables(dictionary: str) -> Iterator[str]:
    """The dictionary's sections, without the page's own opening."""
    yield from dictionary[dictionary.index("\n## ") :].rstrip("\n").splitlines()


def views() -> Iterator[str]:
    """Every view with the sentence that stands above it."""
    yield from ("", "| view | what it holds |", "|---|---|")
    for name in VIEWS:
        above = (FOLDER / f"{name}.sql").read_text(encoding="utf-8").split("create view")[0]
        sentence = " ".join(line.removeprefix("-- ") for line in above.split("\n--\n")[0].splitlines())
        yield f"| `{name}` | {sentence} |"
    yield ""


def stories() -> Iterator[str]:
    """Every story with its name in the database and the rule that the pages show."""
    yield from ("", "| story | in the database | told of |", "|---|---|---|")
    yield from (f"| {label} | `{name}` | {rule} |" for name, (label, _, rule) in STORIES.items())
    yield ""


def helps() -> Iterator[str]:
    """The help of the program, and of each command in a fold of its own."""
    yield from ("", "```text", help_of(), "```", "")
    for name in commands():
        yield from ("<details>", f"<summary><code>rotation {name}</code></summary>", "")
        yield from ("```text", help_of(name), "```", "", "</details>", "")


def commands() -> tuple[str, ...]:
    """The names of all commands, in the order in which the program lists them."""
    return tuple(command.name for command in app.registered_commands if command.name)


def help_of(*command: str) -> str:
    """What `rotation COMMAND --help` prints on a terminal of 80 columns."""
    # Of 80 columns the program leaves two free.
    shown = CliRunner().invoke(app, [*command, "--help"], prog_name="rotation", terminal_width=78)
    return shown.output.rstrip()


if __name__ == "__main__":
    main()

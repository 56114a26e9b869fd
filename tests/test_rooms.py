"""Who may import whom, and which room is the home of what: the two tables, held over the syntax trees."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import resolve_name
from pathlib import Path

ROOT = Path(__file__).parents[1]

# A room may import itself and the rooms of lower rows; two rooms of one row never import each other.
ROWS = (
    {"tally"},
    {"model", "errors"},
    {"schema", "git", "hiding", "listening", "discretion"},
    {
        "spotify",
        "transform",
        "store",
        "warehouse",
        "analyse",
        "render",
        "publish",
        "demo",
        "upgrade",
        "history",
        "leaks",
        "export",
    },
    {"config"},
    {"pipeline"},
    {"cli"},
    {"__main__"},
)
PLAIN = 0  # rows up to this one use the standard library only
ROW = {room: number for number, rooms in enumerate(ROWS, start=-1) for room in rooms}

HOMES = {
    "spotipy": {"spotify"},
    "sqlalchemy": {"schema", "warehouse", "analyse"},
    "jinja2": {"render"},
    "pandas": {"schema", "transform", "store", "analyse", "warehouse"},
    "subprocess": {"git"},
    "os.environ": {"config", "git"},  # git hands it on to its children, with the language set
    "os.getenv": {"config"},
    "datetime.datetime.now": {"cli"},
    "datetime.datetime.utcnow": {"cli"},
    "datetime.datetime.today": {"cli"},
    "datetime.date.today": {"cli"},
    "time.time": {"cli"},
    "print": {"cli"},
    "uharfbuzz": {"render"},
    "resvg": {"render"},
    "git_filter_repo": {"history"},
    "duckdb": {"export"},
    "typer": {"cli"},
    "rich": {"cli"},
}


def files(root: Path) -> list[Path]:
    return sorted((root / "generator").rglob("*.py"))


def room_of(file: Path, root: Path) -> str:
    return file.relative_to(root / "generator").parts[0].removesuffix(".py")


def imports(tree: ast.Module, package: str) -> Iterator[tuple[int, str, str]]:
    """Every import, inside functions too: its line, the name it gives, the full name of what it brings."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.asname or alias.name.split(".")[0], alias.name
        elif isinstance(node, ast.ImportFrom):
            module = resolve_name("." * node.level + (node.module or ""), package)
            for alias in node.names:
                yield node.lineno, alias.asname or alias.name, f"{module}.{alias.name}"


def uses(tree: ast.Module, known: dict[str, str]) -> Iterator[tuple[int, str]]:
    """Every use of an imported name or of `print`, by its full name: `dt.now` is `datetime.datetime.now`."""
    for node in ast.walk(tree):
        path: list[str] = []
        name: ast.AST = node
        while isinstance(name, ast.Attribute):
            path.insert(0, name.attr)
            name = name.value
        if isinstance(name, ast.Name) and name.id in known:
            yield name.lineno, ".".join([known[name.id], *path])


def mentions(tree: ast.Module, package: str) -> set[tuple[int, str]]:
    """Line and full name of everything that a file imports or uses from elsewhere."""
    brought = list(imports(tree, package))
    # `import a.b` gives the name `a`; whatever else is imported gives what it says.
    known = {name: name if full.startswith(f"{name}.") else full for _, name, full in brought}
    return {(line, full) for line, _, full in brought} | set(uses(tree, known | {"print": "print"}))


def complaint(room: str, name: str) -> str | None:
    """Why `room` may not mention `name`; None: it may."""
    for home, rooms in HOMES.items():
        if f"{name}.".startswith(f"{home}.") and room not in rooms:
            return f"{home} belongs to {', '.join(sorted(rooms))}"
    top, _, rest = name.partition(".")
    other = rest.split(".")[0]
    if top == "generator" and other in ROW and other != room and ROW[other] >= ROW[room]:
        return f"{room} (row {ROW[room]}) may not import {other} (row {ROW[other]})"
    if ROW[room] <= PLAIN and top not in {*sys.stdlib_module_names, "generator"} and name != "print":
        return f"{room} imports the standard library only, not {top}"
    return None


def violations(root: Path) -> list[str]:
    """Each breach of the two tables as "file:line: reason": the first line of each reason in a file."""
    found = []
    for file in files(root):
        where, room = file.relative_to(root), room_of(file, root)
        if file.name == "__init__.py":
            continue
        if room not in ROW:
            found.append(f"{where}:1: {room} has no row")
            continue
        package = ".".join(where.parent.parts)
        named = sorted(mentions(ast.parse(file.read_text(encoding="utf-8"), str(file)), package))
        lines = {complaint(room, name): line for line, name in reversed(named)}
        reasons = sorted((line, reason) for reason, line in lines.items() if reason)
        found += [f"{where}:{line}: {reason}" for line, reason in reasons]
    return found


def test_every_room_keeps_to_its_row_and_every_library_has_one_home() -> None:
    assert violations(ROOT) == []


def test_init_files_below_the_top_are_empty() -> None:
    inits = [file for file in files(ROOT) if file.name == "__init__.py"][1:]
    assert [str(file.relative_to(ROOT)) for file in inits if file.read_text(encoding="utf-8").strip()] == []


def test_a_breach_is_found_with_its_file_and_line(tmp_path: Path) -> None:
    breaches = {
        "model.py": "import generator.errors\nimport pandas",
        "errors.py": "import requests",
        "store.py": "from generator import model, transform\n\ndef f():\n    import generator.config",
        "git.py": "from .schema import TABLES\nimport subprocess",
        "render/pages.py": "from os import environ as env\nhome = env['HOME']",
        "render/site.py": "from ..analyse import charts\nimport datetime as dt\nnow = dt.datetime.now()",
        "publish.py": "import time\nimport subprocess\nprint(time.time(), time.monotonic())",
        "pipeline.py": "import generator.cli\nfrom generator import config, demo",
        "cli.py": "import typer, rich.progress\nfrom datetime import datetime\nprint(datetime.now())",
        "extras.py": "",
    }
    for name, text in breaches.items():
        file = tmp_path / "generator" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert violations(tmp_path) == [
        "generator/errors.py:1: errors imports the standard library only, not requests",
        "generator/extras.py:1: extras has no row",
        "generator/git.py:1: git (row 1) may not import schema (row 1)",
        "generator/model.py:1: model (row 0) may not import errors (row 0)",
        "generator/model.py:2: pandas belongs to analyse, schema, store, transform, warehouse",
        "generator/pipeline.py:1: pipeline (row 4) may not import cli (row 5)",
        "generator/publish.py:2: subprocess belongs to git",
        "generator/publish.py:3: print belongs to cli",
        "generator/publish.py:3: time.time belongs to cli",
        "generator/render/pages.py:1: os.environ belongs to config, git",
        "generator/render/site.py:1: render (row 2) may not import analyse (row 2)",
        "generator/render/site.py:3: datetime.datetime.now belongs to cli",
        "generator/store.py:1: store (row 2) may not import transform (row 2)",
        "generator/store.py:4: store (row 2) may not import config (row 3)",
    ]


def test_an_import_and_a_load_begin_without_the_libraries_that_they_do_not_need() -> None:
    modules = "generator.cli.app, generator.config.load, generator.pipeline.imports"
    program = (sys.executable, "-c", f"import sys, {modules}; print(*sys.modules)")
    known = set(
        subprocess.run(program, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout.split()
    )
    assert known >= {"generator.pipeline.imports", "generator.warehouse.load"}
    assert known.isdisjoint({"pandas", "numpy", "requests", "spotipy", "jinja2"})

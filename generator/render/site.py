"""The site as a folder: every page rendered first, then swapped in whole."""

import base64
import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator.errors import ConfigError
from generator.model import Site
from generator.render.cards.cards import has_card
from generator.render.cards.png import png
from generator.render.contents import PAGES
from generator.render.filters import FILTERS, printable
from generator.render.pages.file import File, Picture
from generator.render.pages.page import Page

TEMPLATES = Path(__file__).parents[2] / "templates"
IGNORE = b"*\n!.gitignore\n"  # the site is built, never committed; its folder is


def write(site: Site, *, templates: Path, to: Path) -> int:
    """Render the site into the folder `to` in place of what was there; answer how many pages it has.

    Nothing on disk changes before every page is rendered, and a crash leaves the old site.
    """
    pages = rendered(site, templates)
    mend(to)
    swap_in({**pages, **static(templates), ".gitignore": ignore(to)}, to)
    return sum(path.endswith(".html") for path in pages)


def rendered(site: Site, templates: Path) -> dict[str, bytes]:
    """Every page's bytes by its path."""
    environment = make_environment(templates)
    pages: dict[str, bytes] = {}
    for path, content in all_files(environment, site):
        if path in pages:
            raise ConfigError(
                f"Two pages want to be {path}: give the listener another slug in rotation.toml."
            )
        pages[path] = content
    return pages


def all_files(environment: Environment, site: Site) -> Iterator[tuple[str, bytes]]:
    """Whatever the table of contents makes, by its path."""
    for make in PAGES:
        for made in make(site):
            if isinstance(made, File):
                yield made.path, made.content
            elif isinstance(made, Picture):
                drawing = environment.get_template(made.template).render(made.values)
                yield f"{made.path}.svg", drawing.encode()
                yield f"{made.path}.png", png(drawing, made.zoom)
            else:
                yield made.path, render(environment, site, made)


def render(environment: Environment, site: Site, page: Page) -> bytes:
    template = environment.get_template(page.template)
    canonical = f"{site.address}{page.path.removesuffix('index.html')}" if site.address else None
    return template.render(
        page.values, site=site, path=page.path, root=page.root, canonical=canonical
    ).encode()


def make_environment(templates: Path) -> Environment:
    """Jinja as our templates want it: an unknown name is an error, and everything is escaped."""
    environment = Environment(
        loader=FileSystemLoader(templates),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=printable,
    )
    environment.filters.update({filter_.__name__: filter_ for filter_ in FILTERS})
    # The 404 page can link to no style sheet, since it does not know its depth: it carries its own.
    style = (templates / "static" / "tokens.css").read_text("utf-8") + (templates / "404.css").read_text(
        "utf-8"
    )
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    environment.globals.update(alone_style=style, alone_hash=digest, has_card=has_card)
    return environment


def static(templates: Path) -> dict[str, bytes]:
    """The style sheets and icons, which go into the site as they are."""
    files = sorted(path for path in (templates / "static").rglob("*") if path.is_file())
    return {file.relative_to(templates).as_posix(): file.read_bytes() for file in files}


def ignore(to: Path) -> bytes:
    """The folder's .gitignore: the one that is there, else ours."""
    file = to / ".gitignore"
    return file.read_bytes() if file.exists() else IGNORE


def mend(to: Path) -> None:
    """Put the old site back if an earlier run was killed between its two renames."""
    if not to.exists() and beside(to, "old").exists():
        beside(to, "old").rename(to)


def beside(to: Path, age: str) -> Path:
    return to.with_name(f".{to.name}.{age}")


def swap_in(files: dict[str, bytes], to: Path) -> None:
    """Make the folder hold exactly these files, by two renames."""
    new, old = beside(to, "new"), beside(to, "old")
    for leftover in (new, old):
        shutil.rmtree(leftover, ignore_errors=True)
    for path, content in files.items():
        (new / path).parent.mkdir(parents=True, exist_ok=True)
        (new / path).write_bytes(content)
    if to.exists():
        to.rename(old)
    new.rename(to)
    shutil.rmtree(old, ignore_errors=True)

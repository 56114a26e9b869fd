"""The site as a folder: every page rendered beside the old one, then swapped in whole."""

import gc
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import count, pairwise
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path

from jinja2 import Environment

from generator.errors import ConfigError
from generator.model import Site
from generator.render.cards.png import png
from generator.render.contents import LIVING, PAGES
from generator.render.environment import make_environment
from generator.render.pages.file import File, Picture
from generator.render.pages.moved import Moved
from generator.render.pages.page import Page

TEMPLATES = Path(__file__).parents[2] / "templates"
IGNORE = b"*\n!.gitignore\n"  # the site is built, never committed; its folder is
MANY = 1000  # editions from which on a second process pays
BLOCK = 8  # things of the table of contents that a process takes at once
PER_PERIOD = 5  # editions that cost as much as a period of plays: some have a picture


def write(
    site: Site, *, templates: Path, to: Path, processes: int | None = None, drawn: Path | None = None
) -> int:
    """Render the site into the folder `to` in place of what was there; answer how many pages it has.

    A crash leaves the old site. The bytes are the same with any number of `processes` (None: as many as pay).
    `drawn`: a site whose PNGs are right for its drawings; where a drawing is the same, its PNG is taken over.
    """
    mend(to)
    new = beside(to, "new")
    shutil.rmtree(new, ignore_errors=True)
    for path, content in {**static(templates), ".gitignore": ignore(to)}.items():
        put(new / path, content)
    paths = fill(new, site, templates, drawn, processes or fitting(site))
    twice = next((path for path, other in pairwise(paths) if path == other), None)
    if twice:
        raise ConfigError(f"Two pages want to be {twice}: give the listener another slug in rotation.toml.")
    swap_in(new, to)
    return sum(path.endswith(".html") for path in paths)


def rewrite(site: Site, *, templates: Path, within: Path) -> None:
    """Render the living pages into a site that is right but for what the last refresh found."""
    environment = make_environment(templates)
    for make in LIVING:
        for page in make(site):
            new = within / f"{page.path}.new"
            put(new, render(environment, site, page))
            new.replace(within / page.path)


def fill(new: Path, site: Site, templates: Path, drawn: Path | None, processes: int) -> list[str]:
    """Write every file into the folder; answer their paths, sorted."""
    if processes == 1:
        return sorted(write_share(new, site, templates, drawn, count().__next__))
    # A forked process shares all values with this one, and hands back nothing but paths.
    context = get_context("fork")

    def work(way: Connection) -> None:
        gc.disable()  # what the other process had open is not this one's to close
        with suppress(EOFError, ConnectionError):  # nobody waits any more
            try:
                way.send(write_share(new, site, templates, drawn, partial(ask, way)))
            except OSError as error:
                way.send(error)

    workers, ways = [], []
    for _ in range(processes):
        ours, theirs = context.Pipe()
        workers.append(context.Process(target=work, args=(theirs,)))
        workers[-1].start()
        theirs.close()  # so that the end of a worker that was killed is the end of its answers
        ways.append(ours)
    try:
        return sorted(hand_out(ways))
    except OSError:
        for worker in workers:
            worker.terminate()
        raise
    finally:
        for worker in workers:
            worker.join()


def hand_out(ways: Sequence[Connection]) -> list[str]:
    """Give each worker that asks the next number; answer the paths that they have written.

    Raise OSError where one could not write, or was ended.
    """
    numbers, paths, busy = count(), list[str](), {*ways}
    while busy:
        heard = wait(busy)
        for way in [one for one in busy if one in heard]:
            try:
                told = way.recv()
                if told is None:
                    way.send(next(numbers))
            except (EOFError, ConnectionError):
                raise OSError(
                    "A part of the site was not written: something ended one of our processes"
                ) from None
            if isinstance(told, OSError):
                raise told
            if told is not None:
                paths += told
                busy.remove(way)
    return paths


def ask(way: Connection) -> int:
    """The number of the block that a worker takes next."""
    way.send(None)
    number: int = way.recv()
    return number


def write_share(
    new: Path, site: Site, templates: Path, drawn: Path | None, turn: Callable[[], int]
) -> list[str]:
    """Render and write those blocks of the table of contents whose numbers `turn` answers, one by one."""
    environment = make_environment(templates)
    paths, due = [], turn()
    for number, made in enumerate(made for make in PAGES for made in make(site)):
        if number // BLOCK > due:
            due = turn()
        if number // BLOCK == due:
            for path, content in files_of(environment, site, made, drawn):
                put(new / path, content)
                paths.append(path)
    return paths


def fitting(site: Site) -> int:
    """How many processes pay: one, but for a long past where processes fork cheaply."""
    editions = sum(len(shelf.archive.editions) for shelf in site.shelves if shelf.archive)
    periods = sum(len(shelf.diary.periods) for shelf in site.shelves if shelf.diary)
    work = editions + PER_PERIOD * periods
    return len(os.sched_getaffinity(0)) if work >= MANY and sys.platform == "linux" else 1


def files_of(
    environment: Environment, site: Site, made: Page | Moved | File | Picture, drawn: Path | None = None
) -> Iterator[tuple[str, bytes]]:
    """What becomes of an entry of the table of contents: one file, two pages, or a drawing in two forms."""
    if isinstance(made, File):
        yield made.path, made.written
    elif isinstance(made, Picture):
        drawing = environment.get_template(made.template).render(made.values)
        yield f"{made.path}.svg", drawing.encode()
        yield f"{made.path}.png", kept(drawn, made.path, drawing) or png(drawing, made.zoom)
    else:
        for page in made.pages if isinstance(made, Moved) else (made,):
            yield page.path, render(environment, site, page)


def kept(drawn: Path | None, path: str, drawing: str) -> bytes | None:
    """The PNG that was made of the same drawing before: to make one takes a thirtieth of a second."""
    if drawn is None:
        return None
    try:
        is_same = (drawn / f"{path}.svg").read_bytes() == drawing.encode()
        return (drawn / f"{path}.png").read_bytes() if is_same else None
    except OSError:
        return None


def render(environment: Environment, site: Site, page: Page) -> bytes:
    template = environment.get_template(page.template)
    canonical = f"{site.address}{page.path.removesuffix('index.html')}" if site.address else None
    return template.render(
        page.values, site=site, path=page.path, root=page.root, canonical=canonical
    ).encode()


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


def put(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def swap_in(new: Path, to: Path) -> None:
    """Put the new folder in the old one's place, by two renames."""
    old = beside(to, "old")
    shutil.rmtree(old, ignore_errors=True)
    if to.exists():
        to.rename(old)
    new.rename(to)
    shutil.rmtree(old, ignore_errors=True)

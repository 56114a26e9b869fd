"""A site that several processes write: where one of them fails or is killed, the old site stays."""

import errno
import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from played_sites import played_site
from stories import contents
from test_render_site import site

from generator.model import Site
from generator.render.pages.file import File
from generator.render.pages.moved import Moved, with_signposts
from generator.render.pages.page import Later, Page
from generator.render.sheets.sheets import sheets
from generator.render.site import TEMPLATES, write


class Title(str):
    """A title that something happens to while it is shown by another process than this one."""

    __slots__ = ("event",)
    event: Callable[[], None]

    def __html__(self) -> str:
        self.event()
        return str(self)


def fills_the_disk() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "site/index.html")


def is_killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize(
    ("event", "said"),
    [(fills_the_disk, "No space left on device"), (is_killed, "ended one of our processes")],
)
def test_a_process_that_fails_leaves_the_old_site_and_nobody_waits_for_it(
    tmp_path: Path, event: Callable[[], None], said: str
) -> None:
    to = tmp_path / "site"
    write(site(), templates=TEMPLATES, to=to)
    before = contents(to)
    title = Title("Heavy Rotation")
    title.event = event
    with pytest.raises(OSError, match=said):
        write(replace(site(), title=title), templates=TEMPLATES, to=to, processes=2)
    assert contents(to) == before
    write(site(), templates=TEMPLATES, to=to, processes=2)
    assert contents(to) == before


def test_a_page_that_moved_is_made_once_with_its_signpost_by_who_writes_it(tmp_path: Path) -> None:
    made: list[str] = []

    def values() -> dict[str, object]:
        made.append("values")
        return {"title": "Roads"}

    def one(_: Site) -> Iterator[Page]:
        yield Page("me/tracks/roads/index.html", "item.html", Later(values))

    two = played_site(tmp_path, "2026-01-03: Roads", listeners=2)
    (moved,) = with_signposts(one)(two)
    assert made == []
    assert isinstance(moved, Moved)
    page, post = moved.pages
    assert (page.path, post.path) == ("me/tracks/roads/index.html", "tracks/roads/index.html")
    assert dict(post.values) == {"title": "Roads", "target": page.path}
    assert page.values["title"] == "Roads"
    assert made == ["values"]


def test_a_table_of_plays_is_made_by_who_writes_it_and_alike_each_time(tmp_path: Path) -> None:
    found = list(sheets(played_site(tmp_path, "2026-01-03: Roads 3, Numb", "2026-01-04: Roads")))
    assert len({one.path for one in found}) == len(found) > 15
    assert all(isinstance(one, File) and callable(one.content) for one in found)
    assert [one.written for one in found] == [one.written for one in found]
    assert all(one.written.endswith(b"\n") for one in found)

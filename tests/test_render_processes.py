"""A site that several processes write: where one of them fails or is killed, the old site stays."""

import errno
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from stories import contents
from test_render_site import site

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

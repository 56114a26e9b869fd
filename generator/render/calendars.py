"""The day on which a sign-in ends, for a person's own calendar (iCalendar, RFC 5545)."""

from collections.abc import Iterator
from datetime import date
from uuid import NAMESPACE_URL, uuid5

from generator.model import Listener, Shelf, Site
from generator.render.filters import clean
from generator.render.pages.file import File
from generator.render.pages.page import folder

OCTETS = 74  # of a line: longer ones go on in the next, behind a space


def calendars(site: Site) -> Iterator[File]:
    """A file for every listener of whom it is known when the sign-in ends."""
    for shelf in site.shelves:
        if shelf.health and shelf.health.valid_until:
            yield File(path(site, shelf), calendar(shelf.listener, shelf.health.valid_until))


def path(site: Site, shelf: Shelf) -> str:
    return f"{folder(site, shelf)}sign-in.ics"


def calendar(listener: Listener, day: date) -> bytes:
    """One whole day, with an alarm two weeks before it."""
    name = " ".join(clean(listener.name).split())
    for special in "\\;,":
        name = name.replace(special, f"\\{special}")
    lines = (
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Heavy Rotation//EN", "BEGIN:VEVENT"),
        f"UID:{uuid5(NAMESPACE_URL, f'heavy-rotation:{listener.slug}:sign-in:{day}')}",
        f"DTSTAMP:{day:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"SUMMARY:The Spotify sign-in of {name} ends",
        "DESCRIPTION:Run rotation login to renew it for six months.",
        *("BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:Renew the Spotify sign-in", "TRIGGER:-P14D"),
        *("END:VALARM", "END:VEVENT", "END:VCALENDAR"),
    )
    return "".join(f"{folded(line)}\r\n" for line in lines).encode()


def folded(line: str) -> str:
    """The line in pieces that are short enough, none of them cut within a character."""
    pieces = [""]
    for char in line:
        if len(f"{pieces[-1]}{char}".encode()) > OCTETS:
            pieces.append("")
        pieces[-1] += char
    return "\r\n ".join(pieces)

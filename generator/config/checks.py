"""What a value of rotation.toml must be: answers it, or raises ValueError that says what to write instead."""

import re
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# Names that a listener's folder may not take: they are, or will be, folders of data/ and of the site.
TAKEN = {
    *("about", "albums", "api", "artists", "catalog", "compare", "history"),
    *("on", "pictures", "plays", "records", "six-months", "static", "tracks", "year"),
}
# Names that Windows keeps for devices: a repository with such a folder cannot be checked out there.
DEVICES = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]")
LONGEST_SLUG = 40


def zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError('is no time zone: write one like "Europe/Berlin" or "America/New_York"') from None
    return name


def slug(slug: str) -> str:
    if not re.fullmatch(r"[a-z0-9](-?[a-z0-9])*", slug) or len(slug) > LONGEST_SLUG:
        raise ValueError("is not fit for an address: use at most 40 small letters, digits and single hyphens")
    if slug in TAKEN:
        raise ValueError("is the name of a folder that the site needs: choose another")
    if DEVICES.fullmatch(slug):
        raise ValueError("is a name that Windows keeps for itself: choose another")
    return slug


def parts(address: str) -> tuple[str, str | None]:
    """The scheme and the host of an address; no host where it is none."""
    try:
        split = urlsplit(address)
    except ValueError:
        return "", None
    return split.scheme, split.hostname


def address(address: str) -> str:
    scheme, host = parts(address)
    if address and (scheme not in {"http", "https"} or not host):
        raise ValueError(
            'is no web address: write one like "https://name.github.io/music/", or leave it blank'
        )
    return address and address.rstrip("/") + "/"


def schema_name(name: str) -> str:
    if name and not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", name):
        raise ValueError("is not fit for a PostgreSQL schema: use small letters, digits and underscores")
    return name

"""Nothing that is secret leaves the program: not on the terminal, not in a log, not in a traceback."""

import base64
import logging
import re
import sys
import traceback
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TextIO
from urllib.parse import quote, quote_plus, urlsplit

STARS = "***"
SHORTEST = 6  # characters: what is shorter stands in ordinary words
# Variables whose values may stand nowhere: not in what is said, not in data/, not on the site.
SECRET = re.compile(
    r"SPOTIFY_(?:CLIENT_SECRET|(?:REFRESH_TOKEN|ACCOUNT)(?:_[2-5])?)|DATABASE_URL|ROTATION_PLAY_KEY"
    r"|(?:GITHUB|GH)_TOKEN"
)
# What it hides are names, which may be words of any page: they are not looked for there, and yet not said.
HIDES = "ROTATION_HIDE"
LINKED = re.compile(r"(?:track|artist)[:/]([A-Za-z0-9]+)")
# What libraries would tell of tokens that nobody knew before: headers, forms, answers, addresses.
SIGNS = (
    re.compile(r"(Authorization[\"']?\s*:\s*[\"']?\w+\s+)[\w.~+/=-]+"),
    re.compile(
        r"((?:access_token|refresh_token|client_secret|code_verifier|password)\b[\"']?\s*[:=]\s*[\"']?)"
        r"[^\s\"'&,}]+"
    ),
    re.compile(r"(://[^/\s:@\"'<>]+:)[^/\s@\"'<>]+(?=@)"),
)


class Discretion:
    """What may not be said, and how a text reads without it."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        values = [value.strip() for name, value in environment.items() if SECRET.fullmatch(name)]
        app = ":".join(
            environment.get(name, "").strip() for name in ("SPOTIFY_CLIENT_ID", "SPOTIFY_CLIENT_SECRET")
        )
        forms = {form for value in values for form in _forms(value)} | {
            base64.b64encode(app.encode()).decode()
        }
        # Longest first: a password is a part of its address.
        self._secrets = sorted((form for form in forms if len(form) >= SHORTEST), key=len, reverse=True)
        entries = {form for entry in environment.get(HIDES, "").splitlines() for form in _entry(entry)}
        named = sorted((re.escape(one) for one in entries if len(one) >= SHORTEST), key=len, reverse=True)
        # Spotify may spell a name in other letters than who hides it.
        self._hidden = re.compile("|".join(named) or r"(?!)", re.IGNORECASE)

    def applied(self, text: str) -> str:
        """The text with stars in place of every secret."""
        for secret in self._secrets:
            text = text.replace(secret, STARS)
        for sign in SIGNS:
            text = sign.sub(rf"\g<1>{STARS}", text)
        return self._hidden.sub(STARS, text)


class Stream:
    """A text stream that says nothing secret."""

    buffer = None  # whoever writes bytes past it would get past the stars, too

    def __init__(self, stream: TextIO, discretion: Discretion) -> None:
        self._stream = stream
        self.discretion = discretion

    def write(self, text: str) -> int:
        self._stream.write(self.discretion.applied(text))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        self.write("".join(lines))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def begin(environment: Mapping[str, str]) -> None:
    """From now on this process is discreet, in all that it writes to the terminal and to any log."""
    discretion = Discretion(environment)
    sys.stdout, sys.stderr = Stream(sys.stdout, discretion), Stream(sys.stderr, discretion)
    make = logging.getLogRecordFactory()

    def record(*args: Any, **more: Any) -> logging.LogRecord:
        """A log's line, of whatever library: its text, and the traceback that comes with it."""
        made = make(*args, **more)
        made.msg, made.args = discretion.applied(made.getMessage()), ()
        if made.exc_info:
            made.exc_text = discretion.applied("".join(traceback.format_exception(*made.exc_info)).rstrip())
        return made

    logging.setLogRecordFactory(record)


def discreet(text: str) -> str:
    """A text for elsewhere than the terminal, as this process may say it."""
    discretion = sys.stdout.discretion if isinstance(sys.stdout, Stream) else Discretion({})
    return discretion.applied(text)


def _entry(entry: str) -> Iterator[str]:
    """What is hidden as it may stand somewhere: as it was written, and the id in a link."""
    yield " ".join(entry.split())
    if found := LINKED.search(entry):
        yield found[1]


def _forms(secret: str) -> Iterator[str]:
    """A secret as it may stand somewhere: as it is, in an address, and the password of an address."""
    yield from (secret, quote(secret, safe=""), quote_plus(secret))
    try:
        password = urlsplit(secret).password
    except ValueError:
        return
    if password:
        yield from (password, quote(password, safe=""))

"""The one-time listener on loopback to which the browser comes back from Spotify."""

import sys
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, Queue
from threading import Thread
from typing import Self
from urllib.parse import parse_qs, urlsplit

from generator.errors import RotationError

HOST = "127.0.0.1"
PATH = "/callback"

# The script takes the code out of the address bar and the history; it was good for one use only.
PAGE = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Heavy Rotation</title>
<style>
  :root { color-scheme: light dark; font: 1.1rem/1.5 system-ui, sans-serif; }
  body { display: grid; place-items: center; min-height: 90vh; margin: 1rem; text-align: center; }
</style>
<main>
  <h1>Thank you.</h1>
  <p>You can close this tab: the terminal says how it went.</p>
</main>
<script>history.replaceState(null, "", "/")</script>
</html>
"""


@dataclass(frozen=True, slots=True, repr=False)
class Reply:
    """What the browser brought back; "" for what it did not. Its repr does not show the code."""

    code: str
    state: str
    error: str


class Callback:
    """Listens on 127.0.0.1 only, for as long as it is entered."""

    def __init__(self, port: int) -> None:
        self._replies: Queue[Reply] = Queue()
        try:
            self._server = _Server((HOST, port), _Visit)
        except (OSError, OverflowError) as error:
            raise RotationError(
                f"The sign-in has to listen on {HOST}:{port} and cannot: {_reason(error)}. "
                "If another program holds the port (an earlier `rotation login`, perhaps), end it "
                "and try again; or choose another port in rotation.toml and in the app's Redirect URIs."
            ) from None
        self._server.replies = self._replies

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self._server.server_port}{PATH}"

    def __enter__(self) -> Self:
        # A thread, so that whoever opens the browser may wait for it.
        Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def wait(self, timeout_s: float) -> Reply:
        """The first reply; `RotationError` if none comes in time."""
        try:
            return self._replies.get(timeout=timeout_s)
        except Empty:
            raise RotationError(
                f"Nobody came back from Spotify's page within {_spoken(timeout_s)}. "
                f"If the browser showed an error about the redirect, add exactly {self.address} "
                "to the app's Redirect URIs; if it said INVALID_CLIENT, check SPOTIFY_CLIENT_ID. "
                "Then run `rotation login` again."
            ) from None


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False  # browsers open connections ahead and leave them silent
    allow_reuse_address = sys.platform != "win32"  # there it would let two programs share the port
    replies: Queue[Reply]

    def handle_error(self, *_: object) -> None:
        """Nothing to say when a browser hangs up."""


class _Visit(BaseHTTPRequestHandler):
    server: _Server
    timeout = 30

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        if url.path != PATH:
            self._answer(HTTPStatus.NOT_FOUND, "Nothing here.\n", "text/plain")
            return
        brought = parse_qs(url.query)
        try:
            self._answer(HTTPStatus.OK, PAGE, "text/html")
        finally:
            self.server.replies.put(
                Reply(*(brought.get(name, [""])[0] for name in ("code", "state", "error")))
            )

    def _answer(self, status: HTTPStatus, text: str, media: str) -> None:
        body = text.encode()
        self.send_response(status)
        for name, value in (
            ("Content-Type", f"{media}; charset=utf-8"),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("Referrer-Policy", "no-referrer"),
            ("Connection", "close"),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True

    def version_string(self) -> str:
        return "rotation"

    def log_message(self, *_: object) -> None:
        """Nothing: the address holds the code."""


def _spoken(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{seconds:g} seconds" if rest or not minutes else f"{minutes:g} minutes"


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or "there is no such port"

"""Spotify, simulated on loopback: sign-in, profile, lists, plays, lookups and covers, over real HTTP.

    with SimulatedSpotify(day=date(2026, 11, 20)) as spotify:
        requests.get(f"{spotify.api_url}/me/top/tracks", …)
        spotify.day += timedelta(days=1)
        spotify.script("GET /v1/me/top/tracks: 429 retry-after=1 times=2")

What can be scripted is described in trouble.py. `CLIENT_ID`, `CLIENT_SECRET` and any of `REFRESH_TOKENS`
are accepted; each refresh token is another listener's (slot 1 to 5), with a taste of their own.
"""

import sys
from contextlib import suppress
from datetime import UTC, date, datetime, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SHUT_RDWR, socket
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Any, Self, cast
from urllib.parse import parse_qsl, urlsplit

from generator.demo import api
from generator.demo.accounts import CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN, REFRESH_TOKENS, Accounts
from generator.demo.answers import Answers, Shape
from generator.demo.covers import cover
from generator.demo.reply import NOT_FOUND, SVG, UNAUTHORIZED, Reply, Request, as_text, refusal
from generator.demo.trouble import Script

__all__ = ["CLIENT_ID", "CLIENT_SECRET", "REFRESH_TOKEN", "REFRESH_TOKENS", "SimulatedSpotify"]

FIRST_DAY = date(2026, 11, 20)
IMAGE_URL = "https://i.scdn.co/image/"
PEOPLE = ("Robin Vale", "Kim Ortega", "Sascha Lind", "Noor Bakker", "Jun Whitfield")  # by slot
POLL = 0.02  # seconds after which the server notices that it is to stop


class SimulatedSpotify:
    """A Spotify that invents a listener; a context manager that serves while it is entered."""

    def __init__(
        self,
        *,
        day: date = FIRST_DAY,
        seed: str = "demo",
        shape: Shape = "2026",
        image_url: str = IMAGE_URL,
        port: int = 0,
    ) -> None:
        self.day = day  # what today is: the lists are those of this day
        self.now: datetime | None = (
            None  # up to when plays are told; None: up to the beginning of `day` (UTC)
        )
        self.seed = seed
        self.shape: Shape = shape
        self.account_id = "demo-account"  # of the first slot; the others' ids follow from it
        self.image_url = image_url
        self.accounts = Accounts()
        self.requests: list[tuple[str, str]] = []  # method and path with query, as they came
        self.stopping = Event()
        self._script = Script()
        self._server = _Server(self, port)
        self._thread = Thread(target=self._server.serve_forever, args=(POLL,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._thread.join()
        self._server.hang_up()
        self._server.server_close()

    @property
    def accounts_url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def api_url(self) -> str:
        return f"{self.accounts_url}/v1"

    def script(self, text: str) -> None:
        """From now on these troubles, and no others; ValueError names a line that is not understood."""
        self._script = Script(text)

    def respond(self, request: Request) -> Reply:
        """The answer to a request: good, or spoiled as the script says."""
        rule = self._script.due(request)
        if rule is None:
            return self._good(request)
        self.stopping.wait(rule.slow)
        return rule.spoiled(lambda: self._good(request))

    def _good(self, request: Request) -> Reply:
        match request.method, request.path:
            case "GET", "/authorize":
                return self.accounts.authorize(request)
            case "POST", "/api/token":
                return self.accounts.token(request)
            case "GET", path if path.startswith("/image/"):
                return as_text(cover(path.removeprefix("/image/")), content_type=SVG)
            case "GET", path if path.startswith("/v1/"):
                return self._api(request)
        return refusal(NOT_FOUND, "Resource not found")

    def _api(self, request: Request) -> Reply:
        slot = self.accounts.slot(request.authorization)
        if slot is None:
            missing = not request.authorization
            return refusal(UNAUTHORIZED, "No token provided" if missing else "Invalid access token")
        answers = Answers(self.shape, self.day, self.image_url)
        now = self.now or datetime.combine(self.day, time(), tzinfo=UTC)
        return api.answer(api.Call(request, self._person(slot), answers, now, self.api_url))

    def _person(self, slot: int) -> api.Person:
        suffix = f"-{slot}" if slot > 1 else ""
        return api.Person(self.account_id + suffix, PEOPLE[slot - 1], self.seed + suffix)


class _Server(ThreadingHTTPServer):
    """Knows its open connections, so that it can end them: clients keep theirs open."""

    daemon_threads = False  # so that server_close() waits for them

    def __init__(self, spotify: SimulatedSpotify, port: int) -> None:
        self.spotify = spotify
        self._connections: set[socket] = set()
        self._lock = Lock()
        super().__init__(("127.0.0.1", port), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._connections.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """End every connection; the threads that wait for another request on one find its end."""
        with self._lock:
            for connection in self._connections:
                with suppress(OSError):  # the client was faster
                    connection.shutdown(SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away in the middle of an answer is no news; anything else is a bug."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "SimulatedSpotify"
    # Without these two a call takes 44 ms, with them about one: headers and body leave together, at once.
    wbufsize = 65536
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._respond("")

    def do_POST(self) -> None:
        self._respond(self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode())

    def _respond(self, form: str) -> None:
        spotify = cast("_Server", self.server).spotify
        spotify.requests.append((self.command, self.path))
        address = urlsplit(self.path)
        query, fields = dict(parse_qsl(address.query)), dict(parse_qsl(form))
        reply = spotify.respond(
            Request(self.command, address.path, query, fields, self.headers.get("Authorization") or "")
        )
        if reply.is_sent:
            self._send(reply)
        else:
            self.close_connection = True

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in ({"Content-Type": reply.content_type} | reply.headers).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the base class's
        """Say nothing: `requests` has it all."""

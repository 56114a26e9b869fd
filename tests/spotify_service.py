"""Spotify on loopback that says exactly what a test tells it to, and remembers what it was asked."""

import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import parse_qsl, urlsplit

TOKEN = "/api/token"
ME = "/v1/me"
TRACKS = "/v1/me/top/tracks"
ARTISTS = "/v1/me/top/artists"
RECENT = "/v1/me/player/recently-played"

ACCESS, REFRESH, SECRET = "access-Tide", "refresh-Gull", "secret-Harbour"


@dataclass(frozen=True)
class Reply:
    body: object = field(default_factory=dict)  # text and bytes are sent as they are, the rest as JSON
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False  # announces more bytes than it sends
    drips: bool = False  # a byte now and then, without an end
    silent: bool = False  # no answer at all

    def content(self) -> bytes:
        if isinstance(self.body, bytes):
            return self.body
        return (self.body if isinstance(self.body, str) else json.dumps(self.body)).encode()


@dataclass(frozen=True)
class Asked:
    path: str
    query: dict[str, str]
    form: dict[str, str]
    headers: dict[str, str]


GOOD_TOKEN = Reply(
    {"access_token": ACCESS, "token_type": "Bearer", "expires_in": 3600, "scope": "user-top-read"}
)


class Service:
    """`says` queues replies for a path; the last one stays."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.asked: list[Asked] = []
        self.closing = Event()
        self._replies: dict[str, list[Reply]] = defaultdict(list)
        self.says(TOKEN, GOOD_TOKEN)
        self.says(ME, Reply({"account_id": "Tern1", "id": "tern", "display_name": "Tern"}))
        self.says(TRACKS, Reply({"items": []}))
        self.says(ARTISTS, Reply({"items": []}))
        self.says(RECENT, Reply({"items": []}))

    def says(self, path: str, *replies: Reply) -> None:
        self._replies[path] = list(replies)

    def reply_to(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        waiting = self._replies[asked.path] or [Reply("not found", 404)]
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]

    def times(self, path: str) -> int:
        return sum(asked.path == path for asked in self.asked)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 65536
    disable_nagle_algorithm = True
    server: "Server"

    def do_GET(self) -> None:
        self.answer({})

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self.answer(dict(parse_qsl(self.rfile.read(length).decode())))

    def answer(self, form: dict[str, str]) -> None:
        url = urlsplit(self.path)
        asked = Asked(url.path, dict(parse_qsl(url.query)), form, dict(self.headers))
        reply = self.server.service.reply_to(asked)
        if reply.silent:
            self.server.service.closing.wait(5)
            self.close_connection = True
            return
        content = reply.content()
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content) + 1000 * (reply.cut or reply.drips)))
        self.end_headers()
        self.wfile.write(content)
        self.wfile.flush()
        while reply.drips and not self.server.service.closing.wait(0.05):
            self.wfile.write(b" ")
            self.wfile.flush()
        self.close_connection = reply.cut or reply.drips

    def log_message(self, *_: object) -> None:
        """Tests speak for themselves."""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    service: Service

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is part of some stories."""


@contextmanager
def running() -> Iterator[Service]:
    with Server(("127.0.0.1", 0), Handler) as server:
        service = server.service = Service(f"http://127.0.0.1:{server.server_port}")
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield service
        service.closing.set()
        server.shutdown()

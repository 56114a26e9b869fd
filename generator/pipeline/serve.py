"""A preview of a built site on this machine."""

from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from generator.demo.covers import cover
from generator.errors import ConfigError, RotationError

COVERS = "/image/"  # where the demo's invented covers are drawn as they are asked for
COVERS_URL = f"http://127.0.0.1:8000{COVERS}"  # as its pages name them


def serve(site: Path, port: int) -> ThreadingHTTPServer:
    """A server on 127.0.0.1 that shows the folder; raise RotationError if there is nothing to show."""
    if not (site / "index.html").exists():
        raise ConfigError(f"There is no site in {site} yet: `rotation build` makes one (or `make demo`).")
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), partial(_Preview, directory=str(site)))
    except OSError:
        raise RotationError(f"Port {port} is taken. Choose another: --port {port + 1}") from None


class _Preview(SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        path = self.translate_path(self.path)
        page = Path(path, "index.html") if path.endswith("/") else Path(path)
        if self.path.startswith(COVERS):
            self._answer(HTTPStatus.OK, "image/svg+xml", cover(self.path.removeprefix(COVERS)).encode())
        elif page.suffix == ".html" and page.is_file():
            # On another port than the usual one, too, the covers are this server's.
            shown = page.read_bytes().replace(COVERS_URL.encode(), COVERS.encode())
            self._answer(HTTPStatus.OK, "text/html; charset=utf-8", shown)
        else:
            super().do_GET()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer a missing address with the site's own page for it, as GitHub Pages does."""
        page = Path(self.directory) / "404.html"
        if code == HTTPStatus.NOT_FOUND and page.is_file():
            self._answer(code, "text/html; charset=utf-8", page.read_bytes())
        else:
            super().send_error(code, message, explain)

    def _answer(self, code: int, kind: str, content: bytes) -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """A preview has nothing to tell."""

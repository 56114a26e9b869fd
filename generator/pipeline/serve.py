"""A preview of a built site on this machine."""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from generator.demo.covers import cover
from generator.errors import ConfigError, RotationError

COVERS = "/image/"  # where the demo's invented covers are drawn as they are asked for


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
        if not self.path.startswith(COVERS):
            super().do_GET()
            return
        picture = cover(self.path.removeprefix(COVERS)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "image/svg+xml")
        self.send_header("Content-Length", str(len(picture)))
        self.end_headers()
        self.wfile.write(picture)

    def log_message(self, *_: object) -> None:
        """A preview has nothing to tell."""

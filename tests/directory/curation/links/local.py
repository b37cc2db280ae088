"""A server on this machine that answers as told, and names that lead to it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from directory.curation.links.reach import Target

Page = Callable[[BaseHTTPRequestHandler], None]


class Local:
    """`pages` is path -> what answers there; `asked` is every path with its headers, in order."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.port = 0

    def resolver(self, host: str, port: int) -> list[Target]:
        """Every name is this machine, but ".invalid" is none and "inner.example" leads inside."""
        if host.endswith(".invalid"):
            raise socket.gaierror
        if host == "inner.example":
            return [Target(socket.AF_INET, ("10.0.0.1", port))]
        return [Target(socket.AF_INET, ("127.0.0.1", self.port))]


def says(status: int, body: str = "", **headers: str) -> Page:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Type", headers.get("Content_Type", "text/html"))
        handler.send_header("Content-Length", str(len(body.encode())))
        handler.end_headers()
        handler.wfile.write(body.encode())

    return answer


@contextmanager
def serving() -> Iterator[Local]:
    local = Local()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            local.asked.append((self.path, dict(self.headers)))
            local.pages.get(self.path, says(404))(self)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    local.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield local
    finally:
        server.shutdown()
        server.server_close()

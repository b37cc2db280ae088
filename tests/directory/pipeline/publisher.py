"""A publisher on this machine: serves files as a real one does, and misbehaves when told to."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Served:
    """One file, and how it is served. `cuts` are the numbers of bytes after which the connection breaks, in turn."""

    content: bytes
    etag: str = ""
    last_modified: str = ""
    content_type: str = "application/zip"
    cuts: list[int] = field(default_factory=list)
    announced: int | None = None  # instead of the true size
    ranges: bool = True
    chunked: bool = False
    status: int = 200
    redirect: str = ""


@dataclass
class Publisher:
    """The server's address, what it serves by path, and what it was asked: (method, path, headers)."""

    address: str = ""
    files: dict[str, Served] = field(default_factory=dict)
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)

    def paths(self) -> list[str]:
        return [path for _, path, _ in self.asked]

    def last(self) -> dict[str, str]:
        """The headers of the last request."""
        return self.asked[-1][2]


class PublisherServer(ThreadingHTTPServer):
    def __init__(self, publisher: Publisher) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.publisher = publisher


class Handler(BaseHTTPRequestHandler):
    """Answers for the publisher that the server belongs to."""

    server: PublisherServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.publisher.asked.append((self.command, self.path, {k.lower(): v for k, v in self.headers.items()}))
        self.close_connection = True
        served = self.server.publisher.files.get(self.path)
        if served is None:
            self._answer(404, {"Content-Type": "text/html"}, b"<html>Not found</html>")
        elif served.redirect:
            self._answer(302, {"Location": served.redirect}, b"")
        elif served.etag and self.headers.get("If-None-Match") == served.etag:
            self._answer(304, {"ETag": served.etag}, b"")
        else:
            self._send(served)

    def do_POST(self) -> None:
        self.body = self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def _send(self, served: Served) -> None:
        start = self._start(served)
        content = served.content[start:]
        headers = {"Content-Type": served.content_type, "ETag": served.etag, "Last-Modified": served.last_modified}
        if start:
            headers["Content-Range"] = f"bytes {start}-{len(served.content) - 1}/{len(served.content)}"
        if served.chunked:
            self._chunks(headers, content, served.cuts)
            return
        announced = len(content) if served.announced is None else served.announced
        cut = served.cuts.pop(0) if served.cuts else len(content)
        self._answer(206 if start else served.status, headers, content[:cut], announced)

    def _start(self, served: Served) -> int:
        wanted = self.headers.get("Range", "")
        fresh = self.headers.get("If-Range") in (served.etag, served.last_modified)
        if not (served.ranges and wanted and fresh):
            return 0
        return int(wanted.removeprefix("bytes=").rstrip("-"))

    def _chunks(self, headers: dict[str, str], content: bytes, cuts: list[int]) -> None:
        self._head(200, {**headers, "Transfer-Encoding": "chunked"})
        cut = cuts.pop(0) if cuts else None
        self.wfile.write(b"%x\r\n%s\r\n" % (len(content[:cut]), content[:cut]))
        if cut is None:
            self.wfile.write(b"0\r\n\r\n")

    def _answer(self, status: int, headers: dict[str, str], body: bytes, announced: int | None = None) -> None:
        length = len(body) if announced is None else announced
        self._head(status, {**headers, "Content-Length": str(length)} if status != 304 else headers)
        self.wfile.write(body)

    def _head(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            if value:
                self.send_header(name, value)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """A test's server is silent."""


@contextmanager
def publishing() -> Iterator[Publisher]:
    """A publisher on a free port of 127.0.0.1, as long as the block lasts."""
    publisher = Publisher()

    server = PublisherServer(publisher)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    publisher.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield publisher
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

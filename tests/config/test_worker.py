"""What the server cannot read as a request is answered in our words and logged without the reader's."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from html.parser import HTMLParser
from http import HTTPStatus

import pytest
from gunicorn.config import Config
from gunicorn.http import errors
from gunicorn.util import load_class

from config import gunicorn
from config.worker import MOST_UNREAD, Worker, answer


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker(0, 0, [], None, 0, Config(), logging.getLogger("server"))
    yield made
    made.tmp.close()


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    """The server's end of a connection, and the browser's."""
    ours, theirs = socket.socketpair()
    theirs.settimeout(10)
    with ours, theirs:
        yield ours, theirs


def read(browser: socket.socket) -> tuple[str, dict[str, str], str]:
    whole = b""
    while piece := browser.recv(1 << 16):
        whole += piece
    head, _, body = whole.decode().partition("\r\n\r\n")
    status, *lines = head.split("\r\n")
    return status, dict(line.split(": ", 1) for line in lines), body


def test_this_is_the_worker_that_serves():
    assert load_class(gunicorn.worker_class) is Worker


@pytest.mark.parametrize(
    ("refused", "status", "words"),
    [
        (errors.LimitRequestLine(9026, 8190), "414 ", "This address is too long"),
        (errors.LimitRequestHeaders("limit request headers fields size"), "431 ", "Your browser sent too much along"),
        (errors.InvalidRequestLine("GET /?q=my neighbour"), "400 Bad Request", "This could not be read"),
        (errors.InvalidRequestMethod("G@T"), "400 Bad Request", "This could not be read"),
        (errors.UnsupportedTransferCoding("x"), "501 Not Implemented", "This could not be read"),
    ],
)
def test_the_answer_says_what_was_wrong_and_the_log_says_nothing_of_the_reader(
    worker, ends, caplog, refused, status, words
):
    ours, theirs = ends
    theirs.shutdown(socket.SHUT_WR)
    worker.handle_error(None, ours, ("203.0.113.7", 4711), refused)
    line, headers, body = read(theirs)
    assert line.startswith(f"HTTP/1.1 {status}")
    assert f"<h1>{words}</h1>" in body
    assert int(headers["Content-Length"]) == len(body.encode())
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert type(refused).__name__ in caplog.text
    for secret in ("203.0.113.7", "neighbour", "G@T"):
        assert secret not in caplog.text
        assert secret not in body


def test_what_is_still_on_its_way_is_taken_so_that_the_answer_arrives(worker, ends):
    ours, theirs = ends
    theirs.sendall(b"a" * 50_000)
    theirs.shutdown(socket.SHUT_WR)
    worker.handle_error(None, ours, None, errors.LimitRequestLine(50_000, 8190))
    assert read(theirs)[0].startswith("HTTP/1.1 414 ")
    assert MOST_UNREAD > 50_000
    ours.setblocking(False)
    assert ours.recv(1) == b""


def test_a_sender_who_has_gone_breaks_nothing(worker, ends):
    ours, theirs = ends
    theirs.close()
    worker.handle_error(None, ours, None, errors.LimitRequestLine(9026, 8190))


def test_our_own_fault_keeps_its_traceback_and_no_request(worker, ends, caplog):
    ours, theirs = ends

    class Request:
        method, uri = "GET", "/programs/?q=my+neighbour"

    try:
        raise RuntimeError("the disk is full")
    except RuntimeError as error:
        worker.handle_error(Request(), ours, ("203.0.113.7", 4711), error)
    assert "the disk is full" in caplog.text
    assert "neighbour" not in caplog.text
    assert "203.0.113.7" not in caplog.text
    assert theirs.recv(12) == b"HTTP/1.1 500"


class Outline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def test_the_page_needs_nothing_that_the_site_does_not_serve_by_a_fixed_name(settings):
    outline = Outline()
    outline.feed(answer(HTTPStatus.REQUEST_URI_TOO_LONG).decode().partition("\r\n\r\n")[2])
    sheets = [given["href"] for tag, given in outline.seen if tag == "link"]
    assert {tag for tag, _ in outline.seen} >= {"title", "main", "h1"}
    assert not {"script", "style"} & {tag for tag, _ in outline.seen}
    for sheet in sheets:
        assert sheet
        assert (settings.BASE_DIR / sheet.lstrip("/")).exists()

"""The server's worker: what it cannot read as a request gets a page of ours, and leaves no trace of who sent it."""

from __future__ import annotations

import socket
from http import HTTPStatus
from time import monotonic
from typing import Any, Final

from gunicorn.http import errors
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker

#: Seconds and bytes for which the rest of a request is still taken, so that the sender gets to read the answer: closing
#: with something unread resets the connection.
PATIENCE: Final = 1.0
MOST_UNREAD: Final = 1 << 18
#: Status -> heading and what to do, for whoever came here with a browser.
SAID: Final = {
    HTTPStatus.REQUEST_URI_TOO_LONG: (
        "This address is too long",
        "An address can have about 8,000 characters, and a text to search for 200. Search again with fewer words.",
    ),
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: (
        "Your browser sent too much along",
        "Mostly these are cookies of other sites under this name. Delete them and try again.",
    ),
}
OTHERWISE: Final = (
    "This could not be read",
    "What was sent is not a request for a page. Start again from the first page.",
)
STATUS: Final[tuple[tuple[type[Exception], HTTPStatus], ...]] = (
    (errors.LimitRequestLine, HTTPStatus.REQUEST_URI_TOO_LONG),
    (errors.LimitRequestHeaders, HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE),
    (errors.ExpectationFailed, HTTPStatus.EXPECTATION_FAILED),
    (errors.UnsupportedTransferCoding, HTTPStatus.NOT_IMPLEMENTED),
    (errors.ForbiddenProxyRequest, HTTPStatus.FORBIDDEN),
    (errors.ParseException, HTTPStatus.BAD_REQUEST),
)
# As in templates/500.html: fixed addresses, because nothing of the site is asked here.
PAGE: Final = """<!doctype html>
<html lang="en-US">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<meta name="robots" content="noindex">
<link rel="icon" href="/static/icons/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/static/css/site.css">
</head>
<body>
<header class="site-head"><div class="wrap">
<a class="brand" href="/"><span>Health Records Field Guide</span></a>
</div></header>
<main id="main">
<div class="subhead"><div class="wrap error-head"><h1>{title}</h1><p>{words}</p></div></div>
<div class="wrap section stack"><h2>Meanwhile</h2><ul class="plain">
<li><a href="/">Start again from the first page</a></li>
<li><a href="/programs/">All programs</a></li>
</ul></div>
</main>
</body>
</html>
"""
HEADERS: Final = (
    "Connection: close",
    "Content-Type: text/html; charset=utf-8",
    "Cache-Control: no-store",
    "Content-Security-Policy: default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'",
    "X-Content-Type-Options: nosniff",
    "Referrer-Policy: same-origin",
)


#: These are parse errors in gunicorn's books, and ours in truth.
OUR_FAULT: Final = (errors.ConfigurationProblem, errors.InvalidResponseHeader, errors.InvalidResponseHeaderName)


class Worker(ThreadWorker):
    """Gunicorn's own threads with our words for what they refuse.

    Gunicorn would write the sender's address and a part of the request into the log; what readers search for stands in
    the request. Hence a line without either.
    """

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: Exception) -> None:
        status = next((status for kind, status in STATUS if isinstance(exc, kind)), None)
        if status is None or isinstance(exc, OUR_FAULT):
            super().handle_error(None, client, None, exc)  # with the traceback, without the request
            return
        self.log.warning("A request could not be read: %s", type(exc).__name__)
        try:
            write_nonblock(client, answer(status))
            hear_out(client)
        except OSError:  # the sender has gone
            self.log.debug("The answer could not be sent.")


def answer(status: HTTPStatus) -> bytes:
    """The whole response."""
    title, words = SAID.get(status, OTHERWISE)
    body = PAGE.format(title=title, words=words).encode()
    head = (f"HTTP/1.1 {status.value} {status.phrase}", *HEADERS, f"Content-Length: {len(body)}", "", "")
    return "\r\n".join(head).encode("ascii") + body


def hear_out(client: socket.socket) -> None:
    """Say that nothing more comes, and take what is still on its way, for a moment and up to a limit."""
    client.shutdown(socket.SHUT_WR)
    left, until = MOST_UNREAD, monotonic() + PATIENCE
    while left > 0 and (patience := until - monotonic()) > 0:
        client.settimeout(patience)
        taken = client.recv(min(left, 1 << 16))
        if not taken:
            return
        left -= len(taken)

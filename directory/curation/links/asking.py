"""Asking one address the way a careful browser would: GET, redirects followed, nothing but public machines.

Every connection is made to a number that was looked at, not to a name: a name server that answers otherwise the second
time (DNS rebinding) changes nothing. Redirects are addresses like any other.
"""

from __future__ import annotations

import re
import socket
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from html import unescape
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, NewConnectionError, SSLError

from directory.curation.links.judging import Answer, Failure, Hop
from directory.curation.links.reach import NoHost, NotPublic, Resolver, resolve, targets
from directory.links import outbound

MOST_HOPS: Final = 10
#: Enough of a page for its title.
MOST_BYTES: Final = 65_536
SECONDS: Final = 10.0
#: For one address with all its redirects, however slowly the bytes drip.
IN_ALL: Final = 30.0
REDIRECTS: Final = frozenset((301, 302, 303, 307, 308))
TITLE: Final = re.compile(rb"<title[^>]*>(.{0,300}?)</title", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Mark:
    """What the last answer was marked with; an unchanged page then answers 304 and no more."""

    etag: str = ""
    last_modified: str = ""


class _Guarded(HTTPConnection):
    """A connection to a number that may be asked; the name goes into the request and the certificate's check."""

    guard: Guard

    def _new_conn(self) -> socket.socket:
        failure: OSError | None = None
        for family, address in targets(self.host, self.port or 80, resolver=self.guard.resolver, also=self.guard.also):
            connection = socket.socket(family, socket.SOCK_STREAM)
            connection.settimeout(SECONDS)
            try:
                connection.connect(address)
            except OSError as error:
                connection.close()
                failure = error
                continue
            # A second handle on the same connection: TLS takes the first one over.
            self.guard.open.add(connection.dup())
            return connection
        raise NewConnectionError(self, f"no connection: {failure}")


class _GuardedTLS(_Guarded, HTTPSConnection):
    """The same under TLS; `connect` of urllib3 wraps what `_new_conn` returns."""


@dataclass
class Guard:
    """Who may be asked, and the sockets that are open, so that a time limit can shut them."""

    resolver: Resolver
    also: Sequence[str]
    open: set[socket.socket]

    def pool(self, scheme: str, host: str, port: int) -> HTTPConnectionPool:
        """A pool for one connection. It never uses a proxy: a proxy would do the resolving for us."""
        kind, base = (HTTPSConnectionPool, _GuardedTLS) if scheme == "https" else (HTTPConnectionPool, _Guarded)
        pool = kind(host, port, timeout=urllib3.Timeout(connect=SECONDS, read=SECONDS), maxsize=1, retries=False)
        pool.ConnectionCls = type("Connection", (base,), {"guard": self})
        return pool


def ask(
    url: str, *, agent: str, mark: Mark | None = None, resolver: Resolver = resolve, also: Sequence[str] = (),
    limit: float = IN_ALL,
) -> Answer:  # fmt: skip
    """Ask an address that `outbound` returned, and those it redirects to. Raises nothing for what the network does."""
    guard = Guard(resolver, also, set())
    hops: list[Hop] = []
    try:
        with _limited(guard, limit):
            return _follow(url, guard, agent, mark or Mark(), hops)
    except NotPublic:
        return Answer(url, failure=Failure.NOT_PUBLIC, hops=tuple(hops))
    except NoHost:
        return Answer(url, failure=Failure.NO_HOST, hops=tuple(hops))
    except (SSLError, ssl.SSLError):
        return Answer(url, failure=Failure.CERTIFICATE, hops=tuple(hops))
    except (HTTPError, OSError, ValueError):
        # ValueError: a header that is none, an address that the standard library cannot split.
        return Answer(url, failure=Failure.NO_ANSWER, hops=tuple(hops))


def _follow(url: str, guard: Guard, agent: str, mark: Mark, hops: list[Hop]) -> Answer:
    here, seen = url, {url}
    while True:
        status, headers, body = _get(here, guard, agent, mark if not hops else Mark())
        if status not in REDIRECTS or not headers.get("Location"):
            return Answer(
                url, status, hops=tuple(hops), title=_title(body), retry_after=_seconds(headers.get("Retry-After", "")),
                etag="" if hops else headers.get("ETag", "")[:300],
                last_modified="" if hops else headers.get("Last-Modified", "")[:60],
            )  # fmt: skip
        there = outbound(urljoin(here, headers["Location"]).partition("#")[0])
        if there is None:
            return Answer(url, failure=Failure.NO_ADDRESS, hops=tuple(hops))
        hops.append(Hop(status, there))
        if there in seen or len(hops) > MOST_HOPS:
            return Answer(url, failure=Failure.LOOP, hops=tuple(hops))
        seen.add(there)
        here = there


def _get(url: str, guard: Guard, agent: str, mark: Mark) -> tuple[int, Any, bytes]:
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    headers = {"User-Agent": agent, "Accept": "text/html,*/*;q=0.5", "Accept-Encoding": "identity"}
    if mark.etag:
        headers["If-None-Match"] = mark.etag
    if mark.last_modified:
        headers["If-Modified-Since"] = mark.last_modified
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    pool = guard.pool(parts.scheme, host, port)
    try:
        response = pool.urlopen("GET", path, headers=headers, redirect=False, preload_content=False, retries=False)
        body = b""
        if "html" in response.headers.get("Content-Type", "text/html"):
            # read1 returns what has come; read would wait for the whole of a page that never ends.
            while len(body) < MOST_BYTES and (piece := response.read1(8_192, decode_content=False)):
                body += piece
        response.close()
        return response.status, response.headers, body
    finally:
        pool.close()


def _title(body: bytes) -> str:
    found = TITLE.search(body)
    return " ".join(unescape(found[1].decode("utf-8", "replace")).split()) if found else ""


def _seconds(text: str) -> int | None:
    """Retry-After in seconds; the form with a date is left alone, our own waits are days."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


@contextmanager
def _limited(guard: Guard, seconds: float) -> Iterator[None]:
    """Shuts what is still open after so long: a server that drips one byte in nine seconds keeps every time-out."""

    def shut() -> None:
        for connection in list(guard.open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, shut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        for connection in guard.open:
            with suppress(OSError):
                connection.close()

"""Asking a publisher over https: what comes back, or in words why nothing does."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException, HTTPMessage, HTTPResponse
from ipaddress import ip_address
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

USER_AGENT = "HealthRecordsFieldGuide/0.1 (fetch_releases; public data files, one at a time)"
TIMEOUT = 60  # seconds without a byte
PAGE_LIMIT = 4 * 1024**2
NOT_MODIFIED, RANGE_NOT_THERE = 304, 416
GONE = (404, 410)
REFUSED = (401, 403, 429)


class FetchError(Exception):
    """The file could not be had. The message is for the person at the terminal."""


class Unreachable(FetchError):
    """The host does not answer: no network, no such name, refused, timed out."""


class NotThere(FetchError):
    """The publisher has no such file: 404, or a web page in its place."""


class Restart(Exception):
    """What came before does not fit what would come now: begin anew."""


class _SafeRedirects(HTTPRedirectHandler):
    """Follows redirects only to where the address itself would have been allowed."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        check(newurl)
        if urlsplit(req.full_url).scheme == "https" and urlsplit(newurl).scheme != "https":
            raise FetchError(f"{urlsplit(req.full_url).hostname} leads away from https, to {newurl}.")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


_opener = build_opener(_SafeRedirects)


def check(url: str) -> None:
    """Raises FetchError unless the address is https, or http on this very machine."""
    parts = urlsplit(url)
    if parts.scheme == "https" and parts.hostname:
        return
    if parts.scheme == "http" and _is_this_machine(parts.hostname or ""):
        return
    raise FetchError(f"{url} is not an https address.")


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def read_page(url: str) -> str:
    """The text of a web page, at most 4 MB of it."""
    with asked(Request(url, headers={"User-Agent": USER_AGENT})) as answer:  # noqa: S310 - checked by asked
        return answer.read(PAGE_LIMIT).decode("utf-8", "replace")


@contextmanager
def asked(request: Request) -> Iterator[HTTPResponse]:
    """The answer to a request; everything that can go wrong on the way is said in words."""
    check(request.full_url)
    host = host_of(request.full_url)
    try:
        with _opener.open(request, timeout=TIMEOUT) as answer:
            yield answer
    except HTTPError as error:
        with error:
            if error.code == NOT_MODIFIED:
                yield error  # type: ignore[misc]  # has status and headers like any answer
                return
            if error.code == RANGE_NOT_THERE:
                raise Restart from None
            if error.code in GONE:
                raise NotThere(f"{host} has no such file ({error.code}).") from None
            if error.code in REFUSED:
                raise FetchError(f"{host} refuses automated requests ({error.code}).") from None
            raise FetchError(f"{host} answered {error.code} {error.reason}.") from None
    except URLError as error:
        raise Unreachable(f"could not reach {host}: {in_words(error.reason)}") from None
    except (TimeoutError, ConnectionError, ssl.SSLError, HTTPException) as error:
        raise Unreachable(f"lost {host}: {in_words(error)}") from None


def host_of(url: str) -> str:
    return urlsplit(url).hostname or url


def in_words(reason: object) -> str:
    """The reason without numbers and classes: "Name or service not known"."""
    if isinstance(reason, OSError) and reason.strerror:
        return reason.strerror
    return str(reason) or type(reason).__name__

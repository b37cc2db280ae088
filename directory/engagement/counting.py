"""What counting readers' doings has in common: who counts as a reader, and a transaction that nobody waits for."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest

#: Programs that follow links say so, most of them; what does not is counted as a reader.
MACHINES: Final = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|preview|facebookexternalhit|embedly|whatsapp|monitor|uptime|lighthouse|"
    r"headless|scrapy|curl|wget|python|httpx|aiohttp|okhttp|axios|node-fetch|go-http-client|java/|libwww|perl|ruby",
    re.IGNORECASE,
)
#: Where browsers say that they fetch a page before anybody has asked for it, and how.
AHEAD: Final = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
AHEAD_OF_A_CLICK: Final = ("prefetch", "prerender", "preview")


def is_reader(method: str, headers: Mapping[str, str]) -> bool:
    """Whether a request is a person's own: a GET, not fetched ahead of a click, by no obvious machine.

    `headers` as in `request.headers`. They are looked at and forgotten.
    """
    purpose = " ".join(headers.get(name, "") for name in AHEAD).lower()
    agent = headers.get("User-Agent", "")
    return (
        method == "GET"
        and not any(map(purpose.__contains__, AHEAD_OF_A_CLICK))
        and bool(agent)
        and not MACHINES.search(agent)
    )


def is_opened(headers: Mapping[str, str]) -> bool:
    """Whether the browser opens the address as a page of its own: no picture, frame or script asks for it.

    True where the browser does not say.
    """
    return headers.get("Sec-Fetch-Dest", "document") == "document"


def address_of(request: HttpRequest) -> str:
    """Where a request came from, to be put into a digest and forgotten.

    Behind a proxy on this machine the address is the one that the proxy saw.
    """
    address: str = request.META.get("REMOTE_ADDR", "")
    if address in ("", "127.0.0.1", "::1"):
        return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or address
    return address


def network_of(request: HttpRequest) -> str:
    """The network that a request came from, to be put into a digest and forgotten: of IPv6 the first half, as one
    connection has the whole other half to choose from.
    """
    address = address_of(request)
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is None:
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed.ipv4_mapped or parsed if isinstance(parsed, ipaddress.IPv6Address) else parsed)


@contextmanager
def short_transaction(using: str, milliseconds: int) -> Iterator[None]:
    """A transaction that fails (DatabaseError) when a lock is not free within so many milliseconds."""
    connection = connections[using]
    with _short_wait(connection, milliseconds), transaction.atomic(using=using):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                # Zero would mean to wait for ever.
                cursor.execute(f"SET LOCAL lock_timeout = {max(1, milliseconds)}")
        yield


@contextmanager
def _short_wait(connection: BaseDatabaseWrapper, milliseconds: int) -> Iterator[None]:
    """Makes SQLite give up on the write lock sooner; it waits for it when the transaction starts."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (usual,) = cursor.fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {milliseconds}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")

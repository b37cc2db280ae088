"""Which machines may be asked: those of the public internet and no others, whatever a name resolves to."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final, NamedTuple

#: Ranges that Python 3.11 counts as global or does not know, and that are nobody's public web server.
NEVER: Final = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "224.0.0.0/4",
            "240.0.0.0/4", "::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20",
            "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        ),
    )
)  # fmt: skip
#: The translation prefix carries an IPv4 address in its last 32 bits, and 6to4 in its first after 2002.
TRANSLATED: Final = IPv6Network("64:ff9b::/96")
Address = IPv4Address | IPv6Address


class NotPublic(Exception):
    """A name leads to a machine that is not on the public internet."""


class NoHost(Exception):
    """A name resolves to nothing."""


class Target(NamedTuple):
    """A numeric socket address."""

    family: int
    address: tuple[str, int]


#: From a name and a port to what may answer there.
Resolver = Callable[[str, int], Iterable[Target]]


def resolve(host: str, port: int) -> list[Target]:
    """Everything that a name stands for, as numbers. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(Target(int(family), (str(address[0]), port)) for family, _, _, _, address in found))


def is_public(text: str) -> bool:
    """Whether a numeric address belongs to the public internet; every address that is hidden in it must, too."""
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return "%" not in text and all(map(_is_public, _hidden_in(address)))


def _hidden_in(address: Address) -> list[Address]:
    """The IPv4 addresses that an IPv6 address stands for; the address itself when there is none."""
    if not isinstance(address, IPv6Address):
        return [address]
    if address.ipv4_mapped:
        return [address.ipv4_mapped]
    if address in TRANSLATED:
        return [IPv4Address(int(address) & 0xFFFFFFFF)]
    if address.sixtofour:
        return [address.sixtofour]
    return [address]


def _is_public(address: Address) -> bool:
    inside = any(address.version == network.version and address in network for network in NEVER)
    return address.is_global and not (inside or address.is_multicast or address.is_reserved)


def targets(host: str, port: int, *, resolver: Resolver = resolve, also: Sequence[str] = ()) -> list[Target]:
    """Where a name may be asked. The caller connects to these numbers and not to the name, which may mean
    something else a moment later.

    A name that leads to a single inner machine among public ones is refused whole: whoever set it up so means the
    inner one. `also` are networks that count as public ("127.0.0.0/8"), for trials on one machine.

    Raises NoHost, NotPublic.
    """
    try:
        found = list(resolver(host, port))
    except (OSError, UnicodeError) as error:
        raise NoHost(host) from error
    if not found:
        raise NoHost(host)
    trial = [ip_network(each) for each in also]
    for target in found:
        number = target.address[0]
        if not (is_public(number) or any(ip_address(number.partition("%")[0]) in network for network in trial)):
            raise NotPublic(host)
    return found

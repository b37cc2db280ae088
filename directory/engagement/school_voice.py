"""Whether somebody may answer for a school: by a confirmed e-mail address at the school's own domain.

What that proves: the writer reads mail at a domain that, by the federal directory, is the school's. What it does not
prove: that they work there (many schools give the same domain to students), or that the school has asked them to speak.
So what they write is read by staff, and shown with the domain beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import AnonymousUser, User

from directory.engagement.confirmed import confirmed_addresses
from directory.engagement.domains import ANYBODYS, is_of_students, registered
from directory.links import host_of, outbound
from directory.models import School

#: The first six digits of an OPEID name the party to the federal aid contract; its campuses share them.
PARENT: Final = 6


@dataclass(frozen=True, slots=True)
class Voice:
    """`speaks`, with the `domain` that proves it; or the reason why not, in words for the reader (`why`)."""

    speaks: bool
    domain: str = ""
    why: str = ""


def speaks_for(user: User | AnonymousUser, school: School) -> bool:
    """Whether one of the user's confirmed addresses is at the school's own domain, and at no other school's."""
    return voice(user, school).speaks


def voice(user: User | AnonymousUser, school: School) -> Voice:
    """The same with the domain that proves it, or the reason why nothing does. Asks two queries at most."""
    own = own_host(school)
    domain = registered(own)
    if school.is_closed:
        return Voice(False, why="This school has closed; its old address may belong to somebody else by now.")
    if not domain or domain in ANYBODYS:
        return Voice(False, why="The federal directory has no address of this school at a domain of its own.")
    hosts = [host for address in confirmed_addresses(user) if (host := _mail_host(address))]
    here = [host for host in hosts if registered(host) == domain]
    if not here:
        return Voice(False, domain, f"A reply needs a confirmed e-mail address at {domain}.")
    staff = [host for host in here if not is_of_students(host, domain)]
    if not staff:
        return Voice(False, domain, f"{here[0]} is what schools give to students and alumni: no school’s own voice.")
    # Mail at the school's own name below a shared domain, or at a domain that is the school's alone.
    exact = [host for host in staff if own != domain and (host == own or host.endswith(f".{own}"))]
    if exact:
        return Voice(True, exact[0])
    others = _others(school, domain)
    if others:
        schools = "another school" if others == 1 else f"{others} other schools"
        return Voice(
            False, domain, f"{domain} belongs to {schools} too: an address there does not tell for which it speaks."
        )
    return Voice(True, staff[0])


def own_host(school: School) -> str:
    """The host of the school's stored website without "www."; "" without a usable one."""
    url = outbound(school.website)
    return host_of(url).removeprefix("www.") if url else ""


def _mail_host(address: str) -> str:
    """The host of an e-mail address in small letters; "" unless it is plain ASCII, as our list of endings is."""
    host = address.rpartition("@")[2].strip().rstrip(".").lower()
    return host if host.isascii() and outbound(host) == f"https://{host}" else ""


def _others(school: School, domain: str) -> int:
    """How many other parties have their pages at the domain. Campuses of one party are one."""
    rows: Iterable[tuple[str, str]] = (
        School.objects.filter(website__icontains=domain).exclude(pk=school.pk).values_list("website", "opeid")
    )
    parent = school.opeid[:PARENT]
    found = set()
    for website, opeid in rows:
        url = outbound(website)
        if not url or registered(host_of(url)) != domain:
            continue
        if not parent or opeid[:PARENT] != parent:
            found.add(opeid[:PARENT] or website)
    return len(found)

"""Where a reader may leave to: the school's own addresses, repaired or refused, and those that answer.

HD gives addresses as schools typed them: half lack the scheme, some hold blanks, a few are e-mail addresses.
An address that a browser could read in two ways is no address.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final
from unicodedata import category
from urllib.parse import quote

from django.urls import reverse

from directory.models import Program, ProgramFact, School
from directory.unanswered import unanswered
from directory.vocab import GoKind, ListingState, Reliability

#: What Django refuses to redirect to, and more than any school has.
LONGEST: Final = 2_000
LONGEST_HOST: Final = 253
PORT_OF: Final = {"http": "80", "https": "443"}
ADDRESS: Final = re.compile(r"(?:(?P<scheme>https?)://)?(?P<site>[^/?#]+)(?P<rest>[/?#].*)?", re.IGNORECASE)
LABEL: Final = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
#: At least one dot; the last label is no number, so that no form of an IP address passes for a name.
HOST: Final = re.compile(rf"(?:{LABEL}\.)+(?:[a-z]{{2,63}}|xn--[a-z0-9-]{{1,58}}[a-z0-9])")
#: Names that only mean something inside somebody's own network.
INNER_NAMES: Final = frozenset(
    {"corp", "home", "internal", "intranet", "lan", "local", "localdomain", "localhost", "onion"}
)
#: Letters that old and new rules of international names turn into different hosts.
TWO_READINGS: Final = frozenset("ßς")
#: Signs that may stand between letters; a sign that only looks like a slash may not.
DOTS_AND_DASH: Final = frozenset("-.。．｡")
#: The ways in for which a student comes.
MAIN: Final = (GoKind.PROGRAM, GoKind.APPLY)
#: Facts of a program that are ways in.
OWN_WAYS: Final = (ProgramFact.Kind.PROGRAM_URL, ProgramFact.Kind.APPLY_URL)
#: Everything that RFC 3986 allows after the host; "%" stays, because addresses come with escapes in them.
KEPT: Final = "/?#[]@!$&'()*+,;=:%-._~"


def outbound(address: str) -> str | None:
    """The address as an absolute http(s) URL in ASCII, or None when it is none that a reader can be sent to.

    "www.x.edu" becomes "https://www.x.edu", a blank in the path "%20", an international name its ASCII form.
    None for any other scheme or port, a user name, a backslash, a control or invisible character, an IP
    address, a name without a dot or of an inner network. Give the result again and it comes back unchanged.
    """
    text = address.strip(" ")
    if not text or len(text) > LONGEST or not text.isprintable() or "\\" in text:
        return None
    parts = ADDRESS.fullmatch(text)
    if parts is None:
        return None
    scheme = (parts["scheme"] or "https").lower()
    host = _host(parts["site"], PORT_OF[scheme])
    if host is None:
        return None
    url = f"{scheme}://{host}{quote(parts['rest'] or '', safe=KEPT)}"
    return url if len(url) <= LONGEST else None


def host_of(url: str) -> str:
    """The host of a URL that `outbound` returned, to be shown beside the link."""
    return re.split(r"[/?#]", url.partition("://")[2], maxsplit=1)[0]


def _host(site: str, port: str) -> str | None:
    """The host in lower-case ASCII; None when the part before the path is not a plain public name."""
    name = site.removesuffix(f":{port}").lower()
    if not name.isascii():
        if TWO_READINGS & set(name) or not all(c in DOTS_AND_DASH or category(c)[0] in "LMN" for c in name):
            return None
        try:
            name = name.encode("idna").decode("ascii").lower()
        except UnicodeError:
            return None
    name = name.removesuffix(".")
    if len(name) > LONGEST_HOST or not HOST.fullmatch(name) or name.rpartition(".")[2] in INNER_NAMES:
        return None
    return name


@dataclass(frozen=True, slots=True)
class Way:
    """Where a kind of link leads: `silent_on` is the day on which the address was last asked in vain (nobody is sent
    there then), None while it answers. `passed_over` is the same of a better address in whose place this one stands.
    """

    label: str
    url: str
    silent_on: dt.date | None = None
    passed_over: dt.date | None = None


@dataclass(frozen=True, slots=True)
class EnrolLink:
    """A way to the school: `url` is our /go/ address (link it "nofollow"), `host` is where it leads.

    `passed_over` as in `Way`.
    """

    kind: GoKind
    label: str
    url: str
    host: str
    passed_over: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Silent:
    """A way to the school that did not answer when it was last asked, on that day."""

    kind: GoKind
    label: str
    on: dt.date


def enrol_links(school: School, program: Program | None = None, facts: Iterable[ProgramFact] = ()) -> list[EnrolLink]:
    """The ways out that really have an address, and one that answers, in the order in which a student needs them.

    `facts` are the program's own (`program.facts.all()`). None for a closed school or an unlisted program.
    """
    if not may_leave(school, program):
        return []
    slug = program.slug if program else school.slug
    known = ways(school, facts)
    found = [
        EnrolLink(kind, way.label, reverse("go", args=[slug, kind.value]), host_of(way.url), way.passed_over)
        for kind, way in known.items()
        if way.silent_on is None
    ]
    if any(way.silent_on for way in known.values()) and not any(link.kind in MAIN for link in found):
        # The first one is the main button: the front page leads further than the page on grants.
        found.sort(key=lambda link: link.kind != GoKind.VISIT)
    return found


def silent_links(school: School, program: Program | None = None, facts: Iterable[ProgramFact] = ()) -> list[Silent]:
    """The ways that `enrol_links` leaves away because nobody answers there."""
    if not may_leave(school, program):
        return []
    return [Silent(kind, way.label, way.silent_on) for kind, way in ways(school, facts).items() if way.silent_on]


def may_leave(school: School, program: Program | None = None) -> bool:
    """Whether a listing still sends readers to its school."""
    here = program is None or (program.state == ListingState.LISTED and program.merged_into_id is None)
    return here and not school.is_closed and school.merged_into_id is None


def ways(school: School, facts: Iterable[ProgramFact] = ()) -> dict[GoKind, Way]:
    """Every kind that has a usable stored address: the only places a listing leads to.

    Of several addresses the first one that answers; the first one, with the day, when none does.
    """
    own = _checked(facts)
    apply = str(GoKind.APPLY.label)
    stored: dict[GoKind, list[tuple[str, str]]] = {
        GoKind.PROGRAM: [(str(GoKind.PROGRAM.label), url) for url in own[ProgramFact.Kind.PROGRAM_URL]],
        GoKind.APPLY: [
            *((apply, url) for url in own[ProgramFact.Kind.APPLY_URL]),
            (apply, school.apply_url),
            ("Admissions", school.admissions_url),
        ],
        GoKind.AID: [(str(GoKind.AID.label), school.aid_url)],
        GoKind.PRICE: [(str(GoKind.PRICE.label), school.net_price_url)],
        GoKind.VISIT: [(str(GoKind.VISIT.label), school.website)],
    }
    found: dict[GoKind, Way] = {}
    for kind, candidates in stored.items():
        usable = [Way(label, url, unanswered.since(url)) for label, address in candidates if (url := outbound(address))]
        if usable:
            found[kind] = _first_that_answers(usable)
    return found


def says_there_is_none(fact: ProgramFact) -> bool:
    """Whether somebody looked for an address, found that there is none, and says why and when."""
    return bool(fact.kind in OWN_WAYS and not fact.value and fact.note.strip() and fact.checked_on)


def _first_that_answers(usable: list[Way]) -> Way:
    first, answers = usable[0], next((way for way in usable if way.silent_on is None), None)
    return replace(answers, passed_over=first.silent_on) if answers else first


def _checked(facts: Iterable[ProgramFact]) -> dict[str, list[str]]:
    """Addresses of the program that somebody checked, the best first: the school's own, then the newest."""
    found: dict[str, list[ProgramFact]] = {ProgramFact.Kind.PROGRAM_URL: [], ProgramFact.Kind.APPLY_URL: []}
    for fact in facts:
        if fact.kind in found and fact.checked_on:
            found[fact.kind].append(fact)
    return {kind: [fact.value for fact in sorted(rows, key=_rank)] for kind, rows in found.items()}


def _rank(fact: ProgramFact) -> tuple[bool, int, int]:
    checked = fact.checked_on.toordinal() if fact.checked_on else 0
    return fact.reliability != Reliability.HIGH, -checked, fact.pk

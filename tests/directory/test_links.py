"""An address leads to the school that gave it, or nowhere."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from directory.links import Way, enrol_links, host_of, outbound, ways
from directory.models import ProgramFact
from directory.vocab import GoKind, ListingState, Reliability, SchoolState
from tests.directory.invented import fact, program, school

CHECKED = dt.date(2025, 3, 1)


@pytest.mark.parametrize(
    ("given_address", "leads_to"),
    [
        ("https://www.maplefork.example/apply", "https://www.maplefork.example/apply"),
        ("http://www.maplefork.example", "http://www.maplefork.example"),
        ("www.maplefork.example", "https://www.maplefork.example"),
        ("  www.maplefork.example/  ", "https://www.maplefork.example/"),
        ("maplefork.example/aid?year=2025#top", "https://maplefork.example/aid?year=2025#top"),
        ("WWW.MapleFork.EXAMPLE/Apply", "https://www.maplefork.example/Apply"),
        ("HTTPS://maplefork.example", "https://maplefork.example"),
        ("https://maplefork.example:443/x", "https://maplefork.example/x"),
        ("http://maplefork.example:80", "http://maplefork.example"),
        ("https://maplefork.example./x", "https://maplefork.example/x"),
        ("maplefork.example?go=1", "https://maplefork.example?go=1"),
        ("maplefork.example/Net Price/x.html", "https://maplefork.example/Net%20Price/x.html"),
        ("maplefork.example/a%20b", "https://maplefork.example/a%20b"),
        ("maplefork.example/@news", "https://maplefork.example/@news"),
        (
            "maplefork.example/r?to=https://elsewhere.example",
            "https://maplefork.example/r?to=https://elsewhere.example",
        ),
        ('maplefork.example/"><b>', "https://maplefork.example/%22%3E%3Cb%3E"),
        ("maplefork.example/año", "https://maplefork.example/a%C3%B1o"),
        ("bücher.example/x", "https://xn--bcher-kva.example/x"),
        ("ｍａｐｌｅｆｏｒｋ。example", "https://maplefork.example"),
        ("xn--bcher-kva.example", "https://xn--bcher-kva.example"),
    ],
)
def test_an_address_is_repaired_and_leads_to_its_own_host(given_address, leads_to):
    assert outbound(given_address) == leads_to


@pytest.mark.parametrize(
    "given_address",
    [
        *(
            "",
            " ",
            "-2",
            ".",
            "none",
            "N/A",
            "maplefork",
            "localhost",
            "https://",
            "https:///apply",
            "http//x.example",
        ),
        *(
            "javascript:alert(1)",
            "JavaScript:alert(1)//x.example",
            "java\tscript:alert(1)",
            "data:text/html,x",
        ),
        *(
            "vbscript:x",
            "file:///etc/passwd",
            "ftp://maplefork.example",
            "mailto:aid@maplefork.example",
            "tel:5551234",
        ),
        *("https:maplefork.example", "https:/maplefork.example", "https://https://maplefork.example"),
        *("//elsewhere.example", "///elsewhere.example", "/apply", "?x.example", "#x.example"),
        *(
            "\\\\elsewhere.example",
            "https:\\\\elsewhere.example",
            "https://maplefork.example\\@elsewhere.example",
        ),
        *("maplefork.example\\.elsewhere.example", "https://maplefork.example/a\\b"),
        *(
            "https://aid@maplefork.example/",
            "https://user:word@maplefork.example",
            "maplefork.example@elsewhere.example",
        ),
        *(
            "https://maplefork.example:8443/x",
            "maplefork.example:22",
            "http://maplefork.example:443",
            "maplefork.example:",
        ),
        *(
            "maplefork.example\r\nSet-Cookie: a=b",
            "maplefork.example\n",
            "\tmaplefork.example",
            "maplefork.example\x00",
        ),
        *("maple fork.example", "www.maplefork.example www.elsewhere.example", "maplefork.example\u00a0/x"),
        *(
            "maplefork\u200b.example",
            "maplefork.example/\u202etxt",
            "maplefork.example/\u2028",
            "maplefork.example/\ud800",
        ),
        *(
            "127.0.0.1",
            "http://10.0.0.1/x",
            "0x7f.1",
            "2130706433",
            "http://0177.0.0.1",
            "[::1]",
            "https://[2001:db8::1]/",
        ),
        *("printer.local", "db.internal", "x.localhost", "hidden.onion", "wiki.corp"),
        *(
            "maplefork..example",
            ".maplefork.example",
            "-maplefork.example",
            "maplefork-.example",
            "maple_fork.example",
        ),
        *(
            "maplefork.example\u2044x",
            "maplefork.example\u2100x.example",
            "elsewhere\uff0fx.example",
            "x\uff20y.example",
        ),
        *(
            "fußball.example",
            "a" * 64 + ".example",
            "a." * 127 + "example",
            "maplefork.example/" + "a" * 2_000,
        ),
        "maplefork.example/" + "é" * 700,
    ],
)
def test_what_is_no_plain_web_address_is_no_address(given_address):
    assert outbound(given_address) is None


ADDRESSES = st.one_of(
    st.text(max_size=80),
    st.text(alphabet="htps:/\\@.?#%[]ax1 \t\r\n\u00a0\u3002\uff0f", max_size=40),
    st.from_regex(r"(https?://)?[a-z@:\\/.?#\[\]%0-9 -]{1,40}", fullmatch=True),
)


@given(ADDRESSES)
@example("https://a.bc:80/")
@example("a.bc/\\")
def test_whatever_comes_in_a_plain_web_address_comes_out_or_nothing(text):
    url = outbound(text)
    if url is None:
        return
    assert outbound(url) == url
    assert url.isascii()
    assert url.isprintable()
    assert not set(url) & set('\\ "<>')
    parts = urlsplit(url)
    assert parts.scheme in ("http", "https")
    assert parts.netloc == parts.hostname == host_of(url)
    assert "." in parts.netloc
    assert not parts.netloc.rpartition(".")[2].isdigit()


@given(st.from_regex(r"[a-z][a-z0-9]{0,9}(\.[a-z]{2,9}){1,2}", fullmatch=True), st.text(max_size=40))
def test_nothing_after_the_host_changes_the_host(host, rest):
    url = outbound(f"https://{host}/{rest}")
    assert url is None or host_of(url) == host


@pytest.fixture
def maple_fork(db):
    return school(
        website="www.maplefork.example",
        apply_url="apply.maplefork.example",
        admissions_url="www.maplefork.example/admissions",
        aid_url="www.maplefork.example/aid",
        net_price_url="https://npc.example/maplefork",
    )


def test_links_stand_in_the_order_in_which_a_student_needs_them(maple_fork):
    at = program(maple_fork)
    facts = [fact(at, ProgramFact.Kind.PROGRAM_URL, "https://www.maplefork.example/hit", checked_on=CHECKED)]
    links = enrol_links(maple_fork, at, facts)
    assert [(link.kind, link.label, link.host) for link in links] == [
        (GoKind.PROGRAM, "Program page", "www.maplefork.example"),
        (GoKind.APPLY, "Apply", "apply.maplefork.example"),
        (GoKind.AID, "Financial aid", "www.maplefork.example"),
        (GoKind.PRICE, "Net price calculator", "npc.example"),
        (GoKind.VISIT, "School website", "www.maplefork.example"),
    ]
    assert [link.url for link in links][:2] == [f"/go/{at.slug}/program/", f"/go/{at.slug}/apply/"]


def test_only_kinds_with_a_usable_address_are_offered(db):
    bare = school(website="javascript:alert(1)", apply_url="-2", aid_url="www.maplefork.example/aid")
    assert [link.kind for link in enrol_links(bare)] == [GoKind.AID]
    assert enrol_links(bare)[0].url == f"/go/{bare.slug}/aid/"


def test_applying_falls_back_to_admissions_and_says_so(maple_fork):
    maple_fork.apply_url = "apply@maplefork.example"
    assert ways(maple_fork)[GoKind.APPLY] == Way("Admissions", "https://www.maplefork.example/admissions")


def test_a_programs_own_address_counts_once_somebody_checked_it(maple_fork):
    at = program(maple_fork)
    stated = fact(at, ProgramFact.Kind.APPLY_URL, "https://www.maplefork.example/hit/apply")
    assert ways(maple_fork, [stated])[GoKind.APPLY].url == "https://apply.maplefork.example"
    stated.checked_on = CHECKED
    assert ways(maple_fork, [stated])[GoKind.APPLY].url == "https://www.maplefork.example/hit/apply"


def test_the_schools_own_page_goes_before_another_and_a_newer_check_before_an_older(maple_fork):
    at, kind = program(maple_fork), ProgramFact.Kind.PROGRAM_URL
    pages = [
        fact(at, kind, "https://elsewhere.example", checked_on=CHECKED, reliability=Reliability.MEDIUM, evidence_url="https://a.example"),
        fact(at, kind, "https://www.maplefork.example/old", checked_on=dt.date(2024, 1, 1), evidence_url="https://b.example"),
        fact(at, kind, "https://www.maplefork.example/new", checked_on=CHECKED, evidence_url="https://c.example"),
    ]  # fmt: skip
    assert ways(maple_fork, pages)[GoKind.PROGRAM].url == "https://www.maplefork.example/new"


@pytest.mark.parametrize("status", [SchoolState.CLOSED, SchoolState.CLOSING, SchoolState.COMBINED, SchoolState.GONE])
def test_nobody_is_sent_to_a_closed_school(maple_fork, status):
    maple_fork.status = status
    assert enrol_links(maple_fork) == []


@pytest.mark.parametrize("state", [ListingState.WITHDRAWN, ListingState.NOT_REPORTED, ListingState.SCHOOL_CLOSED])
def test_nobody_is_sent_to_a_program_off_the_lists(maple_fork, state):
    assert enrol_links(maple_fork, program(maple_fork, state=state)) == []

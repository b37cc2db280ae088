"""Asking an address over a real connection: redirects, marks, limits, and never an inner machine."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from functools import partial

import pytest

from directory.curation.links.asking import MOST_HOPS, Mark, ask
from directory.curation.links.judging import Failure, Hop
from directory.curation.links.reach import Target
from tests.directory.curation.links.local import Local, says, serving

SITE = "http://school.example"


@pytest.fixture
def local() -> Iterator[Local]:
    with serving() as found:
        yield found


@pytest.fixture
def asks(local):
    return partial(ask, agent="Field guide check", resolver=local.resolver, also=["127.0.0.0/8"])


def test_a_page_answers_with_its_title_and_marks(local, asks):
    local.pages["/apply?term=2"] = says(
        200, "<title>How to\n apply &amp; pay</title>", ETag='"a1"', Last_Modified="Mon"
    )
    answer = asks(f"{SITE}/apply?term=2")
    assert (answer.status, answer.title, answer.etag, answer.last_modified) == (
        200,
        "How to apply & pay",
        '"a1"',
        "Mon",
    )
    ((_, headers),) = local.asked
    assert (headers["Host"], headers["User-Agent"]) == ("school.example", "Field guide check")


def test_a_mark_is_sent_with_the_first_question_only(local, asks):
    local.pages["/"] = says(302, Location="/there")
    local.pages["/there"] = says(200)
    asks(f"{SITE}/", mark=Mark('"a1"', "Mon"))
    first, second = (headers for _, headers in local.asked)
    assert (first["If-None-Match"], first["If-Modified-Since"]) == ('"a1"', "Mon")
    assert "If-None-Match" not in second


def test_redirects_are_followed_and_told(local, asks):
    local.pages["/old"] = says(301, Location="/new")
    local.pages["/new"] = says(308, Location="http://other.example/final#top")
    local.pages["/final"] = says(200)
    answer = asks(f"{SITE}/old")
    assert answer.hops == (Hop(301, f"{SITE}/new"), Hop(308, "http://other.example/final"))
    assert (answer.status, answer.final) == (200, "http://other.example/final")


def test_redirects_without_end_are_a_loop(local, asks):
    local.pages["/a"] = says(302, Location="/b")
    local.pages["/b"] = says(302, Location="/a")
    assert asks(f"{SITE}/a").failure == Failure.LOOP
    for number in range(MOST_HOPS + 2):
        local.pages[f"/{number}"] = says(302, Location=f"/{number + 1}")
    assert asks(f"{SITE}/0").failure == Failure.LOOP


@pytest.mark.parametrize(
    "there",
    [
        "http://127.0.0.1/", "http://[::1]/", "http://169.254.169.254/latest/meta-data/", "file:///etc/passwd",
        "http://school.example:8080/", "http://2130706433/", "gopher://school.example/",
    ],
)  # fmt: skip
def test_a_redirect_to_what_is_no_address_is_not_followed(local, asks, there):
    local.pages["/"] = says(302, Location=there)
    assert asks(f"{SITE}/").failure == Failure.NO_ADDRESS
    assert len(local.asked) == 1


def test_a_redirect_to_a_name_that_leads_inside_is_not_followed(local, asks):
    local.pages["/"] = says(302, Location="http://inner.example/secret")
    assert asks(f"{SITE}/").failure == Failure.NOT_PUBLIC
    assert len(local.asked) == 1


def test_a_name_that_leads_to_this_machine_is_not_asked(local):
    assert ask(f"{SITE}/", agent="x", resolver=local.resolver).failure == Failure.NOT_PUBLIC
    assert local.asked == []


def test_a_name_that_is_resolved_once_cannot_change_its_mind(local):
    """DNS rebinding: the first answer is public, the second is this machine; the first is what is connected to."""
    answers = iter([[Target(socket.AF_INET, ("203.0.113.1", 80))], [Target(socket.AF_INET, ("127.0.0.1", local.port))]])
    asked = []

    def rebinding(host: str, port: int) -> list[Target]:
        asked.append(host)
        return next(answers)

    assert ask(f"{SITE}/", agent="x", resolver=rebinding, limit=2).failure == Failure.NOT_PUBLIC
    assert asked == ["school.example"]
    assert local.asked == []


def test_a_host_that_is_none_and_one_that_does_not_listen(local, asks):
    assert asks("http://nobody.invalid/").failure == Failure.NO_HOST
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        local.port = unused.getsockname()[1]
    assert asks(f"{SITE}/").failure == Failure.NO_ANSWER


def test_a_server_without_a_certificate_is_told_apart_from_one_that_is_silent(asks):
    """It answers plain text where TLS is spoken."""
    assert asks("https://school.example/").failure in (Failure.CERTIFICATE, Failure.NO_ANSWER)


def test_bytes_that_drip_end_at_the_limit(local, asks):
    go_on = threading.Event()

    def drips(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 999999\r\n\r\n<html>")
        while not go_on.wait(0.05):
            try:
                handler.wfile.write(b" ")
            except OSError:
                return

    local.pages["/"] = drips
    try:
        answer = asks(f"{SITE}/", limit=0.4)
    finally:
        go_on.set()
    assert answer.failure == Failure.NO_ANSWER or answer.status == 200


def test_a_page_without_end_is_read_as_far_as_its_title(local, asks):
    local.pages["/"] = says(200, "<title>Long</title>" + "x" * 3_000_000)
    assert asks(f"{SITE}/").title == "Long"


def test_nonsense_is_no_answer(local, asks):
    local.pages["/"] = lambda handler: handler.wfile.write(b"\x00\x01 nonsense\r\n\r\n")
    assert asks(f"{SITE}/").failure == Failure.NO_ANSWER

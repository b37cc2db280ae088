"""/go/ leads to an address stored for the listing and nowhere else, and counts without knowing who."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError
from django.test import RequestFactory

from directory.models import ClickCount, FormerSlug, ProgramFact
from directory.pipeline.refresh import refresh
from directory.vocab import GoKind, ListingState, SchoolState
from tests.directory.invented import fact, program, school

pytestmark = pytest.mark.django_db
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
DAY = dt.date(2025, 9, 1)
CHECKED = dt.date(2025, 3, 1)
ADDRESSES = {
    GoKind.PROGRAM: "https://www.maplefork.example/hit",
    GoKind.APPLY: "https://apply.maplefork.example/now",
    GoKind.AID: "https://www.maplefork.example/aid",
    GoKind.PRICE: "https://npc.example/maple%20fork",
    GoKind.VISIT: "https://www.maplefork.example",
}


@pytest.fixture
def maple_fork():
    return school(
        website="www.maplefork.example",
        apply_url="apply.maplefork.example/now",
        admissions_url="www.maplefork.example/admissions",
        aid_url="www.maplefork.example/aid",
        net_price_url="https://npc.example/maple fork",
    )


@pytest.fixture
def coding(maple_fork):
    at = program(maple_fork)
    fact(at, ProgramFact.Kind.PROGRAM_URL, "https://www.maplefork.example/hit", checked_on=CHECKED)
    refresh()
    return at


@pytest.fixture
def go(client):
    """Follows an enrol link as a browser on DAY: go(listing, kind) -> response."""

    def leave(listing: Any, kind: str, *, method: str = "get", query: str = "", **headers: str) -> Any:
        with time_machine.travel(dt.datetime(2025, 9, 1, 12, tzinfo=dt.UTC)):
            asked = getattr(client, method)
            slug = getattr(listing, "slug", listing)
            return asked(f"/go/{slug}/{kind}/{query}", headers={"User-Agent": BROWSER, **headers})

    return leave


def counts() -> list[tuple[dt.date, str, str, int]]:
    return [
        (row.day, row.kind, row.program.slug if row.program else row.school.slug, row.count)
        for row in ClickCount.objects.order_by("pk")
    ]


@pytest.mark.parametrize("kind", GoKind)
def test_every_kind_of_a_program_leads_to_its_stored_address(go, coding, kind):
    response = go(coding, kind)
    assert (response.status_code, response["Location"]) == (302, ADDRESSES[kind])
    assert counts() == [(DAY, kind, coding.slug, 1)]


@pytest.mark.parametrize("kind", [kind for kind in GoKind if kind is not GoKind.PROGRAM])
def test_every_kind_of_a_school_leads_to_its_stored_address(go, maple_fork, kind):
    response = go(maple_fork, kind)
    assert (response.status_code, response["Location"]) == (302, ADDRESSES[kind])
    assert counts() == [(DAY, kind, maple_fork.slug, 1)]


def test_an_answer_is_neither_kept_nor_indexed_and_tells_the_school_only_the_site(go, maple_fork):
    response = go(maple_fork, "visit")
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "strict-origin"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert not response.cookies


@pytest.mark.parametrize("address", ["/go/no-such-school/visit/", "/go/maple-fork-100001/elsewhere/"])
def test_an_unknown_listing_or_kind_is_not_found(client, maple_fork, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_leaving_is_only_read(go, maple_fork, method):
    assert go(maple_fork, "visit", method=method).status_code == 405


@pytest.mark.parametrize(
    "query", ["next=https://elsewhere.example", "url=//elsewhere.example", "to=javascript:alert(1)"]
)
def test_nothing_in_the_request_changes_where_it_leads(client, maple_fork, query):
    response = client.get(
        f"/go/{maple_fork.slug}/visit/?{query}",
        headers={"Referer": "https://elsewhere.example", "X-Forwarded-Host": "elsewhere.example"},
    )
    assert response["Location"] == ADDRESSES[GoKind.VISIT]


@pytest.mark.parametrize(
    "stored", ["", "javascript:alert(1)", "//elsewhere.example", "aid@maplefork.example", "localhost:8000"]
)
def test_without_a_usable_address_a_page_says_so(go, maple_fork, stored):
    maple_fork.aid_url = stored
    maple_fork.save()
    response = go(maple_fork, "aid")
    assert response.status_code == 404
    assert b"no usable address" in response.content
    assert b"elsewhere" not in response.content
    assert counts() == []


def test_a_programs_own_address_is_used_only_once_checked(go, coding):
    fact(coding, ProgramFact.Kind.APPLY_URL, "https://www.maplefork.example/hit/apply")
    assert go(coding, "apply")["Location"] == ADDRESSES[GoKind.APPLY]
    ProgramFact.objects.update(checked_on=CHECKED)
    assert go(coding, "apply")["Location"] == "https://www.maplefork.example/hit/apply"


@pytest.mark.parametrize("status", [SchoolState.CLOSED, SchoolState.CLOSING, SchoolState.COMBINED])
def test_nobody_is_sent_to_a_closed_school(go, coding, status):
    coding.school.status = status
    coding.school.save()
    for listing in (coding, coding.school):
        response = go(listing, "apply")
        assert response.status_code == 410
        assert "Location" not in response
        assert b"This link has ended" in response.content
    assert counts() == []


@pytest.mark.parametrize("state", [ListingState.WITHDRAWN, ListingState.NOT_REPORTED])
def test_nobody_is_sent_to_a_program_off_the_lists(go, coding, state):
    coding.state = state
    coding.save()
    assert go(coding, "apply").status_code == 410
    assert go(coding.school, "apply").status_code == 302


def test_a_former_address_goes_on_to_the_present_one_uncounted(go, coding):
    FormerSlug.objects.create(slug="old-school", school=coding.school)
    FormerSlug.objects.create(slug="old-program", program=coding)
    for slug, present in (("old-school", coding.school.slug), ("old-program", coding.slug)):
        response = go(slug, "apply")
        assert (response.status_code, response["Location"]) == (301, f"/go/{present}/apply/")
    assert counts() == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Purpose": "prefetch"},
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"X-Moz": "prefetch"},
        {"X-Purpose": "preview"},
        {"Sec-Fetch-Dest": "image"},
        {"Sec-Fetch-Dest": "iframe"},
        {"Sec-Fetch-Dest": "empty"},
        {"User-Agent": "Mozilla/5.0 (compatible; SomeBot/2.1; +https://some.example/bot.html)"},
        {"User-Agent": "facebookexternalhit/1.1"},
        {"User-Agent": "curl/8.5.0"},
        {"User-Agent": ""},
    ],
)
def test_a_fetch_ahead_or_a_machine_is_led_there_but_not_counted(go, maple_fork, headers):
    assert go(maple_fork, "visit", **headers)["Location"] == ADDRESSES[GoKind.VISIT]
    assert counts() == []


def test_a_click_in_a_browser_that_says_so_is_counted(go, maple_fork):
    go(maple_fork, "visit", **{"Sec-Fetch-Dest": "document", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-User": "?1"})
    assert counts() == [(DAY, "visit", maple_fork.slug, 1)]


def test_asking_for_the_head_alone_is_not_counted(go, maple_fork):
    assert go(maple_fork, "visit", method="head").status_code == 302
    assert counts() == []


def test_a_day_a_kind_and_a_listing_have_one_number_each(go, coding):
    for kind in ("apply", "apply", "aid"):
        go(coding, kind)
    go(coding.school, "apply")
    assert counts() == [
        (DAY, "apply", coding.slug, 2),
        (DAY, "aid", coding.slug, 1),
        (DAY, "apply", coding.school.slug, 1),
    ]


def test_nothing_about_the_reader_is_kept():
    assert {field.name for field in ClickCount._meta.get_fields()} == {
        *("id", "day", "kind", "school", "program", "count")
    }


def test_a_counter_that_fails_keeps_nobody_from_leaving(go, maple_fork, monkeypatch, caplog):
    def broken(*_: object) -> None:
        raise DatabaseError(f"locked while {BROWSER} left")

    monkeypatch.setattr("directory.engagement.clicks._statement", broken)
    with caplog.at_level(logging.WARNING):
        response = go(maple_fork, "visit")
    assert (response.status_code, response["Location"]) == (302, ADDRESSES[GoKind.VISIT])
    assert caplog.messages == ["A leave was not counted: DatabaseError"]


def test_leaving_asks_few_questions(coding, django_assert_max_num_queries):
    from directory.views.leave import leave

    request = RequestFactory().get("/", headers={"User-Agent": BROWSER})
    with django_assert_max_num_queries(8):  # listing, facts, and the count with its transaction and waiting time
        assert leave(request, coding.slug, "apply").status_code == 302
    with django_assert_max_num_queries(2):
        assert leave(RequestFactory().head("/"), coding.slug, "apply").status_code == 302


class TestThePageInBetween:
    @pytest.fixture(autouse=True)
    def _on(self, settings):
        settings.LEAVING_PAGE = True

    def test_it_names_the_host_and_counts_only_who_goes_on(self, go, coding):
        response = go(coding, "apply")
        assert response.status_code == 200
        assert "Location" not in response
        assert "no-store" in response["Cache-Control"]
        page = response.content.decode()
        assert "You are leaving for apply.maplefork.example" in page
        assert 'href="?sure=1" rel="nofollow">Go to apply.maplefork.example' in page
        assert counts() == []
        assert go(coding, "apply", query="?sure=1")["Location"] == ADDRESSES[GoKind.APPLY]
        assert counts() == [(DAY, "apply", coding.slug, 1)]

    def test_nothing_in_the_request_changes_where_it_leads(self, client, maple_fork):
        page = client.get(f"/go/{maple_fork.slug}/visit/?next=https://elsewhere.example&sure=//elsewhere.example")
        assert page.status_code == 200
        assert b"elsewhere" not in page.content


def test_the_note_beside_the_links_says_what_leaving_tells_whom(client, coding, maple_fork):
    refresh()
    for address in (coding.get_absolute_url(), maple_fork.get_absolute_url()):
        page = client.get(address).content.decode()
        assert "We count how many people leave each day, not who" in page
        assert page.count("leaving-note") == 1
    maple_fork.status = SchoolState.CLOSED
    maple_fork.save()
    assert b"leaving-note" not in client.get(maple_fork.get_absolute_url()).content
    assert b"/go/" not in client.get(maple_fork.get_absolute_url()).content


def test_robots_are_told_to_stay_out(client):
    assert b"Disallow: /go/" in client.get("/robots.txt").content


def test_a_draft_has_no_way_out_and_says_nothing_of_itself(go, maple_fork):
    """Nobody but staff knows a program that the lists never had: no title, no school."""
    draft = program(maple_fork, slug="draft-of-a-program", title="Secret Course", state=ListingState.DRAFT)
    refresh()
    for kind in GoKind:
        answer = go(draft, kind)
        assert answer.status_code == 404
        assert b"Secret Course" not in answer.content
        assert b"Maple Fork" not in answer.content


def test_a_former_address_of_a_draft_says_nothing_of_it(go, maple_fork):
    draft = program(maple_fork, slug="draft-of-a-program", state=ListingState.DRAFT)
    FormerSlug.objects.create(slug="draft-before", program=draft)
    assert go("draft-before", GoKind.VISIT).status_code == 404

"""An address at which nobody answers: no page sends a reader there, each says so, and the API does."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from directory import unanswered as memory
from directory.curation.links.judging import Answer
from directory.curation.links.register import register
from directory.curation.links.run import keep
from directory.models import ClickCount, Link, ProgramFact, School
from directory.unanswered import Unanswered, unanswered
from tests.directory.catalogue import by_slug
from tests.directory.invented import fact

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
SLUG, SCHOOL = "maple-hit-associate", "maple-fork-college"
PAGE = "https://maplefork.example/hit"
APPLY, HOME = "https://www.maplefork.example/apply", "https://www.maplefork.example/"
PROGRAMS, SCHOOLS = f"program={SLUG}&program=birch-hit-associate", f"school={SCHOOL}&school=birch-valley-college"
SAID = "did not answer on 22\xa0Nov\xa02026"


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    with time_machine.travel(dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC), tick=False) as clock:
        School.objects.filter(slug=SCHOOL).update(website=HOME, apply_url=APPLY, admissions_url="", aid_url="")
        for _ in range(2):
            clock.shift(dt.timedelta(days=1))
        yield


def broken(*urls: str) -> None:
    """What the checker leaves after three days of nobody."""
    for url in urls:
        Link.objects.update_or_create(
            url=url,
            defaults={
                "host": "x.example", "strikes": 3, "broken_since": timezone.localdate(), "asked_at": timezone.now(),
                "ask_again": timezone.now(), "finding": "gone",
            },
        )  # fmt: skip
    unanswered.forget()


def mended(url: str) -> None:
    Link.objects.filter(url=url).update(broken_since=None, strikes=0, finding="fine")
    unanswered.forget()


def words(client, path: str) -> str:
    return html.unescape(client.get(path).content.decode())


class TestPages:
    def test_a_program_offers_its_schools_front_page_instead(self, client):
        assert f"/go/{SLUG}/apply/" in words(client, f"/programs/{SLUG}/")
        broken(APPLY)
        page = words(client, f"/programs/{SLUG}/")
        assert f"/go/{SLUG}/apply/" not in page
        assert f"The school’s page {SAID}; we look again." in page
        assert re.search(rf'class="silent-ways.*?/go/{SLUG}/visit/', page, re.DOTALL)

    def test_the_front_page_is_the_main_button_then(self, client):
        broken(APPLY)
        page = words(client, f"/programs/{SLUG}/")
        assert re.findall(r'class="btn wide" href="([^"]*)"', page)[0] == f"/go/{SLUG}/visit/"

    def test_without_a_front_page_that_answers_there_is_no_way_but_to_ask(self, client):
        broken(APPLY, HOME)
        page = words(client, f"/programs/{SLUG}/")
        assert "/visit/" not in page
        assert "Ask the school by telephone or letter." in page

    def test_a_page_of_the_program_that_is_gone_gives_way_to_the_schools_and_says_so(self, client):
        fact(by_slug(SLUG), ProgramFact.Kind.APPLY_URL, PAGE, evidence_url=PAGE, checked_on=dt.date(2026, 11, 1))
        broken(PAGE)
        page = words(client, f"/programs/{SLUG}/")
        assert f"The better page for this {SAID}" in page
        assert client.get(f"/go/{SLUG}/apply/")["Location"] == APPLY

    def test_a_school_says_it_on_its_page_and_of_its_page_for_veterans(self, client):
        School.objects.filter(slug=SCHOOL).update(veterans_url="maplefork.example/veterans")
        broken(APPLY, "https://maplefork.example/veterans")
        page = words(client, f"/schools/{SCHOOL}/")
        assert f"/go/{SCHOOL}/apply/" not in page
        assert page.count(SAID) == 2
        assert 'href="https://maplefork.example/veterans"' not in page

    def test_evidence_that_is_gone_is_named_and_not_linked(self, client):
        fact(by_slug(SLUG), ProgramFact.Kind.COURSES, "Coding I", evidence_url=PAGE)
        assert f'href="{PAGE}"' in words(client, f"/programs/{SLUG}/")
        broken(PAGE)
        page = words(client, f"/programs/{SLUG}/")
        assert f'href="{PAGE}"' not in page
        assert f"The page {SAID}" in page

    @pytest.mark.parametrize("two", [PROGRAMS, SCHOOLS])
    def test_a_comparison_sends_nobody_there(self, client, two):
        path = f"/compare/?{two}"
        broken(APPLY)
        page = words(client, path)
        assert "/apply/" not in page.partition("<tfoot")[2].partition("</td>")[0]
        assert f"The school’s page {SAID}" in page

    def test_machines_are_told_no_address_that_does_not_answer(self, client):
        fact(by_slug(SLUG), ProgramFact.Kind.PROGRAM_URL, PAGE, evidence_url=PAGE, checked_on=dt.date(2026, 11, 1))
        assert f'"sameAs":"{PAGE}"' in words(client, f"/programs/{SLUG}/")
        assert f'"sameAs":"{HOME}"' in words(client, f"/schools/{SCHOOL}/")
        broken(PAGE, HOME)
        assert "sameAs" not in words(client, f"/programs/{SLUG}/")
        assert "sameAs" not in words(client, f"/schools/{SCHOOL}/")

    def test_a_mended_address_is_a_way_again(self, client):
        broken(APPLY)
        assert f"/go/{SLUG}/apply/" not in words(client, f"/programs/{SLUG}/")
        mended(APPLY)
        assert f"/go/{SLUG}/apply/" in words(client, f"/programs/{SLUG}/")


class TestLeaving:
    def test_it_says_so_counts_nothing_and_names_the_front_page(self, client):
        broken(APPLY)
        answer = client.get(f"/go/{SLUG}/apply/")
        assert (answer.status_code, answer["Cache-Control"]) == (404, "no-store")
        page = html.unescape(answer.content.decode())
        assert SAID in page
        assert f"/go/{SCHOOL}/visit/" in page
        assert not ClickCount.objects.exists()
        assert client.get(f"/go/{SCHOOL}/visit/")["Location"] == HOME

    def test_it_names_no_front_page_that_is_silent_too(self, client):
        broken(APPLY, HOME)
        page = words(client, f"/go/{SLUG}/apply/")
        assert "/visit/" not in page
        assert "telephone" in page


class TestApi:
    @pytest.mark.parametrize("path", [f"/api/v1/programs/{SLUG}/", f"/api/v1/schools/{SCHOOL}/"])
    def test_it_says_what_does_not_answer_and_what_instead(self, client, path):
        slug = path.rstrip("/").rpartition("/")[2]
        before = client.get(path).json()
        assert f"/go/{slug}/apply/" in before["links"]
        assert before["links_that_do_not_answer"] == []
        broken(APPLY)
        after = client.get(path).json()
        assert f"/go/{slug}/apply/" not in after["links"]
        assert after["links_that_do_not_answer"] == [
            {"kind": "apply", "last_asked": "2026-11-22", "instead": f"/go/{slug}/visit/"}
        ]


def test_what_the_checker_finds_in_three_days_is_what_pages_know(client):
    register()
    link = Link.objects.get(url=APPLY)
    with time_machine.travel(dt.datetime(2026, 11, 20, tzinfo=dt.UTC), tick=False) as clock:
        for day in range(3):
            unanswered.forget()
            assert f"/go/{SLUG}/apply/" in words(client, f"/programs/{SLUG}/"), day
            keep(link, Answer(asked=APPLY, status=404))
            clock.shift(dt.timedelta(days=1))
    unanswered.forget()
    assert SAID in words(client, f"/programs/{SLUG}/")
    keep(link, Answer(asked=APPLY, status=200))
    unanswered.forget()
    assert f"/go/{SLUG}/apply/" in words(client, f"/programs/{SLUG}/")


def test_it_costs_no_query_while_it_is_remembered_whatever_the_number(client):
    for path in (f"/programs/{SLUG}/", f"/schools/{SCHOOL}/", "/programs/?q=coding", "/lists/military-friendly/"):
        client.get(path)
        with CaptureQueriesContext(connection) as before:
            client.get(path)
        broken(APPLY, HOME, *(f"https://x.example/{number}" for number in range(50)))
        unanswered.since(HOME)
        with CaptureQueriesContext(connection) as after:
            client.get(path)
        assert len(after) <= len(before)


class TestMemory:
    def test_it_is_read_once_a_minute(self):
        now = [0.0]
        held = Unanswered(lambda: now[0])
        assert held.since(APPLY) is None
        broken(APPLY)
        assert held.since(APPLY) is None
        now[0] = memory.KEPT
        assert held.since(f"{APPLY}#fees") == dt.date(2026, 11, 22)

    def test_a_database_that_is_gone_leaves_what_was_known(self, monkeypatch):
        now = [0.0]
        held = Unanswered(lambda: now[0])
        broken(APPLY)
        assert held.since(APPLY)

        def gone() -> None:
            raise DatabaseError

        monkeypatch.setattr(memory, "_read", gone)
        now[0] = memory.KEPT
        assert held.since(APPLY)

    def test_no_address_is_no_question(self):
        assert not User.objects.exists()
        with CaptureQueriesContext(connection) as asked:
            assert Unanswered().since("") is None
        assert not asked.captured_queries

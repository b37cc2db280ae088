"""Programs like one: the same award, near by, cheaper or after the same exam, each number that of the list."""

from __future__ import annotations

import html
import re

import pytest

from directory.models import Listing, School
from directory.pipeline.refresh import refresh
from directory.search.freshness import touch
from tests.directory.catalogue import PROGRAMS, by_slug
from tests.directory.test_program_pages import markup, section

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def page(client, slug: str, **asked: str) -> str:
    answer = client.get(f"/programs/{slug}/", asked)
    assert answer.status_code == 200
    return answer.content.decode()


def likes(page_: str) -> list[str]:
    """The addresses of the programs that are shown."""
    found = re.search(r'<ul class="rows likes">(.*?)</ul>', page_, re.DOTALL)
    return re.findall(r'<a href="/programs/([\w-]+)/">', found[1]) if found else []


def ways(page_: str) -> list[tuple[str, str, int]]:
    found = re.search(r'<ul class="t ways">(.*?)</ul>', page_, re.DOTALL)
    lines = re.findall(r'<a href="([^"]+)">([^<]+)</a> <span class="muted">\(([\d,]+)\)', found[1]) if found else []
    return [(html.unescape(url), label, int(count.replace(",", ""))) for url, label, count in lines]


def test_another_program_of_the_same_award_near_by_is_shown_with_its_distance(client):
    shown = markup(client, "maple-hit-associate")
    assert "birch-hit-associate" in likes(shown)
    assert "21 miles from here" in section(shown, "similar")


@pytest.mark.parametrize("slug", list(PROGRAMS))
def test_a_program_is_not_like_itself_and_no_other_award_is(client, slug):
    shown = likes(markup(client, slug))
    assert slug not in shown
    assert len(shown) == len(set(shown))
    levels = {Listing.objects.get(program__slug=each).level for each in shown}
    assert levels <= {by_slug(slug).listing.level}


@pytest.mark.parametrize("slug", list(PROGRAMS))
def test_each_count_is_that_of_the_list_that_the_link_leads_to(client, slug):
    for url, label, count in ways(markup(client, slug)):
        found = client.get(f"/api/v1{url}").json()
        assert found["count"] == count, (url, label)


def test_what_costs_less_says_how_much(client):
    Listing.objects.filter(program__slug="birch-hit-associate").update(price=5_000, price_note="")
    touch()
    assert "$3,000 less" in section(markup(client, "maple-hit-associate"), "similar")


def test_the_exam_that_decides_is_named_with_its_basis(client):
    words = section(markup(client, "maple-hit-associate"), "similar")
    assert "Opens the RHIT too (stated, not confirmed)" in words
    assert "Opens the CCA too" not in words  # a diploma is enough for it


class TestFromAPlaceOfTheReader:
    def test_distances_count_from_there_and_the_program_says_its_own(self, client):
        words = section(page(client, "maple-hit-associate", where="43911"), "similar")
        assert "counted from 43911 (Birch Valley, OH). This program is 21 miles from there" in words
        assert "nearer than this one (21 miles)" in words

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ("99999", "We know no ZIP code 99999"),
            ("ohio", "a state has no point"),
            ("<b>", "“<b>”"),
            ("9" * 5_000, "too long"),
        ],
    )
    def test_what_cannot_be_read_is_said_beside_the_field_and_kept(self, client, typed, said):
        shown = page(client, "maple-hit-associate", where=typed)
        assert said in html.unescape(shown)
        assert f'value="{html.escape(typed)}"' in shown
        assert 'aria-invalid="true" aria-describedby="like-where-error"' in shown
        assert likes(shown)  # from the school, as without a place

    def test_the_pages_other_questions_go_along(self, client):
        shown = page(client, "maple-hit-associate", where="43911", pb_hours="20")
        assert '<input type="hidden" name="pb_hours" value="20">' in shown


def test_a_school_without_a_point_is_compared_within_its_state(client):
    shown = markup(client, "elm-hit-associate")
    assert all("where=TX" in url for url, _, _ in ways(shown))


def test_a_closed_program_leads_to_others(client):
    school = School.objects.get(slug="maple-fork-college")
    school.status = "closed"
    school.save()
    refresh([school.pk])
    shown = markup(client, "maple-hit-associate")
    assert "birch-hit-associate" in likes(shown)
    assert 'href="#similar"' in shown

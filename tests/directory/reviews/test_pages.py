"""The page that everybody reads: three or none, words as text, the same cost for one review and for many."""

from __future__ import annotations

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.engagement.reviews import withdraw
from directory.models import FormerSlug, Program
from directory.profiles.student_reviews import review_summary
from tests.directory.catalogue import by_slug
from tests.directory.reviews.people import SAID, shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
PAGE = "/programs/maple-hit-associate/reviews/"


@pytest.fixture
def course() -> Program:
    return by_slug("maple-hit-associate")


def markup(client, address=PAGE):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def machine_words(page):
    return [json.loads(text) for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)]


@pytest.mark.parametrize(
    ("accepted", "said"), [(0, "Nobody has written"), (1, "1 review has been accepted"), (2, "2 reviews have")]
)
def test_below_three_the_count_is_told_and_nothing_else(client, course, accepted, said):
    shown(course, accepted)
    page, record = markup(client), markup(client, course.get_absolute_url())
    assert said in page
    for each in (page, record):
        assert SAID[:30] not in each
        assert "4.0" not in each
        assert "AggregateRating" not in each
    assert machine_words(page) == []


def test_from_three_on_words_means_and_marks_are_shown(client, course):
    shown(course, 2, ratings={"overall": 4, "teaching": 5})
    shown(course, 1, first=2, ratings={"overall": 1, "teaching": 3, "price": 2})
    summary = review_summary(course)
    assert summary.count == 3
    page = markup(client)
    assert page.count("<article") == 3
    assert "3.0" in page
    (data,) = machine_words(page)
    aggregate, *reviews = data["@graph"]
    assert (aggregate["ratingValue"], aggregate["reviewCount"], len(reviews)) == ("3.0", 3, 3)
    assert "author" not in reviews[0]


def test_an_aspect_has_a_mean_only_once_three_have_marked_it(course):
    shown(course, 2, ratings={"overall": 4, "price": 5})
    shown(course, 1, first=2, ratings={"overall": 5, "price": 5, "work": 1})
    means = {mean.name: (mean.text, mean.count) for mean in review_summary(course).aspects}
    assert means["price"] == ("5.0", 3)
    assert means["work"] == ("", 1)


def test_withdrawing_can_bring_a_program_below_three_again(client, course):
    first, *_ = shown(course, 3)
    withdraw(review=first)
    page = markup(client)
    assert "2 reviews have been accepted" in page
    assert "<article" not in page


def test_html_and_addresses_are_text(client, course):
    shown(course, 3, title="<script>alert(1)</script>")
    evil = f"{SAID} <img src=x onerror=alert(1)> https://a.example/x </script>"
    for number, review in enumerate(course.reviews.all()):
        type(review).objects.filter(pk=review.pk).update(text=f"{evil} {number}")
    page = markup(client)
    assert "<img src=x" not in page
    assert "<script>alert" not in page
    assert 'href="https://a.example' not in page
    assert "&lt;img src=x" in page
    assert machine_words(page)[0]["@graph"][1]["reviewBody"].startswith(SAID)


def test_no_page_names_an_address_or_an_account(client, course):
    for review in shown(course, 3):
        assert review.reader.email not in markup(client)
        assert review.reader.username not in markup(client)


def test_the_list_costs_the_same_for_three_and_for_many(client, course):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            markup(client)
        return len(queries)

    shown(course, 3)
    few = asked()
    shown(course, 7, first=3)
    assert asked() == few <= 5


def test_the_block_of_the_programs_page_costs_one_query(course, django_assert_num_queries):
    with django_assert_num_queries(1):
        review_summary(course)


def test_reading_needs_no_cookie_and_sets_none(client, course):
    shown(course, 3)
    response = client.get(PAGE)
    assert not response.cookies
    assert "private" not in response.get("Cache-Control", "")


def test_many_reviews_stand_on_pages_and_a_page_that_is_not_there_is_said(client, course):
    shown(course, 12)
    assert markup(client).count("<article") == 10
    assert markup(client, f"{PAGE}?page=2").count("<article") == 2
    for wrong in ("9", "x", "0", "-1", "", "9" * 400):
        page = markup(client, f"{PAGE}?page={wrong}")
        assert "There is no such page" in page or wrong == ""
    assert "no filter" in markup(client, f"{PAGE}?stars=5")


def test_a_former_address_leads_on_for_good(client, course):
    FormerSlug.objects.create(slug="once-hit", program=course)
    response = client.get("/programs/once-hit/reviews/")
    assert (response.status_code, response["Location"]) == (301, PAGE)
    assert client.get("/programs/never/reviews/").status_code == 404


def test_only_reading_methods(client, course):
    assert client.head(PAGE).status_code == 200
    assert client.post(PAGE).status_code == 405


def test_machines_read_the_mean_on_the_programs_page_where_it_is_shown_and_only_there(client, course):
    shown(course, 2, ratings={"overall": 4})
    (told,) = machine_words(markup(client, course.get_absolute_url()))
    assert "aggregateRating" not in told
    shown(course, 1, first=2, ratings={"overall": 5})
    page = markup(client, course.get_absolute_url())
    (told,) = machine_words(page)
    assert told["aggregateRating"] == {
        "@type": "AggregateRating", "ratingValue": "4.3", "reviewCount": 3, "bestRating": 5, "worstRating": 1,
    }  # fmt: skip
    assert "4.3" in page.partition('id="reviews"')[2]

"""Facts for veterans as filters of both lists, and the page that says what each of them means."""

from __future__ import annotations

import re

import pytest
from django.http import QueryDict
from django.test import Client

from directory.filters.school import SchoolFilter
from directory.models import School
from directory.search.freshness import touch
from directory.vocab import VETERAN_FACTS, VETERAN_MEANINGS, Source
from tests.directory.filters.asking import ask
from tests.directory.invented import release
from tests.oracle import answer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
PAGE = "/lists/military-friendly/"


@pytest.fixture(autouse=True)
def _offers(catalogue):
    School.objects.filter(slug="maple-fork-college").update(yellow_ribbon=True, rotc=False)
    School.objects.filter(slug="birch-valley-college").update(rotc=True, veterans_url="birch.example/vets")
    School.objects.filter(slug="cedar-ridge-institute").update(training_credit=True, eight_keys=True)
    touch(names=False)


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.mark.parametrize("fact", VETERAN_FACTS)
@pytest.mark.parametrize("rest", [{}, {"level": ["associate"]}, {"where": ["43901"], "within": ["100"]}])
def test_programs_are_found_and_counted_as_plain_sql_would(fact, rest):
    asked = {**rest, "veterans": [fact]}
    query = QueryDict(mutable=True)
    for name, values in asked.items():
        query.setlist(name, values)
    expected = answer(asked)
    found = ask(query.urlencode())
    assert found.count == expected.count
    counted = {word: count for word, count in found.answer.facets["veterans"].items() if count}
    assert counted == expected.facets["veterans"]


@pytest.mark.parametrize(
    ("query", "schools"),
    [
        ("veterans=yellow-ribbon", ["Maple Fork College"]),
        ("veterans=rotc&veterans=eight-keys", ["Birch Valley College", "Cedar Ridge Institute"]),
        ("veterans=veterans-page", ["Birch Valley College"]),
        ("veterans=support", []),
    ],
)
def test_schools_are_found_by_what_they_offer(query, schools):
    found = SchoolFilter(QueryDict(query), School.objects.listed())
    assert sorted(school.name for school in found.qs) == schools


@pytest.mark.parametrize("path", ["/programs/", "/schools/", PAGE])
def test_a_fact_that_is_none_is_told_and_the_rest_applies(client, path):
    html = text(client, f"{path}?veterans=free-beer&veterans=yellow-ribbon")
    assert "free-beer" in html
    assert "Maple Fork College" in html


def test_the_api_answers_and_refuses_as_the_page(client):
    found = client.get("/api/v1/programs/?veterans=yellow-ribbon").json()
    assert {result["school"]["name"] for result in found["results"]} == {"Maple Fork College"}
    assert [each["value"] for each in found["facets"]["veterans"]] == list(VETERAN_FACTS)
    assert client.get("/api/v1/programs/?veterans=x").status_code == 400
    assert client.get("/api/v1/schools/?veterans=rotc").json()["count"] == 1
    assert "Maple Fork" in client.get("/programs/results.csv?veterans=yellow-ribbon").getvalue().decode()


def test_a_chip_takes_the_fact_away_and_zeros_are_grey(client):
    html = text(client, "/programs/?veterans=yellow-ribbon")
    assert 'class="chip" href="?"' in html
    assert '<label class="zero"><input type="checkbox" name="veterans" value="support">' in html


class TestThePage:
    def test_each_fact_says_what_it_means_and_does_not_prove(self, client):
        html = text(client, PAGE)
        for fact in VETERAN_MEANINGS:
            assert f'id="{fact.value}"' in html
        assert html.count("What it does not prove") == len(VETERAN_MEANINGS)

    def test_no_program_is_shown_before_a_fact_is_chosen(self, client):
        assert 'class="results"' not in text(client, PAGE)

    def test_programs_near_a_place_are_those_of_the_program_list(self, client):
        query = "?veterans=training-credit&where=43901&within=100"
        html = text(client, PAGE + query)
        cards = re.findall(r'id="card-([\w-]+)"', html)
        assert cards == re.findall(r'id="card-([\w-]+)"', text(client, f"/programs/{query}"))
        assert cards
        assert "Why these" in html

    @pytest.mark.parametrize("query", ["where=Nowhereville", "within=7", "colour=red", "veterans=%00", "page=9"])
    def test_bad_values_are_told(self, client, query):
        assert text(client, f"{PAGE}?{query}")

    def test_a_school_says_each_fact_with_its_reason_when_unknown(self, client):
        html = text(client, "/schools/maple-fork-college/")
        assert "Yellow Ribbon Program" in html
        assert "ROTC" in html


def test_a_fact_that_no_file_tells_of_any_school_is_not_known_and_not_zero(client):
    release(Source.IPEDS_IC, "2021-22")
    page = text(client, PAGE)
    block = re.search(r'<li id="student-group">.*?</li>', page, re.DOTALL)
    assert block
    assert "Not known: no file that we hold" in block[0]
    assert "0 schools" not in block[0]
    told = re.search(r'<li id="rotc">.*?</li>', page, re.DOTALL)
    assert told
    assert "1 school<" in told[0]

"""/api/v1/certifications/: the exams with their rules, facts and openings."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.eligibility.reference import load_certifications
from directory.models import Certification
from directory.pipeline.refresh import refresh
from directory.vocab import AwardLevel
from tests.directory import invented

URL = "/api/v1/certifications/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def rules():
    load_certifications()


def one(client, slug):
    answer = client.get(f"{URL}{slug}/")
    assert answer.status_code == 200
    return answer.json()


def test_the_list_has_every_exam_with_how_well_its_rule_is_known(client, rules):
    answer = client.get(URL).json()
    assert answer["count"] == len(answer["results"]) == 15
    grades = {each["slug"]: each["rule"]["grade"] for each in answer["results"]}
    assert (grades["ccs"], grades["rhit"], grades["chda"]) == ("A", "B", "C")
    assert all(each["rule"]["source"] and each["issuer"]["url"] for each in answer["results"])
    assert [each["slug"] for each in answer["results"] if not each["routes"]] == ["chda", "cdip", "cic", "crc"]


def test_routes_keep_required_and_recommended_apart(client, rules):
    (route,) = one(client, "ccs")["routes"]
    assert [each["kind"] for each in route["required"]] == ["diploma"]
    assert len(route["recommended"]) == 5
    assert {"months": 24, "experience": "coding"}.items() <= route["recommended"][1].items()


def test_facts_have_grade_date_and_source(client, rules):
    fee = next(fact for fact in one(client, "rhit")["facts"] if fact["kind"] == "fee")
    assert (fee["amount"], fee["member_amount"], fee["unit"], fee["grade"]) == (299, 229, "usd", "B")
    assert fee["as_of"]
    assert fee["source"].startswith("https://")


def test_rules_that_are_over_stand_beside_those_of_today(client, rules):
    before, now = one(client, "ods")["rules"]
    assert (before["named"], before["valid_to"], before["current"]) == ("CTR", "2023-12-31", False)
    assert (now["valid_from"], now["current"]) == ("2024-01-01", True)
    assert [route["code"] for route in now["routes"]] == ["A1", "A2", "B"]


def test_openings_are_counted_by_their_basis(client, rules):
    invented.program(invented.school(), award_level=AwardLevel.ASSOCIATE)
    refresh()
    assert one(client, "cpc")["openings"] == {"grade": "A", "count": 1, "confirmed": 1, "stated": 0}
    assert one(client, "rhit")["openings"] == {"grade": "B", "count": 0, "confirmed": 0, "stated": 0}


def test_an_exam_that_is_not_there_and_a_parameter_that_is_not_there_are_problems(client, rules):
    assert client.get(f"{URL}nope/").status_code == 404
    for path in (URL, f"{URL}rhit/"):
        answer = client.get(f"{path}?body=AHIMA")
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["body"])
    assert client.post(URL).status_code == 405


def test_before_anything_is_loaded_the_list_is_empty(client):
    assert client.get(URL).json() == {"count": 0, "results": []}


def test_an_exam_without_rules_of_today_says_so(client, rules):
    Certification.objects.get(slug="cpc").rule_sets.update(valid_to=dt.date(2020, 1, 1))
    cpc = one(client, "cpc")
    assert (cpc["rule"], cpc["routes"], cpc["rules"][0]["current"]) == (None, [], False)


def test_one_exam_and_fifteen_take_the_same_queries(client, rules):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(URL)
        return len(captured)

    many = queries()
    Certification.objects.exclude(slug="ccs").delete()
    assert queries() == many

"""POST /api/v1/eligibility/: the contract's question and answer, and what is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from directory.eligibility.reference import load_certifications
from directory.models import Certification
from tests.directory.eligibility.persons import CASES
from tests.directory.eligibility.shipped import EXAMS

URL = "/api/v1/eligibility/"
WHOLE: dict[str, Any] = {
    "certification": "rhit",
    "diploma": True,
    "award_level": "associate",
    "award_cip": "51.0707",
    "program_accreditor": "CAHIIM",
    "program_accreditation_status": "accredited",
    "last_term": False,
    "experience_months": {"coding": 0, "privacy-security-management": 0, "cancer-registry": 0},
    "experience_hours": {"cancer-registry": 0},
    "credentials": ["cca"],
    "credits": 0,
    "completed": ["ncra-practicum", "anatomy-physiology"],
}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rules():
    load_certifications()


@pytest.fixture
def ask(client):
    def ask(body, **headers):
        text = body if isinstance(body, (str, bytes)) else json.dumps(body)
        return client.post(URL, data=text, content_type="application/json", **headers)

    return ask


def the_verdict(answer):
    assert answer.status_code == 200, answer.content
    (verdict,) = answer.json()["verdicts"]
    return verdict


def errors(answer):
    assert answer.status_code == 400, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert {"type", "title", "status", "detail", "errors"} == set(body)
    return body["errors"]


def test_the_contracts_question_gets_the_contracts_answer(ask):
    verdict = the_verdict(ask(WHOLE))
    promised = {"certification", "verdict", "route", "deciding_condition", "missing", "recommended", "as_of", "source"}
    assert promised <= set(verdict)
    assert (verdict["certification"], verdict["verdict"]) == ("rhit", "may-sit")
    assert verdict["route"] == {"code": "degree", "title": "After an accredited associate degree"}
    assert verdict["deciding_condition"]["kind"] == "program-accreditation"
    # The program's accreditation is confirmed; the rule that asks for it was not read on the issuer's own page.
    assert (verdict["deciding_condition"]["confirmed"], verdict["deciding_condition"]["grade"]) == (True, "B")
    assert (verdict["missing"], verdict["grade"]) == ([], "B")
    assert verdict["caveat"] == "Not confirmed on AHIMA’s own page."
    assert verdict["issuer"] == {"name": "AHIMA", "url": "https://www.ahima.org/"}
    assert verdict["as_of"]


def test_what_is_missing_is_said_with_how_much_of_it(ask):
    body = {"certification": "chps", "diploma": True, "award_level": "associate", "program_accreditor": None}
    verdict = the_verdict(ask({**body, "experience_months": {"privacy-security-management": 34}}))
    (missing,) = verdict["missing"]
    assert (verdict["verdict"], missing["amount"], missing["unit"]) == ("may-sit-after", 14, "months")
    assert missing["text"] == "14 more months of privacy or security management"
    assert (verdict["ways"][0]["code"], len(verdict["ways"])) == ("assoc", 6)


def test_recommended_conditions_stand_apart_and_say_whether_they_are_met(ask):
    verdict = the_verdict(ask({"certification": "ccs", "diploma": True, "credentials": ["rhit"]}))
    assert (verdict["verdict"], verdict["missing"]) == ("may-sit", [])
    assert sorted(each["met"] for each in verdict["recommended"]) == [False] * 4 + [True]
    verdict = the_verdict(ask({"certification": "ccs", "diploma": True, "credentials": ["cpc"],
                               "experience_months": {"coding": 12}}))  # fmt: skip
    assert [each["text"] for each in verdict["recommended"] if each["met"]] == [
        "Or a coding credential of another body plus 1 year of coding work"
    ]


def test_a_doubt_says_whom_to_ask(ask):
    verdict = the_verdict(ask({**WHOLE, "program_accreditation_status": "stated"}))
    assert verdict["verdict"] == "cannot-tell"
    assert "ask CAHIIM" in verdict["reason"]
    (doubt,) = verdict["doubts"]
    assert (doubt["kind"], doubt["because"]) == ("program-accreditation", "stated")


def test_without_a_certification_all_are_answered(ask):
    body = {name: value for name, value in WHOLE.items() if name != "certification"}
    verdicts = ask(body).json()["verdicts"]
    assert [verdict["certification"] for verdict in verdicts] == list(
        Certification.objects.values_list("slug", flat=True)
    )
    assert len(verdicts) == 15
    assert all(verdict["deciding_condition"]["text"] and verdict["source"] for verdict in verdicts)


def test_the_rules_of_a_day_are_asked_for_by_the_day(ask):
    body = {"certification": "ods", "on": "2023-12-31"}
    verdict = the_verdict(ask(body))
    assert (verdict["name"], verdict["verdict"], verdict["route"]) == ("CTR", "cannot-tell", None)
    assert the_verdict(ask({**body, "on": "2024-01-01"}))["name"] == "ODS"


def test_the_rules_in_the_database_say_what_those_in_the_files_say(ask):
    for case in CASES[::2]:
        body = {"certification": case.exam, "on": case.on.isoformat(), **case.person}
        verdict = the_verdict(ask(body))
        assert (verdict["verdict"], verdict["deciding_condition"]["kind"]) == (case.answer, case.decides), case


def test_words_may_be_written_as_people_write_them(ask):
    body = {**WHOLE, "certification": "RHIT", "award_level": "Associate", "program_accreditor": "cahiim"}
    for word in ("Administrative probation", "administrative_probation", "ADMINISTRATIVE-PROBATION"):
        assert the_verdict(ask({**body, "program_accreditation_status": word}))["verdict"] == "cannot-tell"


LEFT_OUT: list[tuple[dict[str, Any], str]] = [
        ({"diploma": True}, "not-by-any-route"),  # whoever says that much and names no award has none
        ({"diploma": True, "award_level": "unknown"}, "cannot-tell"),
        ({"diploma": True, "award_level": "none"}, "not-by-any-route"),
        ({"award_level": None}, "not-by-any-route"),
        ({}, "cannot-tell"),
        ({"program_accreditor": "CAHIIM", "program_accreditation_status": "accredited"}, "cannot-tell"),
        ({"program_accreditor": None, "award_level": "associate"}, "not-by-any-route"),
        ({"award_level": "associate"}, "cannot-tell"),
        ({"award_level": "associate", "program_accreditation_status": "withdrawn"}, "not-by-any-route"),
        ({"award_level": "associate", "award_cip": "51.07", "program_accreditor": "unknown"}, "cannot-tell"),
        ({"award_level": "associate", "program_accreditor": None, "program_accreditation_status": "stated"},
         "cannot-tell"),
    ]  # fmt: skip


def test_left_out_is_unknown_and_null_is_none(ask):
    for body, verdict in LEFT_OUT:
        assert the_verdict(ask({"certification": "rhit", **body}))["verdict"] == verdict, body


# --- what is refused ----------------------------------------------------------------------------------


UNREADABLE = [
    ("certification", "rhitt"),
    ("certification", 7),
    ("certification", ["rhit"]),
    ("certification", ""),
    ("diploma", "yes"),
    ("diploma", 1),
    ("award_level", "phd"),
    ("award_level", 3),
    ("award_level", {}),
    ("award_cip", "51.07.07"),
    ("award_cip", 51.0707),
    ("award_cip", "health"),
    ("program_accreditor", ""),
    ("program_accreditor", "C" * 300),
    ("program_accreditor", ["CAHIIM"]),
    ("program_accreditation_status", "fine"),
    ("last_term", "no"),
    ("experience_months", {"coding": -1}),
    ("experience_months", {"coding": 10**9}),
    ("experience_months", {"coding": 12.5}),
    ("experience_months", {"coding": True}),
    ("experience_months", {"coding": "12"}),
    ("experience_months", {"coding": None}),
    ("experience_months", {"knitting": 12}),
    ("experience_months", 12),
    ("experience_months", [12]),
    ("experience_months", {"Coding": 1, "coding": 2}),
    ("experience_hours", {"cancer-registry": 10**9}),
    ("experience_hours", {"cancer registry": 7, "cancer_registry": 7}),
    ("credentials", ["nope"]),
    ("credentials", "cca"),
    ("credentials", [None]),
    ("credentials", [["cca"]]),
    ("credits", -60),
    ("credits", 1e3),
    ("completed", ["swimming"]),
    ("reciprocity", "Canada"),
    ("on", "yesterday"),
    ("on", "2026-13-01"),
    ("on", 20261122),
    ("awrd_level", "associate"),
    ("\ud800", True),
    ("award_level", "\ud800"),
]


def test_what_cannot_be_read_is_named_by_its_field(ask):
    for field, value in UNREADABLE:
        found = errors(ask({"certification": "rhit", "diploma": True, field: value}))
        assert list(found) == [field if field.isascii() else "?"], (field, value)


def test_every_mistake_is_named_at_once(ask):
    found = errors(ask({"certification": "x", "diploma": 3, "credits": -1, "hobby": "chess", "on": "x"}))
    assert set(found) == {"certification", "diploma", "credits", "hobby", "on"}


NO_DESCRIPTION = [
        "", "{", "[]", "null", "7", '"rhit"', "{'diploma': true}", b"\xff\xfe", "[" * 9000, '{"credits": NaN}',
        '{"credits": Infinity}', '{"credits": ' + "9" * 9000 + "}", '{"credits": 1, "credits": 2}',
        '{"certification": "' + "r" * 20_000 + '"}', '{"a":' * 2000 + "1" + "}" * 2000,
    ]  # fmt: skip


def test_a_body_that_is_no_description_is_refused(ask):
    for body in NO_DESCRIPTION:
        assert list(errors(ask(body))) == ["body"], body[:40]


def test_a_form_is_refused_as_a_kind_of_body_that_is_not_known(client):
    answer = client.post(URL, {"certification": "rhit"})
    assert (answer.status_code, answer["Content-Type"]) == (415, "application/problem+json")


def test_other_methods_are_not_allowed(client):
    for method in ("get", "head", "put", "patch", "delete"):
        answer = getattr(client, method)(URL)
        assert (answer.status_code, answer["Allow"]) == (405, "POST, OPTIONS"), method


def test_options_are_told(client):
    assert client.options(URL).status_code == 200


# --- what it costs and leaves behind ------------------------------------------------------------------


def test_no_token_no_cookie_and_nothing_kept():
    answer = Client(enforce_csrf_checks=True).post(URL, json.dumps(WHOLE), content_type="application/json")
    assert answer.status_code == 200
    assert not answer.cookies
    assert answer["Cache-Control"] == "no-store"


def test_one_exam_and_all_of_them_take_the_same_queries_and_write_nothing(ask):
    def queries(body):
        with CaptureQueriesContext(connection) as captured:
            ask(body)
        assert all(query["sql"].startswith("SELECT") for query in captured)
        return len(captured)

    assert queries({"certification": "rhit"}) == queries({}) <= 8
    assert len(EXAMS) == 15

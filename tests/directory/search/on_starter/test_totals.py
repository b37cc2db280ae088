"""Totals and all facets agree with plain SQL on random questions, on whatever database the tests run."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from django.db.models import F, Q
from django.test import Client

from directory.models import Listing
from directory.search.freshness import current
from directory.search.understand import understand
from directory.vocab import STATES
from tests import oracle
from tests.directory.filters.asking import count_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]
QUESTIONS = 200
SEED = 20_240_601
SEVERAL = {
    "level": ("certificate", "associate", "bachelors", "postbacc-certificate", "masters"),
    "length": ("under-12-weeks", "under-1-year", "1-2-years", "2-4-years"),
    "accreditation": ("accredited", "stated", "not-confirmed", "candidate"),
    "leads_to": ("rhit", "rhia", "cca", "ccs", "ccs-p", "cpc", "cbcs", "cehrs", "ods"),
    "delivery": ("campus", "hybrid", "online", "unknown"),
    "control": ("public", "nonprofit", "for-profit"),
    "cip": ("51.0707", "51.0713", "51.0714", "51.0716", "51.2706", "51.07", "11.01"),
    "state": ("OH", "TX", "CA", "FL", "NY", "KY", "PR", "WA", "AK", "VT"),
}
WHERE = ("43215", "10001", "90012", "77002", "60601", "99501", "96813", "00901", "33101", "59601", "Ohio", "tx", "Guam")
CHANCE = 0.3


def random_questions(count: int) -> Iterator[dict[str, list[str]]]:
    """The same questions on every run: none, one or several values of each parameter."""
    dice = random.Random(SEED)  # noqa: S311 - no secret, and the same dice on every run
    for _ in range(count):
        asked = {
            name: dice.sample(values, dice.choice((1, 1, 2, 3)))
            for name, values in SEVERAL.items()
            if dice.random() < CHANCE
        }
        if dice.random() < CHANCE:
            asked["where"] = [dice.choice(WHERE)]
            if asked["where"][0].isdigit() and dice.random() < 0.6:
                asked["within"] = [dice.choice(("10", "25", "50", "100", "250"))]
            if dice.random() < CHANCE:
                asked["online_too"] = ["1"]
        if "leads_to" in asked and dice.random() < CHANCE:
            asked["confirmed"] = ["1"]
        for name, dollars in (("max_price", (3_000, 9_000, 20_000)), ("min_price", (0, 2_000, 8_000))):
            if dice.random() < CHANCE / 2:
                asked[name] = [str(dice.choice(dollars))]
        yield asked


def test_totals_and_facets_are_those_of_plain_sql():
    client, found = Client(), 0
    for asked in random_questions(QUESTIONS):
        said = client.get("/api/v1/programs/", asked).json()
        right = oracle.answer(asked)
        assert said.get("count") == right.count, (asked, said.get("errors"))
        found += right.count > 0
        for facet, counts in right.facets.items():
            shown = {choice["value"]: choice["count"] for choice in said["facets"][facet]}
            # The contract names no doctorate among the levels; a list may count them or not.
            offered = {value: count for value, count in counts.items() if value in shown or value != "doctorate"}
            assert {value: count for value, count in shown.items() if count} == offered, (asked, facet)
    # Random questions that find nothing would agree about nothing.
    assert found > QUESTIONS / 3


#: Texts whose filters the plain SQL knows, and whose terms are fields, schools and programs.
TEXTS = (
    "medical coding", "coding ohio", "HIT online associate", "columbus state", "ivy tech HIT", "medical billing 43215",
    "health informatics masters", "rhit texas", "cheap coding certificate", "coding under $5000", "nursing not online",
    "community college medical records", "medical coder within 25 miles of 77002", "accredited HIM bachelors",
)  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_finds_what_plain_sql_finds_of_its_filters_and_terms(text):
    understood = understand(text, current().vocabulary)
    asked = {each.name: list(each.values) for each in understood.inferred if each.name != "sort"}
    rows = oracle._rows(asked)
    for term in understood.terms:
        rows = rows.filter(Q(cip__in=term.fields) | Q(school_id__in=term.schools) | Q(program_id__in=term.programs))
    said = Client().get("/api/v1/programs/", {"q": text}).json()
    assert 0 < said["count"] == rows.count()
    slugs = set(rows.values_list("program__slug", flat=True))
    assert {each["slug"] for each in said["results"]} <= slugs


@pytest.mark.parametrize("text", ["", "coding", "HIT ohio"])
def test_the_lowest_price_comes_first_and_what_is_not_known_last(text):
    said = Client().get("/api/v1/programs/", {"q": text, "sort": "price", "per_page": "50"}).json()
    shown = [each["price"]["value"] for each in said["results"]]
    understood = understand(text, current().vocabulary)
    rows = oracle._rows({each.name: list(each.values) for each in understood.inferred})
    for term in understood.terms:
        rows = rows.filter(cip__in=term.fields)
    right = list(rows.order_by(F("price").asc(nulls_last=True)).values_list("price", flat=True)[: len(shown)])
    assert len(shown) > 1
    assert shown == right


def test_the_page_counts_what_the_api_counts():
    client = Client()
    for asked in list(random_questions(QUESTIONS))[::20]:
        page = client.get("/programs/", asked)
        assert count_on(page) == client.get("/api/v1/programs/", asked).json()["count"], asked


def test_a_state_counts_as_many_as_its_rows():
    every = Client().get("/api/v1/programs/").json()["facets"]["state"]
    assert {choice["value"] for choice in every} == set(STATES)
    assert sum(choice["count"] for choice in every) == Listing.objects.listed().count()

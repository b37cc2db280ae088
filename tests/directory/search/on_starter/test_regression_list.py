"""Real queries with what must come of them, on the catalogue that ships; tests/search_queries/README.md tells how."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from directory.models import Listing, Opening
from directory.vocab import CONTROL_SLUG
from tests.search_queries.facts import starter_facts
from tests.search_queries.judging import Verdict, judge
from tests.search_queries.predicates import Result
from tests.search_queries.reading import NOT_YET, read_all, read_not_yet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter")]
#: Fewer would be no list to speak of; the goal is 150.
LEAST = 180


@pytest.fixture(scope="module")
def verdicts(starter: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[Verdict]]:
    """Every query of the list, asked of the API once."""
    client, facts = Client(raise_request_exception=True), starter_facts()
    with django_db_blocker.unblock():
        yield [judge(query, client.get("/api/v1/programs/", {"q": query.text}).json(), facts) for query in read_all()]


@pytest.fixture(scope="module")
def missed(verdicts: list[Verdict]) -> dict[str, str]:
    """Text -> what its answer misses."""
    return {verdict.query.text: "; ".join(verdict.misses) for verdict in verdicts if verdict.misses}


def test_the_list_is_long_enough():
    assert len(read_all()) >= LEAST


def test_every_query_finds_what_it_must(missed):
    known = set(read_not_yet())
    new = [f"{text!r}: {why}" for text, why in missed.items() if text not in known]
    assert not new, f"{len(new)} queries miss:\n" + "\n".join(new)


def test_no_query_is_said_to_miss_that_finds_what_it_must(missed):
    working = [text for text in read_not_yet() if text not in missed]
    assert not working, f"These work: take them out of {NOT_YET.name}: {working}"


def test_every_expectation_can_be_fulfilled():
    facts, catalogue = starter_facts(), _listed()
    bad = []
    for query in read_all():
        for one in query.first_ten:
            fit = [each for each in catalogue if one.fits(each, facts)]
            if not any(query.every is None or query.every.fits(each, facts) for each in fit):
                bad.append(f"{query.text!r}: no program is {one}")
        if query.every and not any(query.every.fits(each, facts) for each in catalogue):
            bad.append(f"{query.text!r}: no program is {query.every}")
    assert not bad, "\n".join(bad)


def _listed() -> list[Result]:
    """Every listed program as the API would show it."""
    rows = Listing.objects.listed().select_related("school")
    opened: dict[int, list[str]] = {}
    for program, slug in Opening.objects.values_list("program_id", "certification__slug"):
        opened.setdefault(program, []).append(slug)
    return [
        Result(
            slug="", unitid=row.school.unitid, school=row.school_name, city=row.school.city, state=row.state,
            cip=row.cip, level=row.level, length=row.length, delivery=row.delivery,
            control=CONTROL_SLUG[row.control], accreditation=row.standing,
            leads_to=tuple(opened.get(row.program_id, ())),
            figures={"price": row.price},
        )
        for row in rows
    ]  # fmt: skip

"""A list costs the same number of queries for one result and for fifty."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import Accreditation, Agency, ProgramFact
from directory.pipeline.refresh import refresh
from directory.search.freshness import touch
from directory.vocab import AwardLevel, Source
from tests.directory.catalogue import by_slug
from tests.directory.filters.asking import on_page
from tests.directory.invented import fact, field_of_study, program, release, school

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
SEVERAL = ("51.0707", "51.0713", "51.0706", "51.2706")


def fifty() -> None:
    """Programs of other schools, so that a card of each costs what cards cost."""
    for number in range(50):
        at = school(200000 + number, name=f"School {number}", latitude=40.0, longitude=-83.0 + number / 1000)
        program(at, field=field_of_study(SEVERAL[number % 4]), award_level=AwardLevel.ASSOCIATE)
    refresh()


def cost(client, address: str) -> tuple[int, int]:
    """(queries, results shown)."""
    client.get(address)  # what is worked out once in the life of a worker
    touch()
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code == 200
    with CaptureQueriesContext(connection) as again:
        client.get(address)
    assert len(again) <= 2  # the tokens, once more for a place; everything else is in memory
    shown = response.json()["results"] if "/api/" in address else on_page(response)
    return len(queries), len(shown)


@pytest.mark.parametrize("root", ["/programs/", "/api/v1/programs/"])
@pytest.mark.parametrize("query", ["", "q=health", "level=associate&sort=name", "where=43901&within=100&sort=name"])
def test_a_list_costs_the_same_for_five_and_for_fifty_results(client, root, query):
    some = cost(client, f"{root}?{query}&per_page=100")
    fifty()
    many = cost(client, f"{root}?{query}&per_page=100")
    assert many[1] >= some[1] + 12
    assert many[0] == some[0]
    assert many[0] <= 25


def test_a_list_of_one_costs_no_more_than_a_list_of_fifty(client):
    one = cost(client, "/programs/?level=masters")
    fifty()
    many = cost(client, "/programs/?level=associate&per_page=50")
    assert (one[1], many[1]) == (1, 50)
    assert one[0] == many[0]


@pytest.mark.parametrize("address", ["/programs/{}/", "/api/v1/programs/{}/"])
def test_a_program_costs_the_same_with_few_and_with_many_facts(client, address):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address.format("maple-hit-associate")).status_code == 200
        return len(asked)

    queries()  # what the search holds in memory is read once
    few = queries()
    of = by_slug("maple-hit-associate")
    for number in range(12):
        fact(of, ProgramFact.Kind.COURSES, f"Course {number}", evidence_url=f"https://maple.example/{number}")
        record = Accreditation.objects.create(
            school=of.school, agency=Agency.objects.create(name=f"Agency {number}"), status="accredited",
            release=release(Source.DAPIP, "November 2020"),
        )  # fmt: skip
        record.actions.create(description="Reviewed", on=dt.date(2019, 5, 1))
        record.actions.create(description="Reviewed", on=dt.date(2009, 5, 1))
    assert queries() == few
    assert few <= 15

"""A comparison asks as often for four as for two, and never more than twelve times."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import School
from directory.search.freshness import current
from directory.vocab import SchoolMeasure, Source
from tests.directory.catalogue import LISTED
from tests.directory.invented import release

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

MOST = 12


def asked(client, address: str) -> int:
    current().columns  # noqa: B018 - what a worker holds in memory is read once, and not for a page
    current().vocabulary  # noqa: B018
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def address(slugs, *, more: str = "", kind: str = "program") -> str:
    return "/compare/?" + "&".join(f"{kind}={slug}" for slug in slugs) + more


FOUR = ("maple-hit-associate", "birch-hit-associate", "cedar-coding-certificate", "dunmore-him-bachelors")


def test_four_programs_cost_as_many_queries_as_two_and_twelve_at_most(client):
    two = asked(client, address(FOUR[:2]))
    four = asked(client, address(FOUR))
    # With room in the table, one query looks for what else could stand there.
    assert two <= MOST
    assert four == two - 1


def test_a_place_costs_one_query(client):
    assert asked(client, address(FOUR, more="&where=43901")) == asked(client, address(FOUR)) + 1 <= MOST


def test_what_stands_in_the_columns_does_not_change_the_number(client):
    numbers = {asked(client, address(LISTED[at : at + 4])) for at in range(0, 8, 4)}
    assert len(numbers) == 1


@pytest.mark.parametrize("more", ["&show=differences", "&find=coding", "&where=43901&show=differences"])
def test_every_way_to_look_at_four_stays_within_it(client, more):
    assert asked(client, address(FOUR, more=more)) <= MOST


def test_four_schools_cost_as_many_queries_as_two(client):
    schools = list(School.objects.values_list("slug", flat=True)[:4])
    two, four = (asked(client, address(chosen, kind="school")) for chosen in (schools[:2], schools))
    assert two == four <= MOST


def test_a_school_with_a_hundred_figures_costs_no_more(client):
    before = asked(client, address(FOUR))
    school = School.objects.get(slug="maple-fork-college")
    ours = release(Source.IPEDS_TUITION, "2023-24")
    for year in range(1990, 2020):
        school.figures.create(measure=SchoolMeasure.BOOKS, year=year, value=1_000, release=ours)
    assert asked(client, address(FOUR)) == before


def test_the_names_of_nine_are_looked_up_together(client):
    assert asked(client, address(LISTED[:9])) <= MOST

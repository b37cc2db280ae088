"""Counts beside each choice: what choosing it as well would give, with the facet's own choice lifted."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from directory.facets import facets
from directory.filters.program import ProgramFilter
from directory.models import Certification, Listing, School
from directory.search.freshness import touch
from directory.search.table.codes import PRICE_UNKNOWN, band_limits
from directory.vocab import STATES, VETERAN_FACTS, Delivery, Length, LevelGroup, Standing
from tests.directory.filters.asking import ask, found

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.fixture(autouse=True)
def _offers(catalogue):
    """Two schools offer something to veterans; the search table learns of it as after an import."""
    School.objects.filter(slug="maple-fork-college").update(yellow_ribbon=True, rotc=False)
    School.objects.filter(slug="cedar-ridge-institute").update(training_credit=True, rotc=True)
    touch(names=False)


QUESTIONS = (
    "", "q=coding", "where=43901", "where=Ohio&online_too=1", "level=associate", "level=associate&state=OH",
    "leads_to=rhit", "leads_to=rhit&confirmed=1&level=associate", "max_price=9000&control=public",
    "accreditation=stated&accreditation=accredited&delivery=campus", "length=1-2-years", "q=plumbing",
    "state=OH&state=TX&level=associate&level=masters&delivery=unknown",
    "veterans=yellow-ribbon", "veterans=rotc&veterans=training-credit&level=associate&max_price=9000",
    "q=coding&veterans=training-credit&where=43901&within=100",
)  # fmt: skip


def counts(query: str) -> dict[str, dict[str, int]]:
    return {name: {each.value: each.count for each in choices} for name, choices in facets(ask(query)).items()}


@pytest.mark.parametrize("query", QUESTIONS)
def test_each_count_is_what_choosing_that_value_alone_would_give(query):
    counted = counts(query)
    assert all(counted.values())
    for name, choices in counted.items():
        for value, count in choices.items():
            if value != PRICE_UNKNOWN:  # counted, and no parameter chooses it
                assert count == ProgramFilter(choosing(query, name, value)).count, (name, value)


def choosing(query: str, name: str, value: str) -> QueryDict:
    """The question with one value of a facet and no other."""
    asked = QueryDict(query, mutable=True)
    if name != "price":
        asked.setlist(name, [value])
        return asked
    low, high = band_limits(value)
    asked["min_price"], asked["max_price"] = str(low), "" if high is None else str(high)
    return asked


def test_prices_that_nobody_knows_are_counted_apart():
    bands = counts("")["price"]
    assert sum(bands.values()) == len(found(""))
    assert bands[PRICE_UNKNOWN] == Listing.objects.listed().filter(price=None).count() > 0


def test_choosing_one_value_does_not_hide_the_others():
    assert counts("level=associate")["level"] == counts("")["level"]
    assert counts("level=associate")["state"] != counts("")["state"]


def test_values_that_find_nothing_keep_their_zero():
    every = counts("q=plumbing")
    assert set(every) == {
        *("level", "accreditation", "delivery", "length", "control", "state", "leads_to", "veterans", "price")
    }
    assert set(every["level"]) == set(LevelGroup.values)
    assert set(every["accreditation"]) == set(Standing.values)
    assert set(every["delivery"]) == set(Delivery.values)
    assert set(every["length"]) == set(Length.values)
    assert set(every["control"]) == {"public", "nonprofit", "for-profit"}
    assert set(every["state"]) == set(STATES)
    assert set(every["veterans"]) == set(VETERAN_FACTS)
    assert set(every["leads_to"]) == set(Certification.objects.values_list("slug", flat=True))
    assert not any(count for choices in every.values() for count in choices.values())


def test_what_is_chosen_is_marked():
    marked = facets(ask("level=associate&level=masters&state=oh&leads_to=rhit"))
    chosen = {(name, each.value) for name, choices in marked.items() for each in choices if each.selected}
    assert chosen == {("level", "associate"), ("level", "masters"), ("state", "OH"), ("leads_to", "rhit")}


def test_counts_of_a_column_add_up_to_the_list():
    for query in QUESTIONS:
        if "level=" not in query:
            assert sum(counts(query)["level"].values()) == len(found(query))


def test_the_page_draws_each_count_and_greys_the_zeros(client):
    page = client.get("/programs/?level=associate").content.decode()
    assert 'name="level" value="associate" checked' in page
    assert '<label class="zero"><input type="checkbox" name="length" value="2-4-years">' in page
    assert page.count('type="checkbox" name="state"') == len(STATES)

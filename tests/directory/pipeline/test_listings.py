"""The search table follows the facts: whole or school by school, and only where something changed."""

from __future__ import annotations

import pytest
import time_machine

from directory.models import Completions, Listing, Program, ProgramFact, School
from directory.pipeline.listings import rebuild_listings
from directory.pipeline.refresh import refresh
from directory.vocab import Delivery, ListingState, Missing, SchoolState, Source
from tests.directory.catalogue import BUILT_ON, by_slug
from tests.directory.invented import fact, release

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.fixture(autouse=True)
def _on_the_day():
    with time_machine.travel(BUILT_ON, tick=False):
        yield


def row(slug: str) -> Listing:
    return Listing.objects.get(program__slug=slug)


def everything() -> list[tuple]:
    return list(Listing.objects.order_by("pk").values_list())


def test_rebuilding_changes_nothing_when_nothing_has_changed():
    before = everything()
    changes = rebuild_listings()
    assert (changes.added, changes.changed, changes.removed) == (0, 0, 0)
    assert everything() == before


def test_one_school_alone_gives_what_the_whole_gives():
    Listing.objects.update(title="Wrong", rank_points=1)
    for school in School.objects.all():
        rebuild_listings([school.pk])
    one_by_one = everything()
    Listing.objects.update(title="Wrong", rank_points=1)
    rebuild_listings()
    assert everything() == one_by_one
    assert row("maple-hit-associate").title == "Health Information/Medical Records Technology"


def test_rebuilding_one_school_leaves_the_others_alone():
    Listing.objects.update(title="Wrong")
    rebuild_listings([by_slug("maple-hit-associate").school_id])
    assert row("maple-hit-associate").title != "Wrong"
    assert row("birch-hit-associate").title == "Wrong"


def test_only_rows_that_differ_are_written():
    fact(by_slug("maple-coding-certificate"), ProgramFact.Kind.DELIVERY, Delivery.ONLINE)
    changes = rebuild_listings()
    assert (changes.added, changes.changed, changes.removed) == (0, 1, 0)
    assert (row("maple-coding-certificate").delivery, row("maple-coding-certificate").delivery_basis) == (
        "online", "The school’s page",
    )  # fmt: skip


def test_a_program_that_is_gone_leaves_the_table():
    Program.objects.filter(slug="maple-coding-short").delete()
    rebuild_listings()
    assert not Listing.objects.filter(program__slug="maple-coding-short").exists()


@pytest.mark.parametrize("status", [SchoolState.CLOSED, SchoolState.CLOSING, SchoolState.COMBINED, SchoolState.GONE])
def test_programs_of_a_school_that_closed_are_not_listed(status):
    School.objects.filter(slug="maple-fork-college").update(status=status)
    refresh()
    assert not Listing.objects.listed().filter(school__slug="maple-fork-college").exists()
    assert Listing.objects.filter(school__slug="maple-fork-college").count() == 3


def test_a_program_that_staff_withdrew_is_not_listed():
    Program.objects.filter(slug="maple-hit-associate").update(state=ListingState.WITHDRAWN)
    rebuild_listings()
    assert not row("maple-hit-associate").listed


def test_awards_are_those_of_the_latest_year_and_the_sum_of_five():
    of = by_slug("maple-hit-associate")
    for year, awards in ((2019, 1000), (2020, 50), (2021, None)):
        Completions.objects.create(
            program=of, year=year, awards=awards, awards_note=Missing.SUPPRESSED if awards is None else "",
            release=release(Source.IPEDS_COMPLETIONS, str(year)),
        )  # fmt: skip
    rebuild_listings()
    found = row("maple-hit-associate")
    assert (found.awards, found.awards_year) == (40, 2024)
    assert found.awards_five_years == 50 + 30 + 35 + 40  # neither 2019 nor the withheld year


def test_points_follow_from_the_facts_that_are_known():
    known = {listing.program.slug: listing.known_facts for listing in Listing.objects.select_related("program")}
    assert known["maple-hit-associate"] == 4  # price, earnings, awards, delivery
    assert known["elm-him-postbacc"] == 0
    assert known["maple-coding-short"] == 2  # price, and no awards as a known number


def test_the_order_has_no_input_that_money_could_buy():
    """The columns of the points: accreditation, graduates, and how much is known."""
    before = dict(Listing.objects.values_list("program__slug", "rank_points"))
    School.objects.update(website="https://www.paid.example", apply_url="https://pay.example", eight_keys=True)
    rebuild_listings()
    assert dict(Listing.objects.values_list("program__slug", "rank_points")) == before

"""A price that staff read on the school's own page is the program's price, in every list."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from directory.models import Listing, ProgramFact
from directory.pipeline.listings import rebuild_listings
from directory.pipeline.prices import dollars
from directory.vocab import Level
from tests.directory.catalogue import by_slug
from tests.directory.invented import fact

SLUG = "maple-hit-associate"
READ_ON = dt.date(2025, 3, 1)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("4200", 4_200), ("$4,200", 4_200), ("$ 4200", 4_200), (" 12,345.00 ", 12_345), ("950", 950),
        ("", None), ("0", None), ("4,20", None), ("about 4200", None), ("$4,200 <b>x</b>", None), ("-5", None),
        ("4200 - 5000", None), ("4200.50", None), ("9999999", None), ("\u0664200", None),
    ],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them_and_nothing_else_is(typed, amount):
    assert dollars(typed) == amount


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue")
class TestInTheLists:
    def state(self, value: str, **columns) -> Listing:
        fact(by_slug(SLUG), ProgramFact.Kind.PRICE, value, **columns)
        rebuild_listings()
        return Listing.objects.get(program__slug=SLUG)

    def test_it_wins_over_the_files_and_says_who_read_it_when(self):
        row = self.state("$4,200", year="2025-26", checked_on=READ_ON)
        assert (row.price, row.price_level, row.price_year) == (4_200, Level.PROGRAM, "2025-26")
        assert row.price_caveat == "The school’s page, read by us on 1 Mar 2025"

    def test_without_its_own_year_it_has_that_of_the_day(self):
        assert self.state("4200", checked_on=READ_ON).price_year == "2025"

    def test_what_nobody_has_checked_or_what_is_no_amount_changes_no_price(self):
        before = Listing.objects.get(program__slug=SLUG).price
        assert self.state("4200").price == before
        assert self.state("see the catalog", checked_on=READ_ON, evidence_url="https://b.example/").price == before

    def test_the_page_that_was_read_last_counts(self):
        self.state("4200", checked_on=READ_ON)
        later = READ_ON + dt.timedelta(days=90)
        assert self.state("4500", checked_on=later, evidence_url="https://maplefork.example/new").price == 4_500

    def test_the_program_page_shows_it_as_the_published_price(self, client):
        self.state("4200", unit="USD", checked_on=READ_ON)
        page = client.get(reverse("program_detail", args=[SLUG])).content.decode()
        assert "Published price" in page
        assert "$4,200" in page

"""What a program's page costs, tells machines, and says of facts that were looked for and not found."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from directory.curation.overrides import correct
from directory.curation.public_addresses import rename
from directory.models import ProgramFact, School
from directory.pipeline.refresh import refresh
from directory.vocab import ListingState, SchoolState, Standing
from tests.directory.catalogue import PROGRAMS, by_slug
from tests.directory.invented import fact
from tests.directory.test_program_pages import markup, section, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

#: The whole budget is 15; the blocks of reviews, payback and corrections may ask one question each.
OF_THE_RECORD = 10


class TestCost:
    @pytest.mark.parametrize("slug", list(PROGRAMS))
    def test_every_block_together_costs_ten_queries_at_most(self, client, slug):
        markup(client, slug)  # what is read once for all pages
        with CaptureQueriesContext(connection) as asked:
            markup(client, slug)
        assert len(asked) <= OF_THE_RECORD

    def test_many_rows_cost_as_many_queries_as_few(self, client):
        of = by_slug("maple-hit-associate")
        markup(client, of.slug)
        with CaptureQueriesContext(connection) as few:
            markup(client, of.slug)
        for number in range(30):
            fact(of, ProgramFact.Kind.COURSES, f"Course {number}", evidence_url=f"https://maplefork.example/{number}")
        correct(target=of, column="title", value="Health Records", reason="The catalogue’s.", by=None)
        markup(client, of.slug)
        with CaptureQueriesContext(connection) as many:
            page = markup(client, of.slug)
        assert "Course 29" in page
        assert len(many) == len(few)

    @pytest.mark.parametrize("slug", list(PROGRAMS))
    def test_the_page_is_light(self, client, slug):
        assert len(gzip.compress(markup(client, slug).encode())) < 50_000


class TestForMachines:
    def read(self, client, path: str) -> dict[str, Any]:
        page = client.get(path).content.decode()
        found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
        return json.loads(found[1]) if found else {}

    def test_a_program_is_told_with_its_school_and_nothing_that_is_only_estimated(self, client):
        told = self.read(client, "/programs/maple-hit-associate/")
        assert told
        assert told["@type"] == "EducationalOccupationalProgram"
        assert told["name"] == "Health Information/Medical Records Technology"
        assert told["provider"]["name"] == "Maple Fork College"
        assert told["url"] == "http://testserver/programs/maple-hit-associate/"
        assert "offers" not in told  # the price is our estimate
        assert "aggregateRating" not in told

    def test_a_published_price_is_an_offer(self, client):
        told = self.read(client, "/programs/cedar-coding-certificate/")
        assert told
        assert told["offers"] == {
            "@type": "Offer", "category": "Tuition and fees, whole program", "price": 14_500, "priceCurrency": "USD",
        }  # fmt: skip

    def test_two_pages_that_disagree_tell_a_machine_nothing(self, client):
        of = by_slug("maple-hit-associate")
        fact(of, ProgramFact.Kind.MONTHS, "20", evidence_url="https://maplefork.example/a")
        assert self.read(client, "/programs/maple-hit-associate/")["timeToComplete"] == "P20M"
        fact(of, ProgramFact.Kind.MONTHS, "24", evidence_url="https://maplefork.example/b")
        assert "timeToComplete" not in self.read(client, "/programs/maple-hit-associate/")

    @pytest.mark.parametrize("slug", ["fern-coding-certificate", "birch-him-bachelors"])
    def test_what_has_left_the_list_is_not_offered_to_machines(self, client, slug):
        assert self.read(client, f"/programs/{slug}/") == {}

    def test_a_school_is_told_with_its_numbers(self, client):
        school = School.objects.get(slug="maple-fork-college")
        told = self.read(client, "/schools/maple-fork-college/")
        assert told
        assert (told["@type"], told["name"]) == ("CollegeOrUniversity", "Maple Fork College")
        assert {"@type": "PropertyValue", "propertyID": "IPEDS UNITID", "value": str(school.unitid)} in told[
            "identifier"
        ]
        assert told["address"]["addressRegion"] == "OH"

    def test_a_text_cannot_end_the_element(self, client):
        School.objects.filter(slug="maple-fork-college").update(name="</script><b>A & B")
        page = client.get("/schools/maple-fork-college/").content.decode()
        assert "</script><b>" not in page
        assert self.read(client, "/schools/maple-fork-college/")["name"] == "</script><b>A & B"

    @pytest.mark.parametrize("path", ["/programs/maple-hit-associate/", "/schools/maple-fork-college/"])
    def test_the_address_that_counts_has_no_question(self, client, path):
        page = client.get(path, {"where": "43911", "utm_source": "x"}).content.decode()
        assert f'<link rel="canonical" href="http://testserver{path}">' in page


class TestAddresses:
    def test_a_former_address_takes_what_was_asked_along(self, client):
        rename(listing=by_slug("maple-hit-associate"), slug="maple-new", by=None)
        answer = client.get("/programs/maple-hit-associate/?where=43911&pb_hours=20")
        assert (answer.status_code, answer["Location"]) == (301, "/programs/maple-new/?where=43911&pb_hours=20")

    def test_two_changes_are_one_redirect_each_and_no_chain(self, client):
        of = by_slug("maple-hit-associate")
        for slug in ("maple-second", "maple-third"):
            rename(listing=of, slug=slug, by=None)
            of.refresh_from_db()
        for former in ("maple-hit-associate", "maple-second"):
            assert client.get(f"/programs/{former}/")["Location"] == "/programs/maple-third/"

    def test_an_address_that_is_taken_back_does_not_lead_to_itself(self, client):
        of = by_slug("maple-hit-associate")
        for slug in ("maple-second", "maple-hit-associate"):
            rename(listing=of, slug=slug, by=None)
            of.refresh_from_db()
        assert client.get("/programs/maple-hit-associate/").status_code == 200
        assert client.get("/programs/maple-second/")["Location"] == "/programs/maple-hit-associate/"

    def test_an_address_once_used_is_given_to_no_other_program(self):
        rename(listing=by_slug("maple-hit-associate"), slug="maple-second", by=None)
        with pytest.raises(ValueError, match="taken"):
            rename(listing=by_slug("birch-hit-associate"), slug="maple-hit-associate", by=None)


class TestLookedForAndNotFound:
    def test_an_accredited_program_must_publish_what_nobody_found(self, client):
        words = section(markup(client, "maple-hit-associate"), "outcomes")
        assert "CAHIIM requires an accredited program to publish a graduation rate, an employment rate" in words
        for label in ("Graduation rate", "Job placement rate", "One more outcome of the school’s choice"):
            assert f"{label} Required, not found" in words

    def test_what_was_found_stands_with_its_page(self, client):
        fact(by_slug("maple-hit-associate"), ProgramFact.Kind.GRADUATION_RATE, "61", unit="percent", year="2024")
        words = section(markup(client, "maple-hit-associate"), "outcomes")
        assert re.search(r"Graduation rate 61% A page states it ?, 2024", words)
        assert "Graduation rate Required" not in words
        assert "Job placement rate Required, not found" in words

    def test_a_unit_that_begins_like_a_percentage_is_none(self, client):
        at = by_slug("maple-hit-associate")
        fact(at, ProgramFact.Kind.GRADUATION_RATE, "61", unit="percentile of the state", year="2024")
        words = section(markup(client, "maple-hit-associate"), "outcomes")
        assert "61 percentile of the state" in words

    def test_what_somebody_read_and_did_not_find_is_required_and_dated(self, client):
        fact(by_slug("maple-hit-associate"), ProgramFact.Kind.GRADUATION_RATE, "", checked_on=dt.date(2025, 9, 1))
        words = section(markup(client, "maple-hit-associate"), "outcomes")
        assert "Graduation rate Required, not found Read on 1 Sep 2025" in words

    def test_the_schools_own_measure_stands_under_its_name(self, client):
        fact(
            by_slug("maple-hit-associate"), ProgramFact.Kind.FURTHER_OUTCOME, "40 of 52", year="2024",
            note="Graduates who sat the RHIT",
        )  # fmt: skip
        words = section(markup(client, "maple-hit-associate"), "outcomes")
        assert "Graduates who sat the RHIT 40 of 52" in words
        assert "One more outcome" not in words

    def test_where_accreditation_is_only_stated_so_is_the_duty(self, client):
        assert by_slug("birch-hit-associate").listing.standing == Standing.STATED
        assert "If CAHIIM has accredited this program, as it is said" in section(
            markup(client, "birch-hit-associate"), "outcomes"
        )

    def test_nothing_is_required_of_a_program_that_nobody_says_is_accredited(self, client):
        assert "Required" not in text(markup(client, "maple-coding-certificate"))

    def test_a_page_that_was_read_and_is_silent_is_told_from_one_that_nobody_read(self, client):
        of = by_slug("maple-hit-associate")
        fact(of, ProgramFact.Kind.START_DATES, "", checked_on=dt.date(2025, 5, 4))
        words = section(markup(client, of.slug), "study")
        assert "Start dates Not published by the school Read on 4 May 2025" in words
        assert "Entry requirements Not checked yet" in words

    def test_not_published_needs_the_day_on_which_somebody_looked(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            fact(by_slug("maple-hit-associate"), ProgramFact.Kind.START_DATES, "")
        with pytest.raises(ValidationError):
            ProgramFact(program=by_slug("maple-hit-associate"), kind="courses", value="").validate_constraints()

    def test_who_looked_last_is_dated(self, client):
        of = by_slug("maple-hit-associate")
        fact(of, ProgramFact.Kind.COURSES, "Ten", checked_on=dt.date(2025, 8, 4))
        assert "Last checked by a person: 4 Aug 2025" in text(markup(client, of.slug))
        assert "No person has checked this program’s pages yet" in text(markup(client, "maple-coding-certificate"))


class TestWaysOut:
    def test_the_main_way_to_the_school_stands_at_the_end_of_the_main_part_too(self, client):
        page = markup(client, "maple-hit-associate")
        assert '<div class="way-out"><a class="btn wide" href="/go/maple-hit-associate/apply/" rel="nofollow">' in page

    def test_a_closed_school_has_no_way_out_and_says_when_and_on_whose_word(self, client):
        page = markup(client, "fern-coding-certificate")
        assert "way-out" not in page
        assert "There is no way to enroll here" in text(page)

    def test_what_stayed_with_a_merged_school_leads_to_the_school_of_today_and_not_to_its_old_site(self, client):
        of, today = by_slug("maple-hit-associate"), by_slug("birch-hit-associate").school
        School.objects.filter(pk=of.school_id).update(merged_into=today)
        refresh()
        page = markup(client, of.slug)
        assert f"/go/{of.slug}/" not in page
        assert f'<a href="{today.get_absolute_url()}">The school today: {today.name}</a>' in page

    def test_a_closed_schools_program_names_the_day(self, client):
        School.objects.filter(slug="maple-fork-college").update(
            status=SchoolState.CLOSED, closed_on=dt.date(2025, 3, 1)
        )
        refresh()
        assert "The school: Closed on 1 March 2025" in text(markup(client, "maple-hit-associate"))

    def test_staff_who_withdrew_a_program_are_said_to_have(self, client):
        of = by_slug("maple-hit-associate")
        type(of).objects.filter(pk=of.pk).update(state=ListingState.WITHDRAWN)
        refresh([of.school_id])
        assert "Taken off the list by staff. There is no way to enroll here" in text(markup(client, of.slug))

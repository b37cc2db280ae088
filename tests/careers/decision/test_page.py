"""The page: what stands in its table, what it makes of a bad question, and what it costs."""

from __future__ import annotations

import gzip
import html
import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.models import Pay
from directory.models import Listing
from directory.pipeline.refresh import refresh
from directory.vocab import AwardLevel
from tests.careers import world
from tests.directory.invented import field_of_study, program, school
from tests.templates.drawing import assert_balanced, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
ADDRESS = "/certificate-or-associate/"


def page(client: Any, **question: str) -> Any:
    response = client.get(ADDRESS, question, follow=True)  # empty fields leave the address
    assert response.status_code == 200
    return response


def rows(response: Any) -> dict[str, list[str]]:
    """Label of a row -> its cells as text."""
    found = {}
    for row in re.findall(r'<tr[^>]*class="(?:alike|differs)"[^>]*>.*?</tr>', response.content.decode(), re.DOTALL):
        label, *cells = re.split(r"<td[^>]*>", row)
        found[text_of(label).removesuffix(" Differs")] = [html.unescape(text_of(cell)) for cell in cells]
    return found


def messages(response: Any, name: str) -> str:
    found = re.search(rf'<p class="error" id="d-{name}-error">(.*?)</p>', response.content.decode(), re.DOTALL)
    return html.unescape(found[1]) if found else ""


class TestTable:
    def test_each_award_says_what_it_does_for_the_exam_what_decides_and_on_whose_word(self, client):
        certificate, associate = rows(page(client, goal="rhit"))["For the RHIT"]
        assert certificate.startswith("Certificate Leaves it closed What decides: an associate degree.")
        assert associate.startswith("Associate degree Opens it, if CAHIIM has accredited the program")
        assert "IHB’s own page , May 2025" in associate

    def test_the_nearest_programs_come_first_with_their_distance(self, client):
        certificate, associate = rows(page(client, goal="rhit", where="43901"))["Nearest programs"]
        assert "Maple Fork College, Maple Fork, OH under 1 mile" in associate
        assert "Birch Valley College, Birch Valley, OH 21 miles" in associate
        assert associate.index("Maple Fork College") < associate.index("Birch Valley College")
        assert "No listed program of this kind" in certificate  # the exam is meant for another field

    def test_the_links_lead_to_lists_that_hold_as_many(self, client):
        for question in ({"goal": "rhit", "where": "43901"}, {"where": "KY"}, {}, {"goal": "lamp-keeper"}):
            text = page(client, **question).content.decode()
            links = re.findall(r'<p><a href="(/programs/[^"]*)">All ([\d,]+) ', text)
            assert links
            for href, count in links:
                listed = client.get(html.unescape(href)).content.decode()
                assert f">{count} programs" in listed

    def test_where_nothing_is_near_it_looks_further_and_says_so(self, client):
        associate = rows(page(client, goal="rhit", where="40901"))["Nearest programs"][1]
        assert "None within 50 miles; within 250 miles:" in associate
        far = rows(page(client, goal="rhit", where="00901"))["Nearest programs"][1]
        assert "None in or near your place. The first of the whole country:" in far

    def test_programs_of_which_nobody_knows_whether_they_open_the_exam_are_counted_apart(self, client):
        at = school(100_777, name="Gorse College", city="Gorse", latitude=40.0, longitude=-83.0)
        program(at, slug="gorse-hit-associate", field=field_of_study("51.0707"))
        refresh()
        associate = rows(page(client, goal="rhit", where="43901"))["Nearest programs"][1]
        assert "1 other within 50 miles is not known to be accredited." in associate
        assert "Gorse College" not in associate

    def test_programs_are_not_said_to_open_an_exam_that_asks_for_none(self, client):
        for cell in rows(page(client, goal="cca", where="43901"))["Nearest programs"]:
            assert re.search(r"(All \d+ \w+ programs|search)$", cell), cell
            assert "that open it" not in cell

    def test_months_come_from_the_official_range_of_the_award(self, client):
        certificate, associate = rows(page(client, goal="cca"))["Time, full time"]
        assert "3 to 12 months : 2 programs" in certificate
        assert "Under 3 months : 1 program" in certificate
        assert associate.startswith("Associate degree At least 24 months That is how the award is defined.")
        assert "no file says: ask the school. IPEDS definition of the award, full time" in associate
        assert "defined" not in certificate

    def test_published_prices_and_estimates_stand_apart_with_their_sources(self, client):
        certificate, associate = rows(page(client, goal="cca"))["Price, in total"]
        assert "$14,500 Published for the program itself: 1 program IPEDS charges by program" in certificate
        assert "Estimated from the school’s in-state tuition" in certificate
        assert "$8,000 to $10,000 Estimated from the school’s in-state tuition: 2 programs" in associate
        assert "No price of" in associate

    def test_jobs_stand_under_the_award_that_they_usually_ask_for_with_the_middle_half_of_their_pay(self, client):
        certificate, associate = rows(page(client))["Jobs that usually ask for it"]
        assert "Lamp Keepers : $36,000 to $50,000 a year Middle half of everyone in it, United States" in certificate
        assert "BLS OEWS , May 2025" in certificate
        assert "Fog Callers : $46,000 to $70,000 a year" in associate

    def test_pay_of_the_readers_state_is_shown_where_it_is_loaded(self, client):
        ohio = world.state("39", "Ohio", "OH")
        world.pay(Pay.objects.get(occupation="29-2072").occupation, at=ohio, annual_p25=31_000, annual_p75=41_000)
        near, far = page(client, where="43901"), page(client, where="CA")
        assert "$31,000 to $41,000 a year Middle half of everyone in it, Ohio" in str(rows(near))
        assert "$36,000 to $50,000 a year Middle half of everyone in it, United States" in str(rows(far))

    def test_exams_are_split_into_those_that_differ_and_those_that_do_not(self, client):
        found = rows(page(client))
        certificate, associate = found["Exams where they differ"]
        assert "RHIT leaves it closed" in certificate
        assert "RHIT opens it, if CAHIIM has accredited the program" in associate
        assert len(found["Exams open after either"]) == 1
        assert "CCA What decides: a diploma" in found["Exams open after either"][0]

    def test_rows_with_the_same_for_both_are_drawn_once_and_not_marked(self, client):
        text = page(client).content.decode()
        for row in re.findall(r'<tr[^>]*class="alike".*?</tr>', text, re.DOTALL):
            assert 'colspan="2"' in row
            assert "Differs" not in row
        assert re.search(r'class="differs"><th scope="row">Price, in total <span class="mark">Differs', text)

    def test_what_no_file_says_about_credits_is_said_with_the_schools_that_teach_both(self, client):
        (cell,) = rows(page(client, where="43901"))["Credits of the certificate that count toward the degree"]
        assert "Not published: ask the college before you enroll." in cell
        assert "Maple Fork College" in cell
        assert "it does not say that credits count" in cell

    def test_what_is_not_known_is_counted(self, client):
        text = text_of(page(client).content.decode())
        listed = Listing.objects.listed().filter(level__in=("certificate", "associate"))
        unpriced = listed.filter(price__isnull=True).count()
        assert f"No file has a price for {unpriced} of the {listed.count()} programs counted here." in text

    def test_without_a_goal_reasons_for_each_award_are_given(self, client):
        certificate, associate = rows(page(client))["Choose it if"]
        assert "You want the shorter way" in certificate
        assert "You do not need the RHIT" in certificate
        assert "You want to be able to sit the RHIT" in associate
        assert "You want work that usually asks for it: Fog Callers" in associate

    def test_a_career_without_a_taught_field_leaves_a_whole_page(self, client):
        of = world.occupation("43-3021", "Toll Takers")
        world.pay(of)
        world.career(of, "toll-taker", title="Toll taker")
        found = rows(page(client, goal="toll-taker", where="43901"))
        assert all("No listed program of this kind leads there." in cell for cell in found["Nearest programs"])
        assert "Toll Takers : $36,000 to $50,000 a year" in found["Toll taker"][0]


class TestCost:
    @pytest.mark.parametrize(
        "question", [{}, {"goal": "rhit", "where": "43901"}, {"goal": "lamp-keeper", "where": "OH"}]
    )
    def test_fifty_more_programs_cost_no_further_query(self, client, question):
        few = self.queries(client, question)
        for number in range(50):
            at = school(300_000 + number, slug=f"many-{number}", latitude=40.0, longitude=-83.0)
            program(at, slug=f"many-associate-{number}", field=field_of_study("51.0707"))
            program(
                at,
                slug=f"many-certificate-{number}",
                field=field_of_study("51.0713"),
                award_level=AwardLevel.CERTIFICATE_12_WEEKS_1_YEAR,
            )
        refresh()
        assert self.queries(client, question) == few
        assert few <= 36

    def queries(self, client: Any, question: dict[str, str]) -> int:
        page(client, **question)  # reads the search table into memory
        with CaptureQueriesContext(connection) as seen:
            page(client, **question)
        return len(seen)

    def test_the_page_is_light(self, client):
        response = page(client, goal="rhit", where="43901")
        assert len(gzip.compress(response.content)) <= 50_000
        assert_balanced(response.content.decode().partition("<body>")[2].partition("</body>")[0])


def test_an_empty_database_shows_a_page(client):
    Listing.objects.all().delete()
    response = client.get(f"{ADDRESS}?{urlencode({'goal': 'rhit', 'where': 'OH'})}")
    assert response.status_code == 200

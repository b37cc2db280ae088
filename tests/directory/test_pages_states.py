"""Programs by state: the map, the plain list and one state's page."""

from __future__ import annotations

import re

import pytest

from directory.models import Listing, School
from directory.pipeline.refresh import refresh
from directory.vocab import STATES, AwardLevel
from tests.directory.invented import program, school
from tests.templates.drawing import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def page(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return str(response.content.decode())


class TestTheMap:
    def test_tiles_and_list_agree(self, client):
        html = page(client, "/states/")
        text = text_of(html)
        assert "12 programs at 5 schools are on the list." in text
        for words in ("Ohio 5 programs, 2 schools", "Kentucky 2 programs, 1 school"):
            assert words in text
        assert "Ohio: 5 programs" in html

    def test_a_territory_is_listed_like_a_state(self, client):
        program(school(150_001, state="GU", city="Hagatna"), slug="guam-program")
        refresh()
        assert "Guam 1 program, 1 school" in text_of(page(client, "/states/"))

    def test_places_without_programs_are_named(self, client):
        assert re.search(r"No program on the list: [^<]*Wyoming", page(client, "/states/"))

    def test_an_empty_database_says_what_to_do(self, client):
        Listing.objects.update(listed=False)
        assert "No programs are loaded yet" in page(client, "/states/")


class TestAState:
    def test_counts_lead_into_the_search(self, client):
        html = page(client, "/states/oh/")
        text = text_of(html)
        assert "5 programs at 2 schools, 5 of them at public schools." in text
        assert 'href="/programs/?state=OH"' in html
        assert 'href="/programs/?state=OH&amp;level=associate"' in html
        assert 'href="/programs/?state=OH&amp;cip=51.0713"' in html

    def test_the_numbers_are_those_of_the_search(self, client):
        html = page(client, "/states/oh/")
        counted = re.findall(
            r'<a href="(/programs/\?state=OH&amp;cip=[^"]*)">[^<]*</a> <span class="muted num">(\d+)', html
        )
        assert sum(int(count) for _, count in counted) == 5
        for link, count in counted:
            found = page(client, link.replace("&amp;", "&"))
            assert re.search(rf"\b{count} programs?\b", text_of(found))

    def test_schools_stand_with_their_programs_by_level(self, client):
        text = text_of(page(client, "/states/oh/"))
        assert "Maple Fork College Maple Fork, public 2 certificate, 1 associate" in text
        assert "Fern Hollow" not in text

    def test_many_schools_come_in_pages(self, client):
        for number in range(120):
            program(school(160_000 + number, name=f"Aa {number:03}", state="NV"), slug=f"nv-{number}")
        refresh()
        assert page(client, "/states/nv/").count('href="/schools/maple-fork-') == 100
        assert page(client, "/states/nv/?page=2").count('href="/schools/maple-fork-') == 20
        assert client.get("/states/nv/?page=x").status_code == 200

    def test_prices_stand_with_their_basis(self, client):
        assert "Estimated from the school’s in-state tuition: " in text_of(page(client, "/states/oh/"))

    @pytest.mark.parametrize("usps", sorted(STATES))
    def test_every_state_and_territory_has_a_page(self, client, usps):
        assert STATES[usps].split(",")[0] in text_of(page(client, f"/states/{usps.lower()}/"))

    def test_a_state_without_programs_points_to_online_ones(self, client):
        html = page(client, "/states/wy/")
        assert "No program on the list" in html
        assert 'href="/programs/?delivery=online"' in html

    @pytest.mark.parametrize("address", ["/states/OH/", "/states/Oh/"])
    def test_the_address_is_in_small_letters(self, client, address):
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (301, "/states/oh/")

    @pytest.mark.parametrize("address", ["/states/zz/", "/states/ohio-state/"])
    def test_an_unknown_state_is_not_found(self, client, address):
        assert client.get(address).status_code == 404

    def test_many_programs_cost_as_many_queries_as_few(self, client, django_assert_max_num_queries):
        with django_assert_max_num_queries(60) as few:
            page(client, "/states/oh/")
        at = School.objects.get(slug="maple-fork-college")
        for number, level in enumerate((AwardLevel.CERTIFICATE_1_2_YEARS, AwardLevel.CERTIFICATE_2_4_YEARS)):
            program(at, slug=f"more-{number}", award_level=level)
        for number in range(40):
            program(school(170_000 + number, name=f"School {number}"), slug=f"other-{number}")
        refresh()
        with django_assert_max_num_queries(60) as many:
            page(client, "/states/oh/")
        assert len(many) <= len(few) + 1  # the range of prices names its sources

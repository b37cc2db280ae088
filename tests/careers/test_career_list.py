"""The list of careers: ours by the occupation that counts them, others that programs lead to."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.vocab import Group
from tests.careers import world
from tests.careers.test_career_pages import words
from tests.directory.invented import field_of_study

pytestmark = pytest.mark.django_db


def test_an_empty_site_says_so(client):
    response = client.get("/careers/")
    assert response.status_code == 200
    assert "No careers are loaded yet" in words(response)


def test_careers_that_are_counted_together_share_their_figures(client):
    keepers = world.lamp_keepers()
    world.career(keepers)
    world.career(keepers, "lighter", title="Lighter", summary="Lights them.")
    response = client.get("/careers/")
    page = words(response)
    assert "Lamp Keepers Official occupation 29-2072" in page
    assert "Median pay $42,000 a year BLS OEWS, May 2025 , everyone in the occupation" in page
    assert "Growth in jobs 10% BLS Employment Projections, 2024-34" in page
    assert "Lamp keeper Keeps the lamps burning. Lighter Lights them." in page
    assert page.count("Growth in jobs 10%") == 1


def test_programs_of_the_fields_are_counted_and_linked(client):
    world.career(world.lamp_keepers())
    world.listed_program()
    response = client.get("/careers/")
    assert "1 program leads here" in words(response)
    assert 'href="/programs/?cip=51.0707"' in response.content.decode()


def test_other_occupations_of_listed_programs_stand_under_their_group(client):
    world.career(world.lamp_keepers())
    world.occupation("43-0000", "Harbor Offices", group=Group.MAJOR)
    clerks = world.occupation("43-6013", "Harbor Clerks")
    world.pay(clerks, annual_median=38_000)
    world.leads(field_of_study("51.0713", "Field 51.0713"), clerks)
    world.leads(field_of_study("51.0799", "Field without programs"), world.occupation("43-9999", "Idle Clerks"))
    world.listed_program("51.0713")
    page = words(client.get("/careers/"))
    assert "Harbor Offices Occupation Median pay Growth in jobs Typical entry education Programs Harbor Clerks" in page
    assert "Harbor Clerks $38,000 a year Not published Not published 1" in page
    assert "Idle Clerks" not in page


def test_many_careers_cost_as_many_queries_as_one(client):
    world.career(world.lamp_keepers())
    world.listed_program("51.0713")
    clerks = world.occupation("43-6013", "Harbor Clerks")
    world.leads(field_of_study("51.0713"), clerks)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/careers/").status_code == 200
        return len(captured)

    queries()
    few = queries()
    for number in range(10, 30):
        other = world.occupation(f"51-90{number}", f"Readers {number}")
        world.pay(other)
        world.projection(other)
        world.leads(field_of_study("51.0713"), other)
        world.career(other, f"reader-{number}", title=f"Reader {number}")
        world.leads(field_of_study("51.0713"), world.occupation(f"43-90{number}", f"Clerks {number}"))
    assert queries() == few

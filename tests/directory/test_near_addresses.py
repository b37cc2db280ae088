"""Addresses as people write them: in capitals, by number, by name, nearly right."""

from __future__ import annotations

import re

import pytest

from directory.vocab import STATES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("/certifications/RHIT/", "/certifications/rhit/"),
        ("/Programs/", "/programs/"),
        ("/PROGRAMS", "/programs/"),
        ("/Programs/?where=Maple+Fork%2C+OH", "/programs/?where=Maple+Fork%2C+OH"),
        ("/schools/Maple-Fork-College/", "/schools/maple-fork-college/"),
        ("/schools/100001/", "/schools/maple-fork-college/"),
        ("/Careers/", "/careers/"),
        ("/states/ohio/", "/states/oh/"),
        ("/states/North-Dakota/", "/states/nd/"),
        ("/states/OH/", "/states/oh/"),
    ],
)
def test_an_address_written_otherwise_leads_to_the_present_one_for_good(client, written, meant):
    response = client.get(written)
    assert (response.status_code, response["Location"]) == (301, meant)


def test_every_state_is_found_by_its_name(client):
    for usps, name in STATES.items():
        written = re.sub(r"[^a-z]+", "-", name.lower().replace(".", "")).strip("-")
        assert client.get(f"/states/{written}/")["Location"] == f"/states/{usps.lower()}/"


@pytest.mark.parametrize(
    ("written", "offered"),
    [
        ("/schools/maple-fork-colege/", "/schools/maple-fork-college/"),
        ("/school/maple-fork-college/", "/schools/maple-fork-college/"),
        ("/certification/rhit/", "/certifications/rhit/"),
        ("/certifications/rhitt/", "/certifications/rhit/"),
        ("/program/", "/programs/"),
        ("/states/ohioo/", "/states/"),
    ],
)
def test_a_page_that_is_not_there_offers_the_nearest_ones(client, written, offered):
    response = client.get(written)
    assert response.status_code == 404
    assert f'<li><a href="{offered}">' in response.content.decode()


@pytest.mark.parametrize(
    "written",
    [
        "/schools/999999/",
        "/schools/0100001/",
        "/Nowhere/",
        "/certifications/NOSUCH/x/",
        "/nothing-like-it/",
        "/ÄÖ/%00/",
    ],
)
def test_what_resembles_nothing_is_not_found(client, written):
    response = client.get(written)
    assert response.status_code == 404
    assert "Near matches" not in response.content.decode()


def test_capitals_lead_on_when_reading_only(client):
    assert client.post("/Programs/").status_code == 404


def test_the_api_and_the_desk_keep_their_own_errors(client):
    assert client.get("/api/v1/Programs/").status_code == 404
    assert client.get("/api/v1/Programs/")["Content-Type"].startswith("application/problem+json")
    assert client.get("/Admin/").status_code == 301


def test_a_near_miss_costs_one_reading_of_the_addresses(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        client.get("/schools/maple-fork-colege/")

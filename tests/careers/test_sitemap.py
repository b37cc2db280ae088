"""Careers in the sitemap: every page that there is, once."""

from __future__ import annotations

import re

import pytest

from careers.models import Occupation
from careers.vocab import Group
from tests.careers import world

pytestmark = pytest.mark.django_db


def addresses(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return re.findall(r"<loc>http://testserver([^<]*)</loc>", response.content.decode())


def in_all_parts(client):
    parts = addresses(client, "/sitemap.xml")
    assert {"/sitemap-careers.xml", "/sitemap-occupations.xml", "/sitemap-career-list.xml"} <= set(parts)
    return [address for part in parts for address in addresses(client, part) if address.startswith("/careers/")]


def test_the_list_careers_of_ours_and_occupations_are_in_and_lead_to_pages(client):
    keepers = world.lamp_keepers()
    world.career(keepers, "lighter", title="Lighter")
    found = in_all_parts(client)
    assert {"/careers/", "/careers/lighter/", keepers.get_absolute_url()} <= set(found)
    for address in found:
        assert client.get(address).status_code == 200, address


def test_groups_and_codes_out_of_force_have_no_page_and_are_out(client):
    world.lamp_keepers()
    gone = world.occupation("29-2099", "Gone Keepers", in_force=False)
    group = world.occupation("29-2000", "A Group of Keepers", group=Group.MINOR)
    found = in_all_parts(client)
    for left_out in (gone, group):
        assert client.get(left_out.get_absolute_url()).status_code == 404
        assert left_out.get_absolute_url() not in found


def test_an_address_that_two_share_stands_once(client):
    keepers = world.lamp_keepers()
    world.career(keepers, keepers.slug)
    assert in_all_parts(client).count(keepers.get_absolute_url()) == 1
    assert Occupation.objects.filter(slug=keepers.slug).exists()

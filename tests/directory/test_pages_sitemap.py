"""The sitemap: an index of parts, each with the addresses of what the public lists show."""

from __future__ import annotations

import re

import pytest

from directory.models import Listing, Program
from directory.pipeline.refresh import refresh
from directory.sitemaps import RecordSitemap
from directory.vocab import CLOSED_STATES, ListingState
from tests.directory.catalogue import GONE, LISTED
from tests.directory.invented import program, school

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


#: The parts that the directory itself brings.
OURS = tuple(f"/sitemap-{name}.xml" for name in ("pages", "states", "certifications", "schools", "programs"))


def addresses(client, path: str) -> list[str]:
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    return re.findall(r"<loc>http://testserver([^<]*)</loc>", response.content.decode())


def test_the_index_names_parts_that_exist(client):
    parts = addresses(client, "/sitemap.xml")
    ours = [part for part in parts if part in OURS]
    assert ours == list(OURS)
    for part in ours:
        assert addresses(client, part)


def test_every_address_leads_to_a_page(client):
    for part in OURS:
        assert addresses(client, part)
        for address in addresses(client, part)[:3]:
            assert client.get(address).status_code == 200, address


def test_listed_programs_are_in_and_others_out(client):
    found = addresses(client, "/sitemap-programs.xml")
    assert set(found) == {f"/programs/{slug}/" for slug in LISTED}
    assert not {f"/programs/{slug}/" for slug in GONE} & set(found)


def test_a_closed_school_is_out(client):
    assert "/schools/fern-hollow-school/" not in addresses(client, "/sitemap-schools.xml")


@pytest.mark.parametrize("status", CLOSED_STATES)
def test_programs_of_a_school_that_has_closed_are_out_although_it_still_reports_them(client, status):
    reported = program(school(190_001, status=status), slug="still-reported")
    refresh()
    assert reported.state == ListingState.LISTED
    found = addresses(client, "/sitemap-programs.xml")
    assert set(found) == {f"/programs/{slug}/" for slug in LISTED}
    listed = Listing.objects.listed().values_list("program__slug", flat=True)
    assert set(listed) == set(Program.objects.listed().values_list("slug", flat=True)) == set(LISTED)


def test_a_large_part_is_cut_into_files(client, monkeypatch):
    monkeypatch.setattr(RecordSitemap, "limit", 5)
    parts = [part for part in addresses(client, "/sitemap.xml") if "programs" in part]
    assert parts == ["/sitemap-programs.xml", "/sitemap-programs.xml?p=2", "/sitemap-programs.xml?p=3"]
    assert len(addresses(client, parts[2])) == 2


@pytest.mark.parametrize("path", ["/sitemap-people.xml", "/sitemap-programs.xml?p=99", "/sitemap-programs.xml?p=x"])
def test_a_part_that_is_not_there_is_not_found(client, path):
    assert client.get(path).status_code == 404

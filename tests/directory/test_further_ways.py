"""What a list offers beside its results: what it leaves out, and where more would be found."""

from __future__ import annotations

import html
import re

import pytest
from django.urls import reverse

from directory.eligibility.reference import load_certifications
from directory.models import AccreditationStatement, Agency, ZipPoint
from directory.pipeline.refresh import refresh
from directory.search.freshness import touch
from directory.vocab import AwardLevel, Delivery
from tests.directory import invented

pytestmark = pytest.mark.django_db

LIST = reverse("program_list")


def text(client, **question) -> str:
    markup = client.get(LIST, question).content.decode().partition('id="count"')[2]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def links(client, **question) -> list[str]:
    return [html.unescape(url) for url in re.findall(r'href="([^"]+)"', client.get(LIST, question).content.decode())]


@pytest.fixture
def two_in_ohio():
    """Two associate programs; a page says that one of them is accredited."""
    load_certifications()
    for at, name in enumerate(("Maple Fork College", "Birch College"), start=1):
        made = invented.program(invented.school(100000 + at, name=name, state="OH"), award_level=AwardLevel.ASSOCIATE)
        if at == 1:
            AccreditationStatement.objects.create(
                school=made.school,
                program=made,
                agency=Agency.objects.get(acronym="CAHIIM"),
                agency_as_stated="CAHIIM",
                program_title_as_stated="Health Information Technology",
                status_as_stated="accredited",
                positive=True,
                award_level_basis="stated",
                evidence_kind="school page",
                evidence_url="https://example.org/",
                reliability="high",
                release=made.release,
            )
    refresh()


def test_a_list_of_what_opens_an_exam_says_how_many_are_merely_not_known(client, two_in_ohio):
    said = text(client, leads_to="rhit")
    assert said.startswith("> 1 program") or "1 program" in said[:40]
    assert "1 more program of which nobody has said whether CAHIIM accredits it" in said
    assert "?accreditation=not-confirmed&level=associate" in links(client, leads_to="rhit")


def test_the_programs_that_are_not_counted_are_those_behind_the_link(client, two_in_ohio):
    assert "Birch College" in text(client, accreditation="not-confirmed", level="associate")


def test_a_list_narrowed_to_accredited_programs_says_it_too(client, two_in_ohio):
    assert "1 more program of which nobody has said" in text(client, accreditation=["accredited", "stated"], where="OH")


def test_an_exam_that_does_not_ask_for_accreditation_leaves_nobody_out(client, two_in_ohio):
    assert "nobody has said whether" not in text(client, leads_to="ccs")
    assert "nobody has said whether" not in text(client, accreditation=["stated", "not-confirmed"])
    assert "nobody has said whether" not in text(client)


def test_where_nothing_is_online_near_by_online_programs_elsewhere_are_offered_first(client):
    invented.program(invented.school(100001, state="OH"))
    elsewhere = invented.program(invented.school(100002, name="Far College", state="TX"))
    refresh()
    type(elsewhere.listing).objects.filter(pk=elsewhere.listing.pk).update(delivery=Delivery.ONLINE)

    touch()
    said = text(client, where="OH", delivery="online")
    assert "Also fully online programs elsewhere 1 program" in said
    assert "Far College" in text(client, where="OH", delivery="online", online_too="1")


def test_a_mistyped_place_is_offered_as_a_link(client):
    given = invented.program(invented.school(100001, city="Maple Fork", state="OH")).release
    ZipPoint.objects.create(
        zip_code="43999", city="Maple Fork", state="OH", latitude=40.0, longitude=-83.0, release=given
    )
    refresh()
    found = [url for url in links(client, where="Mapel Fork, OH") if "where=Maple" in url]
    assert found == ["?where=Maple+Fork%2C+OH"]


@pytest.mark.parametrize("page", ["program_list", "school_list", "certification_list", "home"])
def test_what_other_sites_hang_on_to_links_is_no_mistake(client, page):
    said = client.get(reverse(page), {"utm_source": "x", "fbclid": "y", "gclid": "z"}).content.decode()
    assert "could not be read" not in said
    assert "has no filter" not in said


def test_the_api_still_refuses_what_it_does_not_know(client):
    assert client.get("/api/v1/programs/", {"utm_source": "x"}).status_code == 400

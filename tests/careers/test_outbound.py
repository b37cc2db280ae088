"""The addresses in a guide that readers see are known to the link checker."""

from __future__ import annotations

import datetime as dt

import pytest

from careers.models import Guide, GuideSection, GuideVersion
from careers.outbound import of_guides
from careers.vocab import Section
from tests.careers.world import career, occupation

pytestmark = pytest.mark.django_db
TEXT = "See [the rule](https://issuer.example/rule), https://issuer.example/exam. And <https://issuer.example/x>."


@pytest.fixture
def guide():
    return Guide.objects.create(career=career(occupation(), "archivist-of-scans"))


def version(guide, number, publish_at):
    made = GuideVersion.objects.create(guide=guide, number=number, publish_at=publish_at)
    GuideSection.objects.create(version=made, key=Section.SOURCES, text=TEXT)
    return made


def test_addresses_are_found_as_they_are_written(guide):
    version(guide, 1, dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    found = list(of_guides())
    assert {use.address for use in found} == {
        "https://issuer.example/rule", "https://issuer.example/exam", "https://issuer.example/x",
    }  # fmt: skip
    assert {use.page for use in found} == {"/careers/archivist-of-scans/"}


def test_a_draft_leads_nowhere_yet(guide):
    version(guide, 1, None)
    assert list(of_guides()) == []

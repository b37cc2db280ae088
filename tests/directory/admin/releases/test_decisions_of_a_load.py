"""The page of a load says which decisions were made about it, before and after it is taken back."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from directory.curation.conflicts.deciding import decide, undo
from directory.curation.conflicts.finding import mark
from directory.curation.overrides import correct
from directory.models import ConflictDecision, Override, ReleaseProposal, School
from tests.directory.admin.releases.conftest import at, send, text_of
from tests.directory.importers.samples_ipeds import ANNE, MAPLE, hd, school
from tests.directory.pipeline.proposals.conftest import work

pytestmark = pytest.mark.django_db
HEADING = "Decisions that were made about this load"
SCHOOLS = {100101: "Maple Fork College", 100202: "Institut Sainte-Anne"}


@pytest.fixture
def decided(tmp_path, publisher):
    """A load that changed two corrected cities, and the official one accepted for both."""
    ada = User.objects.get(username="ada")
    hd(MAPLE, ANNE, year=2023).load(tmp_path)
    for unitid in SCHOOLS:
        row = School.objects.get(unitid=unitid)
        correct(target=row, column="city", value="Example City", reason="A letter", by=ada)
    rows = [school(unitid, name, CITY=f"New {name}") for unitid, name in SCHOOLS.items()]
    send(publisher, hd(*rows, year=2025).content(), name="hd2025.csv")
    work()
    proposal = ReleaseProposal.objects.get()
    publisher.post(at(proposal, "approve"), {"sha256": proposal.sha256, "preview": proposal.preview_number})
    work()
    seen = {row.pk: mark(row) for row in Override.objects.filter(conflict_since__isnull=False)}
    assert len(seen) == 2
    decide(seen=seen, decision=ConflictDecision.Decision.ACCEPT, by=ada, reason="The file is right")
    return proposal


def test_who_takes_a_load_back_sees_before_and_after_which_decisions_stay(
    publisher, decided, django_assert_max_num_queries
):
    assert HEADING not in text_of(publisher.get(at(decided)))
    before = text_of(publisher.get(at(decided, "take_back")))
    assert "2 decisions about conflicts that this load brought would stay as they are" in before
    publisher.post(at(decided, "take_back"), {"reason": "A preliminary file"})
    work()
    with django_assert_max_num_queries(20):
        after = text_of(publisher.get(at(decided)))
    assert "2 decisions about conflicts that this load brought still stand." in after
    for decision, name in zip(
        ConflictDecision.objects.order_by("override__school__unitid"), SCHOOLS.values(), strict=True
    ):
        address = reverse("admin:directory_conflictdecision_change", args=[decision.pk])
        found = re.search(rf'<a href="{address}">([^<]*)</a>: Accept the official value, by ada on', after)
        assert found is not None
        assert found[1].startswith(name)
        assert found[1].endswith(": City")
        assert publisher.get(address).status_code == 200
    undo(batch=ConflictDecision.objects.all()[0].batch, by=User.objects.get(username="ada"))
    assert HEADING not in text_of(publisher.get(at(decided)))
    assert not Override.objects.filter(conflict_since__isnull=False).exists()

"""Rules of certifications are edited as rule sets, routes and conditions; what programs open follows at once."""

from __future__ import annotations

import pytest
from django.urls import reverse

from directory.models import Certification, Condition, Opening, Route
from directory.vocab import AwardLevel, Source
from tests.directory.admin.conftest import address, errors, filled_in
from tests.directory.admin.rule_forms import PAGE, certification, rows
from tests.directory.invented import field_of_study, program, school

pytestmark = pytest.mark.django_db


@pytest.fixture
def exam():
    """A certification for 51.07 with one route that nothing closes yet: it has no conditions."""
    return certification()


def condition(**fields):
    given = {"kind": "award-level", "text": "An associate degree"}
    return rows("conditions", {**given, **fields})


def test_a_condition_opens_an_exam_to_the_programs_that_meet_it(edit, exam):
    at = school()
    program(at, slug="certificate", award_level=AwardLevel.CERTIFICATE_1_2_YEARS)
    fits = program(at, slug="associate", award_level=AwardLevel.ASSOCIATE)
    route = Route.objects.get()
    assert errors(edit(route, **condition(award_levels=["3", "5"]))) == {}
    assert Condition.objects.get().award_levels == [3, 5]
    assert [opening.program for opening in Opening.objects.all()] == [fits]


def test_codes_are_written_with_commas_and_kept_as_a_list(edit, desk, exam):
    route = Route.objects.get()
    assert errors(edit(route, **condition(kind="field", cips=" 51.0707, 51.07 ,"))) == {}
    kept = Condition.objects.get()
    assert kept.cips == ["51.0707", "51.07"]
    assert filled_in(desk.get(address(kept)))["cips"] == "51.0707, 51.07"
    before = Condition.objects.get().pk
    assert edit(kept).status_code == 302
    assert (Condition.objects.get().cips, Condition.objects.get().pk) == (["51.0707", "51.07"], before)


@pytest.mark.parametrize("codes", ["5107", "51.070", "health", "51.07;51.08"])
def test_what_is_no_cip_code_is_refused(edit, exam, codes):
    assert list(errors(edit(exam, related_cips=codes))) == ["related_cips"]


def test_an_exam_for_other_fields_closes_to_the_old_ones(edit, exam):
    program(school())
    edit(Route.objects.get(), **condition(award_levels=["3"]))
    assert Opening.objects.count() == 1
    field_of_study("51.2706", "Another field")
    assert errors(edit(exam, related_cips="51.27")) == {}
    assert not Opening.objects.exists()


def test_deleting_a_route_closes_what_it_opened(edit, desk, exam):
    program(school())
    route = Route.objects.get()
    edit(route, **condition(award_levels=["3"]))
    assert Opening.objects.count() == 1
    assert desk.post(address(route, "delete"), {"post": "yes"}).status_code == 302
    assert not Opening.objects.exists()


def test_a_new_exam_has_a_release_of_staff_and_keeps_its_address(desk, exam):
    page = reverse("admin:directory_certification_add")
    fields = {
        "acronym": "NEW",
        "slug": "new",
        "name": "New exam",
        "body": exam.body.pk,
        "summary": "x",
        "issuer_url": PAGE,
    }
    assert errors(desk.post(page, {**filled_in(desk.get(page)), **fields})) == {}
    made = Certification.objects.get(slug="new")
    assert made.release.source == Source.STAFF
    assert "slug" not in desk.get(address(made)).context["adminform"].form.fields

"""Provenance, official figures and what is worked out from them can be read and not changed, by anybody."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from directory.models import (
    AccreditationAction,
    ClickCount,
    Completions,
    FieldChange,
    FieldOutcome,
    FormerSlug,
    ImportReject,
    ImportRun,
    KeptChange,
    Listing,
    Opening,
    ProgramCharge,
    ProgramDelivery,
    Release,
    School,
    SchoolFigure,
    SearchEntry,
    SearchState,
    ZipPoint,
)
from directory.vocab import Source
from tests.directory.admin.conftest import address
from tests.directory.admin.shelves import fill
from tests.directory.admin.test_lists import listing

pytestmark = pytest.mark.django_db
READ_ONLY = [
    *(Release, ImportRun, ImportReject, KeptChange),
    *(Listing, Opening, ClickCount),
    *(SearchEntry, SearchState),
    *(Completions, SchoolFigure, FieldOutcome, ProgramCharge, ProgramDelivery),
    *(AccreditationAction, FieldChange, ZipPoint, FormerSlug),
]


@pytest.fixture
def full(desk, chief):
    fill(1, chief)
    return desk


@pytest.mark.parametrize("model", READ_ONLY, ids=lambda model: model.__name__)
def test_not_even_the_administrator_adds_changes_or_deletes(full, model):
    row = model._base_manager.first()
    before = list(model._base_manager.values())
    assert full.get(address(row)).status_code == 200
    assert full.post(address(row), {"_save": "Save"}).status_code == 403
    assert full.post(address(row, "delete"), {"post": "yes"}).status_code == 403
    assert full.get(reverse(f"admin:directory_{model._meta.model_name}_add")).status_code == 403
    full.post(listing(model), {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"})
    assert list(model._base_manager.values()) == before


def test_an_import_run_shows_its_first_rejects_with_line_and_reason(full):
    run = ImportRun.objects.get()
    ImportReject.objects.bulk_create(
        ImportReject(run=run, line=line, column="CIPCODE", value="9", reason="not a CIP code")
        for line in range(10, 510)
    )
    page = full.get(address(run))
    shown = page.context["inline_admin_formsets"][0].formset.forms
    assert [form.instance.line for form in shown] == [2, *range(10, 209)]
    assert "not a CIP code" in page.content.decode()


def test_releases_say_which_is_the_newest_of_its_source(full):
    old = Release.objects.get(source=Source.OEWS)
    new = Release.objects.create(source=Source.OEWS, vintage="May 2025", rank=202505)
    chosen = full.get(listing(Release, "?newest=1")).context["cl"].queryset
    assert new in chosen
    assert old not in chosen
    assert list(full.get(listing(Release, "?newest=0")).context["cl"].queryset) == [old]


def test_an_old_state_of_a_school_can_be_read_but_not_posted_back(full, staff):
    school = School.objects.get()
    record = school.history.last()
    page = reverse("admin:directory_school_simple_history", args=[school.pk, record.pk])
    assert full.get(page).status_code == 200
    for browser in (full, staff("view_school")):
        assert browser.post(page, {"name": "Taken over"}).status_code == 403
    school.refresh_from_db()
    assert school.name == "Maple Fork College 0"


def test_an_official_accreditation_record_is_read_only_and_one_of_staff_is_not(full):
    school = School.objects.get()
    official = school.accreditations.exclude(release=None).get()
    own = school.accreditations.get(release=None)
    assert full.post(address(official), {"_save": "Save"}).status_code == 403
    assert full.post(address(official, "delete"), {"post": "yes"}).status_code == 403
    full.post(
        listing(type(official)),
        {"action": "delete_selected", "_selected_action": [official.pk, own.pk], "post": "yes"},
    )
    assert school.accreditations.count() == 2
    assert full.post(address(own, "delete"), {"post": "yes"}).status_code == 302
    assert list(school.accreditations.all()) == [official]


def test_of_a_field_of_study_only_the_everyday_names_are_ours(full, edit):
    field = School.objects.get().programs.get().field
    form = full.get(address(field)).context["adminform"].form
    assert list(form.fields) == ["everyday_names"]
    edit(field, everyday_names="HIT, medical records", title="Taken over")
    field.refresh_from_db()
    assert (field.everyday_names, field.title) == ("HIT, medical records", "Health Information 0")
    entry = SearchEntry.objects.get(kind=SearchEntry.Kind.FIELD, key=field.cip)
    assert "medical records" in entry.names, "whoever searches by them finds the programs at once"


def test_leaves_are_shown_by_day(full):
    ClickCount.objects.create(day=dt.date(2024, 1, 5), kind="aid", school=School.objects.get(), count=3)
    chosen = full.get(listing(ClickCount, "?day__year=2024")).context["cl"].queryset
    assert [row.count for row in chosen] == [3]

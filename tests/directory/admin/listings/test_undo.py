"""A batch is undone as one; what somebody changed since stays as they left it, and says so."""

from __future__ import annotations

import pytest
from django.urls import reverse

from directory.curation import overrides
from directory.models import Listing, ListingBatch, ListingChange, Override, School
from directory.pipeline.refresh import refresh
from directory.vocab import BatchState, ChangeState, ListingState, SchoolState, Source
from tests.directory.admin.listings.conftest import example_schools, said
from tests.directory.invented import program, release, school

pytestmark = pytest.mark.django_db


def undo(desk, batch=None):
    batch = batch or ListingBatch.objects.latest("pk")
    return desk.post(reverse("admin:directory_listingbatch_undo", args=[batch.pk]))


def table():
    """Everything that a batch may touch of the listings, to be compared."""
    schools = list(School.objects.order_by("pk").values())
    active = list(
        Override.objects.filter(active=True)
        .order_by("school_id", "column")
        .values(
            "school", "column", "value", "official_value", "reason", "evidence_url", "review_by", "made_by", "made_at"
        )
    )
    return schools, active, list(Listing.objects.order_by("pk").values())


def test_undoing_brings_back_every_value_and_every_earlier_correction(bulk, desk, chief):
    some = example_schools(3)
    overrides.correct(target=some[1], column="county", value="Oak", reason="A letter", by=None)
    overrides.correct(target=some[2], column="state", value="KY", reason="A map", by=chief)
    refresh()
    before = table()
    bulk(some, {"county": "Elm", "state": "IN"})
    assert table() != before
    page = undo(desk)
    assert table() == before
    assert "6 values as before" in said(page)
    batch = ListingBatch.objects.get()
    assert (batch.state, batch.undone_by) == (BatchState.UNDONE, chief)
    assert set(batch.rows.values_list("state", flat=True)) == {ChangeState.UNDONE}


def test_a_correction_that_the_batch_gave_up_comes_back(bulk, desk):
    (only,) = example_schools(1)
    overrides.correct(target=only, column="county", value="Oak", reason="A letter", by=None)
    bulk([only], {"county": ""})
    undo(desk)
    only.refresh_from_db()
    assert only.county == "Oak"
    assert Override.objects.get(active=True).reason == "A letter"


def test_what_somebody_changed_since_stays_and_the_rest_is_undone(bulk, desk):
    some = example_schools(3)
    bulk(some, {"county": "Elm"})
    overrides.correct(target=School.objects.get(pk=some[0].pk), column="county", value="Ash", reason="A call", by=None)
    page = undo(desk)
    assert [row.county for row in School.objects.order_by("pk")] == ["Ash", "", ""]
    assert "1 stays as it is" in said(page)
    left = ListingChange.objects.get(state=ChangeState.APPLIED)
    assert "It is Ash now" in left.note
    assert ListingBatch.objects.get().state == BatchState.PARTLY


def test_the_same_value_for_another_reason_is_a_change_too(bulk, desk):
    (only,) = example_schools(1)
    bulk([only], {"county": "Elm"})
    overrides.correct(target=School.objects.get(), column="county", value="Elm", reason="A better reason", by=None)
    undo(desk)
    only.refresh_from_db()
    assert only.county == "Elm"
    assert Override.objects.get(active=True).reason == "A better reason"


def test_batches_are_undone_from_the_last_to_the_first(bulk, desk):
    (only,) = example_schools(1)
    bulk([only], {"county": "Elm"})
    bulk([only], {"county": "Oak"})
    first, second = ListingBatch.objects.order_by("pk")
    undo(desk, first)
    only.refresh_from_db()
    assert only.county == "Oak"
    undo(desk, second)
    undo(desk, first)
    only.refresh_from_db()
    assert only.county == ""
    assert set(ListingBatch.objects.values_list("state", flat=True)) == {BatchState.UNDONE}


def test_an_official_value_that_changed_meanwhile_comes_back_as_the_file_says_now(bulk, desk):
    (only,) = example_schools(1)
    bulk([only], {"county": "Elm"})
    lifted = overrides.lift()
    School.objects.update(county="Maple")
    overrides.reapply(lifted)
    undo(desk)
    only.refresh_from_db()
    assert only.county == "Maple"
    assert "The official file has another value by now: Maple." in ListingChange.objects.get().note


def test_what_would_be_impossible_by_now_is_not_undone(bulk, desk):
    (only,) = example_schools(1)
    bulk([only], {"status": SchoolState.CLOSED})
    overrides.correct(target=School.objects.get(), column="closed_on", value="2024-05-31", reason="News", by=None)
    undo(desk)
    only.refresh_from_db()
    assert only.status == SchoolState.CLOSED
    assert "choose how it closed" in ListingChange.objects.get().note


def test_the_lists_follow_an_undoing(bulk, desk):
    some = [program(at) for at in (school(100070), school(100071))]
    bulk(some, {"state": ListingState.WITHDRAWN})
    undo(desk)
    assert Listing.objects.filter(listed=True).count() == 2


def test_a_school_entered_by_staff_is_put_back(bulk, desk):
    own = school(None, name="Example Academy", slug="example-academy", release=release(Source.STAFF, "2025"))
    bulk([own], {"county": "Elm"})
    undo(desk)
    own.refresh_from_db()
    assert own.county == ""


def test_undoing_twice_is_the_same_as_once(bulk, desk):
    bulk(example_schools(2), {"county": "Elm"})
    undo(desk)
    before = table()
    assert "nothing left to undo" in said(undo(desk))
    assert table() == before


def test_undoing_is_asked_for_and_takes_the_right_to_change(bulk, desk, staff):
    bulk(example_schools(1), {"county": "Elm"})
    address = reverse("admin:directory_listingbatch_undo", args=[ListingBatch.objects.get().pk])
    assert desk.get(address).status_code == 405
    assert desk.post(reverse("admin:directory_listingbatch_undo", args=[4_000_000])).status_code == 404
    looks = staff("view_listingbatch", "change_program")
    assert looks.post(address).status_code == 403
    page = looks.get(reverse("admin:directory_listingbatch_change", args=[ListingBatch.objects.get().pk]))
    assert "Undo the whole batch" not in page.content.decode()
    assert School.objects.get().county == "Elm"

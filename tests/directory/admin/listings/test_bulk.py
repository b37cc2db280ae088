"""Many listings are changed at once: looked at before, applied as one, refused in plain words."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.curation import overrides
from directory.models import Listing, ListingBatch, ListingChange, Override, Program, School, ZipPoint
from directory.pipeline import batches
from directory.vocab import BatchState, ChangeState, ListingState, SchoolState, Source
from tests.directory.admin.conftest import filled_in
from tests.directory.admin.listings.conftest import WHY, bulk_form, example_schools, said
from tests.directory.admin.listings.test_files import as_csv, exported, upload
from tests.directory.invented import program, release, school

pytestmark = pytest.mark.django_db
ADDRESS = "admin:directory_school_bulk"


def previewed(desk, rows, values, **more):
    address = reverse(f"admin:directory_{rows[0]._meta.model_name}_bulk")
    return desk.post(address, {**bulk_form(rows, values, **more), "_preview": "Preview"})


def test_the_action_asks_what_to_change_of_the_checked_schools(desk):
    some = example_schools(3)
    page = desk.post(
        reverse("admin:directory_school_changelist"),
        {"action": "change_several", "_selected_action": [row.pk for row in some[:2]]},
    )
    assert page.status_code == 200
    assert "Change 2 schools at once" in page.content.decode()
    assert page.context["form"].initial["chosen"] == ",".join(str(row.pk) for row in some[:2])


def test_the_action_takes_every_school_that_a_filter_shows(desk):
    example, *_ = example_schools(3)
    school(100050, name="Other College", state="IN")
    page = desk.post(
        reverse("admin:directory_school_changelist") + "?in=OH",
        {"action": "change_several", "select_across": "1", "_selected_action": [example.pk]},
    )
    assert "Change 3 schools at once" in page.content.decode()


def test_a_preview_shows_old_new_and_what_readers_will_see_and_saves_nothing(desk):
    first, second = example_schools(2)
    overrides.correct(target=second, column="county", value="Oak", reason="Before", by=None)
    shown = previewed(desk, [first, second], {"county": "Elm"}).context["preview"]
    assert [(row["old"], row["new"], row["corrected"]) for row in shown["good"]] == [
        ("nothing", "Elm", False),
        ("Oak", "Elm", True),
    ]
    assert "Corrected by us" in shown["good"][0]["readers"]
    assert Override.objects.count() == 1
    assert not ListingBatch.objects.exists()


def test_a_preview_says_when_programs_leave_the_lists(desk):
    (only,) = example_schools(1)
    shown = previewed(desk, [only], {"status": SchoolState.CLOSED}).context["preview"]
    assert "leave the lists" in shown["good"][0]["readers"]


def test_applying_makes_a_correction_of_every_official_value_and_the_lists_follow(bulk, chief):
    some = example_schools(3)
    page = bulk(
        some,
        {"state": "IN"},
        evidence_url="https://example.edu/about",
        review_by="2099-01-31",
    )
    batch = ListingBatch.objects.get()
    assert page["Location"] == reverse("admin:directory_listingbatch_change", args=[batch.pk])
    assert (batch.listings, batch.changes, batch.refused, batch.made_by, batch.reason) == (3, 3, 0, chief, WHY)
    assert {row.state for row in School.objects.all()} == {"IN"}
    assert {row.state for row in Listing.objects.all()} == {"IN"}
    made = Override.objects.all()
    assert {(row.official_value, row.value, row.reason, row.made_by) for row in made} == {("OH", "IN", WHY, chief)}
    assert {(row.evidence_url, row.review_by) for row in made} == {("https://example.edu/about", dt.date(2099, 1, 31))}
    assert School.history.first().history_change_reason == WHY


def test_giving_the_official_value_gives_corrections_up(bulk):
    some = example_schools(2)
    for row in some:
        overrides.correct(target=row, column="county", value="Oak", reason="Before", by=None)
    bulk(some, {"county": ""})
    assert not Override.objects.filter(active=True).exists()
    assert {row.county for row in School.objects.all()} == {""}


def test_a_school_entered_by_staff_is_changed_without_a_correction(bulk):
    own = school(None, name="Example Academy", slug="example-academy", release=release(Source.STAFF, "2025"))
    bulk([own], {"county": "Elm"})
    own.refresh_from_db()
    assert own.county == "Elm"
    assert not Override.objects.exists()


def test_programs_are_taken_off_the_lists_together(bulk):
    some = [program(at, state=ListingState.LISTED) for at in (school(100070), school(100071))]
    bulk(some, {"state": ListingState.WITHDRAWN})
    assert {row.state for row in Program.objects.all()} == {ListingState.WITHDRAWN}
    assert not Listing.objects.filter(listed=True).exists()


def test_a_listing_that_cannot_have_the_value_is_refused_and_the_others_are_changed(bulk):
    first, second = example_schools(2)
    bulk([first, second], {"successor_unitid": second.unitid, "county": "Elm"})
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.successor_unitid, first.county) == (second.unitid, "Elm")
    assert (second.successor_unitid, second.county) == (None, "")
    refused = {row.column: row.note for row in ListingChange.objects.filter(state=ChangeState.REFUSED)}
    assert refused == {
        "successor_unitid": "A school cannot be its own successor.",
        "county": "“Successor unitid” is refused: A school cannot be its own successor.",
    }
    assert ListingBatch.objects.get().refused == 2


def test_a_reason_of_a_field_that_nobody_ticked_is_said_in_the_preview_the_batch_and_the_spreadsheet(desk, bulk):
    near, far = example_schools(2)
    School.objects.filter(pk=far.pk).update(latitude=40.0, longitude=-83.0)
    ZipPoint.objects.create(
        zip_code="85701", city="Elm", state="AZ", latitude=32.2, longitude=-111.0, release=near.release
    )
    why = "“Latitude” is refused: This point lies far outside of Arizona."
    shown = previewed(desk, [near, far], {"state": "AZ", "county": "Elm"}).context["preview"]
    assert [(row["column"], row["refusal"]) for row in shown["refused"]] == [("State", why), ("County", why)]
    bulk([near, far], {"state": "AZ", "county": "Elm"})
    kept = ListingChange.objects.filter(state=ChangeState.REFUSED)
    assert [(row.school, row.note) for row in kept] == [(far, why)] * 2
    page = desk.get(reverse("admin:directory_listingbatch_change", args=[ListingBatch.objects.get().pk]))
    assert why in page.content.decode()
    rows = [row for row in exported(desk) if row["id"] == str(far.pk)]
    asked = upload(desk, as_csv([{**row, "state": "AZ"} for row in rows])).context["preview"]
    assert [row["refusal"] for row in asked["refused"]] == [why]


def test_what_the_single_form_refuses_is_refused_here_in_the_same_words(desk):
    (only,) = example_schools(1)
    shown = previewed(desk, [only], {"website": "mailto:me", "closed_on": "2025-01-01"}).context["preview"]
    assert {row["column"]: row["refusal"] for row in shown["refused"]} == {
        "Website": "This is no web address that a reader can be sent to.",
        "Closed on": "The status is “Open”: choose how it closed, or leave this day empty.",
    }


@pytest.mark.parametrize(
    ("sent", "field", "words"),
    [
        ({"why": ""}, "why", "Say why"),
        ({"do_county": ""}, "new_county", "Tick the box"),
        ({"do_state": "on", "new_state": ""}, "new_state", "cannot be empty"),
        ({"do_state": "on", "new_state": "ZZ"}, "new_state", "not one of the available"),
        ({"review_by": "2001-01-01"}, "review_by", "passed"),
        ({"evidence_url": "x y"}, "evidence_url", "valid URL"),
        ({"chosen": "x,,-1"}, "chosen", "Check the listings"),
        ({"do_county": "", "new_county": ""}, "__all__", "Tick at least one"),
    ],
)
def test_bad_input_is_named_beside_its_field_and_nothing_typed_is_lost(desk, sent, field, words):
    (only,) = example_schools(1)
    form = {key: value for key, value in bulk_form([only], {"county": "Elm"}, **sent).items() if value != ""}
    page = desk.post(reverse(ADDRESS), {**form, "_apply": "Apply"})
    assert page.status_code == 200
    assert words in str(page.context["form"].errors[field])
    assert page.context["form"].data.get("new_county", "") == form.get("new_county", "")
    assert not ListingBatch.objects.exists()


def test_somebody_who_changes_a_listing_after_the_preview_is_not_overwritten_unseen(desk):
    some = example_schools(2)
    sent = bulk_form(some, {"county": "Elm"})
    signature = previewed(desk, some, {"county": "Elm"}).context["preview"]["signature"]
    overrides.correct(target=some[1], column="county", value="Oak", reason="A call", by=None)
    page = desk.post(reverse(ADDRESS), {**sent, "_apply": "Apply", "signature": signature})
    assert page.status_code == 200
    assert "somebody has changed" in said(page)
    assert [row["old"] for row in page.context["preview"]["good"]] == ["nothing", "Oak"]
    assert not ListingBatch.objects.exists()
    again = desk.post(reverse(ADDRESS), {**sent, "_apply": "Apply", "signature": page.context["preview"]["signature"]})
    assert again.status_code == 302
    assert {row.county for row in School.objects.all()} == {"Elm"}


def test_nothing_is_applied_unseen(desk):
    some = example_schools(1)
    page = desk.post(reverse(ADDRESS), {**bulk_form(some, {"county": "Elm"}), "_apply": "Apply"})
    assert page.context["preview"]["changes"] == 1
    assert not ListingBatch.objects.exists()


def test_a_batch_that_would_change_nothing_is_not_kept(desk):
    some = example_schools(1)
    shown = previewed(desk, some, {"county": ""}).context["preview"]
    assert (shown["changes"], shown["unchanged"]) == (0, "1 school")
    sent = bulk_form(some, {"county": ""}, signature=shown["signature"])
    page = desk.post(reverse(ADDRESS), {**sent, "_apply": "Apply"})
    assert "Nothing was changed" in said(page)
    assert not ListingBatch.objects.exists()


def test_a_failure_in_the_middle_leaves_everything_as_it_was(desk, monkeypatch):
    some = example_schools(2)

    def broken(*_):
        raise RuntimeError

    monkeypatch.setattr(batches, "refresh", broken)
    sent = bulk_form(some, {"county": "Elm"})
    signature = previewed(desk, some, {"county": "Elm"}).context["preview"]["signature"]
    with pytest.raises(RuntimeError):
        desk.post(reverse(ADDRESS), {**sent, "_apply": "Apply", "signature": signature})
    assert not ListingBatch.objects.exists()
    assert not Override.objects.exists()
    assert {row.county for row in School.objects.all()} == {""}


def test_while_an_import_runs_nothing_is_applied(desk, importing):
    some = example_schools(1)
    page = desk.post(reverse(ADDRESS), {**bulk_form(some, {"county": "Elm"}), "_apply": "Apply"})
    assert page.status_code == 409


def test_who_may_only_look_changes_nothing(staff):
    some = example_schools(1)
    viewer = staff("view_school")
    assert viewer.get(reverse(ADDRESS)).status_code == 403
    assert viewer.post(reverse(ADDRESS), bulk_form(some, {"county": "Elm"})).status_code == 403
    listed = viewer.get(reverse("admin:directory_school_changelist")).content.decode()
    assert "change_several" not in listed


def test_a_preview_asks_as_much_for_one_school_as_for_fifty(desk):
    some = example_schools(50)

    def asked(rows):
        with CaptureQueriesContext(connection) as queries:
            previewed(desk, rows, {"county": "Elm", "state": "IN"})
        return len(queries)

    assert asked(some[:1]) == asked(some) <= 20


def test_readers_see_the_reason_of_the_batch_and_nobody_s_name(bulk, client, chief):
    (only,) = example_schools(1)
    bulk([only], {"website": "www.example.org"})
    page = client.get(only.get_absolute_url()).content.decode()
    assert WHY in page
    assert chief.username not in page


def test_a_batch_has_a_page_and_a_place_in_the_list(bulk, desk):
    bulk(example_schools(2), {"county": "Elm"})
    batch = ListingBatch.objects.get()
    page = desk.get(reverse("admin:directory_listingbatch_change", args=[batch.pk])).content.decode()
    assert "Example College 1" in page
    assert "Undo the whole batch" in page
    assert batch.state == BatchState.APPLIED
    assert WHY in desk.get(reverse("admin:directory_listingbatch_changelist")).content.decode()


@pytest.mark.parametrize("kind", ["school", "program"])
def test_a_form_that_nobody_touched_asks_for_nothing(desk, kind):
    at = school(100070)
    row = at if kind == "school" else program(at)
    where = reverse(f"admin:directory_{kind}_bulk")
    sent = filled_in(desk.get(f"{where}?chosen={row.pk}"))
    page = desk.post(where, {**sent, "why": WHY, "_preview": "Preview"})
    assert dict(page.context["form"].errors) == {"__all__": ["Tick at least one field to change."]}

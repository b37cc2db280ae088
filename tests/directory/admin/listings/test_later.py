"""A change is prepared for an hour, applied exactly once when it has come, and never over what somebody changed."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse

from directory.curation import overrides
from directory.curation.batches import later
from directory.models import Listing, ListingBatch, Override, Program, School
from directory.pipeline import scheduled
from directory.pipeline.refresh import refresh
from directory.vocab import BatchState, ChangeState, ListingState, SchoolState
from tests.directory.admin.conftest import address
from tests.directory.admin.listings.conftest import WHY, bulk_form, example_schools, said
from tests.directory.admin.listings.test_files import applied, as_csv, exported, upload
from tests.directory.admin.listings.test_undo import table, undo
from tests.directory.invented import program, school

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2025, 11, 3, 12, tzinfo=dt.UTC)
HOUR = dt.datetime(2025, 12, 1, 8, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as at:
        yield at


def test_what_is_prepared_for_later_needs_its_hour(desk):
    (only,) = example_schools(1)
    page = desk.get(address(only)).content.decode()
    link = f"{reverse('admin:directory_school_bulk')}?chosen={only.pk}&amp;later=1"
    assert link in page
    form = desk.get(link.replace("&amp;", "&")).context["form"]
    sent = bulk_form([only], {"county": "Elm"}, later=form["later"].value(), _preview="Preview")
    refused = desk.post(reverse("admin:directory_school_bulk"), sent)
    assert "Enter the day and hour" in refused.context["form"].errors["due_at"][0]
    given = desk.post(reverse("admin:directory_school_bulk"), {**sent, "due_at": "2025-12-01T08:00"})
    assert not given.context["form"].errors
    assert not ListingBatch.objects.exists()


def test_the_button_says_that_it_keeps_the_change_and_for_which_hour(desk):
    some = example_schools(2)
    sent = bulk_form(some, {"county": "Elm"}, due_at="2025-12-01T08:00")
    where = reverse("admin:directory_school_bulk")
    page = desk.post(where, {**sent, "_preview": "Preview"})
    assert 'value="Keep 2 changes for 1 December 2025, 08:00 (UTC)"' in page.content.decode()
    at_once = desk.post(where, {**sent, "due_at": "", "_preview": "Preview"})
    assert 'value="Apply 2 changes"' in at_once.content.decode()


def test_an_hour_that_is_taken_away_after_the_preview_applies_nothing_at_once(desk):
    some = example_schools(1)
    sent = bulk_form(some, {"county": "Elm"}, due_at="2025-12-01T08:00")
    where = reverse("admin:directory_school_bulk")
    shown = desk.post(where, {**sent, "_preview": "Preview"}).context["preview"]
    sent |= {"signature": shown["signature"], "hour": shown["hour"], "due_at": "", "_apply": "Apply"}
    page = desk.post(where, sent)
    assert "the hour is another one" in said(page)
    assert 'value="Apply 1 change"' in page.content.decode()
    assert not ListingBatch.objects.exists()
    assert desk.post(where, {**sent, "hour": page.context["preview"]["hour"]}).status_code == 302
    assert Override.objects.count() == 1


def test_a_spreadsheet_s_button_says_that_an_hour_may_be_given_and_then_which(desk):
    example_schools(1)
    page = upload(desk, as_csv([{**row, "county": "Elm"} for row in exported(desk)]))
    assert 'value="Apply 1 change, or keep it for the hour above"' in page.content.decode()
    again = applied(desk, page, due_at="2025-12-01T08:00", why="")
    assert 'value="Keep 1 change for 1 December 2025, 08:00 (UTC)"' in again.content.decode()
    assert not ListingBatch.objects.exists()


@pytest.fixture
def prepared(bulk, chief):
    def make(rows, values, by=None):
        bulk(rows, values, due_at="2025-12-01T08:00")
        return ListingBatch.objects.latest("pk")

    return make


def run(clock, at=HOUR):
    clock.move_to(at)
    call_command("apply_scheduled")


def test_two_runners_at_once_apply_it_once(prepared, clock):
    batch = prepared(example_schools(1), {"county": "Elm"})
    clock.move_to(HOUR)
    first, second = later.due(HOUR), later.due(HOUR)
    assert first == second == [batch.pk]
    assert later.carry_out(key=batch.pk, now=HOUR)[0] == batch
    assert later.carry_out(key=batch.pk, now=HOUR) == (None, frozenset())
    assert School.objects.get().history.count() == 2


def test_it_waits_for_its_hour_and_is_applied_once(prepared, clock, capsys, chief):
    some = example_schools(2)
    before = table()
    batch = prepared(some, {"county": "Elm"})
    assert (batch.state, batch.due_at) == (BatchState.PLANNED, HOUR)
    run(clock, HOUR - dt.timedelta(seconds=1))
    assert table() == before
    run(clock)
    assert {row.county for row in School.objects.all()} == {"Elm"}
    assert {row.made_by for row in Override.objects.all()} == {chief}
    after = table()
    run(clock)
    assert table() == after
    told = capsys.readouterr().out.splitlines()
    assert told == [f"{applied} applied, 0 handed to a person" for applied in (0, 1, 0)]
    batch.refresh_from_db()
    assert batch.state == BatchState.APPLIED


def test_it_is_undone_like_any_batch(prepared, clock, desk, chief):
    some = example_schools(2)
    before = table()
    prepared(some, {"county": "Elm"})
    run(clock)
    desk.force_login(chief)
    undo(desk)
    assert table() == before


def test_the_page_says_the_hour_with_its_time_zone_and_nothing_changes_before(bulk, desk):
    (only,) = example_schools(1)
    answer = bulk([only], {"county": "Elm"}, due_at="2025-12-01T08:00")
    assert "1 December 2025, 08:00 (UTC)" in said(answer)
    only.refresh_from_db()
    assert only.county == ""
    page = desk.get(address(only)).content.decode()
    assert "Changes prepared for later" in page
    assert "1 December 2025, 08:00 (UTC)" in page
    assert "Prepared for later" in desk.get(reverse("admin:directory_listingbatch_changelist")).content.decode()


def test_what_somebody_changed_meanwhile_goes_to_a_person_and_nothing_is_overwritten(prepared, clock, capsys):
    first, second = example_schools(2)
    batch = prepared([first, second], {"county": "Elm"})
    overrides.correct(target=School.objects.get(pk=first.pk), column="county", value="Oak", reason="A call", by=None)
    run(clock)
    assert "0 applied, 1 handed to a person" in capsys.readouterr().out
    assert [row.county for row in School.objects.order_by("pk")] == ["Oak", ""]
    batch.refresh_from_db()
    assert (batch.state, batch.trouble) == (BatchState.NEEDS_PERSON, "Something has changed since it was prepared.")
    assert batch.rows.first().note == "Somebody has changed it since it was prepared. It is Oak now."


def test_what_an_import_changed_meanwhile_goes_to_a_person_too(prepared, clock):
    (only,) = example_schools(1)
    batch = prepared([only], {"county": "Elm"})
    School.objects.update(county="Maple")
    run(clock)
    batch.refresh_from_db()
    assert batch.state == BatchState.NEEDS_PERSON


def test_what_cannot_be_any_more_goes_to_a_person(prepared, clock):
    first, second = example_schools(2)
    batch = prepared([first], {"successor_unitid": second.unitid})
    School.objects.filter(pk=second.pk).update(unitid=None)
    run(clock)
    batch.refresh_from_db()
    assert batch.state == BatchState.NEEDS_PERSON
    assert "We hold no school" in batch.rows.get().note


def test_whoever_prepared_it_must_still_be_allowed_to(prepared, clock, chief):
    batch = prepared(example_schools(1), {"county": "Elm"})
    chief.is_active = False
    chief.save()
    run(clock)
    batch.refresh_from_db()
    assert (batch.state, School.objects.get().county) == (BatchState.NEEDS_PERSON, "")


def test_a_school_closes_on_its_day_and_its_programs_leave_the_lists(prepared, clock):
    first, heir = example_schools(2)
    values = {"status": SchoolState.COMBINED, "closed_on": "2025-12-01", "successor_unitid": heir.unitid}
    prepared([first], values)
    run(clock)
    first.refresh_from_db()
    assert (first.status, first.successor_unitid) == (SchoolState.COMBINED, heir.unitid)
    assert not Listing.objects.get(school=first).listed


def test_a_day_after_the_hour_is_still_to_come(desk):
    (only,) = example_schools(1)
    sent = bulk_form([only], {"status": SchoolState.CLOSED, "closed_on": "2025-12-02"}, due_at="2025-12-01T08:00")
    page = desk.post(reverse("admin:directory_school_bulk"), {**sent, "_preview": "Preview"})
    assert "still to come" in page.context["preview"]["refused"][-1]["refusal"]


def test_programs_come_to_the_lists_at_an_hour(prepared, clock):
    some = [program(school(100070, website="www.example.edu"), state=ListingState.WITHDRAWN)]
    prepared(some, {"state": ListingState.LISTED})
    run(clock)
    assert Program.objects.get().state == ListingState.LISTED


def test_it_can_be_cancelled(prepared, clock, desk, chief):
    batch = prepared(example_schools(1), {"county": "Elm"})
    desk.post(reverse("admin:directory_listingbatch_cancel", args=[batch.pk]))
    run(clock)
    batch.refresh_from_db()
    assert (batch.state, batch.undone_by, School.objects.get().county) == (BatchState.CANCELLED, chief, "")
    assert set(batch.rows.values_list("state", flat=True)) == {ChangeState.CANCELLED}
    desk.force_login(chief)
    again = desk.post(reverse("admin:directory_listingbatch_cancel", args=[batch.pk]))
    assert "meanwhile" in said(again)


def test_a_person_applies_what_has_become_stale(prepared, clock, desk):
    (only,) = example_schools(1)
    batch = prepared([only], {"county": "Elm"})
    overrides.correct(target=School.objects.get(), column="county", value="Oak", reason="A call", by=None)
    run(clock)
    desk.force_login(batch.made_by)
    desk.post(reverse("admin:directory_listingbatch_now", args=[batch.pk]))
    batch.refresh_from_db()
    assert (batch.state, School.objects.get().county) == (BatchState.APPLIED, "Elm")
    undo(desk, batch)
    assert (School.objects.get().county, Override.objects.get(active=True).reason) == ("Oak", "A call")


def test_what_cannot_be_is_not_applied_by_a_person_either(prepared, desk):
    first, second = example_schools(2)
    batch = prepared([first], {"successor_unitid": second.unitid})
    School.objects.filter(pk=second.pk).update(unitid=None)
    page = desk.post(reverse("admin:directory_listingbatch_now", args=[batch.pk]))
    assert "We hold no school" in said(page)
    batch.refresh_from_db()
    assert batch.state == BatchState.PLANNED


def test_one_that_fails_is_as_before_and_holds_up_no_other(prepared, clock, monkeypatch, capsys):
    first, second = example_schools(2)
    failing, fine = prepared([first], {"county": "Elm"}), prepared([second], {"county": "Oak"})
    real = refresh

    def broken(schools):
        if first.pk in schools:
            raise RuntimeError
        real(schools)

    monkeypatch.setattr(scheduled, "refresh", broken)
    with pytest.raises(CommandError, match="1 could not be applied"):
        run(clock)
    failing.refresh_from_db()
    fine.refresh_from_db()
    assert (failing.state, fine.state) == (BatchState.PLANNED, BatchState.APPLIED)
    assert [row.county for row in School.objects.order_by("pk")] == ["", "Oak"]
    monkeypatch.setattr(scheduled, "refresh", real)
    run(clock)
    assert [row.county for row in School.objects.order_by("pk")] == ["Elm", "Oak"]


def test_an_hour_that_has_passed_is_refused_beside_the_field(desk):
    sent = bulk_form(example_schools(1), {"county": "Elm"}, due_at="2025-11-01T08:00")
    page = desk.post(reverse("admin:directory_school_bulk"), {**sent, "_apply": "Apply"})
    assert "has passed" in str(page.context["form"].errors["due_at"])


def test_one_listing_alone_may_be_given_every_field(desk):
    first, second = example_schools(2)
    one = desk.get(reverse("admin:directory_school_bulk") + f"?chosen={first.pk}")
    both = desk.get(reverse("admin:directory_school_bulk") + f"?chosen={first.pk},{second.pk}")
    assert "new_name" in one.context["form"].fields
    assert "new_name" not in both.context["form"].fields


def test_buttons_take_the_right_to_change_and_a_post(prepared, staff):
    batch = prepared(example_schools(1), {"county": "Elm"})
    looks = staff("view_listingbatch", "view_school")
    for name in ("now", "cancel", "undo"):
        where = reverse(f"admin:directory_listingbatch_{name}", args=[batch.pk])
        assert looks.get(where).status_code == 403
        assert looks.post(where).status_code == 403
    batch.refresh_from_db()
    assert (batch.state, batch.reason) == (BatchState.PLANNED, WHY)

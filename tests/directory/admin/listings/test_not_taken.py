"""What a spreadsheet asks for and does not get: named at every look, kept with its batch, and to be downloaded."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.curation import overrides
from directory.curation.batches import diff as diffs
from directory.models import ListingBatch
from directory.vocab import BatchState, ChangeState
from tests.directory.admin.conftest import address
from tests.directory.admin.listings.conftest import WHY, example_schools
from tests.directory.admin.listings.test_files import applied, as_csv, exported, refusals, upload

pytestmark = pytest.mark.django_db

NOT_TAKEN = [
    {"line": "3", "column": "rotc", "cell": "maybe", "reason": "Write yes or no."},
    {"line": "4", "column": "county", "cell": "'=1+1", "reason": "This begins as a formula does. Put an apostrophe "
     "before it if you mean the text."},
    {"line": "5", "column": "county", "cell": "Elm", "reason": "Somebody has changed this listing since the export. It "
     "says nothing now."},
    {"line": "5", "column": "city", "cell": "Maple Fork", "reason": "Somebody has changed this listing since the "
     "export. It says Oak now."},
    {"line": "6", "column": "website", "cell": "mailto:x", "reason": "This is no web address that a reader can be sent "
     "to."},
]  # fmt: skip


@pytest.fixture
def looked_at(desk):
    """An uploaded file of which one row can be applied."""
    some = example_schools(5)
    rows = exported(desk)
    overrides.correct(target=some[3], column="city", value="Oak", reason="A call", by=None)
    rows[0]["county"], rows[1]["rotc"], rows[2]["county"], rows[3]["county"] = "Elm", "maybe", "=1+1", "Elm"
    rows[4]["website"] = "mailto:x"
    return upload(desk, as_csv(rows))


def downloaded(answer):
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def key(row):
    return int(row["line"]), row["column"]


def test_a_second_look_names_them_as_the_first_did(desk, looked_at):
    first = refusals(looked_at)
    again = applied(desk, looked_at, why="")
    assert refusals(again) == first
    assert "Write yes or no." in again.content.decode()


def test_they_are_downloaded_before_anything_is_applied(desk, looked_at):
    sent = {"asked": looked_at.context["asked"].initial["asked"], "_not_taken": "1"}
    answer = desk.post(reverse("admin:directory_school_upload"), sent)
    assert sorted(downloaded(answer), key=key) == sorted(NOT_TAKEN, key=key)
    assert not ListingBatch.objects.exists()


@pytest.mark.parametrize("more", [{}, {"due_at": "2999-01-01T08:00"}], ids=["now", "later"])
def test_they_stay_with_the_batch_which_counts_their_rows(desk, looked_at, more):
    assert applied(desk, looked_at, **more).status_code == 302
    batch = ListingBatch.objects.get()
    assert (batch.changes, batch.rows_not_taken) == (1, 4)
    assert batch.state == (BatchState.PLANNED if more else BatchState.APPLIED)
    shown = desk.get(reverse("admin:directory_listingbatch_change", args=[batch.pk])).content.decode()
    assert "Rows of the file that were not taken" in shown
    assert "Write yes or no." in shown
    answer = desk.get(reverse("admin:directory_listingbatch_not_taken", args=[batch.pk]))
    assert sorted(downloaded(answer), key=key) == sorted(NOT_TAKEN, key=key)
    assert "rows not taken" in desk.get(reverse("admin:directory_listingbatch_changelist")).content.decode().lower()


def test_a_batch_that_took_everything_says_nothing_of_it(desk):
    example_schools(1)
    rows = exported(desk)
    rows[0]["county"] = "Elm"
    applied(desk, upload(desk, as_csv(rows)))
    batch = ListingBatch.objects.get()
    shown = desk.get(reverse("admin:directory_listingbatch_change", args=[batch.pk])).content.decode()
    assert "were not taken" not in shown
    assert downloaded(desk.get(reverse("admin:directory_listingbatch_not_taken", args=[batch.pk]))) == []


def test_more_than_anybody_reads_are_counted(desk, looked_at, monkeypatch):
    monkeypatch.setattr(diffs, "MOST_NAMED", 2)
    again = upload(desk, as_csv([{"id": "x", "version": "v"}] * 5))
    assert (len(again.context["diff"].problems), again.context["diff"].unnamed) == (2, 3)
    assert "and 3 more are not named" in again.content.decode()


@pytest.mark.parametrize(("most", "named", "words"), [(2, {7, 8}, "2 more rows are not named."), (4, {3, 7, 8, 9}, "")])
def test_rows_that_are_not_named_are_counted_with_the_batch_and_told_in_its_files(
    desk, looked_at, monkeypatch, most, named, words
):
    monkeypatch.setattr(diffs, "MOST_NAMED", most)
    rows = exported(desk)
    rows[0]["county"] = "Ash"
    rows[1] |= {"rotc": "maybe", "closed_on": "soon", "latitude": "north"}
    again = upload(desk, as_csv([*rows, *({"id": "x", "version": "v"},) * 3]))
    assert again.context["diff"].unnamed
    sent = {"asked": again.context["asked"].initial["asked"], "_not_taken": "1"}
    before = downloaded(desk.post(reverse("admin:directory_school_upload"), sent))
    applied(desk, again)
    batch = ListingBatch.objects.get()
    assert ({row[0] for row in batch.not_taken}, batch.rows_not_taken) == (named, 4)
    shown = desk.get(reverse("admin:directory_listingbatch_change", args=[batch.pk])).content.decode()
    assert ("Download all of them" in shown) is not bool(words)
    assert words in shown
    after = downloaded(desk.get(reverse("admin:directory_listingbatch_not_taken", args=[batch.pk])))
    assert after == before
    assert {int(row["line"]) for row in after if row["line"]} == named
    assert [row["reason"] for row in after if not row["line"]] == ([words] if words else [])


def test_who_may_look_at_batches_may_download_and_nobody_else(desk, looked_at, staff):
    applied(desk, looked_at, why=WHY)
    address = reverse("admin:directory_listingbatch_not_taken", args=[ListingBatch.objects.get().pk])
    other = staff("view_school", "change_school")
    assert other.get(address).status_code == 403
    assert desk.post(address).status_code == 405


@pytest.mark.parametrize("of_one", [True, False], ids=["of a listing", "of all"])
def test_changes_are_listed_without_what_their_batch_was_not_given(desk, looked_at, of_one):
    applied(desk, looked_at, due_at="2999-01-01T08:00")
    (change,) = ListingBatch.objects.get().rows.exclude(state=ChangeState.REFUSED)
    assert change.school
    page = reverse("admin:directory_listingchange_changelist")
    with CaptureQueriesContext(connection) as queries:
        shown = desk.get(address(change.school) if of_one else page).content.decode()
    assert (
        reverse(
            "admin:directory_listingbatch_change" if of_one else "admin:directory_listingchange_change",
            args=[change.batch_id if of_one else change.pk],
        )
        in shown
    )
    assert not [query for query in queries if '"not_taken"' in query["sql"]]

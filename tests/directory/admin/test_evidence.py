"""Statements and records that staff keep about a program: completed by us, and the lists follow at once."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from directory.curation.revisions import BEFORE
from directory.models import Accreditation, AccreditationStatement, Agency, Listing, ProgramFact, School
from directory.pipeline.refresh import refresh
from directory.search.freshness import present_state
from directory.vocab import Delivery, Source, Standing
from tests.directory.admin.conftest import address, errors, filled_in
from tests.directory.invented import fact, program, school

pytestmark = pytest.mark.django_db
PAGE = "https://maplefork.example/hit"
TODAY = dt.date(2025, 9, 1)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(dt.datetime(2025, 9, 1, 12, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def coding():
    at = program(school())
    refresh()
    return at


@pytest.fixture
def cahiim():
    return Agency.objects.create(name="The accreditor", acronym="CAHIIM")


@pytest.fixture
def add(desk):
    def send(model, **fields):
        page = reverse(f"admin:directory_{model._meta.model_name}_add")
        return desk.post(page, {**filled_in(desk.get(page)), **fields})

    return send


def inline(prefix, **fields):
    """One new row in an inline of a form."""
    return {f"{prefix}-TOTAL_FORMS": "1", **{f"{prefix}-0-{name}": value for name, value in fields.items()}}


def test_a_statement_about_delivery_changes_the_list(add, coding):
    response = add(
        ProgramFact, program=coding.pk, kind="delivery", value="online", evidence_url=PAGE, reliability="high"
    )
    assert errors(response) == {}
    stated = ProgramFact.objects.get()
    assert (stated.release.source, stated.release.vintage) == (Source.STAFF, "2025")
    assert Listing.objects.get().delivery == Delivery.ONLINE


@pytest.mark.parametrize(("kind", "value"), [("delivery", "sometimes"), ("apply-url", "javascript:alert(1)")])
def test_a_statement_that_the_site_could_not_use_is_refused(add, coding, kind, value):
    response = add(ProgramFact, program=coding.pk, kind=kind, value=value, evidence_url=PAGE, reliability="high")
    assert list(errors(response)) == ["value"]


def test_statements_are_edited_and_deleted_on_the_program_itself(edit, coding):
    new = inline("facts", kind="delivery", value="hybrid", evidence_url=PAGE, reliability="high")
    assert errors(edit(coding, **new)) == {}
    assert Listing.objects.get().delivery == Delivery.HYBRID
    assert list(errors(edit(coding, **{"facts-0-DELETE": "on"}))) == ["why"]
    assert list(errors(edit(coding, **{"facts-0-value": "online"}))) == ["why"]
    assert ProgramFact.objects.get().value == "hybrid"
    edit(coding, **{"facts-0-DELETE": "on"}, why="The page says so no more")
    gone = ProgramFact.history.latest()
    assert (gone.history_type, gone.history_change_reason) == ("-", "The page says so no more")
    assert not ProgramFact.objects.exists()
    assert Listing.objects.get().delivery == Delivery.UNKNOWN


def test_what_a_file_had_said_is_kept_when_it_is_changed_below_the_program(edit, coding, chief):
    stated = fact(coding, ProgramFact.Kind.CREDITS, "30")
    stated.history.all().delete()  # a file leaves no line
    assert errors(edit(coding, **{"facts-0-value": "31"}, why="Their page says so")) == {}
    lines = stated.history.order_by("pk").values_list("value", "history_user", "history_change_reason")
    assert list(lines) == [("30", None, BEFORE), ("31", chief.pk, "Their page says so")]


def test_saying_that_a_page_was_opened_again_needs_no_other_reason(edit, coding):
    stated = fact(coding, ProgramFact.Kind.CREDITS, "30", checked_on=dt.date(2025, 8, 1))
    assert errors(edit(coding, **{"facts-0-checked_on": "2025-09-01"})) == {}
    stated.refresh_from_db()
    assert stated.checked_on == TODAY


def test_an_address_leads_somewhere_once_somebody_says_that_they_opened_it(desk, client, coding, chief):
    stated = fact(coding, ProgramFact.Kind.PROGRAM_URL, PAGE)
    leave = f"/go/{coding.slug}/program/"
    assert client.get(leave).status_code == 404
    chosen = {"action": "checked_today", "_selected_action": [stated.pk]}
    desk.post(reverse("admin:directory_programfact_changelist"), chosen)
    stated.refresh_from_db()
    assert stated.checked_on == TODAY
    assert (stated.history.first().history_user, client.get(leave)["Location"]) == (chief, PAGE)


def test_a_price_counts_from_the_day_that_somebody_says_the_page_was_opened(desk, coding):
    stated = fact(coding, ProgramFact.Kind.PRICE, "4200", unit="USD")
    refresh()
    before = present_state()
    assert Listing.objects.get().price is None
    chosen = {"action": "checked_today", "_selected_action": [stated.pk]}
    desk.post(reverse("admin:directory_programfact_changelist"), chosen)
    assert Listing.objects.get().price == 4_200
    assert present_state() != before, "pages of results that were kept are made anew"


def test_the_short_name_of_an_accreditor_changes_what_lists_say(edit, coding):
    agency = Agency.objects.create(name="The accreditor", acronym="CAHIM")
    Accreditation.objects.create(
        school=coding.school, program=coding, agency=agency, status="accredited", checked_on=TODAY
    )
    refresh()
    assert Listing.objects.get().standing != Standing.ACCREDITED
    assert errors(edit(agency, acronym="CAHIIM")) == {}
    assert Listing.objects.get().standing == Standing.ACCREDITED


def test_another_address_does_not_keep_the_day_of_the_old_one(edit, coding):
    stated = fact(coding, ProgramFact.Kind.PROGRAM_URL, PAGE, checked_on=dt.date(2025, 3, 1))
    School.objects.update(website="https://maplefork.example/")  # without any address it could not stay listed
    other = "https://maplefork.example/new"
    assert list(errors(edit(stated, value=other))) == ["checked_on"]
    assert errors(edit(stated, value=other, checked_on="2025-09-01")) == {}
    assert errors(edit(stated, value=PAGE, checked_on="")) == {}


def test_what_staff_change_of_a_loaded_statement_is_theirs_from_then_on(edit, coding):
    stated = fact(coding, ProgramFact.Kind.CREDITS, "60")
    edit(stated, checked_on="2025-09-01")
    stated.refresh_from_db()
    assert stated.release.source == Source.PROGRAM_FACTS
    edit(stated, value="62")
    stated.refresh_from_db()
    assert (stated.release.source, stated.release.origin) == (Source.STAFF, "staff")


def test_saying_so_takes_the_permission(staff, coding):
    stated = fact(coding, ProgramFact.Kind.PROGRAM_URL, PAGE)
    chosen = {"action": "checked_today", "_selected_action": [stated.pk]}
    staff("view_programfact").post(reverse("admin:directory_programfact_changelist"), chosen)
    stated.refresh_from_db()
    assert stated.checked_on is None


def test_a_record_that_staff_checked_confirms_the_accreditation(edit, coding, cahiim, chief):
    record = inline("accreditations", agency=cahiim.pk, status="accredited", checked_on="2025-08-30")
    assert errors(edit(coding, **record)) == {}
    kept = Accreditation.objects.get()
    assert (kept.school, kept.program, kept.checked_by, kept.release) == (coding.school, coding, chief, None)
    assert Listing.objects.get().standing == Standing.ACCREDITED


def test_a_record_without_the_day_on_which_somebody_asked_is_refused(edit, add, coding, cahiim):
    record = inline("accreditations", agency=cahiim.pk, status="accredited")
    assert list(errors(edit(coding, **record))) == ["accreditations-0-checked_on"]
    alone = add(Accreditation, program=coding.pk, agency=cahiim.pk, status="accredited")
    assert list(errors(alone)) == ["checked_on"]


def test_a_day_that_has_not_come_is_no_day_of_a_check(edit, add, coding, cahiim):
    record = inline("accreditations", agency=cahiim.pk, status="accredited", checked_on="2025-09-02")
    assert list(errors(edit(coding, **record))) == ["accreditations-0-checked_on"]
    row = {"program": coding.pk, "agency": cahiim.pk, "status": "accredited", "checked_on": "2026-09-01"}
    assert list(errors(add(Accreditation, **row))) == ["checked_on"]
    stated = fact(coding, ProgramFact.Kind.PROGRAM_URL, PAGE)
    assert list(errors(edit(stated, checked_on="2025-09-02"))) == ["checked_on"]


def test_a_program_tells_its_school_and_cannot_be_at_another(add, coding, cahiim):
    record = {"program": coding.pk, "agency": cahiim.pk, "status": "accredited", "checked_on": "2025-08-30"}
    other = school(100002)
    assert list(errors(add(Accreditation, school=other.pk, **record))) == ["program"]
    assert errors(add(Accreditation, **record)) == {}
    assert Accreditation.objects.get().school == coding.school
    neither = add(Accreditation, agency=cahiim.pk, status="accredited", checked_on="2025-08-30")
    assert list(errors(neither)) == ["school"]


def test_who_checked_changes_only_with_the_day(edit, coding, cahiim, chief):
    kept = Accreditation.objects.create(
        school=coding.school, program=coding, agency=cahiim, status="accredited", checked_on=TODAY
    )
    edit(kept, note="By telephone", why="Asked by telephone")
    kept.refresh_from_db()
    assert (kept.note, kept.checked_by) == ("By telephone", None)
    edit(kept, checked_on="2025-08-31", why="Asked again")
    kept.refresh_from_db()
    assert kept.checked_by == chief


def test_deleting_a_record_takes_the_confirmation_back(desk, coding, cahiim):
    kept = Accreditation.objects.create(
        school=coding.school, program=coding, agency=cahiim, status="accredited", checked_on=TODAY
    )
    refresh()
    assert Listing.objects.get().standing == Standing.ACCREDITED
    desk.post(address(kept, "delete"), {"post": "yes"})
    assert Listing.objects.get().standing == Standing.NOT_CONFIRMED


def test_deleting_several_at_once_does_so_too(desk, add, coding, cahiim):
    stated = {
        "agency": cahiim.pk,
        "agency_as_stated": "CAHIIM",
        "program_title_as_stated": "HIT",
        "status_as_stated": "accredited",
        "positive": "on",
        "award_level_basis": "stated",
        "evidence_kind": "page",
        "evidence_url": PAGE,
        "reliability": "high",
    }
    assert errors(add(AccreditationStatement, program=coding.pk, **stated)) == {}
    assert Listing.objects.get().standing == Standing.STATED
    chosen = {"action": "delete_selected", "_selected_action": [AccreditationStatement.objects.get().pk], "post": "yes"}
    desk.post(reverse("admin:directory_accreditationstatement_changelist"), chosen)
    assert Listing.objects.get().standing == Standing.NOT_CONFIRMED


@pytest.mark.parametrize("typed", ["about 4200", "$4,200 <b>x</b>", "0"])
def test_a_price_that_is_no_amount_is_refused(desk, typed):
    of = program(school())
    given = {
        "program": of.pk,
        "kind": "price",
        "value": typed,
        "evidence_url": "https://maplefork.example/costs",
        "reliability": "high",
    }
    answer = desk.post(reverse("admin:directory_programfact_add"), given)
    assert "as a number: 4200" in answer.content.decode()
    assert not ProgramFact.objects.exists()


def test_a_price_is_kept_as_a_number(desk):
    of = program(school())
    given = {
        "program": of.pk,
        "kind": "price",
        "value": "$4,200",
        "evidence_url": "https://maplefork.example/costs",
        "reliability": "high",
    }
    desk.post(reverse("admin:directory_programfact_add"), given)
    kept = ProgramFact.objects.get()
    assert (kept.value, kept.unit) == ("4200", "USD")

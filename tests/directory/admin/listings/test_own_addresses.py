"""A program's own addresses, for many at once, by spreadsheet and at an hour: checked as its form does, and undone."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.curation.batches.cells import CLEAR
from directory.curation.own_addresses import OWN
from directory.links import ways
from directory.models import ListingBatch, ProgramFact
from directory.pipeline.refresh import refresh
from directory.vocab import BatchState, ChangeState, GoKind, ListingState, Reliability, Source
from tests.directory.admin.conftest import errors
from tests.directory.admin.listings.conftest import WHY, bulk_form
from tests.directory.admin.listings.test_files import applied, as_csv, as_xlsx, exported, refusals, upload
from tests.directory.admin.listings.test_undo import undo
from tests.directory.invented import fact, program, release, school

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2025, 11, 3, 12, tzinfo=dt.UTC)
OPENED = dt.date(2025, 9, 1)
Kind = ProgramFact.Kind


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as at:
        yield at


@pytest.fixture
def course():
    made = program(school(website="www.example.edu"))
    refresh()
    return made


def table():
    return list(ProgramFact.objects.order_by("pk").values())


def leads(of, kind=GoKind.APPLY):
    way = ways(of.school, of.facts.all()).get(kind)
    return way.url if way else None


def preview_of(desk, rows, values):
    sent = {**bulk_form(rows, values), "_preview": "Preview"}
    return desk.post(reverse("admin:directory_program_bulk"), sent)


def test_an_address_with_its_day_leads_readers_there_and_goes_again(bulk, desk, course, chief):
    bulk([course], {"apply_url": "apply.example.edu/hit", "apply_url_opened_on": "2025-11-03"})
    made = ProgramFact.objects.get()
    assert (made.kind, made.value, made.checked_on) == (Kind.APPLY_URL, "apply.example.edu/hit", NOW.date())
    assert (made.release.source, made.evidence_url) == (Source.STAFF, "https://apply.example.edu/hit")
    assert (made.history.latest().history_user, made.history.latest().history_change_reason) == (chief, WHY)
    assert leads(course) == "https://apply.example.edu/hit"
    undo(desk)
    assert table() == []
    assert ListingBatch.objects.get().state == BatchState.UNDONE


@pytest.mark.parametrize("source", [Source.STAFF, Source.PROGRAM_FACTS])
def test_a_wrong_address_is_replaced_and_comes_back_as_it_stood(bulk, desk, course, source):
    old = fact(course, Kind.APPLY_URL, "https://old.example.edu", checked_on=OPENED)
    ProgramFact.objects.update(release=release(source, "2024"), reliability=Reliability.MEDIUM, note="As its page says")
    before = table()
    new = {"apply_url": "https://new.example.edu", "apply_url_opened_on": "2025-11-03"}
    bulk([course], new, evidence_url="https://www.example.edu/news")
    made = ProgramFact.objects.get()
    assert (made.pk, made.value, made.release.source) == (old.pk, "https://new.example.edu", Source.STAFF)
    # The page on which a file found it stays: by it the next file knows the fact, and leaves it alone.
    of_ours = source == Source.STAFF
    assert made.evidence_url == ("https://www.example.edu/news" if of_ours else old.evidence_url)
    undo(desk)
    assert table() == before


def test_several_programs_get_one_address(bulk, desk):
    at = school(website="www.example.edu")
    some = [program(at, award_level=level) for level in (2, 3, 5)]
    bulk(some, {"apply_url": "https://apply.example.edu", "apply_url_opened_on": "2025-11-03"})
    assert [leads(each) for each in some] == ["https://apply.example.edu"] * 3
    undo(desk)
    assert table() == []


@pytest.mark.parametrize(
    ("values", "column", "words"),
    [
        ({"apply_url": "mailto:x@example.edu"}, "Application page", "no web address"),
        ({"program_url": "https://ex<b>.edu"}, "Program page", "no web address"),
        ({"apply_url": "https://new.example.edu"}, "Application page", "old address that was opened on 2025-09-01"),
        ({"apply_url_opened_on": "2025-11-04"}, "Application page, opened on", "has not come yet"),
        ({"program_url_opened_on": "2025-11-03"}, "Program page, opened on", "no address that somebody could"),
    ],
)
def test_what_the_form_of_the_fact_refuses_is_refused(desk, course, values, column, words):
    fact(course, Kind.APPLY_URL, "https://old.example.edu", checked_on=OPENED)
    shown = preview_of(desk, [course], values).context["preview"]
    assert [(row["column"], words in row["refusal"]) for row in shown["refused"]] == [(column, True)]
    assert shown["good"] == []


def test_an_address_is_not_emptied_but_readers_are_kept_away(bulk, desk, course):
    fact(course, Kind.APPLY_URL, "https://old.example.edu", checked_on=OPENED)
    page = preview_of(desk, [course], {"apply_url": ""})
    assert "clear the day" in page.context["form"].errors["new_apply_url"][0]
    shown = preview_of(desk, [course], {"apply_url_opened_on": ""}).context["preview"]
    assert "No reader is sent there" in shown["good"][0]["readers"]
    bulk([course], {"apply_url_opened_on": ""})
    assert leads(course) is None
    undo(desk)
    assert leads(course) == "https://old.example.edu"


@pytest.fixture
def last(course):
    """A listed program whose only way is a page that somebody opened."""
    type(course.school).objects.update(website="")
    fact(course, Kind.PROGRAM_URL, "https://www.example.edu/hit", checked_on=OPENED)
    course.school.refresh_from_db()
    return course


def test_the_last_address_of_a_listed_program_is_kept_from_many_at_once(desk, last, bulk):
    shown = preview_of(desk, [last], {"program_url_opened_on": "", "title": "HIT"}).context["preview"]
    assert shown["good"] == []
    said = {row["column"]: row["refusal"] for row in shown["refused"]}
    assert said["Program page, opened on"].startswith("No address leads to the program")
    rows = exported(desk, "program")
    rows[0]["program_url_opened_on"] = CLEAR
    (refused,) = upload(desk, as_csv(rows), "program").context["preview"]["refused"]
    assert refused["refusal"].startswith("No address leads to the program")
    # It may go with the program itself, and for another.
    bulk([last], {"program_url_opened_on": "", "apply_url": "apply.example.edu", "apply_url_opened_on": "2025-11-03"})
    assert leads(last) == "https://apply.example.edu"
    bulk([last], {"apply_url_opened_on": "", "state": ListingState.WITHDRAWN})
    assert leads(last) is None


def test_what_became_the_last_address_meanwhile_is_not_taken_away_at_the_hour(bulk, last, clock):
    type(last.school).objects.update(website="www.example.edu")
    bulk([last], {"program_url_opened_on": ""}, due_at="2025-12-01T08:00")
    type(last.school).objects.update(website="")
    run(clock)
    assert leads(last, GoKind.PROGRAM) == "https://www.example.edu/hit"
    batch = ListingBatch.objects.get()
    assert batch.state == BatchState.NEEDS_PERSON
    assert "No address leads" in batch.rows.get().note


def test_of_several_pages_of_a_kind_none_is_guessed(desk, course):
    for number in (1, 2):
        page = f"https://www.example.edu/{number}"
        fact(course, Kind.APPLY_URL, f"{page}/apply", checked_on=OPENED, evidence_url=page)
    shown = preview_of(desk, [course], {"apply_url": "https://new.example.edu"}).context["preview"]
    assert "2 pages of this kind are stored" in shown["refused"][0]["refusal"]


@pytest.mark.parametrize("form", [as_csv, as_xlsx])
def test_the_spreadsheet_has_them_and_unedited_it_changes_nothing(desk, course, form):
    fact(course, Kind.APPLY_URL, "https://old.example.edu", checked_on=OPENED)
    fact(course, Kind.PROGRAM_URL, "www.example.edu/hit")
    rows = exported(desk, "program")
    assert [rows[0][name] for name in OWN] == ["www.example.edu/hit", "", "https://old.example.edu", "2025-09-01"]
    page = upload(desk, form(rows), "program")
    assert refusals(page) == {}
    assert page.context["diff"].wanted == {}


def test_edited_in_a_spreadsheet_they_are_looked_at_applied_and_undone(desk, course):
    fact(course, Kind.APPLY_URL, "https://old.example.edu", checked_on=OPENED)
    before = table()
    rows = exported(desk, "program")
    rows[0] |= {"apply_url": "https://new.example.edu", "apply_url_opened_on": "11/3/2025"}
    page = upload(desk, as_csv(rows), "program")
    assert [(row["column"], row["old"], row["new"]) for row in page.context["preview"]["good"]] == [
        ("Application page", "https://old.example.edu", "https://new.example.edu"),
        ("Application page, opened on", "2025-09-01", "2025-11-03"),
    ]
    assert table() == before
    assert applied(desk, page, "program").status_code == 302
    assert leads(course) == "https://new.example.edu"
    undo(desk)
    assert table() == before


def test_an_address_that_somebody_changed_since_the_export_is_a_conflict(desk, course):
    old = fact(course, Kind.APPLY_URL, "https://old.example.edu", checked_on=OPENED)
    rows = exported(desk, "program")
    ProgramFact.objects.filter(pk=old.pk).update(value="https://theirs.example.edu")
    rows[0]["title"] = "HIT"
    found = refusals(upload(desk, as_csv(rows), "program"))
    assert found[2, "apply_url"].endswith("It says https://theirs.example.edu now.")


def prepare(bulk, course, clock):
    bulk(
        [course],
        {"apply_url": "https://new.example.edu", "apply_url_opened_on": "2025-11-03"},
        due_at="2025-12-01T08:00",
    )
    assert not leads(course) or leads(course) == "https://old.example.edu"


def run(clock):
    clock.move_to(dt.datetime(2025, 12, 1, 8, tzinfo=dt.UTC))
    call_command("apply_scheduled")


@pytest.mark.parametrize("held", [True, False], ids=["replaced", "new"])
def test_a_new_address_waits_for_its_hour(bulk, course, clock, held, desk, chief):
    if held:
        fact(course, Kind.APPLY_URL, "https://old.example.edu", checked_on=OPENED)
    before = table()
    prepare(bulk, course, clock)
    assert table() == before
    run(clock)
    assert leads(course) == "https://new.example.edu"
    desk.force_login(chief)
    undo(desk)
    assert table() == before


def test_what_somebody_changed_meanwhile_is_not_overwritten_at_the_hour(bulk, course, clock):
    old = fact(course, Kind.APPLY_URL, "https://old.example.edu", checked_on=OPENED)
    prepare(bulk, course, clock)
    ProgramFact.objects.filter(pk=old.pk).update(value="https://theirs.example.edu")
    run(clock)
    assert leads(course) == "https://theirs.example.edu"
    batch = ListingBatch.objects.get()
    assert batch.state == BatchState.NEEDS_PERSON
    assert "https://theirs.example.edu now" in batch.rows.get(column="apply_url").note


def test_what_somebody_changed_since_stays_when_the_batch_is_undone(bulk, desk, course):
    bulk([course], {"apply_url": "https://new.example.edu", "apply_url_opened_on": "2025-11-03"})
    ProgramFact.objects.update(value="https://theirs.example.edu")
    undo(desk)
    assert ProgramFact.objects.get().value == "https://theirs.example.edu"
    assert "somebody has changed it since" in ListingBatch.objects.get().rows.get(column="apply_url").note


FIRST = {"apply_url": "https://first.example.edu", "apply_url_opened_on": "2025-11-03"}


def pair():
    made = ProgramFact.objects.get()
    return made.value, made.checked_on


@pytest.mark.parametrize("asked", [FIRST, {"apply_url_opened_on": "2025-11-03"}], ids=["both", "day"])
def test_a_day_is_not_taken_back_from_an_address_that_came_after_it(bulk, desk, course, asked):
    fact(course, Kind.APPLY_URL, "https://old.example.edu", checked_on=OPENED)
    before = table()
    bulk([course], asked)
    bulk([course], {"apply_url": "https://second.example.edu"})
    first, second = ListingBatch.objects.order_by("pk")
    undo(desk, first)
    assert pair() == ("https://second.example.edu", NOW.date())
    day = first.rows.get(column="apply_url_opened_on")
    assert (day.state, "the address that it belongs to" in day.note) == (ChangeState.APPLIED, True)
    undo(desk, second)
    undo(desk, first)
    assert table() == before


@pytest.mark.parametrize("asked", [FIRST, {"apply_url": "https://first.example.edu"}], ids=["both", "address"])
def test_an_address_does_not_come_back_with_the_day_of_another(bulk, desk, course, asked):
    fact(course, Kind.APPLY_URL, "https://old.example.edu", checked_on=OPENED if len(asked) == 2 else NOW.date())
    bulk([course], asked)
    bulk([course], {"apply_url_opened_on": "2025-10-01"})
    first = ListingBatch.objects.order_by("pk")[0]
    undo(desk, first)
    assert pair() == ("https://first.example.edu", dt.date(2025, 10, 1))
    assert "the day beside it" in first.rows.get(column="apply_url").note


@pytest.mark.parametrize("held", [OPENED, None], ids=["opened", "never opened"])
def test_a_batch_that_kept_less_of_an_address_is_undone_too(bulk, desk, course, held):
    fact(course, Kind.APPLY_URL, "https://old.example.edu", checked_on=held)
    before = table()
    bulk([course], FIRST)
    address, day = ListingBatch.objects.get().rows.order_by("pk")
    for kept in (address.before or {}, address.after or {}):
        del kept["checked_on"]
    day.before, day.after = {"checked_on": held and held.isoformat()}, {"checked_on": "2025-11-03"}
    address.save()
    day.save()
    undo(desk)
    assert table() == before


def test_an_address_that_nobody_had_opened_comes_back_unopened(bulk, desk, course):
    fact(course, Kind.APPLY_URL, "https://old.example.edu")
    before = table()
    bulk([course], FIRST)
    undo(desk)
    assert table() == before


def test_a_day_waits_for_its_hour_with_its_address(bulk, course, clock):
    old = fact(course, Kind.APPLY_URL, "https://old.example.edu", checked_on=OPENED)
    bulk([course], {"apply_url_opened_on": "2025-11-03"}, due_at="2025-12-01T08:00")
    ProgramFact.objects.filter(pk=old.pk).update(value="https://theirs.example.edu")
    run(clock)
    assert pair() == ("https://theirs.example.edu", OPENED)
    assert "the address that it belongs to" in ListingBatch.objects.get().rows.get().note


def test_a_draft_is_listed_together_with_its_first_address(bulk, edit):
    made = program(school(), state=ListingState.DRAFT, release=release(Source.STAFF, "2025"))
    assert "No address leads" in errors(edit(made, state=ListingState.LISTED, why=WHY))["state"][0]
    new = {"program_url": "https://www.example.edu/hit", "program_url_opened_on": "2025-11-03"}
    bulk([made], {"state": ListingState.LISTED, **new})
    made.refresh_from_db()
    assert made.state == ListingState.LISTED


def test_an_export_and_a_preview_ask_as_much_for_one_as_for_fifty(desk):
    some = [program(school(100100 + number)) for number in range(50)]
    for each in some:
        fact(each, Kind.APPLY_URL, "https://old.example.edu", checked_on=OPENED)

    def asked(of):
        with CaptureQueriesContext(connection) as queries:
            preview_of(desk, of, {"apply_url": "https://new.example.edu", "apply_url_opened_on": "2025-11-03"})
        return len(queries)

    asked(some[:1])
    assert asked(some[:1]) == asked(some) <= 20
    with CaptureQueriesContext(connection) as few:
        assert len(exported(desk, "program", "?q=100100")) == 1
    with CaptureQueriesContext(connection) as many:
        assert len(exported(desk, "program")) == 50
    assert len(many) <= len(few)

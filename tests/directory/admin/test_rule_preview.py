"""Before a rule is kept, its author sees how many programs would open the exam otherwise, and nothing is written."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from directory.importers.locking import import_lock
from directory.models import Accreditation, Agency, Condition, Opening, Route
from directory.pipeline.refresh import refresh
from directory.vocab import AwardLevel
from tests.directory.admin.conftest import address, errors, filled_in
from tests.directory.admin.rule_forms import PAGE, certification, condition_of, route_of, rows, rules_of
from tests.directory.invented import program, school

pytestmark = pytest.mark.django_db
ASSOCIATE = {"kind": "award-level", "award_levels": [3]}
PREVIEW = {"_preview": "1"}


@pytest.fixture
def exam():
    """An exam that the associates of 51.07 open: one of Maple Fork's, while its certificate and its bachelor do not."""
    at = school()
    for level in (AwardLevel.ASSOCIATE, AwardLevel.BACHELORS, AwardLevel.CERTIFICATE_1_2_YEARS):
        program(at, award_level=level)
    made = certification("exam", "EX", ASSOCIATE)
    refresh()
    return made


def text(response) -> str:
    assert response.status_code == 200
    html = response.content.decode()
    assert "errornote" not in html
    start = html.index('class="module rules-preview"')
    return " ".join(html[start : html.index("</section>", start)].split())


def test_what_opens_and_closes_is_counted_and_named_and_nothing_is_kept(edit, exam):
    page = edit(route_of(exam), **{"conditions-0-award_levels": ["5"], "conditions-0-text": "A bachelor"}, **PREVIEW)
    shown = text(page)
    assert "<h3>EX, today</h3>" in shown
    assert "1 listed program opens it as the rules stand, 1 with this change." in shown
    assert "<strong>1</strong> open it anew:" in shown
    assert "<strong>1</strong> close:" in shown
    assert shown.count("Maple Fork College</li>") == 2
    sent = filled_in(page)
    assert (sent["conditions-0-award_levels"], sent["conditions-0-text"]) == (["5"], "A bachelor")
    assert Condition.objects.get().award_levels == [3]
    assert [row.program.award_level for row in Opening.objects.all()] == [3]
    assert Condition.history.count() == 1


def test_a_preview_keeps_rows_that_are_new_and_rows_that_are_ticked_for_deletion(edit, exam):
    new = rows("conditions", {"kind": "diploma", "text": "A diploma"}, held=1)
    page = edit(route_of(exam), **{"conditions-0-DELETE": "on"}, **new, **PREVIEW)
    assert "<strong>2</strong> open it anew:" in text(page)
    sent = filled_in(page)
    assert sent["conditions-1-text"] == "A diploma"
    assert sent["conditions-0-DELETE"] == ["on"]
    assert Condition.objects.get().kind == "award-level"


def test_what_a_preview_tells_is_what_saving_does(edit, exam):
    change = {"conditions-0-award_levels": ["3", "5"]}
    assert "1 listed program opens it as the rules stand, 2 with this change." in text(
        edit(route_of(exam), **change, **PREVIEW)
    )
    assert edit(route_of(exam), **change).status_code == 302
    assert Opening.objects.count() == 2


@pytest.mark.parametrize(
    ("before", "after", "turn"),
    [(False, True, "turn from confirmed to stated"), (True, False, "turn from stated to confirmed")],
)
def test_what_turns_from_confirmed_to_stated_and_back_is_counted(edit, desk, exam, before, after, turn):
    board = Agency.objects.create(name="The Board", acronym="BRD")
    course = program(school(100002, name="Birch College"))
    asked_on = timezone.localdate() - dt.timedelta(days=5_000)  # too long ago to be confirmed
    Accreditation.objects.create(
        school=course.school, program=course, agency=board, status="accredited", checked_on=asked_on, evidence_url=PAGE
    )
    asked = condition_of(route_of(exam), kind="program-accreditation", agency=board, order=2, required=before)
    shown = text(edit(asked, required="on" if after else "", **PREVIEW))
    assert f"<strong>1</strong> {turn}:" in shown
    assert "Birch College</li>" in shown


def test_a_change_without_consequences_says_so(edit, exam):
    assert "no program changes" in text(edit(rules_of(exam), **PREVIEW))
    assert "No program changes." in text(edit(rules_of(exam), note="Asked", **PREVIEW))


def test_rules_that_end_or_begin_later_are_shown_on_their_day(edit, desk, exam):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    shown = text(edit(rules_of(exam), valid_to=str(timezone.localdate()), **PREVIEW))
    assert f"<h3>EX, from {tomorrow.day} {tomorrow:%B %Y} on</h3>" in shown
    assert "1 listed program opens it as the rules stand, 0 with this change." in shown


def test_a_new_rule_set_and_a_new_route_are_previewed(desk, exam):
    page = reverse("admin:directory_route_add")
    given = {"rule_set": rules_of(exam).pk, "code": "B", "title": "B", **rows("conditions", {"kind": "diploma"})}
    assert "3 with this change" in text(desk.post(page, {**filled_in(desk.get(page)), **given, **PREVIEW}))
    assert Route.objects.count() == 1
    page = reverse("admin:directory_ruleset_add")
    given = {"certification": exam.pk, "grade": "A", "source_url": PAGE, "valid_to": "1999-01-01"}
    refused = desk.post(page, {**filled_in(desk.get(page)), **given, **PREVIEW})
    assert "valid_from" in errors(refused)
    assert "rules-preview" not in refused.content.decode()


def test_other_fields_of_an_exam_are_previewed(edit, exam):
    assert "1 listed program opens it as the rules stand, 0 with this change." in text(
        edit(exam, related_cips="", **PREVIEW)
    )
    exam.refresh_from_db()
    assert exam.related_cips == ["51.07"]


def test_a_preview_writes_nothing_opens_no_transaction_and_waits_for_no_import(edit, desk, exam):
    route = route_of(exam)
    sent = {**filled_in(desk.get(address(route))), **PREVIEW}
    with import_lock(), CaptureQueriesContext(connection) as queries:
        assert desk.post(address(route), sent).status_code == 200
    verbs = {query["sql"].split()[0] for query in queries.captured_queries}
    # Django looks at a constraint within a savepoint, if it is in a transaction already: here the test's own.
    assert verbs <= {"SELECT", "SAVEPOINT", "RELEASE"}


def test_the_examples_are_few_and_the_queries_do_not_grow_with_the_programs(edit, desk, exam):
    route = route_of(exam)
    sent = {**filled_in(desk.get(address(route))), "conditions-0-award_levels": ["5"], **PREVIEW}

    def asked():
        with CaptureQueriesContext(connection) as queries:
            page = desk.post(address(route), sent)
        return len(queries), text(page)

    few, _ = asked()
    for number in range(20):
        program(school(100100 + number, name=f"Oak {number}"), award_level=AwardLevel.BACHELORS)
    many, shown = asked()
    assert many == few
    assert "<strong>21</strong> open it anew, for example:" in shown
    assert shown.count("<li>") == 6


def test_who_may_not_change_a_rule_gets_no_preview(staff, edit, exam):
    browser = staff("view_route", "view_condition", "view_ruleset")
    page = browser.get(address(route_of(exam)))
    assert b"_preview" not in page.content
    assert browser.post(address(route_of(exam)), {"title": "x", **PREVIEW}).status_code == 403


def test_a_preview_needs_the_forms_own_token(chief, exam):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(chief)
    assert browser.post(address(route_of(exam)), PREVIEW).status_code == 403

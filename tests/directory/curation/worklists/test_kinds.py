"""Each worklist finds what is wrong, says why, leads to where it is mended, and forgets what was mended."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.curation import overrides
from directory.curation.duplicates.keeping import tell_apart
from directory.curation.worklists import board
from directory.engagement.error_reports import receive
from directory.models import (
    AccreditationStatement,
    AccreditorList,
    AccreditorListRow,
    Agency,
    DuplicatePair,
    ErrorReport,
    ImportRun,
    Listing,
    Mail,
    ProgramFact,
    Release,
    Review,
    ReviewReply,
    ReviewReport,
)
from directory.pipeline.refresh import refresh
from directory.vocab import Level, ListingState, Quality, Reliability, ReviewRole, SchoolState, Source
from tests.directory.curation.worklists.conftest import MORNING, TODAY
from tests.directory.curation.worklists.made import broken, left, record
from tests.directory.invented import fact, program, release, school

pytestmark = pytest.mark.django_db
A_DAY = dt.timedelta(days=1)


def ago(days):
    return TODAY - days * A_DAY


def test_an_accreditation_is_overdue_after_the_interval_and_lighter_in_the_month_before(rows):
    at = school()
    overdue = record(program(at, award_level=3), ago(401))
    soon = record(program(at, award_level=5), ago(399))
    record(program(at, award_level=7), ago(300))
    first, second = rows("accreditation")
    assert first.case.url == reverse("admin:directory_accreditation_change", args=[overdue.pk])
    assert second.case.key == f"record-{soon.pk}"
    assert first.case.weight > second.case.weight
    assert "EXA was last asked on" in first.case.reason
    assert "From 4 Mar 2026 on readers no longer see it as confirmed" in second.case.reason


def test_a_newer_record_of_the_same_accreditor_and_one_that_ended_ask_for_nothing(rows):
    course = program(school())
    record(course, ago(500))
    record(course, ago(3))
    record(program(course.school, award_level=5), ago(500), ended_on=ago(1))
    record(program(course.school, award_level=7, state=ListingState.WITHDRAWN), ago(500))
    assert rows("accreditation") == []


def test_a_broken_address_goes_from_the_lists_when_its_listing_has_another_one(rows):
    at = school()
    course = program(at)
    broken(at, since=ago(3))
    broken(at, "Program page", program=course, since=ago(3))
    refresh()
    assert (len(rows("links")), len(rows("enrol"))) == (2, 1)
    at.apply_url = "https://maplefork.example/apply-here"
    at.save()
    ProgramFact.objects.filter(program=course).update(value="https://maplefork.example/records")
    assert (rows("links"), rows("enrol")) == ([], [])


def test_a_broken_address_to_apply_is_heavier_than_broken_evidence_and_more_so_when_readers_leave_there(rows):
    quiet, busy, proof = (school(number, name=f"Example College {number}") for number in (100001, 100002, 100003))
    for at in (quiet, busy):
        broken(at, since=ago(10))
    broken(proof, "Evidence", since=ago(10))
    left(busy, 50, ago(5))
    left(proof, 50, ago(100))  # too long ago to count
    found = [row.case for row in rows("links")]
    assert [case.subject for case in found] == [
        f"Apply of {busy.name}",
        f"Apply of {quiet.name}",
        f"Evidence of {proof.name}",
    ]
    assert "Readers left there 50 times" in found[0].reason
    assert found[0].harm.wrong == found[1].harm.wrong == 8


def test_one_address_on_many_pages_is_one_case_of_its_worst_use(rows):
    at = school()
    link = broken(at, "Evidence", since=ago(3), url="https://maplefork.example/x")
    broken(at, "Apply", since=ago(3), url="https://maplefork.example/x")
    (row,) = rows("links")
    assert (row.case.key, row.case.harm.wrong) == (f"link-{link.pk}", 8)
    assert "1 other place" in row.case.reason


def test_a_school_without_a_way_to_apply_is_one_case_for_all_of_its_listings(rows):
    at = school(website="maplefork.example", admissions_url="ask@maplefork.example")
    for level in (3, 5):
        program(at, award_level=level)
    fine = school(100002, apply_url="https://apply.example/")
    program(fine)
    refresh()
    (row,) = rows("enrol")
    assert row.case.url.startswith(reverse("admin:directory_school_change", args=[at.pk]))
    assert "It concerns 2 listings" in row.case.reason
    broken(fine, since=ago(1))
    assert {row.case.key for row in rows("enrol")} == {f"school-{at.pk}", f"school-{fine.pk}"}


def test_programs_with_a_checked_page_of_their_own_and_closed_schools_lack_nothing(rows):
    at = school()
    fact(program(at), ProgramFact.Kind.APPLY_URL, "https://maplefork.example/apply", checked_on=ago(3))
    program(school(100002, status=SchoolState.CLOSED))
    refresh()
    assert rows("enrol") == []


def test_a_correction_is_a_case_when_the_official_value_moves_or_its_day_comes(rows, ann):
    at = school()
    held = overrides.correct(target=at, column="county", value="Maple", reason="They said so", by=ann)
    assert rows("overrides") == []
    held.review_by = TODAY
    held.save()
    (row,) = rows("overrides")
    held.official_value, held.conflict_since = "Oak", MORNING
    held.save()
    (moved,) = rows("overrides")
    assert moved.case.reason == "The county is “Maple” by our correction; the official file now says “Oak”."
    assert moved.case.weight > row.case.weight
    assert moved.case.fingerprint != row.case.fingerprint


@pytest.fixture
def priced():
    """A program in the lists with a price of an academic year: priced("2023-24")."""

    def make(year, level=5):
        at = school(100001 + level, name=f"Example College {level}")
        course = program(at, award_level=level)
        refresh()
        Listing.objects.filter(pk=course.pk).update(
            price=9_000, price_note=Quality.REPORTED, price_level=Level.PROGRAM, price_year=year
        )
        return course

    return make


def test_a_price_is_too_old_a_year_and_a_half_after_the_end_of_its_academic_year(rows, priced, morning):
    course = priced("2023-24")
    morning.move_to(dt.datetime(2025, 12, 20, tzinfo=dt.UTC))
    assert rows("prices") == []
    morning.move_to(dt.datetime(2026, 1, 10, tzinfo=dt.UTC))
    (row,) = rows("prices")
    assert row.case.url == f"{reverse('admin:directory_programfact_add')}?program={course.pk}&kind=price"
    assert "$9,000 is the program’s own, of 2023-24." in row.case.reason


def test_a_price_that_we_read_is_too_old_a_year_and_a_half_after_that_day(rows, priced):
    young, old = priced("2021-22", 5), priced("2025", 7)
    fact(young, ProgramFact.Kind.PRICE, "9000", checked_on=ago(20))
    read = fact(old, ProgramFact.Kind.PRICE, "9000", checked_on=ago(600))
    (row,) = rows("prices")
    assert row.case.url == reverse("admin:directory_programfact_change", args=[read.pk])


def test_a_price_of_a_year_that_nobody_can_read_as_one_hinders_nothing(rows, priced):
    priced(" as of 2019")
    (row,) = rows("prices")
    assert row.case.since is None


def test_statements_without_a_program_and_the_last_load_with_rejected_rows_match_nothing(rows):
    AccreditationStatement.objects.create(
        school=school(), agency_as_stated="EXA", program_title_as_stated="Coding", status_as_stated="accredited",
        positive=True, award_level_basis="stated", evidence_kind="page", evidence_url="https://maplefork.example/",
        reliability=Reliability.HIGH, release=release(Source.DAPIP, "2020-11"),
    )  # fmt: skip
    for number, rejected in enumerate((7, 3)):
        run = ImportRun.objects.create(
            source=Source.OEWS, file_name="pay.csv", state=ImportRun.State.APPLIED, rejected=rejected,
            started_at=MORNING - (5 - number) * A_DAY,
        )  # fmt: skip
    statement, load = sorted(rows("unmatched"), key=lambda row: row.case.key, reverse=True)
    assert "matches none of the school’s" in statement.case.reason
    assert load.case.reason.startswith("3 rows of this file were not loaded.")
    assert load.case.url.endswith(f"?run__id__exact={run.pk}")


def test_listings_that_may_be_one_are_a_case_until_somebody_tells_them_apart(rows, ann):
    one, other = school(100001, name="Example College"), school(100002, name="Example Colege")
    pair = DuplicatePair.objects.create(
        school=one, other_school=other, score=80, reasons=["one name", "one address"], found_at=MORNING
    )
    (row,) = rows("duplicates")
    assert row.case.reason == "They may be one listing (80 of 100): one name; one address."
    assert row.case.harm.wrong == 4.0
    tell_apart(pair=pair, reason="Two campuses", by=ann)
    assert rows("duplicates") == []


def test_an_entry_of_an_accreditors_list_that_matches_nothing_is_a_case_until_a_later_list(rows):
    agency = Agency.objects.create(name="Example Accreditor", acronym="EXA")
    given = {"agency": agency, "file_name": "x.csv", "source_url": "https://exa.example/", "state": "applied"}
    held = AccreditorList.objects.create(**given, as_of=ago(9), applied_at=MORNING - 9 * A_DAY)
    entry = AccreditorListRow.objects.create(
        accreditor_list=held, line=2, label="Coding, Example College", found="unmatched", why="No such school."
    )
    (row,) = rows("unmatched")
    assert row.case.url == reverse("admin:directory_accreditorlistrow_change", args=[entry.pk])
    assert row.case.reason.endswith("nobody knows which of our programs it is: No such school.")
    AccreditorList.objects.create(**given, as_of=ago(1), applied_at=MORNING - A_DAY)
    assert rows("unmatched") == []


def reported(days, number=1):
    report = ErrorReport(
        sent=uuid.UUID(int=number), kind="school", slug="maple-fork", title="Example College", fact="county",
        label="County", said="Oak", should_be="Elm",
    )  # fmt: skip
    return receive(report=report, now=MORNING - days * A_DAY)


def test_a_reported_error_is_a_case_three_days_before_its_target(rows):
    reported(10, 1)
    near, late = reported(12, 2), reported(15, 3)
    found = [row.case for row in rows("reports")]
    assert [case.key for case in found] == [f"report-{late.pk}", f"report-{near.pk}"]
    assert "overdue by 1 day" in found[0].reason
    assert "due on 4 Mar 2026" in found[1].reason


def review_of(course, days, **columns):
    sent = MORNING - days * A_DAY
    writer = User.objects.create_user(f"reader-{Review.objects.count()}")
    return Review.objects.create(
        reader=writer, program=course, role=ReviewRole.GRADUATE, year=2025, overall=4, text="It was fine.",
        written_at=sent, sent_at=sent, **columns,
    )  # fmt: skip


def test_reviews_wait_and_a_complaint_about_one_that_is_shown_is_heavier(rows):
    course = program(school())
    waits = review_of(course, 3)
    shown = review_of(course, 90, state="shown", decided_at=MORNING)
    assert [row.case.key for row in rows("reviews")] == [f"review-{waits.pk}"]
    ReviewReport.objects.create(review=shown, reason="false", made_at=MORNING - 3 * A_DAY)
    assert [row.case.key for row in rows("reviews")] == [f"review-{shown.pk}", f"review-{waits.pk}"]
    assert "1 complaint about it has waited for 3 days" in rows("reviews")[0].case.reason


def test_answers_of_schools_to_reviews_and_to_reports_wait_to_be_read(rows):
    at = school()
    to = review_of(program(at), 30, state="shown", decided_at=MORNING)
    reply = ReviewReply.objects.create(
        review=to, domain="maplefork.example", text="Thanks.", written_at=MORNING, sent_at=MORNING - 6 * A_DAY
    )
    report = reported(4)
    ErrorReport.objects.filter(pk=report.pk).update(reply="We moved.", replied_at=MORNING - A_DAY, school=at)
    found = [row.case for row in rows("replies")]
    assert [case.key for case in found] == [f"reply-{reply.pk}", f"report-{report.pk}"]
    assert "Its target was" in found[0].reason


def test_mails_in_doubt_are_one_case_that_names_no_reader(rows):
    for number in range(2):
        Mail.objects.create(
            key=f"digest:{number}", recipient="somebody@example.org", subject="x", text="x", html="x",
            message_id=f"<{number}@example>", state=Mail.State.IN_DOUBT, written_at=MORNING, not_before=MORNING,
        )  # fmt: skip
    (row,) = rows("mails")
    assert row.case.subject == "2 mails in doubt"
    assert "somebody" not in f"{row.case}"


def test_all_worklists_together_ask_at_most_seventeen_times_however_much_is_wrong():
    def asked():
        with CaptureQueriesContext(connection) as queries:
            board.rows(board.kinds().values())
        return len(queries)

    board.rows(board.kinds().values())  # how many readers see what is read once in ten minutes
    few = asked()
    for number in range(20):
        at = school(100100 + number, name=f"Example College {number}")
        record(program(at), ago(500))
        broken(at, since=ago(number))
        reported(20, number + 1)
        Release.objects.get_or_create(source=Source.OEWS, vintage=f"{number}", rank=number)
    refresh()
    assert asked() == few <= 17

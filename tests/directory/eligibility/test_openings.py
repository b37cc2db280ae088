"""Openings as rows: which programs open which exams, on whose word, and what decides."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.eligibility import openings
from directory.eligibility.openings import rebuild_openings
from directory.eligibility.reference import load_certifications
from directory.models import (
    Accreditation,
    AccreditationStatement,
    Agency,
    Certification,
    Condition,
    Opening,
    Route,
    RuleSet,
)
from directory.vocab import AccreditationStatus, AwardLevel, ListingState, Reliability, SchoolState, Source
from tests.directory import invented

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 21)
RECENT = dt.date(2026, 6, 1)
LONG_AGO = dt.date(2020, 6, 1)


@pytest.fixture
def rules():
    load_certifications()


@pytest.fixture
def program(rules):
    return invented.program(invented.school(), award_level=AwardLevel.ASSOCIATE)


def recorded(program, status=AccreditationStatus.ACCREDITED, checked_on=RECENT, agency="CAHIIM", **columns):
    return Accreditation.objects.create(
        school=program.school,
        program=program,
        agency=Agency.objects.get(acronym=agency),
        status=status,
        checked_on=checked_on,
        **columns,
    )


def stated(program, **columns):
    defaults = {
        "agency": Agency.objects.get(acronym="CAHIIM"),
        "agency_as_stated": "CAHIIM",
        "program_title_as_stated": "Health Information Technology",
        "status_as_stated": "accredited",
        "positive": True,
        "award_level_basis": "stated",
        "evidence_kind": "school_page",
        "evidence_url": "https://maplefork.example/hit",
        "reliability": Reliability.HIGH,
        "release": invented.release(Source.ACCREDITATION_EVIDENCE, "May 2026"),
    }
    return AccreditationStatement.objects.create(school=program.school, program=program, **{**defaults, **columns})


def opened(program, slug="rhit"):
    rebuild_openings(today=TODAY)
    return Opening.objects.filter(program=program, certification__slug=slug).first()


def test_a_program_of_unknown_accreditation_does_not_open_the_rhit(program):
    assert opened(program) is None


def test_a_page_that_says_accredited_opens_it_on_that_word_which_then_decides(program):
    stated(program)
    opening = opened(program)
    assert (opening.basis, opening.route.code) == (Opening.Basis.STATED, "degree")
    assert opening.deciding_condition.kind == Condition.Kind.PROGRAM_ACCREDITATION


def test_a_confirmed_accreditation_confirms_the_opening_and_decides_it(program):
    recorded(program)
    opening = opened(program)
    assert (opening.basis, opening.route.code) == (Opening.Basis.CONFIRMED, "degree")
    assert opening.deciding_condition.kind == Condition.Kind.PROGRAM_ACCREDITATION


def test_a_rule_that_is_not_confirmed_opens_nothing_however_well_the_program_is_accredited(program):
    recorded(program)
    assert opened(program) is not None
    Condition.objects.filter(route__rule_set__certification__slug="rhit").update(confirmed=False)
    assert opened(program) is None


def test_a_bachelors_does_not_open_the_rhit_because_one_page_claims_so(rules):
    bachelors = invented.program(invented.school(), award_level=AwardLevel.BACHELORS)
    recorded(bachelors)
    assert opened(bachelors, "rhit") is None


@pytest.mark.parametrize(
    ("status", "checked_on", "ended_on", "opens"),
    [
        (AccreditationStatus.ACCREDITED, LONG_AGO, None, True),  # old: it falls back to stated
        (AccreditationStatus.ACCREDITED, RECENT, RECENT, False),  # over
        (AccreditationStatus.PROBATION, RECENT, None, False),  # ask the issuer
        (AccreditationStatus.CANDIDATE, RECENT, None, False),
        (AccreditationStatus.WITHDRAWN, RECENT, None, False),
    ],
)
def test_the_accreditors_record_decides(program, status, checked_on, ended_on, opens):
    recorded(program, status, checked_on, ended_on=ended_on)
    assert (opened(program) is not None) is opens


@pytest.mark.parametrize("checked_on", [TODAY, LONG_AGO])
def test_a_withdrawn_accreditation_opens_nothing_whatever_the_pages_say(program, checked_on):
    stated(program)
    recorded(program, AccreditationStatus.WITHDRAWN, checked_on, ended_on=LONG_AGO)
    assert opened(program) is None


@pytest.mark.parametrize("columns", [{"positive": False}, {"historical": True}])
def test_a_page_that_denies_it_or_tells_of_the_past_opens_nothing(program, columns):
    stated(program, **columns)
    assert opened(program) is None


def test_an_accreditation_by_somebody_else_does_not_open_the_rhit(program):
    recorded(program, agency="NCRA")
    assert opened(program) is None


def test_an_accredited_certificate_does_not_open_the_rhit(rules):
    certificate = invented.program(invented.school(), award_level=AwardLevel.CERTIFICATE_1_2_YEARS)
    recorded(certificate)
    assert opened(certificate) is None


def test_an_accredited_bachelors_opens_the_rhia_and_not_the_rhit(rules):
    bachelors = invented.program(
        invented.school(), award_level=AwardLevel.BACHELORS, field=invented.field_of_study("51.0706")
    )
    recorded(bachelors)
    assert opened(bachelors, "rhia").route.code == "degree"
    assert opened(bachelors, "rhit") is None


@pytest.mark.parametrize(("slug", "basis"), [("cpc", "confirmed"), ("ccs", "confirmed"), ("cca", "confirmed")])
def test_exams_that_ask_nothing_of_the_program_are_open_after_every_program_in_the_field(program, slug, basis):
    assert opened(program, slug).basis == basis


def test_an_exam_that_asks_for_years_of_work_is_opened_by_no_program(rules):
    privacy = invented.program(
        invented.school(), award_level=AwardLevel.MASTERS, field=invented.field_of_study("51.0723")
    )
    assert opened(privacy, "chps") is None


def test_the_practicum_that_ncra_asks_for_is_the_persons_not_the_programs(program):
    recorded(program, agency="NCRA")
    assert opened(program, "ods") is None


def test_a_rule_that_nobody_knows_opens_nothing(program):
    assert opened(program, "cic") is None


def test_programs_in_other_fields_are_left_out(rules):
    other = invented.program(invented.school(), field=invented.field_of_study("51.3801", "Nursing"))
    assert opened(other, "cpc") is None


def test_delisted_programs_and_closed_schools_open_nothing(rules):
    gone = invented.program(invented.school(), state=ListingState.NOT_REPORTED)
    closed = invented.program(invented.school(100002, status=SchoolState.CLOSED))
    assert opened(gone, "cpc") is None
    assert opened(closed, "cpc") is None


def test_only_the_rules_in_force_count(program):
    exam = Certification.objects.get(slug="cpc")
    today = exam.rule_sets.get()
    RuleSet.objects.filter(pk=today.pk).update(valid_to=dt.date(2026, 12, 31))
    later = RuleSet.objects.create(
        certification=exam, valid_from=dt.date(2027, 1, 1), grade="A", source_url="https://abc.example/"
    )
    route = Route.objects.create(rule_set=later, code="work", title="After a year of work")
    Condition.objects.create(
        route=route, kind=Condition.Kind.EXPERIENCE, experience_kind="coding", months=12, text="A year"
    )
    assert opened(program, "cpc") is not None
    rebuild_openings(today=dt.date(2027, 1, 1))
    assert not Opening.objects.filter(program=program, certification=exam).exists()


def test_the_later_of_two_rule_sets_in_force_counts(program):
    exam = Certification.objects.get(slug="cpc")
    RuleSet.objects.create(
        certification=exam, valid_from=dt.date(2026, 1, 1), grade="C", source_url="https://abc.example/"
    )
    assert opened(program, "cpc") is None


def test_recommended_conditions_close_nothing(program):
    assert Condition.objects.filter(route__rule_set__certification__slug="ccs", required=False).exists()
    assert opened(program, "ccs") is not None


def test_rebuilding_without_a_change_keeps_every_row(program):
    stated(program)
    rebuild_openings(today=TODAY)
    before = list(Opening.objects.order_by("pk").values())
    assert rebuild_openings(today=TODAY) == len(before)
    assert list(Opening.objects.order_by("pk").values()) == before


def test_an_opening_goes_when_what_it_rested_on_goes(program):
    statement = stated(program)
    assert opened(program) is not None
    statement.delete()
    assert opened(program) is None
    assert opened(program, "cpc") is not None


def test_an_opening_follows_a_better_word(program):
    stated(program)
    assert opened(program).basis == Opening.Basis.STATED
    recorded(program)
    assert opened(program).basis == Opening.Basis.CONFIRMED


def test_programs_are_read_in_runs_and_none_is_lost_between_two(rules, monkeypatch):
    monkeypatch.setattr(openings, "PROGRAMS_AT_ONCE", 2)
    made = [invented.program(invented.school(100001 + n)) for n in range(5)]
    rebuild_openings(today=TODAY)
    assert Opening.objects.filter(certification__slug="cpc").count() == 5
    made[0].delete()
    made[4].state = ListingState.WITHDRAWN
    made[4].save()
    rebuild_openings(today=TODAY)
    assert Opening.objects.filter(certification__slug="cpc").count() == 3


def test_the_number_of_queries_does_not_grow_with_the_programs(rules):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            rebuild_openings(today=TODAY)
        return len(captured)

    stated(invented.program(invented.school()))
    queries()
    one = queries()
    for number in range(1, 20):
        stated(invented.program(invented.school(100001 + number)), evidence_url=f"https://a.example/{number}")
    queries()
    assert queries() == one

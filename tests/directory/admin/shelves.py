"""A desk with rows in every table, to look through every list."""

from __future__ import annotations

import datetime as dt
import uuid

from django.contrib.auth.models import User

from directory.curation import overrides
from directory.curation.conflicts.finding import snapshot
from directory.engagement.error_reports import receive
from directory.models import (
    Accreditation,
    AccreditationAction,
    AccreditationStatement,
    AccreditorList,
    AccreditorListChange,
    AccreditorListRow,
    AccreditorRowDecision,
    Agency,
    Body,
    CaseDecision,
    Certification,
    CertificationFact,
    ClickCount,
    Completions,
    Condition,
    ConflictDecision,
    DecisionText,
    DuplicatePair,
    DuplicateSearch,
    ErrorReport,
    FeaturedEntry,
    FeaturedList,
    FieldChange,
    FieldOutcome,
    FormerSlug,
    ImportReject,
    ImportRun,
    Link,
    LinkRun,
    LinkUse,
    ListingBatch,
    ListingChange,
    Merge,
    MissedSearch,
    Opening,
    Program,
    ProgramCharge,
    ProgramDelivery,
    ProgramFact,
    ProposalStep,
    Release,
    ReleaseProposal,
    Review,
    ReviewReply,
    ReviewReport,
    Route,
    RuleSet,
    School,
    SchoolFigure,
    Synonym,
    ZipPoint,
)
from directory.models.certification import Grade
from directory.pipeline.change_log.packing import Kind, put
from directory.pipeline.change_log.tables import watched
from directory.pipeline.refresh import refresh
from directory.vocab import (
    AccreditationStatus,
    Delivery,
    GoKind,
    Missing,
    Reliability,
    ReviewReportReason,
    ReviewRole,
    SchoolMeasure,
    Source,
)
from tests.directory.invented import fact, field_of_study, program, release, school

DAY = dt.date(2025, 9, 1)
HOUR = dt.datetime(2025, 9, 1, 4, tzinfo=dt.UTC)
PAGE = "https://maplefork.example/page"


def fill(rows: int, by: User) -> None:
    """Put so many rows into every table of the directory, each row with others of its own where it refers to any."""
    for number in range(rows):
        at = school(100001 + number, name=f"Maple Fork College {number}")
        field = field_of_study(f"51.{1000 + number}", f"Health Information {number}")
        course = program(at, field=field)
        _figures(at, course, number)
        _accreditation(at, course, number)
        exam, route, condition = _certification(number)
        Opening.objects.create(
            program=course, certification=exam, basis="stated", route=route, deciding_condition=condition
        )
        _files(number, by)
        FormerSlug.objects.create(slug=f"once-{number}", school=at)
        FormerSlug.objects.create(slug=f"once-program-{number}", program=course)
        held = overrides.correct(target=at, column="county", value="Maple", reason="They said so", by=by)
        ConflictDecision.objects.create(
            override=held, decision="keep", reason="They said so", before=snapshot(held), after=snapshot(held),
            batch=uuid.UUID(int=number), made_by=by,
        )  # fmt: skip
        overrides.correct(target=course, column="title", value=f"HIT {number}", reason="They said so", by=by)
        ClickCount.objects.create(day=DAY, kind=GoKind.APPLY, school=at, program=course, count=number)
        ClickCount.objects.create(day=DAY, kind=GoKind.VISIT, school=at, count=number)
        MissedSearch.objects.create(month=DAY.replace(day=1), digest=f"{number:032x}", text=f"maple {number}", count=3)
        FeaturedEntry.objects.create(
            featured_list=FeaturedList.objects.create(title=f"List {number}", slug=f"list-{number}", why="To look at"),
            program=course, reason="Its page says so", dated=DAY,
        )  # fmt: skip
        receive(
            report=ErrorReport(
                sent=uuid.UUID(int=number), kind="school", slug=at.slug, title=at.name, school=at, fact="county",
                label="County", said="Oak", should_be="Elm",
            )
        )  # fmt: skip
        _review(course, number, by)
        DecisionText.objects.create(kind="report", title=f"Oak {number}", text="The file says Maple.")
        CaseDecision.objects.create(
            kind="links", key=f"link-{number}", fingerprint="0" * 16, subject=f"Apply of Maple Fork College {number}",
            verb=CaseDecision.Verb.IGNORE, reason="Nobody is sent there", by=by, made_at=HOUR,
        )  # fmt: skip
        Synonym.objects.create(words=f"mapel {number}", means="maple")
        link = Link.objects.create(
            url=f"https://maplefork.example/{number}",
            host="maplefork.example",
            ask_again=HOUR,
            strikes=3,
            broken_since=DAY,
        )
        LinkUse.objects.create(link=link, kind="Apply", school=at, program=course, label=at.name)
        LinkRun.objects.create(started_at=HOUR)
        DuplicateSearch.objects.create(started_at=HOUR, ended_at=HOUR)
        batch = ListingBatch.objects.create(kind="program", way="bulk", reason=f"They said so {number}", made_by=by)
        ListingChange.objects.create(batch=batch, program=course, column="title", old="", new=f"HIT {number}")
    _doubles(by)
    refresh()
    for number, course in enumerate(Program.objects.all()):  # no rule makes these, so a refresh clears them
        exam, condition = Certification.objects.all()[number], Condition.objects.all()[number]
        Opening.objects.get_or_create(
            program=course,
            certification=exam,
            defaults={"basis": "stated", "route": condition.route, "deciding_condition": condition},
        )


def _doubles(by: User) -> None:
    """Of two schools or more each but the first may be the first one, and was once."""
    first, *others = School.objects.order_by("pk")
    for other in others:
        DuplicatePair.objects.create(school=first, other_school=other, score=80, reasons=["Near names"], found_at=HOUR)
        Merge.objects.create(school=first, gone_school=other, reason="One college", made_by=by, made_at=HOUR)


def _review(course: Program, number: int, by: User) -> None:
    """One that waits, with an answer that waits and a report that is open."""
    text, sent = (
        f"The evening classes fit around my shifts. Number {number}.",
        dt.datetime(2025, 9, 1, 12, tzinfo=dt.UTC),
    )
    writer, _ = User.objects.get_or_create(username=f"reader-{number}")
    review = Review.objects.create(
        reader=writer, program=course, role=ReviewRole.GRADUATE, year=2025, overall=4, text=text, written_at=sent,
        sent_at=sent,
    )  # fmt: skip
    ReviewReply.objects.create(review=review, domain="maplefork.example", text="Thanks.", written_at=sent, sent_at=sent)
    ReviewReport.objects.create(
        review=review, reader=by, reason=ReviewReportReason.FALSE, note=f"No {number}", made_at=sent
    )


def _figures(at: School, course: Program, number: int) -> None:
    given = release(Source.IPEDS_COMPLETIONS, "2023-24")
    Completions.objects.create(program=course, year=2024, awards=number, release=given)
    ProgramDelivery.objects.create(program=course, year=2023, delivery=Delivery.ONLINE, release=given)
    SchoolFigure.objects.create(
        school=at, measure=SchoolMeasure.TUITION_IN_STATE, year=2023, value=4_000, release=given
    )
    ProgramCharge.objects.create(
        school=at,
        cip=course.field.cip,
        position=1,
        year=2021,
        price=9_000,
        supplies_note=Missing.NOT_REPORTED,
        hours=30,
        hour_unit=2,
        months=9,
        release=given,
    )
    notes = {f"{name}_note": Missing.SUPPRESSED for name in FieldOutcome.MEASURES}
    FieldOutcome.objects.create(school=at, family=f"51.{10 + number}"[:5], credential=2, release=given, **notes)
    fact(course, ProgramFact.Kind.PROGRAM_URL, PAGE, checked_on=DAY)
    ZipPoint.objects.create(zip_code=f"{43000 + number}", city="Maple Fork", state="OH", release=given)
    FieldChange.objects.create(
        old_cip=f"51.{2000 + number}", old_title="Old", new_cip=course.field.cip, action="Moved to", release=given
    )


def _accreditation(at: School, course: Program, number: int) -> None:
    agency = Agency.objects.create(name=f"Agency {number}", acronym=f"A{number}")
    given = release(Source.DAPIP, "2020-11")
    official = Accreditation.objects.create(
        school=at,
        program=course,
        agency=agency,
        status=AccreditationStatus.ACCREDITED,
        external_key=f"key {number}",
        release=given,
    )
    Accreditation.objects.create(
        school=at, program=course, agency=agency, status=AccreditationStatus.ACCREDITED, checked_on=DAY
    )
    AccreditationAction.objects.create(accreditation=official, description="Renewed", on=DAY, release=given)
    AccreditationStatement.objects.create(
        school=at,
        program=course,
        agency=agency,
        agency_as_stated="CAHIIM",
        program_title_as_stated="HIT",
        status_as_stated="accredited",
        positive=True,
        award_level_basis="stated",
        evidence_kind="page",
        evidence_url=PAGE,
        reliability=Reliability.HIGH,
        release=given,
    )
    _accreditors_list(agency, official, number)


def _accreditors_list(agency: Agency, record: Accreditation, number: int) -> None:
    """One that waits to be applied, with a row nobody can place, a change and a decision."""
    held = AccreditorList.objects.create(
        agency=agency, file_name=f"list-{number}.csv", sha256="0" * 64, source_url=PAGE, as_of=DAY,
        header=["School", "City", "State"], columns={"school": 0, "city": 1, "state": 2},
    )  # fmt: skip
    cells = [f"Nowhere College {number}", "Nowhere", "OH"]
    AccreditorListRow.objects.create(accreditor_list=held, line=2, cells=cells, label=cells[0], found="unmatched")
    AccreditorListChange.objects.create(
        accreditor_list=held, kind="new", line=2, accreditation=record, after={"status": "accredited"}
    )
    AccreditorRowDecision.objects.create(agency=agency, key=f"{number:064x}", label=cells[0], reason="Not ours")


def _certification(number: int) -> tuple[Certification, Route, Condition]:
    body = Body.objects.create(acronym=f"B{number}", name=f"Body {number}", website=PAGE)
    exam = Certification.objects.create(
        slug=f"exam-{number}",
        acronym=f"EX{number}",
        name=f"Exam {number}",
        body=body,
        summary="Shows that a person can code.",
        issuer_url=PAGE,
        related_cips=["51.07"],
        release=release(Source.CERTIFICATIONS, "2025"),
    )
    CertificationFact.objects.create(
        certification=exam, kind="fee", text="$299", amount=299, grade=Grade.ISSUER, source_url=PAGE
    )
    rules = RuleSet.objects.create(certification=exam, as_of="2025", grade=Grade.ISSUER, source_url=PAGE)
    route = Route.objects.create(rule_set=rules, code="A", title="With a diploma")
    condition = Condition.objects.create(route=route, kind=Condition.Kind.DIPLOMA, text="A diploma")
    return exam, route, condition


def _files(number: int, by: User) -> None:
    loaded = Release.objects.create(source=Source.OEWS, vintage=f"May {2000 + number}", rank=200005 + number)
    run = ImportRun.objects.create(
        source=Source.OEWS,
        release=loaded,
        file_name=f"file-{number}.csv",
        state=ImportRun.State.APPLIED,
        started_at=dt.datetime(2025, 9, 1, 12, number % 60, tzinfo=dt.UTC),
        forced_by=by,
        rejected=1,
    )
    ImportReject.objects.create(run=run, line=number + 2, column="CTOTALT", value="x", reason="not a number")
    put(run, watched()["directory_school"], Kind.CREATED, 0, [[number, 0]])
    proposed = ReleaseProposal.objects.create(
        source=Source.OEWS, file_name=f"file-{number}.csv", sha256=f"{number:064x}", size=12, kind="csv",
        proposed_by=by, proposed_at=HOUR, queued_at=HOUR,
    )  # fmt: skip
    ProposalStep.objects.create(proposal=proposed, verb="proposed", at=HOUR, by=by)

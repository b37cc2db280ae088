"""What accreditors and pages say about a program, and the exams that follow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.db.models import BooleanField, Case, F, Q, When
from django.utils import timezone

from directory.models import Accreditation, AccreditationStatement, Listing, Opening, Program
from directory.profiles.reviews import next_review
from directory.profiles.standing_papers import StandingPapers
from directory.vocab import PROGRAM_ACCREDITOR, STANDING_OF, LevelGroup, Standing

#: Award -> the exam that asks for CAHIIM accreditation at that level.
EXAM_OF_LEVEL: Final = {
    LevelGroup.ASSOCIATE: "RHIT",
    LevelGroup.BACHELORS: "RHIA",
    LevelGroup.MASTERS: "RHIA",
}
#: Fields that CAHIIM reviews; a medical office program need not be told of the RHIT.
REVIEWED_FIELDS: Final = ("51.0706", "51.0707")


class Decision(NamedTuple):
    """What an accreditor decided on a day; `on_text` where the date as published is none."""

    on: dt.date | None
    on_text: str
    description: str
    reason: str


DECISION: Final = ("on", "on_text", "description", "reason")


def before_applying(listing: Listing) -> str:
    """The costly mistake, said in time: an exam that asks for accreditation which nobody has confirmed here."""
    exam = EXAM_OF_LEVEL.get(LevelGroup(listing.level))
    if exam is None or listing.cip not in REVIEWED_FIELDS or listing.standing == Standing.ACCREDITED:
        return ""
    here = (
        "and by CAHIIM’s own record this one is not"
        if listing.standing == Standing.NOT_ACCREDITED
        else "and that is not confirmed for this one"
    )
    return (
        f"the {exam} exam asks for a program that CAHIIM has accredited, {here}. "
        "Ask CAHIIM and the school before you enroll."
    )


def accreditations(program: Program) -> Sequence[Accreditation]:
    """Records of this program, also those that have ended, and what runs for the whole school.

    Each with `is_over`: its end has come, so its status is what the accreditor said before; with `is_stale`: nobody
    has asked the accreditor within the review interval; with `is_no`: its status is none of being accredited, so it
    does not hold since its first day; with `review`, the next one in words, or that it was due; and with
    `decisions`, its history, the newest first. One query.
    """
    today = timezone.localdate()
    running = Q(ended_on=None) | Q(ended_on__gt=today)
    of_the_school = Q(school=program.school, program=None, program_name="") & running
    rows = (
        Accreditation.objects.filter(Q(program=program) | of_the_school)
        .annotate(is_over=Case(When(ended_on__lte=today, then=True), default=False, output_field=BooleanField()))
        # A record is repeated for each of its decisions: a handful of rows, for which a second query would cost more.
        .annotate(**{f"action_{name}": F(f"actions__{name}") for name in ("pk", *DECISION)})
        .select_related("agency", "release")
        .order_by("-program_id", "is_over", "agency__name", "-checked_on", "pk", "-actions__on", "actions__pk")
    )
    records = list(_with_decisions(rows))
    for record in records:
        words = next_review(record.next_review, today, of_a_file=record.release is not None)
        record.review = words  # type: ignore[attr-defined]  # for the page
        stale = bool(record.checked_on and (today - record.checked_on).days > settings.ACCREDITATION_REVIEW_DAYS)
        record.is_stale = stale  # type: ignore[attr-defined]
        said_no = STANDING_OF[record.status] == Standing.NOT_ACCREDITED
        record.is_no = said_no  # type: ignore[attr-defined]
    return records


def _with_decisions(rows: Iterable[Any]) -> Iterator[Accreditation]:
    """Each record once, with the decisions of its rows."""
    for _, same in groupby(rows, key=lambda row: row.pk):
        several = list(same)
        record = several[0]
        record.decisions = [
            Decision(*(getattr(row, f"action_{name}") for name in DECISION))
            for row in several
            if row.action_pk is not None
        ]
        yield record


def papers(
    program: Program, records: Iterable[Accreditation], said: Iterable[AccreditationStatement]
) -> StandingPapers:
    """Who says how it stands, from `accreditations` and what pages state; the same as `standing_papers` would read."""
    return StandingPapers.of(
        checks=[
            (program.pk, row.checked_on, row.evidence_url)
            for row in sorted(records, key=lambda row: row.pk)
            if row.program_id == program.pk and row.agency.acronym == PROGRAM_ACCREDITOR and row.checked_on is not None
        ],
        statements=[
            (program.pk, row.evidence_date, row.evidence_url)
            for row in sorted(said, key=lambda row: row.pk)
            if row.agency is not None
            and row.agency.acronym == PROGRAM_ACCREDITOR
            and row.positive
            and not row.historical
        ],
    )


def openings(program: Program) -> Any:
    """The exams that it opens, each with its body, the route and the condition that decides."""
    return (
        Opening.objects.filter(program=program)
        .select_related("certification__body", "route__rule_set", "deciding_condition")
        .order_by("certification__order", "certification__acronym")
    )

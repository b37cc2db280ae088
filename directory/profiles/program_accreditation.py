"""What accreditors and pages say about a program, and the exams that follow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.db.models import BooleanField, Case, Q, When
from django.utils import timezone

from directory.models import Accreditation, AccreditationStatement, Listing, Opening, Program
from directory.profiles.reviews import next_review
from directory.vocab import LevelGroup, Standing

#: Award -> the exam that asks for CAHIIM accreditation at that level.
EXAM_OF_LEVEL: Final = {
    LevelGroup.ASSOCIATE: "RHIT",
    LevelGroup.BACHELORS: "RHIA",
    LevelGroup.MASTERS: "RHIA",
}
#: Fields that CAHIIM reviews; a medical office program need not be told of the RHIT.
REVIEWED_FIELDS: Final = ("51.0706", "51.0707")


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

    Each with `is_over`: its end has come, so its status is what the accreditor said before; and with `review`, the
    next one in words, or that it was due.
    """
    today = timezone.localdate()
    running = Q(ended_on=None) | Q(ended_on__gt=today)
    of_the_school = Q(school=program.school, program=None, program_name="") & running
    records = list(
        Accreditation.objects.filter(Q(program=program) | of_the_school)
        .annotate(is_over=Case(When(ended_on__lte=today, then=True), default=False, output_field=BooleanField()))
        .select_related("agency", "release")
        .prefetch_related("actions")
        .order_by("-program_id", "is_over", "agency__name", "-checked_on", "pk")
    )
    for record in records:
        words = next_review(record.next_review, today, of_a_file=record.release is not None)
        record.review = words  # type: ignore[attr-defined]  # for the page
    return records


def statements(program: Program) -> Any:
    """What pages state, the newest dated one first."""
    return (
        AccreditationStatement.objects.filter(program=program).select_related("agency").order_by("-evidence_date", "pk")
    )


def openings(program: Program) -> Any:
    """The exams that it opens, each with its body, the route and the condition that decides."""
    return (
        Opening.objects.filter(program=program)
        .select_related("certification__body", "route__rule_set", "deciding_condition")
        .order_by("certification__order", "certification__acronym")
    )

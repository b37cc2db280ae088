"""What to say of an exam that is asked for: its former name, and why no program opens it by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from directory.filters.question import QuestionFilter
from directory.models import Certification, Condition

Kind = Condition.Kind
#: What a route may ask for that no program is.
BESIDE: Final = {
    Kind.EXPERIENCE: "work in the field",
    Kind.COURSE: "a practicum",
    Kind.CREDENTIAL: "another credential",
}


def exam_notes(chosen: QuestionFilter) -> Iterator[str]:
    """Sentences; asks the database only of an exam by another name, or of one that nothing opens."""
    for exam in Certification.objects.filter(slug__in=slugs) if (slugs := _renamed(chosen)) else ():
        if exam.former_name:
            yield f"The {exam.acronym} was named {exam.former_name}."
    for exam in unopened(chosen):
        yield _why_not(exam)


def unopened(chosen: QuestionFilter) -> list[Certification]:
    """The exams asked for that no listed program opens, whatever else is chosen."""
    asked = chosen.chosen("leads_to")
    if not asked:
        return []
    columns = chosen.snapshot.columns
    opens = columns.combinations.opens
    opened = {slug for at, slug in enumerate(columns.certifications) if opens[:, at].any()}
    slugs = [slug for slug in asked if slug not in opened]
    return list(Certification.objects.filter(slug__in=slugs)) if slugs else []


def _renamed(chosen: QuestionFilter) -> list[str]:
    """The exams that the text names by something else than what they are called."""
    if chosen.understood is None:
        return []
    acronyms = chosen.snapshot.columns.acronyms
    return [
        slug
        for each in chosen.understood.inferred
        if each.name == "leads_to"
        for slug in each.values
        if acronyms.get(slug, "").casefold() not in each.said.casefold()
    ]


def _why_not(exam: Certification) -> str:
    asked = Condition.objects.filter(
        route__rule_set__certification=exam, route__rule_set__valid_to__isnull=True, required=True
    )
    known = dict(asked.order_by("confirmed").values_list("kind", "confirmed"))
    if not any(known.values()):
        return f"Who may sit for the {exam.acronym} is not confirmed, so we say of no program that it opens the exam."
    beside = [words for kind, words in BESIDE.items() if kind in known]
    if not beside:
        return f"No program listed here opens the {exam.acronym}."
    return f"No program opens the {exam.acronym} by itself: besides a program it asks for {' or '.join(beside)}."

"""The nets that pages show: the whole map, and what lies around one exam, one program or one occupation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from careers.models import FieldOccupation, Occupation
from careers.pathways.facts import Facts, facts_of_program, our_fields, read_facts, taught
from careers.pathways.net import net, single
from careers.pathways.starts import Start, by_field_and_level, by_level
from careers.profiles.panel import Work, work_of_field
from directory.models import Certification, FieldOfStudy, Opening, Program
from directory.profiles.program_accreditation import openings
from directory.vocab import DEFAULT_CIPS, LEVEL_GROUP


def whole_map(fields: Sequence[FieldOfStudy]) -> dict[str, Any]:
    """The net of some fields; seven queries."""
    facts = read_facts([field.cip for field in fields])
    return net(facts, by_field_and_level(facts, {field.cip: field.title for field in fields}))


def taught_fields() -> list[FieldOfStudy]:
    """The fields that the map can be narrowed to; two queries."""
    return list(FieldOfStudy.objects.filter(cip__in=our_fields()).order_by("title"))


def around_certification(certification: Certification) -> dict[str, Any]:
    """Which awards open the exam, and the work after its fields; seven queries."""
    facts = read_facts(taught(certification.related_cips), exam=certification)
    return net(facts, by_level(facts, leads_to=certification.slug), only=certification)


def around_program(program: Program) -> dict[str, Any]:
    """The exams that one program opens, and the work that its field prepares for; eight queries."""
    return net(read_facts([program.field.cip]), [_this(program, openings(program))])


def line_of_program(
    program: Program, opened: Sequence[Opening] | None = None, work: Work | None = None
) -> dict[str, Any]:
    """The same as one line, which shows no other program, no career and no exam that stays closed.

    Asks for what it is not given: `opened` of `openings`, `work` of `work_of_field`; four queries at most.
    """
    field = program.field
    opened = openings(program) if opened is None else opened
    facts = facts_of_program(field, [each.certification for each in opened], work or work_of_field(field))
    return net(facts, [_this(program, opened)])


def _this(program: Program, opened: Iterable[Opening]) -> Start:
    return Start(
        "stop-this-program",
        str(LEVEL_GROUP[program.award_level]),
        (program.field.cip,),
        program.display_title,
        opened={each.certification_id: single(each.basis) for each in opened},
    )


def around_occupation(occupation: Occupation) -> dict[str, Any]:
    """Which awards and exams lead to one occupation; eight queries.

    Where the crosswalk names many fields, those of the product alone: a net of forty fields shows nothing.
    """
    named = list(FieldOccupation.objects.filter(occupation=occupation).values_list("field__cip", flat=True))
    return towards(read_facts(ours_first(named)), occupation)


def ours_first(cips: Sequence[str]) -> list[str]:
    """Of some fields those of the product, all of them where none is."""
    return [cip for cip in cips if cip in DEFAULT_CIPS] or list(cips)


def towards(facts: Facts, occupation: Occupation) -> dict[str, Any]:
    """The net of awards and exams that lead to one occupation; asks nothing of the database."""
    return net(facts, by_level(facts), work=occupation.soc)

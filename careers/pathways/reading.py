"""The nets that pages show: the whole map, and what lies around one exam, one program or one occupation."""

from __future__ import annotations

from typing import Any

from careers.models import FieldOccupation, Occupation
from careers.pathways.facts import our_fields, read_facts, taught
from careers.pathways.net import net, single
from careers.pathways.starts import Start, by_field_and_level, by_level
from directory.models import Certification, FieldOfStudy, Opening, Program
from directory.vocab import DEFAULT_CIPS, LEVEL_GROUP


def whole_map(cip: str = "") -> dict[str, Any]:
    """The net of every field of ours that is taught, or of one field; eleven queries."""
    facts = read_facts([cip] if cip else our_fields())
    return net(facts, by_field_and_level(facts))


def taught_fields() -> list[FieldOfStudy]:
    """The fields that the map can be narrowed to; two queries."""
    return list(FieldOfStudy.objects.filter(cip__in=our_fields()).order_by("title"))


def around_certification(certification: Certification) -> dict[str, Any]:
    """Which awards open the exam, and the work after its fields; eleven queries."""
    facts = read_facts(taught(certification.related_cips))
    return net(facts, by_level(facts, leads_to=certification.slug), only=certification)


def around_program(program: Program) -> dict[str, Any]:
    """The exams that one program opens, and the work that its field prepares for; eleven queries."""
    facts = read_facts([program.field.cip])
    opened = Opening.objects.filter(program=program).values_list("certification", "basis")
    level = str(LEVEL_GROUP[program.award_level])
    start = Start(
        "stop-this-program",
        level,
        (program.field.cip,),
        program.display_title,
        opened={pk: single(basis) for pk, basis in opened},
    )
    return net(facts, [start])


def around_occupation(occupation: Occupation) -> dict[str, Any]:
    """Which awards and exams lead to one occupation; eleven queries.

    Where the crosswalk names many fields, those of the product alone: a net of forty fields shows nothing.
    """
    named = list(FieldOccupation.objects.filter(occupation=occupation).values_list("field__cip", flat=True))
    ours = [cip for cip in named if cip in DEFAULT_CIPS]
    facts = read_facts(ours or named)
    return net(facts, by_level(facts), work=occupation.soc)

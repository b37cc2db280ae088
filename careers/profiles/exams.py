"""The certifications that belong to a career: those its guide names, then those meant for graduates of its fields."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from careers.profiles.guide import GuideView
from careers.vocab import Section
from directory.models import Certification

#: How the text of a guide leads to the page of an exam.
LINK: Final = re.compile(r'href="/certifications/([a-z0-9-]+)/"')


def exams_part(cips: Sequence[str], view: GuideView) -> dict[str, Any]:
    """{exams, more_exams, every_exam}: named in the guide's section in its order, the others, and all; one query.

    Without a guide, or where it names none, all stand in `exams`: the crosswalk alone cannot tell which matter.
    """
    fields = set(cips)
    section = view.sections.get(Section.CERTIFICATION)
    order = list(dict.fromkeys(LINK.findall(str(section.intro)))) if section else []
    every = list(Certification.objects.select_related("body").order_by("order", "acronym"))
    named = sorted((exam for exam in every if exam.slug in order), key=lambda exam: order.index(exam.slug))
    others = [exam for exam in every if exam.slug not in order and fields.intersection(exam.related_cips)]
    return {"exams": named or others, "more_exams": others if named else [], "every_exam": every}

"""The small pathway nets of other pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template

from careers.decision.page import canonical
from careers.models import Occupation
from careers.pathways import reading
from careers.profiles.panel import Work
from directory.models import Certification, Opening, Program

register = template.Library()


@register.inclusion_tag("careers/pathway_net.html")
def pathway(
    *,
    certification: Certification | None = None,
    program: Program | None = None,
    occupation: Occupation | None = None,
    goal: str = "",
    heading: str = "h3",
    line: bool = False,
    openings: Sequence[Opening] | None = None,
    work: Work | None = None,
) -> dict[str, Any]:
    """What lies around one exam, one program or one occupation (name one of them); eight queries at most.

    `goal` is the slug of a career, for the link to the comparison of the two awards; an exam and an occupation are
    their own goals. `heading` is the element over each column. `line` draws a program as one line of three stops,
    and asks nothing of the database when the page has read the program's `openings` and its field's `work`.
    Nothing is drawn where nothing leads anywhere.
    """
    if certification is not None:
        net = reading.around_certification(certification)
    elif program is not None and line:
        net = reading.line_of_program(program, openings, work)
    elif program is not None:
        net = reading.around_program(program)
    elif occupation is not None:
        net = reading.around_occupation(occupation)
    else:
        raise template.TemplateSyntaxError("pathway needs a certification, a program or an occupation")
    return {"net": net, "heading": heading, "line": line, "choice": _choice(certification, occupation, goal)}


def _choice(certification: Certification | None, occupation: Occupation | None, goal: str) -> dict[str, str]:
    if certification is not None:
        return {
            "url": canonical(certification.slug),
            "label": f"Certificate or associate degree for the {certification.acronym}?",
        }
    slug = goal or (occupation.slug if occupation else "")
    return {"url": canonical(slug), "label": "Certificate or associate degree? Put them side by side"}

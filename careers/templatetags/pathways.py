"""The small pathway nets of other pages."""

from __future__ import annotations

from typing import Any

from django import template

from careers.models import Occupation
from careers.pathways import reading
from directory.models import Certification, Program

register = template.Library()


@register.inclusion_tag("careers/pathway_net.html")
def pathway(
    *,
    certification: Certification | None = None,
    program: Program | None = None,
    occupation: Occupation | None = None,
    heading: str = "h3",
) -> dict[str, Any]:
    """What lies around one exam, one program or one occupation (name one of them); eleven queries at most.

    `heading` is the element over each column. Nothing is drawn where nothing leads anywhere.
    """
    if certification is not None:
        net = reading.around_certification(certification)
    elif program is not None:
        net = reading.around_program(program)
    elif occupation is not None:
        net = reading.around_occupation(occupation)
    else:
        raise template.TemplateSyntaxError("pathway needs a certification, a program or an occupation")
    return {"net": net, "heading": heading}

"""When a program pays for itself, for its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.http import QueryDict
from django.template import Context

from careers.payback import panel
from careers.profiles.panel import Work
from directory.models import Program

register = template.Library()


@register.inclusion_tag("careers/payback/panel.html", takes_context=True)
def payback_panel(
    context: Context, *, program: Program, work: Work, cost_rows: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """The panel with the assumptions of the address; no query. `work` is read for the state of the school."""
    request = context.get("request")
    return panel.payback_panel(program, work, cost_rows, request.GET if request else QueryDict())

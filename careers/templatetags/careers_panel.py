"""A panel for pages outside of careers: what a field of study leads to."""

from __future__ import annotations

from typing import Any

from django import template

from careers.profiles import panel
from careers.profiles.panel import Work
from directory.models import FieldOfStudy

register = template.Library()


@register.simple_tag
def work_of_field(field_of_study: FieldOfStudy, usps: str = "") -> Work:
    """What the field leads to, with pay in the nation and in one state, for several tags of one page; three queries."""
    return panel.work_of_field(field_of_study, usps)


@register.inclusion_tag("careers/panel.html")
def careers_for_field(field_of_study: FieldOfStudy, work: Work | None = None) -> dict[str, Any]:
    """Occupations that the CIP–SOC crosswalk names for the field, with national pay; no query when given `work`."""
    return panel.field_panel(field_of_study, work)

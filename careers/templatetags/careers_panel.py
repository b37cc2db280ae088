"""A panel for pages outside of careers: what a field of study leads to."""

from __future__ import annotations

from typing import Any

from django import template

from careers.profiles.panel import field_panel
from directory.models import FieldOfStudy

register = template.Library()


@register.inclusion_tag("careers/panel.html")
def careers_for_field(field_of_study: FieldOfStudy) -> dict[str, Any]:
    """Occupations that the CIP–SOC crosswalk names for the field, with national pay; four queries."""
    return field_panel(field_of_study)

"""What students say, for the page of a program."""

from __future__ import annotations

from typing import Any

from django import template

from directory.models import Program
from directory.profiles.student_reviews import review_summary

register = template.Library()


@register.inclusion_tag("directory/reviews/summary.html")
def reviews_of(program: Program) -> dict[str, Any]:
    """The block of the program's page: means once there are enough, the bare count before; one query."""
    return {"summary": review_summary(program)}

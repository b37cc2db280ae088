"""What students say, for the page of a program."""

from __future__ import annotations

from typing import Any

from django import template

from directory.profiles.student_reviews import Summary

register = template.Library()


@register.inclusion_tag("directory/reviews/summary.html")
def reviews_of(summary: Summary) -> dict[str, Any]:
    """The block of the program's page: means once there are enough, the bare count before."""
    return {"summary": summary}

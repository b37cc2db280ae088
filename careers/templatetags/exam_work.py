"""What exams lead to, for pages of the directory that compare them."""

from __future__ import annotations

from collections.abc import Sequence

from django import template

from careers.models import Occupation
from careers.profiles.exam_work import work_by_exam as read
from directory.models import Certification

register = template.Library()


@register.simple_tag
def work_by_exam(certifications: Sequence[Certification]) -> dict[str, list[Occupation]]:
    """Slug -> occupations, for all exams of a page in one query."""
    return read(certifications)


@register.filter
def of(work: dict[str, list[Occupation]], slug: str) -> list[Occupation]:
    """The occupations of one exam."""
    return work.get(slug, [])

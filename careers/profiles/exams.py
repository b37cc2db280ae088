"""The certifications that are meant for graduates of the fields that lead to an occupation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from directory.models import Certification


def exams_part(cips: Sequence[str]) -> dict[str, Any]:
    """{exams}: certifications with a field among these, in their usual order; one query."""
    fields = set(cips)
    found = Certification.objects.select_related("body").order_by("order", "acronym")
    return {"exams": [exam for exam in found if fields.intersection(exam.related_cips)]}

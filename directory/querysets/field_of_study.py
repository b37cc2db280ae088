"""Reads of fields of study."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Length

FULL_CIP = 7  # "51.0707"


def cip_condition(cips: Iterable[str], *, column: str = "cip") -> Q:
    """Rows whose CIP is one of the codes, or belongs to one of the families or series ("51.0707", "51.07", "51").

    An empty list matches nothing; callers that mean "all" do not ask.
    """
    condition = Q(pk__in=[])
    for cip in cips:
        condition |= Q((column, cip)) if len(cip) == FULL_CIP else Q((f"{column}__startswith", cip))
    return condition


class FieldOfStudyQuerySet(QuerySet[Any]):
    def six_digit(self) -> FieldOfStudyQuerySet:
        """What a program can be; series and families are only headings."""
        return self.annotate(digits=Length("cip")).filter(digits=FULL_CIP)

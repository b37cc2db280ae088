"""Filters of the lists whose choices are ours and not a scan of the table."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import ChoicesFieldListFilter, SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest

from directory.vocab import STATES


class InState(SimpleListFilter):
    """Schools in a state."""

    title = "state"
    parameter_name = "in"
    path = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(STATES.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(**{self.path: self.value()}) if self.value() in STATES else queryset


class OnTheLists(ChoicesFieldListFilter):
    """Where a program stands, by another name than the state that its school is in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = "place on the lists"


class SchoolInState(InState):
    """Rows whose school is in a state."""

    path = "school__state"

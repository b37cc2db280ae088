"""Filters of the queue of reported errors: what waits, for how long, and what has to be read."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from directory.curation.worklists.case import counted
from directory.vocab import ReportState


class Open(admin.SimpleListFilter):
    """What is not decided, unless somebody asks for the rest."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [*ReportState.choices, ("all", "All")]

    def choices(self, changelist: Any) -> Any:
        first, *rest = super().choices(changelist)
        yield {**first, "display": "Open: received or checking"}
        yield from rest

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "all":
            return queryset
        return queryset.filter(state=self.value()) if self.value() else queryset.filter(decided_at=None)


class Age(admin.SimpleListFilter):
    """How the age of what is open stands to the service target."""

    title = "age"
    parameter_name = "age"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        target = counted(settings.CORRECTION_TARGET_DAYS, "day")
        return [("late", f"Older than {target}"), ("soon", "Due within 3 days"), ("new", "From the last 24 hours")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        now = timezone.now()
        due = now - dt.timedelta(days=settings.CORRECTION_TARGET_DAYS)
        if self.value() == "late":
            return queryset.filter(decided_at=None, received_at__lt=due)
        if self.value() == "soon":
            return queryset.filter(decided_at=None, received_at__range=(due, due + dt.timedelta(days=3)))
        if self.value() == "new":
            return queryset.filter(received_at__gt=now - dt.timedelta(days=1))
        return queryset


class ToRead(admin.SimpleListFilter):
    """Words that nobody has read yet, which readers cannot see before."""

    title = "what is to be read"
    parameter_name = "read"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("words", "A reader’s words"), ("reply", "A school’s reply")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "words":
            return queryset.filter(words_shown=None)
        if self.value() == "reply":
            return queryset.filter(~Q(reply=""), reply_shown=None)
        return queryset

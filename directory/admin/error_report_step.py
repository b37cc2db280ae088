"""What was done about reported errors, over all of them."""

from __future__ import annotations

from django.contrib import admin

from directory.admin.base import ReadOnlyAdmin
from directory.models import ErrorReportStep


@admin.register(ErrorReportStep)
class ErrorReportStepAdmin(ReadOnlyAdmin):
    """What readers saw of a report and when, over all of them."""

    list_display = ("report", "state", "at", "by")
    list_filter = ("state",)
    search_fields = ("report__reference", "report__title", "words")
    date_hierarchy = "at"
    ordering = ("-at", "-pk")
    select = ("report", "by")

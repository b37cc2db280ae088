"""Who said what about which case of a worklist, and when: the history of all of them."""

from __future__ import annotations

from django.contrib import admin

from directory.admin.base import ReadOnlyAdmin
from directory.curation.worklists.board import kinds
from directory.models import CaseDecision


@admin.register(CaseDecision)
class CaseDecisionAdmin(ReadOnlyAdmin):
    """Written on the pages of the worklists, kept for good."""

    list_display = ("subject", "worklist", "verb", "given_to", "until", "reason", "by", "made_at", "stands")
    list_filter = ("verb", "stands")
    search_fields = ("subject", "reason", "kind", "key")
    date_hierarchy = "made_at"
    ordering = ("-made_at", "-pk")
    select = ("by", "assignee")
    fields = ("subject", "worklist", "key", "verb", "assignee", "until", "reason", "by", "made_at", "stands")

    @admin.display(description="worklist", ordering="kind")
    def worklist(self, row: CaseDecision) -> str:
        kind = kinds().get(row.kind)
        return kind.label if kind else row.kind

    @admin.display(description="given to", ordering="assignee__username", empty_value="–")
    def given_to(self, row: CaseDecision) -> object:
        return row.assignee

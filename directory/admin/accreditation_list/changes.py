"""What lists changed, and what curators said of their rows: to be read, and a decision to be taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from directory.admin.base import CuratedAdmin, ReadOnlyAdmin, column
from directory.models import AccreditorListChange, AccreditorRowDecision


@admin.register(AccreditorListChange)
class ChangeAdmin(ReadOnlyAdmin):
    list_display = ("accreditor_list", column("kind"), "line", "about", "before_and_after")
    list_filter = ("kind",)
    search_fields = ("accreditor_list__agency__acronym", "accreditation__school__name", "fact__program__school__name")
    ordering = ("-pk",)
    select = (
        "accreditor_list__agency", "accreditation__agency", "accreditation__school", "fact__program__school",
        "fact__program__field",
    )  # fmt: skip

    @admin.display(description="about")
    def about(self, change: AccreditorListChange) -> str:
        if change.accreditation:
            return f"{change.accreditation.school}: {change.accreditation}"
        return f"{change.fact.program.school}: {change.fact}" if change.fact else "–"

    @admin.display(description="before and after")
    def before_and_after(self, change: AccreditorListChange) -> str:
        before, name = change.before or {}, "value" if change.fact_id else "status"
        return f"{before.get(name) or 'nothing'} → {change.after.get(name)}"


@admin.register(AccreditorRowDecision)
class DecisionAdmin(CuratedAdmin):
    """Made on the page of a row. Deleted, it is asked again with the next list."""

    list_display = ("label", "agency", "meant", "reason", "made_by", "made_at")
    list_filter = (("school", admin.EmptyFieldListFilter),)
    search_fields = ("label", "agency__acronym", "agency__name", "reason", "school__name")
    ordering = ("-made_at", "-pk")
    select = ("agency", "school", "program__field", "made_by")
    readonly_fields = ("made_by", "made_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="it is")
    def meant(self, decision: AccreditorRowDecision) -> str:
        return "dismissed" if decision.dismissed else str(decision.program or decision.school)

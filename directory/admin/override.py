"""Corrections: who changed which official value and why, and the way back."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import path

from directory.admin.base import CuratedAdmin, ReadOnlyInline, person
from directory.admin.conflicts import desk as conflicts
from directory.admin.imports import OneAtATime
from directory.admin.labels import LABELS
from directory.curation.overrides import give_up
from directory.curation.worklists.case import counted
from directory.models import Override, Program
from directory.pipeline.refresh import refresh


def plainly(value: Any) -> str:
    """A value out of JSON as a person would write it."""
    words = {None: "not known", "": "nothing", True: "yes", False: "no"}
    return words[value] if isinstance(value, bool) or value in (None, "") else str(value)


class InPlainWords:
    """Columns of a correction as people read them."""

    @admin.display(description="Column")
    def corrected_column(self, override: Override) -> str:
        """The column in the words of the form that corrects it."""
        field = override.target._meta.get_field(override.column)
        return LABELS.get(override.column, str(getattr(field, "verbose_name", override.column)))

    @admin.display(description="Our value")
    def our_value(self, override: Override) -> str:
        return plainly(override.value)

    @admin.display(description="Official value")
    def official(self, override: Override) -> str:
        return plainly(override.official_value)


class CorrectionsInline(InPlainWords, ReadOnlyInline):
    """What staff corrected on a school or a program, whichever the page is about."""

    model = Override
    fields = (
        *("corrected_column", "our_value", "official", "reason", "made_by", "made_at"),
        *("conflict_since", "active"),
    )
    select = ("made_by", "school", "program__field")
    verbose_name_plural = "Corrections (open one to let the official value stand again)"


@admin.register(Override)
class OverrideAdmin(InPlainWords, OneAtATime, CuratedAdmin):
    """Made by editing a school or a program, so there is no form to add one; given up, never deleted."""

    change_form_template = "admin/directory/override_change_form.html"
    change_list_template = "admin/directory/override_change_list.html"
    list_display = (
        *("target", "corrected_column", "our_value", "official"),
        *("short_reason", "made_by", "made_at", "conflict_since", "active"),
    )
    list_filter = ("active", ("conflict_since", admin.EmptyFieldListFilter), "column")
    search_fields = ("school__name", "program__school__name", "program__title", "column", "reason")
    date_hierarchy = "made_at"
    ordering = ("-made_at", "-pk")
    select = ("school", "program__field", "program__school", "made_by")
    actions = ("use_the_official_value",)
    readonly_fields = (
        *("school", "program", "corrected_column", "our_value", "official"),
        *("made_by", "made_at", "conflict_since", "active"),
    )
    fieldsets = (
        (None, {"fields": ("school", "program", "corrected_column", "our_value", "official", "active")}),
        (
            "Why",
            {
                "fields": ("reason", "evidence_url", "review_by"),
                "description": "Readers see the reason, word for word, and the link beside the corrected fact.",
            },
        ),
        ("When", {"fields": ("made_by", "made_at", "conflict_since")}),
    )

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(partial(conflicts.view, self))
        return [path("conflicts/", view, name="directory_override_conflicts"), *super().get_urls()]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_give_up_permission(self, request: HttpRequest) -> bool:
        """Giving one up changes the listing too."""
        user = request.user
        allowed = user.has_perm("directory.change_school") and user.has_perm("directory.change_program")
        return self.has_change_permission(request) and allowed

    @admin.display(description="reason")
    def short_reason(self, override: Override) -> str:
        return override.reason if len(override.reason) <= 60 else f"{override.reason[:59]}…"

    @admin.action(description="Use the official value again", permissions=["give_up"])
    def use_the_official_value(self, request: HttpRequest, queryset: QuerySet) -> None:
        given_up = self._give_up(request, [row for row in queryset if row.active])
        words = f"The official value stands again for {counted(given_up, 'correction')}."
        self.message_user(request, words, messages.SUCCESS)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        obj = context.get("original")
        context["can_give_up"] = bool(obj and obj.active and self.has_give_up_permission(request))
        return super().render_change_form(request, context, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Override) -> HttpResponse:
        if "_give_up" in request.POST:
            if not self.has_give_up_permission(request):
                raise PermissionDenied  # undoes what the form has saved, too: it is one transaction
            self._give_up(request, [obj])
            self.message_user(request, "The official value stands again.", messages.SUCCESS)
        return super().response_change(request, obj)

    def _give_up(self, request: HttpRequest, rows: list[Override]) -> int:
        with transaction.atomic():
            for row in rows:
                give_up(override=row, by=person(request), why="Given up in the admin")
            refresh({_school_of(row) for row in rows})
        return len(rows)


def _school_of(override: Override) -> int:
    target = override.target
    return target.school_id if isinstance(target, Program) else target.pk

"""Certifications and the bodies that issue them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from directory.admin.base import CuratedAdmin, DeskInline, column
from directory.admin.imports import OneAtATime
from directory.admin.rules import RuleSetInline
from directory.admin.rules_desk import RulesAdmin
from directory.admin.rules_form import CertificationForm
from directory.admin.rules_gaps import emptied_conditions
from directory.curation import by_hand
from directory.models import Body, Certification, CertificationFact
from directory.pipeline.refresh import refresh_names


class CertificationFactInline(DeskInline, admin.StackedInline):
    model = CertificationFact
    fields = (("order", "kind", "text"), ("amount", "member_amount"), ("grade", "as_of", "source_url"))
    verbose_name_plural = "About the exam"


@admin.register(Certification)
class CertificationAdmin(CuratedAdmin, RulesAdmin):
    form = CertificationForm
    list_display = ("acronym", "name", "body", "slug", "order")
    list_filter = ("body",)
    search_fields = ("acronym", "name", "former_name", "slug")
    ordering = ("order", "acronym")
    select = ("body", "release")
    autocomplete_fields = ("body",)
    inlines = (CertificationFactInline, RuleSetInline)
    readonly_fields = ("release",)
    fieldsets = (
        (None, {"fields": (("acronym", "slug"), "name", "former_name", "body", "order")}),
        ("In words", {"fields": ("summary", "issuer_url")}),
        ("Programs", {"fields": ("related_cips",)}),
        ("Where it comes from", {"fields": ("release",)}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        # The slug is a public address that others link to, and no table remembers former ones of exams.
        return (*super().get_readonly_fields(request, obj), *(("slug",) if obj else ()))

    def save_model(self, request: HttpRequest, obj: Certification, form: Any, change: bool) -> None:
        if not obj.release_id:
            obj.release = by_hand.staff_release(timezone.localdate().year)
        super().save_model(request, obj, form, change)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        rows, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return rows, counts, lacking, [*protected, *emptied_conditions(objs)]


@admin.register(CertificationFact)
class CertificationFactAdmin(CuratedAdmin):
    list_display = ("certification", column("kind"), "text", "amount", column("grade"), "as_of")
    list_filter = ("kind", "grade", "certification")
    search_fields = ("certification__acronym", "text")
    ordering = ("certification__order", "order", "pk")
    select = ("certification",)
    autocomplete_fields = ("certification",)


@admin.register(Body)
class BodyAdmin(OneAtATime, CuratedAdmin):
    """People search for exams by who issues them, too."""

    list_display = ("acronym", "name", "website")
    search_fields = ("acronym", "name")
    ordering = ("acronym",)

    def save_model(self, request: HttpRequest, obj: Body, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and form.changed_data:
            refresh_names()

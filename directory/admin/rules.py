"""Who may sit an exam: dated rule sets, their routes, and the conditions of each route."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest

from directory.admin.base import CuratedAdmin, DeskAdmin, DeskInline, column
from directory.admin.code_fields import AwardLevelsField, CipListField
from directory.admin.imports import OneAtATime
from directory.models import Condition, Opening, Route, RuleSet
from directory.pipeline.refresh import refresh


class RuleSetInline(DeskInline, admin.StackedInline):
    model = RuleSet
    fields = (("valid_from", "valid_to"), ("as_of", "grade", "source_url"))
    verbose_name_plural = "Rules (open one for its routes)"


class RouteInline(DeskInline, admin.TabularInline):
    model = Route
    fields = ("order", "code", "title")
    verbose_name_plural = "Routes (open one for its conditions)"


class ConditionForm(forms.ModelForm):
    class Media:
        css = {"all": ("css/desk.css",)}

    award_levels = AwardLevelsField(help_text="Any of these is enough.")
    cips = CipListField(label="CIP codes")


class ConditionInline(DeskInline, admin.StackedInline):
    model = Condition
    form = ConditionForm
    autocomplete_fields = ("agency", "credentials")
    fields = (
        ("order", "kind", "required", "confirmed"),
        *("text", "award_levels"),
        *(("cips", "agency"), ("experience_kind", "months", "hours"), ("credits", "course"), "credentials"),
    )


class RulesAdmin(OneAtATime, DeskAdmin):
    """Any part of the rules: which programs open which exams follows at once. No listing depends on it."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if form.has_changed() or any(formset.has_changed() for formset in formsets):
            refresh(school_ids=())

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        refresh(school_ids=())

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        with transaction.atomic():  # unlike a single deletion, an action comes without one
            super().delete_queryset(request, queryset)
            refresh(school_ids=())

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Openings are worked out anew, so that nobody needs a permission to delete them along."""
        rows, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return rows, counts, lacking - {Opening._meta.verbose_name}, protected


@admin.register(RuleSet)
class RuleSetAdmin(CuratedAdmin, RulesAdmin):
    list_display = ("certification", "as_of", column("grade"), "valid_from", "valid_to", "source_url")
    list_filter = ("grade", "certification")
    search_fields = ("certification__acronym", "certification__name", "as_of", "source_url")
    ordering = ("certification__order", "-valid_from", "pk")
    select = ("certification",)
    autocomplete_fields = ("certification",)
    inlines = (RouteInline,)


@admin.register(Route)
class RouteAdmin(RulesAdmin):
    list_display = (column("rule_set__certification__acronym", "exam"), "code", "title", "rule_set", "order")
    list_filter = ("rule_set__certification",)
    search_fields = ("title", "code", "rule_set__certification__acronym")
    ordering = ("rule_set__certification__order", "rule_set", "order", "pk")
    select = ("rule_set__certification",)
    autocomplete_fields = ("rule_set",)
    inlines = (ConditionInline,)


@admin.register(Condition)
class ConditionAdmin(RulesAdmin):
    form = ConditionForm
    list_display = (
        column("route__rule_set__certification__acronym", "exam"),
        *(column("route__code", "route"), column("kind"), "text", "required", "confirmed"),
    )
    list_filter = ("kind", "required", "confirmed", "route__rule_set__certification")
    search_fields = ("text", "route__title", "route__rule_set__certification__acronym")
    ordering = ("route__rule_set__certification__order", "route", "order", "pk")
    select = ("route__rule_set__certification", "agency")
    autocomplete_fields = ("route", "agency", "credentials")

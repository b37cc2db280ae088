"""Who may sit an exam: dated rule sets, their routes, and the conditions of each route."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse

from directory.admin import rules_copy, rules_history
from directory.admin.base import CuratedAdmin, DeskInline, column
from directory.admin.rules_desk import RulesAdmin
from directory.admin.rules_form import ConditionForm, ConditionRow, RouteForm, RuleSetForm, RuleSetRow
from directory.admin.rules_gaps import emptied_routes
from directory.models import Condition, Route, RuleSet


class RuleSetInline(DeskInline, admin.StackedInline):
    model = RuleSet
    form = RuleSetRow
    fields = (("valid_from", "valid_to"), ("as_of", "grade", "source_url"))
    verbose_name_plural = "Rules (open one for its routes)"


class RouteInline(DeskInline, admin.TabularInline):
    model = Route
    fields = ("order", "code", "title")
    verbose_name_plural = "Routes (open one for its conditions)"


class ConditionInline(DeskInline, admin.StackedInline):
    model = Condition
    form = ConditionRow
    autocomplete_fields = ("agency", "credentials")
    fields = (
        *(("order", "kind"), ("required", "confirmed"), "grade"),
        *("text", "award_levels"),
        *(
            ("cips", "vouched"),
            ("agency", "course"),
            ("experience_kind", "months", "hours"),
            ("credits", "credentials"),
        ),
    )


@admin.register(RuleSet)
class RuleSetAdmin(CuratedAdmin, RulesAdmin):
    form = RuleSetForm
    object_history_template = "admin/directory/rules_history.html"
    list_display = ("certification", "as_of", column("grade"), "valid_from", "valid_to", "source_url")
    list_filter = ("grade", "certification")
    search_fields = ("certification__acronym", "certification__name", "as_of", "source_url")
    ordering = ("certification__order", "-valid_from", "pk")
    select = ("certification",)
    autocomplete_fields = ("certification",)
    inlines = (RouteInline,)

    def get_urls(self) -> list[Any]:
        copy = path("<int:pk>/copy/", self.admin_site.admin_view(self.copy_view), name="directory_ruleset_copy")
        return [copy, *super().get_urls()]

    def copy_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A new dated rule set out of this one."""
        return rules_copy.view(self, request, pk)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Also what was done to the routes and conditions: nobody looks for them one by one."""
        key = self.held_key(request, object_id)
        context = {"changes": rules_history.changes(key), "shown": rules_history.SHOWN}
        return super().history_view(request, object_id, {**context, **(extra_context or {})})

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        held = context.get("original")
        if held and held.pk:
            context["can_copy"] = rules_copy.may_copy(self, request)
            if request.user.has_perm("directory.add_route"):
                context["route_add"] = f"{reverse('admin:directory_route_add')}?rule_set={held.pk}"
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(Route)
class RouteAdmin(CuratedAdmin, RulesAdmin):
    form = RouteForm
    list_display = (column("rule_set__certification__acronym", "exam"), "code", "title", "rule_set", "order")
    list_filter = ("rule_set__certification",)
    search_fields = ("title", "code", "rule_set__certification__acronym")
    ordering = ("rule_set__certification__order", "rule_set", "order", "pk")
    select = ("rule_set__certification",)
    autocomplete_fields = ("rule_set",)
    inlines = (ConditionInline,)


@admin.register(Condition)
class ConditionAdmin(CuratedAdmin, RulesAdmin):
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

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        rows, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return rows, counts, lacking, [*protected, *emptied_routes(objs)]

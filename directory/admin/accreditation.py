"""Accreditation: accreditors, their records, and what pages say about them."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString

from directory.admin.accreditation_timeline import timeline
from directory.admin.base import CuratedAdmin, DeskInline, FactsInline, ReadOnlyAdmin, ReadOnlyInline, column, person
from directory.admin.evidence import EvidenceAdmin, OfOneProgram, refuse_coming_days
from directory.admin.imports import OneAtATime
from directory.curation.signature import REASON_LENGTH, sign
from directory.models import Accreditation, AccreditationAction, AccreditationStatement, Agency
from directory.pipeline.refresh import refresh


class RecordForm(OfOneProgram):
    """A record that staff keep says when somebody asked the accreditor."""

    class Meta:
        help_texts: ClassVar = {
            "next_review": "As the accreditor says it: a day (2028-06-10), a year (2028) or two (2028-2029). Readers "
            "see it as it stands here, and that it was due once it has passed."
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "checked_on" in self.fields and not data.get("checked_on"):
            self.add_error("checked_on", "Say on which day the accreditor was asked.")
        refuse_coming_days(self)
        return data


class ChangedRecordForm(RecordForm):
    """A record on its own page: a change says why, and the timeline keeps it."""

    why = forms.CharField(
        label="Why",
        max_length=REASON_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="What you asked and heard, in a few words. Needed for a change; it stays in the timeline.",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        changed = set(self.changed_data) - {"why"}
        if self.instance.pk and changed and not (data.get("why") or "").strip() and "why" in self.fields:
            self.add_error("why", "Say why: a change without a reason cannot be judged by the next person.")
        return data


class Confirmed(admin.SimpleListFilter):
    """Records that staff keep, by whether they still count as confirmed."""

    title = "confirmed"
    parameter_name = "confirmed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Within the review interval"), ("soon", "Until 60 days from now"), ("no", "Overdue")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        first = timezone.localdate() - dt.timedelta(days=settings.ACCREDITATION_REVIEW_DAYS)
        soon = first + dt.timedelta(days=60)
        asked: dict[str | None, dict[str, Any]] = {
            "yes": {"checked_on__gte": first},
            "soon": {"checked_on__range": (first, soon)},
            "no": {"checked_on__lt": first},
        }
        days = asked.get(self.value())
        return queryset.filter(release=None, **days) if days else queryset


class AccreditationInline(DeskInline, admin.StackedInline):
    """Records that staff keep; those of official files are beside them, to be read."""

    model = Accreditation
    form = RecordForm
    fields = (
        ("agency", "status"),
        ("since", "ended_on", "next_review"),
        ("checked_on", "evidence_url"),
        "note",
    )
    autocomplete_fields = ("agency",)
    select = ("agency",)
    verbose_name_plural = "Accreditation, as staff asked the accreditor"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).filter(release=None)


class OfficialRecordInline(ReadOnlyInline):
    model = Accreditation
    fields = ("agency", "program_name", "status", "since", "ended_on", "release")
    select = ("agency", "release")
    verbose_name_plural = "Accreditation, as official files say"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).exclude(release=None)


class StatementInline(ReadOnlyInline):
    model = AccreditationStatement
    fields = (
        "agency_as_stated",
        "status_as_stated",
        "evidence_date",
        "reliability",
        "historical",
        "evidence_url",
    )
    select = ("agency",)
    verbose_name_plural = "What pages say about accreditation"


class ActionInline(FactsInline):
    model = AccreditationAction
    fields = ("on", "on_text", "description", "reason")


@admin.register(Accreditation)
class AccreditationAdmin(EvidenceAdmin):
    form = ChangedRecordForm
    list_display = ("agency", column("status"), "school", "program", "since", "ended_on", "checked_on")
    list_filter = (
        "status",
        Confirmed,
        ("release", admin.EmptyFieldListFilter),
        ("checked_on", admin.EmptyFieldListFilter),
    )
    search_fields = (
        "school__name",
        "school__unitid__exact",
        "agency__acronym",
        "agency__name",
        "program_name",
    )
    date_hierarchy = "checked_on"
    ordering = ("-pk",)
    select = ("agency", "school", "program__field", "program__school", "release", "checked_by")
    autocomplete_fields = ("school", "program", "agency")
    inlines = (ActionInline,)
    readonly_fields = ("external_key", "checked_by", "release", "timeline")
    fieldsets = (
        (None, {"fields": ("school", "program", "agency", "program_name", "status")}),
        ("Dates", {"fields": (("since", "ended_on"), "next_review")}),
        ("How we know", {"fields": (("checked_on", "checked_by"), "evidence_url", "note", "why")}),
        ("What happened", {"fields": ("timeline",)}),
        ("Official file", {"fields": ("release", "external_key"), "classes": ("collapse",)}),
    )

    class Media:
        css = {"all": ("css/desk.css",)}

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        names = super().get_fieldsets(request, obj)
        if obj is None:
            return [each for each in names if each[0] != "What happened"]
        if self.has_change_permission(request, obj):
            return names
        kept = ("checked_on", "checked_by"), "evidence_url", "note"
        return [(name, {**parts, "fields": kept} if name == "How we know" else parts) for name, parts in names]

    @admin.display(description="timeline")
    def timeline(self, record: Accreditation) -> SafeString:
        return timeline(record)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        sign(obj, by=person(request), why=form.cleaned_data.get("why") or ("" if change else "Entered"))
        super().save_model(request, obj, form, change)

    def has_change_permission(self, request: HttpRequest, obj: Accreditation | None = None) -> bool:
        return super().has_change_permission(request, obj) and not _official(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Accreditation | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not _official(obj)


def _official(obj: Accreditation | None) -> bool:
    """A record of an official file follows the file; what staff know stands in a record of their own."""
    return obj is not None and obj.release_id is not None


@admin.register(AccreditationStatement)
class StatementAdmin(EvidenceAdmin):
    form = OfOneProgram
    list_display = (
        *("agency_as_stated", "status_as_stated", "school", "program", "evidence_date"),
        *(column("reliability"), "positive", "historical"),
    )
    list_filter = ("positive", "historical", "reliability", "mirror")
    search_fields = ("school__name", "school__unitid__exact", "program_title_as_stated", "agency_as_stated")
    ordering = ("-pk",)
    select = ("agency", "school", "program__field", "program__school", "release")
    autocomplete_fields = ("school", "program", "agency")
    readonly_fields = ("release",)


@admin.register(AccreditationAction)
class ActionAdmin(ReadOnlyAdmin):
    list_display = ("description", "on", "on_text", column("accreditation__school__name", "school"), "reason")
    search_fields = ("description", "accreditation__school__name", "accreditation__agency__name")
    date_hierarchy = "on"
    ordering = ("-pk",)
    select = ("accreditation__school", "accreditation__agency", "release")


@admin.register(Agency)
class AgencyAdmin(OneAtATime, CuratedAdmin):
    """By its short name the lists and the exams' rules know an accreditor: they follow at once."""

    list_display = ("name", "acronym", "programmatic", "website", "dapip_id")
    list_filter = ("programmatic",)
    search_fields = ("name", "acronym")
    ordering = ("name",)
    readonly_fields = ("dapip_id",)

    def save_model(self, request: HttpRequest, obj: Agency, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and {"name", "acronym"} & set(form.changed_data):
            # No list depends on a whole school's accreditation, of which one accreditor has thousands.
            of_programs = [rows.exclude(program=None) for rows in (obj.accreditations, obj.statements)]
            refresh({key for rows in of_programs for key in rows.values_list("school", flat=True)})

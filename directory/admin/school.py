"""Schools: what the federal directory says, corrected where staff know better."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from directory.admin.base import FactsInline, column
from directory.admin.corrections import CorrectedAdmin, CorrectionForm
from directory.admin.filters import InState
from directory.admin.listings.batch import PreparedInline
from directory.admin.listings.bulk import BulkEdit
from directory.admin.override import CorrectionsInline
from directory.curation import by_hand
from directory.curation.worklists.case import counted
from directory.models import ProgramCharge, School, SchoolFigure
from directory.vocab import STATES, SchoolState

REASON: tuple[str, Any] = ("Reason for the change", {"fields": (("why", "evidence_url"),)})


class SchoolFigureInline(FactsInline):
    model = SchoolFigure
    fields = ("measure", "year", "value", "value_note", "release")
    select = ("release",)
    verbose_name_plural = "Figures by year"


class SchoolChargeInline(FactsInline):
    model = ProgramCharge
    fields = ("cip", "year", "price", "price_note", "hours", "hour_unit", "months", "release")
    select = ("release",)
    verbose_name_plural = "Prices of whole programs"


class SchoolForm(CorrectionForm):
    """A draft may lack its place, and only what staff enter is one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "status" not in self.fields:
            return
        adding = self.instance.pk is None
        if adding and "status" not in (kwargs.get("initial") or {}):
            self.initial["status"] = SchoolState.DRAFT
        if adding or self.instance.status == SchoolState.DRAFT:
            for name in ("city", "state"):
                self.fields[name].required = False
        else:
            shown = cast(forms.ChoiceField, self.fields["status"])
            shown.choices = [choice for choice in SchoolState.choices if choice[0] != SchoolState.DRAFT]


@admin.register(School)
class SchoolAdmin(BulkEdit, CorrectedAdmin):
    form = SchoolForm
    list_display = (
        "name",
        column("unitid", order="unitid"),
        "city",
        "state",
        column("control"),
        column("status"),
        "is_open",
    )
    list_filter = ("status", "control", InState, "eight_keys")
    search_fields = ("name", "aliases", "city", "unitid__exact", "opeid__startswith", "slug__exact")
    search_help_text = "Name, other name, city, UNITID, OPEID or public address"
    ordering = ("name", "pk")
    sortable_by = ("name", "unitid", "city", "state")
    select = ("release",)
    inlines = (CorrectionsInline, PreparedInline, SchoolFigureInline, SchoolChargeInline)
    own_columns = ("aliases", "slug")
    fieldsets = (
        (None, {"fields": ("name", "aliases", "slug", ("unitid", "opeid"), "programs_here")}),
        (
            "Place",
            {"fields": ("address", ("city", "state", "zip_code"), "county", ("latitude", "longitude"))},
        ),
        (
            "Addresses that enrol links lead to",
            {
                "fields": (
                    *("website", "apply_url", "admissions_url", "aid_url", "net_price_url"),
                    *("veterans_url", "disability_url"),
                )
            },
        ),
        ("Kind", {"fields": ("control", "accreditor", "open_admission")}),
        (
            "For veterans, as the school says",
            {
                "classes": ("collapse",),
                "fields": (
                    ("yellow_ribbon", "training_credit", "veterans_support"),
                    ("veterans_group", "servicemembers_college", "rotc", "eight_keys"),
                ),
            },
        ),
        ("Public, open or closed", {"fields": (("status", "closed_on"), ("act", "closed_year"), "successor_unitid")}),
        (
            "More from the official files",
            {
                "classes": ("collapse",),
                "fields": (
                    ("sector", "iclevel", "highest_award", "locale", "size", "opeflag", "calendar"),
                    ("distance_courses", "distance_programs", "distance_only"),
                    ("release", "offerings_release", "accreditor_release", "eight_keys_release"),
                ),
            },
        ),
        REASON,
    )
    add_fieldsets = (
        (
            None,
            {
                "fields": ("name", "slug", "aliases", "control", "accreditor", "status"),
                "description": "Only for a school that the federal directory does not hold. "
                "It has no UNITID, so no official file fills in the rest.",
            },
        ),
        fieldsets[1],
        fieldsets[2],
        REASON,
    )

    @admin.display(description="open", boolean=True)
    def is_open(self, school: School) -> bool:
        return not school.is_closed and school.status != SchoolState.DRAFT

    @admin.display(description="Programs")
    def programs_here(self, school: School) -> str:
        programs = school.programs.count()
        address = reverse("admin:directory_program_changelist")
        return format_html('<a href="{}?school__id__exact={}">{}</a>', address, school.pk, counted(programs, "program"))

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "state":
            choices = [("", "---------"), *((usps, f"{usps} {name}") for usps, name in STATES.items())]
            return forms.ChoiceField(choices=choices, label="State", help_text=db_field.help_text)
        if db_field.name == "status":
            kwargs["help_text"] = (
                "A draft has no page yet and needs its name and its control alone; what its page needs is said when it "
                "becomes public."
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def enter(self, obj: School) -> None:
        super().enter(obj)
        obj.slug = obj.slug or by_hand.school_slug(obj)

    def school_id(self, obj: School) -> int:
        return obj.pk

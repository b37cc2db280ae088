"""Programs: what schools report, with what pages say about it and what staff corrected."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from directory.admin.accreditation import AccreditationInline, OfficialRecordInline, StatementInline
from directory.admin.base import FactsInline, column, person, program_choice
from directory.admin.corrections import CorrectedAdmin, CorrectionForm
from directory.admin.evidence import save_edited
from directory.admin.fact import FactInline
from directory.admin.filters import OnTheLists, SchoolInState
from directory.admin.listings.batch import PreparedInline
from directory.admin.listings.bulk import BulkEdit
from directory.admin.override import CorrectionsInline
from directory.admin.school import REASON
from directory.admin.searching import SearchThrough, fields_like, schools_like
from directory.curation import by_hand
from directory.models import Completions, FieldOfStudy, Program, ProgramCharge, ProgramDelivery

SIX_DIGITS = len("51.0707")


class ProgramForm(CorrectionForm):
    def clean_field(self) -> FieldOfStudy:
        field: FieldOfStudy = self.cleaned_data["field"]
        if len(field.cip) != SIX_DIGITS:
            raise ValidationError("Choose a code of six digits: a family is no program.")
        return field


class CompletionsInline(FactsInline):
    model = Completions
    fields = ("year", "awards", "awards_note", "release")
    select = ("release",)
    ordering = ("-year",)


class DeliveryInline(FactsInline):
    model = ProgramDelivery
    fields = ("year", "delivery", "release")
    select = ("release",)


@admin.register(Program)
class ProgramAdmin(SearchThrough, BulkEdit, CorrectedAdmin):
    form = ProgramForm
    list_display = (
        "__str__",
        column("school__name", "school", order="school"),
        column("school__state", "state"),
        column("field__cip", "CIP code"),
        column("state", "on the lists"),
        column("last_year", "last reported"),
    )
    list_filter = (("state", OnTheLists), "award_level", "school__control", SchoolInState)
    search_fields = ("title__icontains", "slug__exact")
    search_through = (("school", schools_like), ("field", fields_like))
    search_help_text = "Title, school, UNITID, field of study, CIP code or public address"
    # The order of an index: by name it would be a sort of 270,000 rows for every page.
    ordering = ("school_id", "field_id", "award_level")
    sortable_by = ("school__name",)
    select = ("school", "field", "release")
    autocomplete_fields = ("school", "field")
    inlines = (
        *(CorrectionsInline, PreparedInline, CompletionsInline, DeliveryInline, FactInline),
        *(AccreditationInline, OfficialRecordInline, StatementInline),
    )
    ours = ("slug",)
    once = ("school", "field", "award_level")
    fieldsets = (
        (None, {"fields": ("school_link", "field", "award_level", "title", "slug", "state")}),
        ("From the official files", {"fields": (("first_year", "last_year"), "charges", "release")}),
        REASON,
    )
    add_fieldsets = (
        (
            None,
            {
                "fields": ("school", "field", "award_level", "title", "slug", "state"),
                "description": "Only for a program that the school does not report to IPEDS. When it does, "
                "the next import takes this row over.",
            },
        ),
        REASON,
    )

    @staticmethod
    def choice_words(program: Program) -> str:
        """What an autocomplete shows: many schools have a program of the same title."""
        return program_choice(program)

    @admin.display(description="School")
    def school_link(self, program: Program) -> str:
        address = reverse("admin:directory_school_change", args=[program.school_id])
        return format_html('<a href="{}">{}</a>', address, program.school)

    @admin.display(description="Published prices in this field")
    def charges(self, program: Program) -> str:
        rows = ProgramCharge.objects.filter(Q(school=program.school_id) & Q(cip=program.field.cip))
        lines = [
            (
                row.year,
                f"${row.price:,}" if row.price is not None else row.get_price_note_display(),
                row.hours or "?",
            )
            for row in rows.order_by("-year", "position")[:20]
        ]
        return format_html_join("; ", "{}: {} for {} hours", lines) or "none"

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "state" and isinstance(field, forms.ChoiceField):
            field.label = "On the lists"
            field.help_text = (
                "“Taken off the list by staff” keeps the page, which then says so. A draft has no page yet and needs "
                "its school, field of study and award level alone: it is called by its field until it has a title. "
                "What a listed program needs is said when you list it."
            )
        return field

    def enter(self, obj: Program) -> None:
        super().enter(obj)
        # No file dates it, so the year of its entry does.
        obj.first_year = obj.last_year = timezone.localdate().year
        obj.slug = obj.slug or by_hand.program_slug(obj)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        save_edited(formset, by=person(request), why=form.cleaned_data["why"])

    def school_id(self, obj: Program) -> int:
        return obj.school_id

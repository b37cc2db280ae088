"""What a page states about a program: delivery, credits, addresses, rates, each with its page."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from directory.admin import rows_below
from directory.admin.base import DeskInline, column, person
from directory.admin.evidence import EvidenceAdmin, refuse_coming_days, school_of
from directory.admin.two_at_once import TwoAtOnce
from directory.curation.signature import sign
from directory.links import outbound
from directory.models import ProgramFact
from directory.pipeline.prices import dollars
from directory.pipeline.refresh import refresh
from directory.vocab import Delivery

#: Percentages of a year's class, which CAHIIM and AHIMA want published with their year.
RATES = (
    ProgramFact.Kind.GRADUATION_RATE,
    ProgramFact.Kind.JOB_PLACEMENT_RATE,
    ProgramFact.Kind.RHIT_PASS_RATE,
)
YEAR = re.compile(r"\b(19|20)[0-9]{2}\b")
ADDRESSES = (ProgramFact.Kind.PROGRAM_URL, ProgramFact.Kind.APPLY_URL)


class FactForm(TwoAtOnce):
    class Meta:
        widgets = {"value": forms.Textarea(attrs={"rows": 2, "cols": 40})}

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        kind, value = data.get("kind"), data.get("value")
        if value and kind in ADDRESSES and outbound(value) is None:
            self.add_error("value", "This is no web address that a reader can be sent to.")
        if value and kind == ProgramFact.Kind.DELIVERY and value not in Delivery.values:
            self.add_error("value", f"Write one of: {', '.join(Delivery.values)}.")
        if value and kind == ProgramFact.Kind.PRICE:
            self._read_price(value)
        if value and kind in RATES:
            self._read_rate(value, data.get("year"))
        if value and kind == ProgramFact.Kind.FURTHER_OUTCOME and not data.get("note"):
            self.add_error("note", "Name the measure, as the school does: it stands before the value.")
        if not value and "value" not in self.errors:
            self._refuse_nothing(kind)
        refuse_coming_days(self)
        if self._says_checked_for_another_address():
            self.add_error("checked_on", "This is the day of the old address: enter when you opened the new one.")
        return data

    def _read_price(self, value: str) -> None:
        """The price of the whole program stands in lists, plans and comparisons, so it is a number or nothing."""
        amount = dollars(value)
        if amount is None:
            self.add_error("value", "Write the whole price in dollars, as a number: 4200.")
        else:
            self.cleaned_data["value"] = str(amount)
            self.cleaned_data["unit"] = "USD"

    def _read_rate(self, value: str, year: str | None) -> None:
        """A rate is a percentage of a year: an undated one may be of any class."""
        text = value.strip().removesuffix("%").strip()
        try:
            number = float(text)
        except ValueError:
            number = -1.0
        if not 0 <= number <= 100:
            self.add_error("value", "Write a percentage from 0 to 100, as a number: 87 or 87.5.")
        else:
            self.cleaned_data["value"], self.cleaned_data["unit"] = text, "percent"
        if not YEAR.search(year or ""):
            self.add_error("year", "Say of which year it is: 2024, or 2023-24.")

    def _refuse_nothing(self, kind: str | None) -> None:
        """Nothing means that somebody read the page and did not find it: that has a day, and no address a reason."""
        if kind == ProgramFact.Kind.DELIVERY:
            self.add_error("value", "Write how it is taught.")
        elif kind in ADDRESSES and not self.cleaned_data.get("note"):
            self.add_error(
                "value", "Write the address, or say in the note why there is none: readers are told so, with the day."
            )
        elif not self.cleaned_data.get("checked_on"):
            self.add_error("checked_on", "Say when you read the page and did not find it, or write what it says.")

    def _says_checked_for_another_address(self) -> bool:
        """Readers are sent to an address once it was checked, so a new one must not pass for an old one."""
        kept = self.instance.pk is not None and self.cleaned_data.get("checked_on")
        return bool(
            kept
            and self.cleaned_data.get("kind") in ADDRESSES
            and "value" in self.changed_data
            and "checked_on" not in self.changed_data
        )


class FactPageForm(FactForm):
    """A fact on a page of its own."""

    def full_clean(self) -> None:
        super().full_clean()
        if not self.is_bound or self.instance.pk is None or self.errors:
            return
        if broken := rows_below.broken_by_changing(self.instance):
            self.add_error(None, f"This would break a page that readers see. {' '.join(broken)}")


class FactInline(DeskInline, admin.StackedInline):
    model = ProgramFact
    form = FactForm
    fields = (("kind", "value"), ("unit", "year"), "note", ("evidence_url", "reliability", "checked_on"))
    verbose_name_plural = "What pages state"


@admin.register(ProgramFact)
class FactAdmin(EvidenceAdmin):
    form = FactPageForm
    list_display = (
        column("kind"),
        "short_value",
        "program",
        column("program__school__name", "school"),
        column("reliability"),
        "checked_on",
    )
    list_filter = ("kind", "reliability", ("checked_on", admin.EmptyFieldListFilter))
    search_fields = (
        "program__school__name",
        "program__title",
        "program__field__title",
        "value",
        "evidence_url",
    )
    date_hierarchy = "checked_on"
    ordering = ("-pk",)
    select = ("program__school", "program__field", "release")
    autocomplete_fields = ("program",)
    fields = (
        *("program", "kind", "value", "unit", "year", "evidence_url", "reliability", "note"),
        *("checked_on", "release"),
    )
    readonly_fields = ("release",)
    actions = ("checked_today",)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What would break a page that readers see is refused, with the reason."""
        rows, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return rows, counts, lacking, [*protected, *rows_below.broken_by_deleting(objs)]

    @admin.display(description="value")
    def short_value(self, fact: ProgramFact) -> str:
        if not fact.value:
            return "Not published"
        return fact.value if len(fact.value) <= 60 else f"{fact.value[:59]}…"

    @admin.action(description="I opened the pages of these today, and they say so", permissions=["change"])
    def checked_today(self, request: HttpRequest, queryset: QuerySet) -> None:
        with transaction.atomic():
            facts = list(queryset.select_for_update(of=("self",)))
            for fact in facts:
                fact.checked_on = timezone.localdate()
                sign(fact, by=person(request), why="Opened and read")
                fact.save(update_fields=["checked_on"])
            # A price counts once somebody has read its page, and lists say when that was.
            refresh({school_of(fact) for fact in facts})
        self.message_user(request, "Marked as checked today.")

"""Careers: the one table of this part that staff keep."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest

from careers.models import AlternateTitle, Career
from careers.vocab import Basis
from directory.admin.base import CuratedAdmin, column
from directory.admin.imports import OneAtATime
from directory.pipeline.refresh import refresh_names


class CareerForm(forms.ModelForm):
    """Says which evidence the official tables do not hold."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        occupation, onet = data.get("occupation"), data.get("onet")
        if occupation and onet and onet.occupation_id != occupation.soc:
            self.add_error("onet", f"{onet.code} is no part of {occupation.soc}.")
        elif occupation:
            self._check_evidence(data)
        return data

    def _check_evidence(self, data: dict[str, Any]) -> None:
        """Refuse a career whose evidence is not where its basis says."""
        occupation, evidence = data["occupation"], data.get("evidence", "")
        code = data["onet"].code if data.get("onet") else f"{occupation.soc}.00"
        where, held = f"at {occupation.soc}", True
        if data.get("basis") == Basis.NAME:
            held = evidence in occupation.title
        elif data.get("basis") == Basis.DEFINITION:
            held = evidence in occupation.definition
        elif data.get("basis") == Basis.TITLE:
            where = f"among the titles of {code}"
            held = AlternateTitle.objects.filter(onet=code, title=evidence).exists()
        if evidence and not held:
            self.add_error("evidence", f"These words do not stand {where}. Copy them as they stand there.")


@admin.register(Career)
class CareerAdmin(OneAtATime, CuratedAdmin):
    """What a career is called is what people search by: the lists of programs follow at once."""

    form = CareerForm
    list_display = ("title", "occupation", column("basis"), "evidence", "order")
    list_filter = ("basis",)
    search_fields = ("title", "slug", "everyday_names", "occupation__title", "occupation__soc__startswith")
    ordering = ("order", "title")
    select = ("occupation", "onet")
    autocomplete_fields = ("occupation", "onet")
    fieldsets = (
        (None, {"fields": (("title", "slug"), "summary", "everyday_names", "order")}),
        ("Where it is counted", {"fields": ("occupation", "onet", "basis", "evidence", "mapping_note")}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        # The slug is a public address that others link to.
        return (*super().get_readonly_fields(request, obj), *(("slug",) if obj else ()))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if form.changed_data:
            refresh_names()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        refresh_names()

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        with transaction.atomic():  # unlike a single deletion, an action comes without one
            super().delete_queryset(request, queryset)
            refresh_names()

"""Rows that staff keep about a program: where they come from is filled in, and the lists follow at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from directory.admin.base import CuratedAdmin, person
from directory.curation import by_hand
from directory.models import Accreditation, AccreditationStatement, ProgramFact
from directory.pipeline.refresh import refresh

Row = Accreditation | AccreditationStatement | ProgramFact


def complete(row: Row, *, by: User, checked: bool) -> None:
    """Fill in what follows: the school of the program, who checked, and the release of what staff enter."""
    if isinstance(row, Accreditation | AccreditationStatement) and row.program:
        row.school_id = row.program.school_id
    if isinstance(row, Accreditation):
        if checked:
            row.checked_by = by
    elif not row.release_id:
        row.release = by_hand.staff_release(timezone.localdate().year)


def save_rows(formset: Any, *, by: User) -> None:
    """Save what was edited in an inline, completed."""
    formset.save(commit=False)
    edited = [(row, True) for row in formset.new_objects]
    edited += [(row, "checked_on" in changed) for row, changed in formset.changed_objects]
    for row, checked in edited:
        complete(row, by=by, checked=checked)
        row.save()
    for row in formset.deleted_objects:
        row.delete()
    formset.save_m2m()


class OfOneProgram(forms.ModelForm):
    """A row that names a school, a program or both: they must fit, and the program alone is enough."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "school" in self.fields:
            self.fields["school"].required = False

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        school, program = data.get("school"), data.get("program")
        if program and school and program.school_id != school.pk:
            self.add_error("program", f"This program is at {program.school}.")
        elif program:
            data["school"] = program.school
        elif not school and "school" in self.fields:
            self.add_error("school", "Choose a school or one of its programs.")
        return data


class EvidenceAdmin(CuratedAdmin):
    """A table of such rows. What depends on them is worked out anew for the schools concerned."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        before = type(obj)._default_manager.filter(pk=obj.pk).first() if change else None
        checked = "checked_on" in form.changed_data
        complete(obj, by=person(request), checked=checked)
        super().save_model(request, obj, form, change)
        refresh({school_of(row) for row in (before, obj) if row})

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        school = school_of(obj)
        super().delete_model(request, obj)
        refresh([school])

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        with transaction.atomic():  # unlike a single deletion, an action comes without one
            schools = {school_of(row) for row in queryset}
            super().delete_queryset(request, queryset)
            refresh(schools)


def school_of(row: Row) -> int:
    if isinstance(row, ProgramFact):
        return row.program.school_id
    return row.school_id

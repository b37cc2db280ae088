"""Rows that staff keep about a program: where they come from is filled in, and the lists follow at once."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from directory.admin.base import CuratedAdmin, person
from directory.admin.imports import OneAtATime
from directory.admin.revisions.desk import Revisions
from directory.admin.two_at_once import TwoAtOnce
from directory.curation import by_hand
from directory.curation.signature import begin_history, sign
from directory.models import Accreditation, AccreditationStatement, ProgramFact
from directory.pipeline.refresh import refresh

Row = Accreditation | AccreditationStatement | ProgramFact


def complete(row: Row, *, by: User, changed: Collection[str]) -> None:
    """Fill in what follows: the school of the program, who checked, and the release of what staff enter.

    What staff change of a loaded row makes it theirs, and the next load leaves it alone; saying that one has
    opened its page does not.
    """
    if isinstance(row, Accreditation | AccreditationStatement) and row.program:
        row.school_id = row.program.school_id
    if isinstance(row, Accreditation):
        if "checked_on" in changed:
            row.checked_by = by
    elif not row.release_id or set(changed) - {"checked_on"}:
        row.release = by_hand.staff_release(timezone.localdate().year)


def save_edited(formset: Any, *, by: User, why: str) -> None:
    """Save what was edited in an inline, completed, with who and why in the history of each row."""
    formset.save(commit=False)
    edited = [(row, ("checked_on",)) for row in formset.new_objects]
    for row, _ in formset.changed_objects:
        if (stored := type(row)._default_manager.filter(pk=row.pk).first()) is not None:
            begin_history(stored)
    for row, changed in [*edited, *formset.changed_objects]:
        complete(row, by=by, changed=changed)
        sign(row, by=by, why=why)
        row.save()
    for row in formset.deleted_objects:
        sign(row, by=by, why=why)
        row.delete()
    formset.save_m2m()


def refuse_coming_days(form: forms.ModelForm) -> None:
    """Nobody has asked or read anything on a day that has not come; such a slip would count as fresh for years."""
    checked_on = form.cleaned_data.get("checked_on")
    if checked_on and checked_on > timezone.localdate():
        form.add_error("checked_on", "This day has not come yet.")


class OfOneProgram(TwoAtOnce):
    """A row that names a school, a program or both: they must fit, and the program alone is enough."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "school" in self.fields:
            self.fields["school"].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        school, program = data.get("school"), data.get("program")
        if program and school and program.school_id != school.pk:
            self.add_error("program", f"This program is at {program.school}.")
        elif program:
            data["school"] = program.school
        elif not school and "school" in self.fields:
            self.add_error("school", "Choose a school or one of its programs.")
        return data


class EvidenceAdmin(Revisions, OneAtATime, CuratedAdmin):
    """A table of such rows. What depends on them is worked out anew for the schools concerned."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        before = type(obj)._default_manager.filter(pk=obj.pk).first() if change else None
        complete(obj, by=person(request), changed=form.changed_data)
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

"""The form of a school or a program, opened to answer what a reader reported."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from directory.admin.base import person
from directory.admin.error_report_ways import REPORT, column_of
from directory.engagement.error_reports import answer_with
from directory.models import ErrorReport, Override, Program


class Suggested(BoundField):
    """A field that shows what a reader says it should be, while what is stored stays its initial value."""

    _initial_only = False

    def as_widget(self, widget: Any = None, attrs: Any = None, only_initial: bool = False) -> Any:
        self._initial_only = only_initial
        return super().as_widget(widget, attrs, only_initial)

    def value(self) -> Any:
        if self.form.is_bound or self._initial_only:
            return super().value()
        return self.field.suggestion  # type: ignore[attr-defined]


def asked_report(request: HttpRequest, of: Any) -> ErrorReport | None:
    """The report that the address of the form names, if it is about this very school or program."""
    reference = request.GET.get(REPORT, "")
    if not reference or not request.user.has_perm("directory.view_errorreport"):
        return None
    about = {"program": of} if isinstance(of, Program) else {"school": of}
    return ErrorReport.objects.filter(reference=reference[:8], **about).first()


def fill_in(form: forms.ModelForm, report: ErrorReport) -> None:
    """Reason, evidence, and the reader's value where the field could take it; nothing of a form that was sent."""
    form.fields["why"].initial = f"Reported by a reader, number {report.number}."
    form.fields["evidence_url"].initial = report.evidence_url
    field = form.fields.get(column_of(report))
    if field is None or not report.should_be:
        return
    said = f"A reader says: “{report.should_be}”."
    field.help_text = f"{said} {field.help_text}".strip()
    if not isinstance(field, forms.CharField):
        return  # a choice, a number or a yes is the curator's to make
    try:
        field.suggestion = field.clean(report.should_be)  # type: ignore[attr-defined]
    except ValidationError:
        return
    field.bound_field_class = Suggested


def answered(request: HttpRequest, report: ErrorReport, overrides: list[Override]) -> None:
    """Link what the form corrected to the report: the correction of the reported column, else the last one made.

    The report waits for its decision, and who corrected the field is told so.
    """
    if overrides:
        wanted = [each for each in overrides if each.column == column_of(report)]
        answer_with(reference=report.reference, override=(wanted or overrides)[-1], by=person(request))
        messages.info(request, f"Field corrected. Report {report.number} waits: decide it, so that its reader is told.")


def back_to(report: ErrorReport) -> HttpResponse:
    """To the report, where its reader is to be told."""
    return HttpResponseRedirect(reverse("admin:directory_errorreport_change", args=[report.pk]))

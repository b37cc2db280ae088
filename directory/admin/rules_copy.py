"""A new dated rule set out of one that stands: its routes and conditions are copied, and the old one ends."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminDateWidget, AdminURLFieldWidget
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from directory.admin.imports import alone
from directory.admin.labels import LABELS
from directory.eligibility.checks import dated, day
from directory.eligibility.reader import of_rule_set
from directory.models import RuleSet
from directory.pipeline.refresh import refresh

A_DAY: Final = dt.timedelta(days=1)
NEEDED: Final = tuple(f"directory.{right}" for right in ("add_ruleset", "change_ruleset", "add_route", "add_condition"))
COLUMNS: Final = ("as_of", "grade", "source_url", "note")


class CopyForm(forms.ModelForm):
    """From which day on the copy holds, and where its rules were read."""

    valid_from = forms.DateField(
        label="Valid from",
        widget=AdminDateWidget,
        help_text="The first day of the new rules. The old ones end the day before.",
    )
    source_url = forms.URLField(
        max_length=300, assume_scheme="https", label=LABELS["source_url"], widget=AdminURLFieldWidget
    )

    class Meta:
        model = RuleSet
        fields = ("valid_from", *COLUMNS)
        labels = LABELS

    def __init__(self, *args: Any, old: RuleSet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.old = old

    def clean_valid_from(self) -> dt.date:
        first: dt.date = self.cleaned_data["valid_from"]
        if first == dt.date.min or (self.old.valid_from and first <= self.old.valid_from):
            since = day(self.old.valid_from) if self.old.valid_from else "ever"
            raise forms.ValidationError(f"The old rules hold since {since}: the new ones begin later than that.")
        if self.old.valid_to and first > self.old.valid_to:
            raise forms.ValidationError(
                f"The old rules end on {day(self.old.valid_to)}: the new ones begin while they hold."
            )
        return first

    def clean_grade(self) -> str:
        if self.cleaned_data["grade"] == "C" and self.old.routes.exists():
            raise forms.ValidationError("A rule that is not verified (grade C) encodes no route, and these have some.")
        return self.cleaned_data["grade"]


def may_copy(of: admin.ModelAdmin, request: HttpRequest) -> bool:
    """Whether the person may do what a copy does."""
    return request.user.has_perms(NEEDED)


def view(of: admin.ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the day, then copy. As with every change of rules, never in the middle of an import."""
    return alone(request, _view, of, pk)


def _view(request: HttpRequest, of: admin.ModelAdmin, pk: int) -> HttpResponse:
    old = RuleSet.objects.select_related("certification").filter(pk=pk).first()
    if old is None:
        raise Http404
    if not may_copy(of, request):
        raise PermissionDenied
    form = CopyForm(request.POST or None, old=old, initial={name: getattr(old, name) for name in COLUMNS})
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            made = copied(old, **form.cleaned_data)
            refresh(school_ids=())
        of.log_addition(request, made, f"Copied from the rules {old.pk}")
        held = dated(of_rule_set(old, ()))
        messages.success(request, f"Copied. The old rules now hold {held}; these are the new ones, for you to change.")
        return redirect("admin:directory_ruleset_change", made.pk)
    context = {
        **of.admin_site.each_context(request),
        "title": f"Copy the rules of {old.certification} with a new date",
        "opts": of.opts,
        "original": old,
        "form": form,
        "media": of.media + form.media,
    }
    return TemplateResponse(request, "admin/directory/rules_copy.html", context)


def copied(old: RuleSet, *, valid_from: dt.date, **values: Any) -> RuleSet:
    """The new rule set, which ends as the old one would have; the old one ends the day before it begins."""
    reason = f"Copied from the rules with the key {old.pk}"
    made = RuleSet(
        certification=old.certification, valid_from=valid_from, valid_to=old.valid_to, named=old.named, **values
    )
    made._change_reason = reason  # type: ignore[attr-defined]  # noqa: SLF001 - how simple_history is told
    old.valid_to = valid_from - A_DAY
    old.save()
    made.save()
    for route in old.routes.prefetch_related("conditions__credentials"):
        way = _twin(route, reason, rule_set=made)
        for condition in route.conditions.all():
            twin = _twin(condition, reason, route=way)
            if credentials := list(condition.credentials.all()):
                twin.credentials.set(credentials)
    return made


def _twin(row: Any, reason: str, **changes: Any) -> Any:
    """Another row with the same values but for its key and the changes."""
    values = {each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields if not each.primary_key}
    twin = type(row)(**values)
    for name, value in changes.items():
        setattr(twin, name, value)
    twin._change_reason = reason  # noqa: SLF001 - how simple_history is told
    twin.save()
    return twin

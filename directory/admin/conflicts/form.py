"""What to do about the chosen corrections: one decision with one reason, and for a single one another value."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget, AdminTextareaWidget, AdminURLFieldWidget
from django.db import models
from django.utils import timezone

from directory.curation.conflicts.finding import mark
from directory.curation.listing_checks import problems
from directory.links import outbound
from directory.models import ConflictDecision, Override, Program, School

Decision = ConflictDecision.Decision
SEEN = "seen-"


class DecideForm(forms.Form):
    """After `clean`, `seen` holds the mark that was seen of each chosen correction."""

    decision = forms.ChoiceField(
        label="Decision", choices=Decision.choices, widget=forms.RadioSelect, initial=Decision.KEEP
    )
    reason = forms.CharField(
        label="Why",
        widget=AdminTextareaWidget(attrs={"rows": 2}),
        help_text="Where ours stays or becomes another value, readers see it word for word.",
    )
    review_by = forms.DateField(
        label="Look again by",
        required=False,
        widget=AdminDateWidget,
        help_text="Needed unless you accept the official value.",
    )
    evidence_url = forms.URLField(
        label="Evidence", required=False, assume_scheme="https", max_length=500, widget=AdminURLFieldWidget(),
        help_text="A page that shows it. Left empty, the one that is kept stays.",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, overrides: Sequence[Override]) -> None:
        super().__init__(data)
        self.overrides = overrides
        self.seen: dict[int, str] = {}
        if len(overrides) == 1:
            self.fields["value"] = _value_field(overrides[0])
        else:
            decision: Any = self.fields["decision"]
            decision.choices = [each for each in Decision.choices if each[0] != Decision.EDIT]

    @property
    def previewed(self) -> str:
        """What was decided in short: only a decision that was looked at is kept."""
        said = {name: value for name, value in self.cleaned_data.items() if name in self.fields}
        return hashlib.sha256(repr(sorted(said.items(), key=str)).encode()).hexdigest()[:16]

    @property
    def was_previewed(self) -> bool:
        return self.data.get("previewed") == self.previewed

    def marks(self) -> list[tuple[str, str]]:
        """Hidden fields of the page: what it shows of each correction now."""
        return [(f"{SEEN}{row.pk}", mark(row)) for row in self.overrides]

    def clean_review_by(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["review_by"]
        if day and day <= timezone.localdate():
            raise forms.ValidationError("Choose a day that is still to come.")
        return day

    def clean_evidence_url(self) -> str:
        url: str = self.cleaned_data["evidence_url"]
        if url and outbound(url) is None:
            raise forms.ValidationError("This is no web address that a reader can be sent to.")
        return url

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        decision = data.get("decision")
        if decision in (Decision.KEEP, Decision.EDIT) and not data.get("review_by") and "review_by" not in self.errors:
            self.add_error("review_by", "Say by when somebody looks at it again.")
        if decision == Decision.EDIT:
            self._clean_value(data)
        self.seen = {row.pk: str(self.data.get(f"{SEEN}{row.pk}", "")) for row in self.overrides}
        return data

    def _clean_value(self, data: dict[str, Any]) -> None:
        if "value" in self.errors:
            return
        row, value = self.overrides[0], data.get("value")
        field = row.target._meta.get_field(row.column)
        if value in (None, "") and not (field.null or getattr(field, "blank", False)):
            self.add_error("value", "This may not be empty.")
        elif _plain(value) == row.official_value:
            self.add_error("value", "That is the official value: choose “Accept the official value”.")
        else:
            target = row.target
            values = {each.name: getattr(target, each.attname) for each in target._meta.concrete_fields}
            for name, words in problems(target, {**values, row.column: value}, [row.column]):
                self.add_error("value", f"{words}" if name == row.column else f"{name}: {words}")


def _value_field(override: Override) -> forms.Field:
    kind: type[models.Model] = School if override.school_id else Program
    field: Any = kind._meta.get_field(override.column)
    made: forms.Field = field.formfield()
    made.required, made.label, made.initial = False, "Another value", override.value
    made.help_text = "Only for “Another value”."
    if isinstance(field, models.DateField):
        made.widget = AdminDateWidget()
    return made


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value

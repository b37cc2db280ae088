"""The form of a bulk edit: which fields, their new values, and the reason that stands for all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminURLFieldWidget
from django.core.exceptions import ValidationError
from django.utils import timezone

from directory.admin.corrections import SAY_WHY
from directory.admin.listings.words import label
from directory.curation.batches.apply import Why
from directory.curation.batches.columns import columns, empty_problem, for_many, form_field
from directory.curation.batches.plan import MOST


class WhyForm(forms.Form):
    """What is said about a batch: readers see the reason and the page beside every corrected fact."""

    why = forms.CharField(
        label="Why",
        error_messages={"required": SAY_WHY},
        widget=AdminTextareaWidget(attrs={"rows": 2}),
        help_text="It is public: readers see it word for word beside each corrected fact. Your name is not shown.",
    )
    evidence_url = forms.URLField(
        label="Evidence",
        required=False,
        assume_scheme="https",
        max_length=500,
        widget=AdminURLFieldWidget(),
        help_text="A page that shows it, if there is one. Readers see the link.",
    )
    review_by = forms.DateField(
        label="Look again by",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="The day on which somebody is to check whether our value still holds.",
    )

    due_at = forms.DateTimeField(
        label="Not now, but at",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = timezone.get_current_timezone_name()
        self.fields["due_at"].help_text = (
            f"Empty: at once. Else a day and hour in the site’s time zone, {zone}: it waits until then, can be "
            "cancelled, and overwrites nothing that somebody changes meanwhile."
        )

    def reasons(self) -> list[Any]:
        """The fields of the reason and the hour, for the page."""
        return [self[name] for name in ("why", "evidence_url", "review_by", "due_at")]

    def clean_due_at(self) -> dt.datetime | None:
        moment: dt.datetime | None = self.cleaned_data["due_at"]
        if moment and moment <= timezone.now():
            raise ValidationError("This moment has passed. Leave it empty to apply at once.")
        return moment

    def clean_review_by(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["review_by"]
        if day and day < timezone.localdate():
            raise ValidationError("This day has passed.")
        return day

    @property
    def said(self) -> Why:
        data = self.cleaned_data
        return Why(data["why"], data["evidence_url"], data["review_by"], data["due_at"])


class BulkForm(WhyForm):
    """After `is_valid`, `keys` are the listings and `values` what each of them is to have."""

    chosen = forms.CharField(widget=forms.HiddenInput)
    #: The page was opened to prepare something, so an hour belongs to it.
    later = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        given = read_keys(str(self.data.get("chosen") or self.initial.get("chosen", "")))
        self.columns = columns(kind) if len(given) == 1 else for_many(kind)
        for name in self.columns:
            self.fields[f"do_{name}"] = forms.BooleanField(label=label(kind, name), required=False)
            self.fields[f"new_{name}"] = form_field(kind, name)
            self.fields[f"new_{name}"].label = label(kind, name)
            self.fields[f"new_{name}"].widget.attrs["aria-label"] = f"{label(kind, name)}, new value"

    @property
    def keys(self) -> list[int]:
        return self.cleaned_data["chosen"]

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[f"new_{name}"] for name in self.columns if self.cleaned_data[f"do_{name}"]}

    def pairs(self) -> Iterator[tuple[Any, Any]]:
        """Of each column the box that chooses it and the field of its new value, for the page."""
        for name in self.columns:
            yield self[f"do_{name}"], self[f"new_{name}"]

    def clean_chosen(self) -> list[int]:
        found = read_keys(self.cleaned_data["chosen"])
        if not found:
            raise ValidationError("Check the listings that you mean in the list first.")
        if len(found) > MOST:
            raise ValidationError(f"These are {len(found):,} listings. One batch takes {MOST:,} at most.")
        return found

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("later") and not data.get("due_at") and "due_at" not in self.errors:
            self.add_error("due_at", "Enter the day and hour. To change it now, use the listing’s own page.")
        ticked = [name for name in self.columns if data.get(f"do_{name}")]
        for name in self.columns:
            new = f"new_{name}"
            empty = data.get(new) in (None, "")
            if name in ticked and new in data and empty and (said := empty_problem(self.kind, name)):
                self.add_error(new, said)
            elif name not in ticked and new in data and not empty:
                self.add_error(new, "Tick the box before it to change this field, or empty it again.")
        if not ticked and not self.errors:
            raise ValidationError("Tick at least one field to change.")
        return data


def read_keys(text: str) -> list[int]:
    """Keys out of a hidden field, each once, in their order; what is no number is passed over."""
    return list(
        dict.fromkeys(int(bit) for bit in text.split(",") if bit.isascii() and bit.isdecimal() and len(bit) < 18)
    )

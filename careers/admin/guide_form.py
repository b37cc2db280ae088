"""The editor of a guide: one text field per section, and what its editor began from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.forms import BoundField

from careers.models import Career, GuideVersion
from careers.models.guide import LONGEST_TEXT
from careers.publishing import DETAILS, stamp
from careers.vocab import PARTS

SEEN: Final = "seen-"
ROWS: Final = 8


class GuideForm(forms.Form):
    """Loose on purpose: a draft may hold anything that is a text."""

    note = forms.CharField(
        label="What changed", max_length=300, required=False, help_text="Readers see it beside the version"
    )
    author = forms.CharField(max_length=120, required=False, help_text="As readers are to see it; empty: none is named")

    def __init__(self, *args: Any, texts: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        """`texts` are what stands there now, by section and detail; they fill the form and its stamps."""
        if texts is not None:
            seen = {f"{SEEN}{name}": stamp(text) for name, text in texts.items()}
            kwargs["initial"] = {**texts, **seen}
        super().__init__(*args, **kwargs)
        for key, part in PARTS.items():
            self.fields[key] = forms.CharField(
                label=f"{part.section.label}{' (required to publish)' if part.required else ''}",
                help_text=part.hint,
                required=False,
                strip=False,
                max_length=LONGEST_TEXT,
                widget=forms.Textarea(
                    attrs={"rows": ROWS, "class": "vLargeTextField guide-text", "spellcheck": "true"}
                ),
            )
        for name in (*DETAILS, *PARTS):
            self.fields[f"{SEEN}{name}"] = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    @property
    def typed(self) -> dict[str, str]:
        """Text by section and detail, of a form that is valid."""
        return {name: self.cleaned_data[name] for name in (*DETAILS, *PARTS)}

    @property
    def seen(self) -> dict[str, str]:
        return {name: self.cleaned_data[f"{SEEN}{name}"] for name in (*DETAILS, *PARTS)}

    def details(self) -> list[BoundField]:
        return [self[name] for name in DETAILS]

    def stamps(self) -> list[BoundField]:
        return [self[f"{SEEN}{name}"] for name in (*DETAILS, *PARTS)]


def texts_to_edit(version: GuideVersion, sections: Mapping[str, str]) -> dict[str, str]:
    """What the editor of a version shows."""
    return {
        **{name: getattr(version, name) for name in DETAILS},
        **{key: sections.get(key, "") for key in PARTS},
    }


class ScheduleForm(forms.Form):
    at = forms.DateTimeField(
        label="From (UTC)",
        required=False,
        help_text="Empty: now",
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    @property
    def hour(self) -> dt.datetime | None:
        found: dt.datetime | None = self.cleaned_data["at"]
        return found


class ReviewForm(forms.Form):
    reviewer = forms.CharField(max_length=120, required=False, help_text="A real person who has read this version")
    reviewed_on = forms.DateField(
        label="Read on", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class NewGuideForm(forms.Form):
    """Which career gets a draft."""

    career = forms.ModelChoiceField(Career.objects.order_by("order", "title"), empty_label="Choose a career")

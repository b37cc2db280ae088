"""What a person says about two listings: which of them stays and why they are one, or why they are two."""

from __future__ import annotations

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget

ONE, OTHER = "one", "other"


class DecisionForm(forms.Form):
    """Which of the two stays, and why they are one. Whatever else is posted are choices of fields."""

    stays = forms.ChoiceField(choices=((ONE, "the left one"), (OTHER, "the right one")), error_messages={
        "required": "Choose which of the two stays."
    })  # fmt: skip
    reason = forms.CharField(
        label="Why they are one",
        max_length=1_000,
        widget=AdminTextareaWidget(attrs={"rows": 3}),
        error_messages={"required": "Say why they are one: the next person cannot judge it otherwise."},
        help_text="It stays in the history of both. Where a value is taken over that an official file has otherwise, "
        "readers see these words beside it.",
    )


class ApartForm(forms.Form):
    """Why they are two."""

    because = forms.CharField(
        label="Why they are two",
        max_length=300,
        widget=AdminTextareaWidget(attrs={"rows": 2}),
        error_messages={"required": "Say why they are two, so that nobody asks again."},
    )

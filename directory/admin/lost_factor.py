"""Removing a lost second factor of somebody else: only with a reason."""

from __future__ import annotations

from django import forms


class LostFactorForm(forms.Form):
    """Why the factors of an account go."""

    reason = forms.CharField(
        label="Reason",
        max_length=300,
        min_length=5,
        help_text="How do you know that it is this person who asks? It stands in the history of the account.",
        error_messages={"required": "Say why: it stands in the history of the account."},
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

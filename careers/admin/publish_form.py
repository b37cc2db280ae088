"""Publishing at the desk: from when, what was looked at, and what becomes of a version that is scheduled for later."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from careers.admin.guide_form import ScheduleForm
from careers.models import GuideVersion
from careers.publishing import Later


class PublishForm(ScheduleForm):
    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    later = forms.ChoiceField(
        label="And then",
        required=False,
        choices=[
            (Later.ASK.value, "Choose what becomes of it"),
            (Later.KEEP.value, "Leave it: it takes the place of this one at its hour"),
            (Later.TAKE_BACK.value, "Take it back: it becomes the draft"),
        ],
    )

    def __init__(self, *args: Any, scheduled: Sequence[GuideVersion] = (), **kwargs: Any) -> None:
        """`scheduled` are the versions that begin later; without one there is nothing to choose."""
        super().__init__(*args, **kwargs)
        self.scheduled = scheduled

    @property
    def chosen(self) -> Later:
        return Later(self.cleaned_data["later"])

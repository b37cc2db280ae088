"""Publishing at the desk: from when, what was looked at, and what becomes of a version that is scheduled for later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from careers import publishing
from careers.admin.guide_form import ReviewForm, ScheduleForm
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


def publish_form(version: GuideVersion, now: dt.datetime, typed: Mapping[str, str]) -> PublishForm:
    """The form of the desk; after a refusal with the hour and the choice as `typed` (its POST)."""
    kept = {name: typed[name] for name in ("at", "later") if name in typed}
    return PublishForm(
        initial={"seen": publishing.state_stamp(version), **kept},
        scheduled=publishing.scheduled_after(version, now),
    )


def review_form(version: GuideVersion, typed: Mapping[str, str]) -> ReviewForm:
    """The form of the desk with the review that is recorded; after a refusal with the name and the day as `typed`."""
    form = ReviewForm(prefix="review")
    recorded = {"reviewer": version.reviewer, "reviewed_on": version.reviewed_on}
    form.initial = {name: typed.get(form.add_prefix(name), value) for name, value in recorded.items()}
    return form

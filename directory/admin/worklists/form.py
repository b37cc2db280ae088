"""What is said about the checked cases: the verb is the button that was pressed."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Final, NamedTuple

from django import forms
from django.contrib.auth.models import User
from django.http import QueryDict
from django.utils import timezone

from directory.admin.worklists.chosen import colleagues
from directory.models import CaseDecision

Verb = CaseDecision.Verb
#: A row that is given to whoever presses its own button.
TAKE: Final = "take"
MARK: Final = re.compile(r"(?P<kind>[\w-]{1,40}):(?P<key>[\w-]{1,80}):(?P<fingerprint>[0-9a-f]{16}):(?P<seen>[\d-]*)")
#: Nobody puts a case off for longer; what nobody wants to see again is ignored, with a reason.
LONGEST: Final = dt.timedelta(days=366)


class Mark(NamedTuple):
    """A checked case as the page showed it: what was wrong, and what stood about it."""

    kind: str
    key: str
    fingerprint: str
    seen: str


class DecideForm(forms.Form):
    """One form for all checked cases. `verb` and `marks` hold what is asked for once it is valid."""

    to = forms.ModelChoiceField(
        queryset=User.objects.none(), required=False, label="Give to", empty_label="Nobody", help_text=""
    )
    until = forms.DateField(
        required=False,
        label="Put off until",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    note = forms.CharField(
        required=False,
        max_length=500,
        label="Note",
        widget=forms.Textarea(attrs={"rows": 2, "cols": 50}),
        help_text="What was done, or why it can be ignored. It stays in the history, for staff alone.",
    )

    def __init__(self, data: QueryDict | None, *, user: User, people: dict[int, User]) -> None:
        super().__init__(data, initial={"to": user.pk}, prefix="", label_suffix="")
        self.fields["to"].choices = [("", "Nobody"), *((pk, name_of(each, user)) for pk, each in people.items())]  # type: ignore[attr-defined]
        self.fields["to"].queryset = colleagues()  # type: ignore[attr-defined]
        self.user = user
        given = data or QueryDict()
        taken = given.get(TAKE, "")
        self.verb = Verb.ASSIGN.value if taken else given.get("do", "")
        self.takes = bool(taken)
        self.checked = [taken] if taken else given.getlist("case")

    @property
    def marks(self) -> list[Mark]:
        return [Mark(**found.groupdict()) for text in self.checked if (found := MARK.fullmatch(text))]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.marks:
            self.add_error(None, "Nothing was checked. Check the cases that this is about.")
        if self.verb not in (Verb.ASSIGN, *CaseDecision.HIDING, Verb.UNDO):
            self.add_error(None, "Press one of the buttons to say what is to be done with the checked cases.")
        if self.takes:
            data["to"] = self.user
        if self.verb == Verb.SNOOZE and "until" not in self.errors:
            self._until(data.get("until"))
        if self.verb in (Verb.RESOLVE, Verb.IGNORE) and not (data.get("note") or "").strip():
            what = "what was done" if self.verb == Verb.RESOLVE else "why it can be ignored"
            self.add_error("note", f"Say {what}: the next person sees it here.")
        return data

    def _until(self, day: dt.date | None) -> None:
        today = timezone.now().date()
        if day is None:
            self.add_error("until", "Choose the day on which it is to be back on the list.")
        elif day <= today:
            self.add_error("until", "This day has come already: choose a later one.")
        elif day > today + LONGEST:
            self.add_error("until", "A case is put off for a year at most. Ignore it, with a reason.")


def name_of(each: User, user: User) -> str:
    """What a colleague is called in a list; who is looking is "me"."""
    name = each.get_full_name() or each.get_username()
    return f"me ({name})" if each.pk == user.pk else name

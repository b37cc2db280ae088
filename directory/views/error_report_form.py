"""The form in which a reader says what is wrong with a fact. No name, no address, no account."""

from __future__ import annotations

import uuid
from typing import Any, Final

from django import forms

from directory.links import outbound

LONGEST_VALUE: Final = 300
LONGEST_WORDS: Final = 2_000
#: One form, one report: what makes two sendings the same.
FORMS: Final = uuid.UUID("0b7a3d0e-5b0b-4d0a-9a3c-3f1d1f0f6c11")


def text(label: str, longest: int, *, hint: str = "", rows: int = 0) -> forms.CharField:
    """A field for so many signs that says how many were typed when they are too many."""
    attrs: dict[str, Any] = {"class": "input", "autocomplete": "off"}
    widget = forms.Textarea({**attrs, "rows": rows}) if rows else forms.TextInput(attrs)
    message = f"At most {longest:,} characters; these are %(show_value)d."
    field = forms.CharField(
        label=label, help_text=hint, required=False, max_length=longest, widget=widget,
        error_messages={"max_length": message},
    )  # fmt: skip
    # The limit is told and checked here; a browser would cut off what is pasted without a word.
    field.widget.attrs.pop("maxlength", None)
    return field


class ErrorReportForm(forms.Form):
    """What it should be, where one can see it, and what else to say."""

    should_be = text("What should it be?", LONGEST_VALUE, hint="The right value as you know it.")
    evidence_url = text(
        "Where can we see it?", 500, hint="The address of a page, if there is one. It helps most: we check it first."
    )
    words = text(
        "Anything else?", LONGEST_WORDS, rows=5, hint="Please no names or contact details: we do not answer by mail."
    )
    #: Not drawn on a screen; machines fill it in.
    subject_line = text("Leave this field empty", 200)
    form = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.initial["form"] = uuid.uuid4().hex
        for name in self.fields:
            self._describe(name)

    def _describe(self, name: str) -> None:
        """Tie hint and error to the field for screen readers; only a bound form has errors."""
        field = self.fields[name]
        wrong = self.is_bound and name in self.errors
        told = [f"id_{name}_hint"] if field.help_text else []
        told += [f"id_{name}_error"] if wrong else []
        if told:
            field.widget.attrs["aria-describedby"] = " ".join(told)
        if wrong:
            field.widget.attrs["aria-invalid"] = "true"

    def clean_evidence_url(self) -> str:
        typed: str = self.cleaned_data["evidence_url"]
        url = outbound(typed) if typed else ""
        if url is None or len(url) > 500:
            raise forms.ValidationError(
                "This is no web address that we can open. It looks like https://example.edu/page."
            )
        return url

    def clean_subject_line(self) -> str:
        if self.cleaned_data["subject_line"]:
            raise forms.ValidationError("This field is a trap for machines. Empty it and send the form again.")
        return ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if {"should_be", "words"} <= data.keys() and not (data["should_be"] or data["words"]):
            self.add_error("should_be", "Say what it should be, or what is wrong, in the field “Anything else?”.")
        return data

    def sent(self, *about: str) -> uuid.UUID:
        """The same for the same form with the same words about the same fact, and for nothing else.

        A form that came without its own mark is one of its own: what two readers typed alike must not be one report,
        because the second would be given the key of the first.
        """
        said = (self.cleaned_data[name] for name in ("should_be", "evidence_url", "words"))
        return uuid.uuid5(FORMS, "\n".join([_mark(self.cleaned_data["form"]), *about, *said]))


def _mark(typed: str) -> str:
    try:
        return uuid.UUID(typed).hex
    except ValueError:
        return uuid.uuid4().hex

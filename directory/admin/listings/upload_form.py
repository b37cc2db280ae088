"""The forms of a spreadsheet: the file, and afterwards what it asks for with the reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import astuple
from typing import Any, Final

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError

from directory.admin.listings.bulk_form import WhyForm
from directory.curation.batches.apply import Sheet
from directory.curation.batches.columns import plain, value_of
from directory.curation.batches.diff import Diff, Problem, compare
from directory.curation.batches.plan import Values
from directory.curation.batches.reading import MOST_BYTES, MOST_ROWS, Unreadable, rows

SALT: Final = "directory.listings.file"


class UploadForm(forms.Form):
    """After `is_valid`, `diff` is what the file asks for."""

    file = forms.FileField(
        label="File",
        error_messages={"required": "Choose a CSV or XLSX file.", "empty": "The file is empty."},
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        help_text=f"CSV or XLSX, up to {MOST_BYTES // 1024**2} MB and {MOST_ROWS:,} rows, begun with an export.",
    )
    diff: Diff

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            self.diff = compare(self.kind, rows(file, file.size))
        except Unreadable as error:
            raise ValidationError(str(error)) from None
        return file


class AskedForm(WhyForm):
    """What a file asks for, kept in the page between looking and applying; signed, so that it is what was read."""

    asked = forms.CharField(widget=forms.HiddenInput, strip=False)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean_asked(self) -> dict[str, Any]:
        try:
            found: dict[str, Any] = signing.loads(self.cleaned_data["asked"], salt=f"{SALT}.{self.kind}")
        except signing.BadSignature:
            raise ValidationError("This page is no longer valid. Upload the file again.") from None
        return found

    @property
    def hour_given(self) -> dt.datetime | None:
        """The hour as far as one was given that can be; the rest of the form need not be right."""
        return self.cleaned_data.get("due_at") if self.is_bound else None

    @property
    def wanted(self) -> dict[int, Values]:
        """Key of a listing -> column -> value."""
        asked: Mapping[str, Mapping[str, Any]] = self.cleaned_data["asked"]["wanted"]
        return {
            int(key): {name: value_of(self.kind, name, value) for name, value in values.items()}
            for key, values in asked.items()
        }

    @property
    def diff(self) -> Diff:
        """What was read of the file, as far as the page carries it."""
        asked = self.cleaned_data["asked"]
        return Diff(
            self.kind,
            rows=asked["rows"],
            unknown=tuple(asked["unknown"]),
            wanted=self.wanted,  # type: ignore[arg-type]  # each its own mapping
            lines={int(key): line for key, line in asked["lines"].items()},
            problems=[Problem(*row) for row in asked["problems"]],
            conflicts=[Problem(*row) for row in asked["conflicts"]],
            unnamed=asked["unnamed"],
            unnamed_rows=asked.get("unnamed_rows", 0),  # a page of before has none
        )

    @property
    def sheet(self) -> Sheet:
        """The file as its batch remembers it."""
        diff = self.diff
        return Sheet(str(self.cleaned_data["asked"]["file"]), diff.lines, diff.not_taken, diff.unnamed_rows)


def packed(diff: Diff, file_name: str) -> str:
    """What a file asks for, as the hidden field holds it."""
    wanted = {key: {name: plain(value) for name, value in values.items()} for key, values in diff.wanted.items()}
    asked = {
        "wanted": wanted,
        "lines": diff.lines,
        "file": file_name[:200],
        "rows": diff.rows,
        "unknown": diff.unknown,
        "problems": [astuple(each) for each in diff.problems],
        "conflicts": [astuple(each) for each in diff.conflicts],
        "unnamed": diff.unnamed,
        "unnamed_rows": diff.unnamed_rows,
    }
    return signing.dumps(asked, salt=f"{SALT}.{diff.kind}", compress=True)

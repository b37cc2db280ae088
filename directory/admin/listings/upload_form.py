"""The forms of a spreadsheet: the file, and afterwards what it asks for with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError

from directory.admin.listings.bulk_form import WhyForm
from directory.curation.batches.columns import plain, value_of
from directory.curation.batches.diff import Diff, compare
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
    def wanted(self) -> dict[int, Values]:
        asked: Mapping[str, Mapping[str, Any]] = self.cleaned_data["asked"]["wanted"]
        return {
            int(key): {name: value_of(self.kind, name, value) for name, value in values.items()}
            for key, values in asked.items()
        }

    @property
    def lines(self) -> dict[int, int]:
        return {int(key): line for key, line in self.cleaned_data["asked"]["lines"].items()}

    @property
    def file_name(self) -> str:
        return str(self.cleaned_data["asked"]["file"])


def packed(diff: Diff, file_name: str) -> str:
    """What a file asks for, as the hidden field holds it."""
    wanted = {key: {name: plain(value) for name, value in values.items()} for key, values in diff.wanted.items()}
    asked = {"wanted": wanted, "lines": diff.lines, "file": file_name[:200]}
    return signing.dumps(asked, salt=f"{SALT}.{diff.kind}", compress=True)

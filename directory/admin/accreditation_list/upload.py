"""The form that takes in an accreditor's list: whose it is, of which day, where it is published, and the file."""

from __future__ import annotations

from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Final

from django import forms
from django.contrib.admin.widgets import AdminURLFieldWidget
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from directory.importers.accreditor_list.file import LARGEST, ListFile, read_list
from directory.importers.errors import Refused
from directory.links import outbound

HELP: Final = {
    "as_of": "The day that the list names, else that of the download. Records count as checked on it.",
    "whole": "Only if the file names everything that the accreditor accredits. Only then can you clear what is gone "
    "from it.",
}


class UploadForm(forms.ModelForm):
    """A new list. After `clean`, `found` is what the file says."""

    file = forms.FileField(
        label="File",
        help_text="A csv file or an Excel workbook (.xlsx) with one row per program or school, "
        f"{LARGEST // 1024**2} MB at most. Which column means what is asked next.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.txt"}),
    )
    source_url = forms.URLField(
        label="Where it is published",
        max_length=500,
        assume_scheme="https",
        widget=AdminURLFieldWidget(),
        help_text="The accreditor’s page. Readers see it as the evidence of each record.",
    )
    found: ListFile | None = None

    def clean_as_of(self) -> Any:
        day = self.cleaned_data["as_of"]
        if day > timezone.localdate():
            raise forms.ValidationError("This day has not come yet.")
        return day

    def clean_source_url(self) -> str:
        url: str = self.cleaned_data["source_url"]
        if outbound(url) is None:
            raise forms.ValidationError("This is no web address that a reader can be sent to.")
        return url

    def clean_file(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["file"]
        if (upload.size or 0) > LARGEST:
            raise forms.ValidationError(
                f"The file has more than {LARGEST // 1024**2} MB; no accreditor’s list is as long."
            )
        # The content decides what it is, not the name; the name only helps to say what is wrong.
        with NamedTemporaryFile(suffix=Path(upload.name or "").suffix[:10]) as file:
            for chunk in upload.chunks():
                file.write(chunk)
            file.flush()
            try:
                self.found = read_list(Path(file.name))
            except Refused as refused:
                name = upload.name or "The file"
                raise forms.ValidationError(str(refused).replace(Path(file.name).name, name)) from None
        self.instance.file_name = (upload.name or "list")[:200]
        return upload

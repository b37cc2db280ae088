"""What people enter on the way of a file: which file and what of it, and why."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core import signing
from django.core.files.uploadedfile import UploadedFile

from directory.importers.errors import Refused
from directory.importers.registry import importer_for
from directory.importers.vintages import stated
from directory.models import ReleaseProposal
from directory.pipeline.proposals import fetched, store
from directory.pipeline.proposals.contents import Contents
from directory.pipeline.proposals.requirements import Requirements, fits
from directory.pipeline.proposals.store import Kept

SALT: Final = "a file that has come"
CODE: Final = re.compile(r"\d{2}(\.\d{2}(\d{2})?)?")
ONE_OF: Final = "Choose a file, or one that was fetched."


class ProposeForm(forms.Form):
    """Which file, and what of it. A file that has come is kept while the rest is mended (`came`)."""

    came = forms.CharField(required=False, widget=forms.HiddenInput)
    scope = forms.CharField(
        label="Fields of study",
        max_length=200,
        widget=AdminTextInputWidget,
        help_text="“all”, or CIP codes and families with commas between: 51.07, 51.2706.",
    )
    vintage = forms.CharField(
        label="Year or version",
        max_length=40,
        required=False,
        widget=AdminTextInputWidget,
        help_text="Only where the file and its name do not tell: 2024, 2023-24, 2025-04 (a month) or 29.3 (a version).",
    )
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=2_000,
        widget=AdminTextareaWidget(attrs={"rows": 2}),
        help_text="Where it is from and why it is loaded, for whoever approves it.",
    )
    fetched = forms.ChoiceField(label="A fetched file", required=False)
    # Last, so that everything else has been read when a file is too large.
    file = forms.FileField(
        label="Or a file of yours",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.zip,.xlsx"}),
        help_text="csv, zip or xlsx.",
    )

    def __init__(self, *args: Any, of: Requirements, refused: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of, self.refused = of, refused
        self.kept: Kept | None = None
        self.name = self.path = ""
        self.fields["fetched"].choices = _choices(of.source)  # type: ignore[attr-defined]
        if not of.by_cip:
            del self.fields["scope"]

    @classmethod
    def again(cls, proposal: ReleaseProposal, of: Requirements) -> ProposeForm:
        """The form with the file of a former proposal, while it is kept, and with what was entered then."""
        token = token_of(_kept(proposal), proposal.file_name) if store.holds(proposal.sha256) else ""
        entered = {"scope": proposal.scope, "vintage": proposal.vintage_given, "note": proposal.note, "came": token}
        return cls(of=of, initial=entered)

    @property
    def came_as(self) -> str:
        """The name of the file that has come already and is kept."""
        return _of_token(str(self["came"].value() or ""))[1]

    def clean_scope(self) -> str:
        text = str(self.cleaned_data["scope"]).strip().lower()
        if text == "all":
            return text
        codes = sorted({code.strip() for code in text.replace(";", ",").split(",") if code.strip()})
        wrong = [code for code in codes if not CODE.fullmatch(code)]
        if wrong or not codes:
            raise forms.ValidationError(f"{', '.join(wrong) or 'This'} is no CIP code. Write 51.0707, 51.07 or all.")
        return ", ".join(codes)

    def clean_vintage(self) -> str:
        text = str(self.cleaned_data["vintage"]).strip()
        if text:
            try:
                importer_for(self.of.source).told(stated(text))
            except (ValueError, Refused):
                raise forms.ValidationError("Use 2024, 2023-24, 2025-04 or 29.3, as the source counts.") from None
        return text

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        try:
            self._take(given.get("file"), str(given.get("fetched") or ""), str(given.get("came") or ""))
        except Refused as refusal:
            self.add_error("file", str(refusal))
        if self.kept:  # whatever else is wrong, the file need not come a second time
            self.data = {**self.data.dict(), "came": token_of(self.kept, self.name)}  # type: ignore[attr-defined]
        return given

    def _take(self, file: UploadedFile | None, chosen: str, came: str) -> None:
        if self.refused:
            raise Refused(self.refused)
        if file and chosen:
            raise Refused("That are two files. Choose one of them.")
        if file:
            self.kept, self.name = store.keep(file.chunks()), file.name or "file"
        elif chosen:
            self.kept, self.name, self.path = store.keep_copy(fetched.path_of(chosen)), chosen, chosen
        else:
            self.kept, self.name = _of_token(came)
            if self.kept is None:
                raise Refused(ONE_OF)


class ReasonForm(forms.Form):
    """Why; without it nothing is done."""

    reason = forms.CharField(
        label="Reason",
        max_length=2_000,
        widget=AdminTextareaWidget(attrs={"rows": 3}),
        error_messages={"required": "Say why; the reason is kept."},
    )


def token_of(kept: Kept, name: str) -> str:
    """A file of the store, so that a form can name it and nobody can make one up."""
    return signing.dumps([kept.sha256, kept.size, kept.contents.kind, kept.contents.unpacked, name], salt=SALT)


def _of_token(token: str) -> tuple[Kept | None, str]:
    try:
        digest, size, kind, unpacked, name = signing.loads(token, salt=SALT, max_age=86_400)
    except (signing.BadSignature, ValueError, TypeError):
        return None, ""
    return (Kept(digest, size, Contents(kind, unpacked)), name) if store.holds(digest) else (None, "")


def _kept(proposal: ReleaseProposal) -> Kept:
    return Kept(proposal.sha256, proposal.size, Contents(proposal.kind, proposal.size))


def _choices(source: str) -> list[Any]:
    """Fetched files, those that are called as the source's are before the others."""
    files = fetched.listing()
    ours = [_choice(each) for each in files if fits(source, each.name.rsplit("/", 1)[-1])]
    others = [_choice(each) for each in files if not fits(source, each.name.rsplit("/", 1)[-1])]
    groups = [("Called as the files of this source are", ours), ("Other files", others)]
    return [("", "None" if files else "No file has been fetched"), *(group for group in groups if group[1])]


def _choice(file: fetched.Fetched) -> tuple[str, str]:
    return file.name, f"{file.name} ({file.size / 1024**2:,.1f} MB, {file.came_at:%Y-%m-%d})"

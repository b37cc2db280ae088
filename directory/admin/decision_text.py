"""Texts for decisions: kept by staff, put into a form by a button, changed there before anything is decided."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django import forms
from django.contrib import admin
from django.forms.utils import ErrorDict
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from directory.admin.base import CuratedAdmin
from directory.models import DecisionText

INSERT: Final = "_insert"


@admin.register(DecisionText)
class DecisionTextAdmin(CuratedAdmin):
    list_display = ("title", "kind", "beginning")
    list_filter = ("kind",)
    search_fields = ("title", "text")
    ordering = ("kind", "title")

    @admin.display(description="text")
    def beginning(self, row: DecisionText) -> str:
        return row.text if len(row.text) <= 80 else f"{row.text[:79]}…"


class PickText(forms.Select):
    """The choice with its button, which sends the form without deciding anything."""

    def render(self, *args: Any, **kwargs: Any) -> SafeString:
        button = '{} <input type="submit" name="{}" value="Put it in" class="button">'
        return format_html(button, super().render(*args, **kwargs), INSERT)


class InsertsText(forms.ModelForm):
    """A form into one of whose fields a text of ours can be put; nothing is checked or saved while that is done."""

    own_text = forms.ChoiceField(
        label="Begin with",
        required=False,
        widget=PickText,
        help_text="It is added to what stands below. Change it as the case needs: nobody gets it before you decide.",
    )

    texts_of: ClassVar[DecisionText.Kind]
    #: The field that takes the text.
    text_goes_to: ClassVar[str]
    inserting: ClassVar[bool] = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "own_text" not in self.fields or self.text_goes_to not in self.fields:
            return
        self.texts = {str(each.pk): each for each in DecisionText.objects.filter(kind=self.texts_of)}
        choices = [("", "Choose a text"), *((pk, each.title) for pk, each in self.texts.items())]
        self.fields["own_text"].choices = choices  # type: ignore[attr-defined]
        if self.inserting:
            self._insert()

    def _insert(self) -> None:
        self.data = self.data.copy()  # type: ignore[attr-defined]
        chosen = self.texts.get(self.data.get("own_text", ""))
        if chosen is None:
            return
        typed = self.data.get(self.text_goes_to, "").rstrip()
        self.data[self.text_goes_to] = f"{typed}\n\n{chosen.text}" if typed else chosen.text  # type: ignore[index]
        self.data["own_text"] = ""  # type: ignore[index]
        self.fields[self.text_goes_to].widget.attrs["autofocus"] = True

    def full_clean(self) -> None:
        if not self.inserting:
            super().full_clean()
            return
        self._errors = ErrorDict()
        self.cleaned_data = {}
        if self.data.get("own_text", "") not in self.texts and not self._was_put_in:
            self.add_error("own_text", "Choose the text first.")

    @property
    def _was_put_in(self) -> bool:
        return bool(self.fields[self.text_goes_to].widget.attrs.get("autofocus"))

    def is_valid(self) -> bool:
        return super().is_valid() and not self.inserting


class TakesText:
    """Mixed into the admin of a form that inserts texts."""

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)  # type: ignore[misc]
        form.inserting = INSERT in request.POST  # a class made for this request
        return form

"""Two people at the same row's form: the second is told what the first changed, and loses nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

AGAIN = "Nothing was saved, and what you typed is still here: save again to put yours in its place."


class TwoAtOnce(forms.ModelForm):
    """The form carries what stood in each field when it was opened.

    A field that only somebody else changed meanwhile keeps their value. A field that both changed is refused once,
    with who was first and what stands now.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            for name in self.own_fields():
                self.fields[name].show_hidden_initial = True

    def own_fields(self) -> list[str]:
        """The fields that are columns of the row."""
        columns = {field.name for field in self.instance._meta.concrete_fields}
        return [name for name in self.fields if name in columns]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.instance.pk is None:
            return data
        for name in self.own_fields():
            if name in data and self._was_changed_meanwhile(name):
                now = getattr(self.instance, name)
                if name not in self.changed_data:
                    data[name] = now
                elif data[name] != now:
                    self._tell(name, now)
        return data

    def _was_changed_meanwhile(self, name: str) -> bool:
        bound, field = self[name], self.fields[name]
        if bound.html_initial_name not in self.data:
            return False
        shown = field.hidden_widget().value_from_datadict(self.data, self.files, bound.html_initial_name)
        try:
            return field.has_changed(self.get_initial_for_field(field, name), shown)
        except ValidationError:  # nothing that this page has sent
            return False

    def _tell(self, name: str, now: Any) -> None:
        field = self.fields[name]
        held = field.prepare_value(self.get_initial_for_field(field, name))
        self.data = self.data.copy()  # type: ignore[attr-defined]  # a form filled in by a browser
        # Who sends again has read this.
        self.data[self[name].html_initial_name] = field.hidden_widget().format_value(held) or ""  # type: ignore[index]
        last = self.instance.history.select_related("history_user").first()
        who = (last and last.history_user) or "Somebody"
        said = f"“{now}”" if now not in (None, "") else "empty"
        self.add_error(name, f"{who} has changed this since the page was opened: it is {said} now. {AGAIN}")

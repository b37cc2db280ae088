"""What every list shares: paging, and a clear word about each parameter that cannot be read."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cached_property
from typing import Any, ClassVar, Final

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django_filters import FilterSet, MultipleChoiceFilter

from directory.filters.fields import Repeatable, quoted

PER_PAGE: Final = 20
MOST_PER_PAGE: Final = 100
#: How alike a name must be to be meant: "stat" and "state", not "format" and "sort".
ALIKE: Final = 0.7
#: Far beyond the last page of 270,000 programs; a longer number is a mistake.
LAST_PAGE: Final = 100_000


def whole_number(least: int, most: int, *, name: str) -> forms.IntegerField:
    """A field for a whole number, with one message for everything that is none."""
    message = f"{name} is a whole number from {least:,} to {most:,}."
    return forms.IntegerField(
        required=False,
        min_value=least,
        max_value=most,
        error_messages={"invalid": message, "min_value": message, "max_value": message},
    )


class Shared(dict[str, forms.Field]):
    """Fields for a form that changes none of them, so that it need not copy them for each request."""

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, forms.Field]:
        return dict(self)


class ListForm(forms.Form):
    """The parameters that narrow nothing, and what holds for all parameters of a list."""

    page = whole_number(1, LAST_PAGE, name="The page")
    per_page = whole_number(1, MOST_PER_PAGE, name="The number of results per page")

    def __init__(self, data: QueryDict, **rest: Any) -> None:
        # A question mostly asks two or three of twenty parameters, and only those need a field.
        asked = Shared({name: field for name, field in type(self).base_fields.items() if name in data})
        self.base_fields = asked  # type: ignore[misc]  # Django reads it from the instance
        super().__init__(data, **rest)

    def clean(self) -> dict[str, Any]:
        for name, field in self.fields.items():
            values = self.data.getlist(name) if isinstance(self.data, QueryDict) else []
            if isinstance(field, Repeatable):
                if name in self.errors and (kept := field.readable(values)):
                    self.cleaned_data[name] = kept
            elif len(set(values)) > 1 and name not in self.errors:
                self.add_error(name, f"Give one value, not {len(set(values))}: {quoted(values)}.")
        return self.cleaned_data


class SeveralFilter(MultipleChoiceFilter):
    """A repeatable parameter; its values widen one another. `%(value)s` in its message are the bad ones."""

    field_class = Repeatable

    def __init__(self, *args: Any, message: str, **rest: Any) -> None:
        rest.setdefault("distinct", False)
        super().__init__(*args, error_messages={"invalid_choice": message}, **rest)


class ListFilterSet(FilterSet):
    """A FilterSet that keeps going when a value is bad, and says so.

    `problems` names each parameter with its messages: a page shows them beside the fields and applies the
    rest, the API answers 400 with them. A parameter that does not exist is a problem too, not ignored.
    """

    #: Worked out once for each list.
    _known: ClassVar[frozenset[str]]
    _made_form: ClassVar[type[forms.Form]]

    class Meta:
        form = ListForm

    def __init__(self, data: QueryDict | None = None, queryset: QuerySet[Any] | None = None, **rest: Any) -> None:
        super().__init__(without_blanks(data or QueryDict(), self.names()), queryset, **rest)

    @classmethod
    def names(cls) -> frozenset[str]:
        """Every parameter that the list knows."""
        if "_known" not in cls.__dict__:
            cls._known = frozenset((*cls.base_filters, *ListForm.base_fields))
        return cls._known

    def get_form_class(self) -> type[forms.Form]:
        """django-filter makes this class anew for each request; the declaration does not change."""
        own = type(self)
        if "_made_form" not in own.__dict__:
            own._made_form = super().get_form_class()  # noqa: SLF001 - our own class
        return own._made_form  # noqa: SLF001 - our own class

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Apply every filter whose value could be read."""
        for name, filter_ in self.filters.items():
            if name in self.form.cleaned_data:
                queryset = filter_.filter(queryset, self.form.cleaned_data[name])
        return queryset

    @property
    def problems(self) -> dict[str, list[str]]:
        """Parameter -> messages, bad values and unknown names alike; empty when everything could be read."""
        found = {name: [str(message) for message in messages] for name, messages in self.form.errors.items()}
        for name in sorted(set(self.data) - self.names()):
            near = get_close_matches(name.lower(), sorted(self.names()), n=1, cutoff=ALIKE)
            hint = f" Did you mean “{near[0]}”?" if near else ""
            found[name] = [f"There is no filter {quoted([name])}.{hint}"]
        return found

    @property
    def unknown(self) -> list[str]:
        """The messages that belong beside no field."""
        return [message for name, found in self.problems.items() if name not in self.names() for message in found]

    @property
    def page_number(self) -> int:
        return self.chosen("page") or 1

    def beyond(self, pages: int) -> dict[str, list[str]]:
        """What to say of a page after the last of so many; nothing to say otherwise."""
        if self.page_number <= pages:
            return {}
        there = "There is only one page" if pages == 1 else f"There are {pages:,} pages"
        return {"page": [f"{there}, and no page {self.page_number:,}."]}

    @property
    def per_page(self) -> int:
        return self.chosen("per_page") or PER_PAGE

    def chosen(self, name: str) -> Any:
        """The readable value of a parameter, None when it is absent or bad."""
        return self.readable.get(name)

    @cached_property
    def readable(self) -> dict[str, Any]:
        """Parameter -> value, of those that are there and could be read."""
        _ = self.form.errors  # reading the errors is what cleans the form
        found: dict[str, Any] = self.form.cleaned_data
        return found


#: What mail programs and other sites add to a link to see where a reader came from. It asks nothing of us.
TRACKING: Final = re.compile(r"utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|yclid|twclid|igshid|mc_[ce]id|_ga|_gl")


def without_tracking(data: QueryDict) -> QueryDict:
    """The parameters of a page's address without those that other sites hang on to links."""
    if not any(map(TRACKING.fullmatch, data)):
        return data
    kept = QueryDict(mutable=True)
    for name, values in data.lists():
        if not TRACKING.fullmatch(name):
            kept.setlist(name, values)
    return kept


def without_blanks(data: QueryDict, known: frozenset[str]) -> QueryDict:
    """A form sends each field that was left empty as a blank value, which is no choice."""
    kept = QueryDict(mutable=True)
    for name, values in data.lists():
        filled = [value for value in values if value.strip()] if name in known else values
        if filled:
            kept.setlist(name, filled)
    return kept

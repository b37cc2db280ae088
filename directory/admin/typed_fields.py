"""A form that came after its session was over, told in the words of its page: what it changes first, then the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import copy
from typing import Any

from django import forms
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import HttpRequest, QueryDict

from directory.staff.typed import Told

NOTHING = "nothing"


def told(table: Any, request: HttpRequest, data: QueryDict, asked: QueryDict, object_id: str | None) -> Told | None:
    """What `data`, sent to the form of a table's row (a new one without `object_id`), would change.

    None where the row is gone or this person may not see it. Nothing is written and nothing is judged.
    """
    row = table.get_object(request, object_id) if object_id else None
    may = table.has_view_or_change_permission(request, row) if object_id else table.has_add_permission(request)
    if not may or (object_id and row is None):
        return None
    sent = copy(request)
    sent.GET, sent.POST, sent.method = asked, data, "POST"  # type: ignore[assignment]  # a form of the past
    names = flatten_fieldsets(table.get_fieldsets(sent, row))
    form = table.get_form(sent, row, change=row is not None, fields=names)(data, instance=row)
    lines = [*lines_of(form)]
    formsets, inlines = table._create_formsets(sent, form.instance, change=row is not None)  # noqa: SLF001 - Django's own
    for formset, inline in zip(formsets, inlines, strict=True):
        lines += _rows(formset, str(inline.verbose_name))
    return sorted_out(lines)


def sorted_out(lines: Iterable[tuple[bool, str, str]]) -> Told:
    """Lines of whether, label and text as two lists: what is changed, and what stays."""
    found = list(lines)
    return Told(
        [(label, text) for changed, label, text in found if changed],
        [(label, text) for changed, label, text in found if not changed and text != NOTHING],
    )


def lines_of(form: Any, before: str = "") -> Iterator[tuple[bool, str, str]]:
    """Whether it is changed, label and value of each field that a person sees."""
    changed = set(form.changed_data)
    for bound in form.visible_fields():
        if bound.name == DELETION_FIELD_NAME:
            continue
        now, then = _words(bound, bound.data), _words(bound, bound.initial)
        # A browser sends other line ends than those that are kept.
        yield bound.name in changed and now != then, f"{before}{bound.label}", now


def _rows(formset: Any, noun: str) -> Iterator[tuple[bool, str, str]]:
    if not formset.management_form.is_valid():
        return
    for number, form in enumerate(formset.forms, 1):
        name = f"{noun[:1].upper()}{noun[1:]} {number}"
        if form[DELETION_FIELD_NAME].data if DELETION_FIELD_NAME in form.fields else False:
            yield True, name, "to be deleted"
        elif form.instance.pk or form.has_changed():
            yield from lines_of(form, before=f"{name}: ")


def _words(bound: BoundField, value: Any) -> str:
    """A value as its page shows it; what cannot be read stands as it was typed."""
    field = bound.field
    if isinstance(field, forms.NullBooleanField | forms.BooleanField):
        known = field.to_python(value)
        return NOTHING if known is None else "yes" if known else "no"
    if value in (None, "", []):
        return NOTHING
    if isinstance(field, forms.ModelMultipleChoiceField):
        keys = [getattr(each, "pk", each) for each in value]
        rows = field.queryset.filter(pk__in=_numbers(keys)) if field.queryset is not None else ()
        return ", ".join(str(each) for each in rows) or _plain(value)
    if isinstance(field, forms.ModelChoiceField):
        try:
            found = field.to_python(value)
        except ValidationError:
            return _plain(value)
        return field.label_from_instance(found)
    if isinstance(field, forms.ChoiceField):
        words = {str(key): str(label) for key, label in _flat(field.choices)}
        each = value if isinstance(value, list | tuple) else [value]
        return ", ".join(words.get(str(one), str(one)) for one in each)
    prepared = bound.field.prepare_value(value)
    return _plain(field.widget.format_value(prepared) if not isinstance(value, str | list) else value)


def _plain(value: Any) -> str:
    if isinstance(value, list | tuple):
        return " ".join(str(each) for each in value if each)
    return str(value).replace("\r\n", "\n").strip()


def _numbers(keys: Iterable[Any]) -> list[int]:
    return [int(key) for key in keys if str(key).isascii() and str(key).isdecimal() and len(str(key)) < 19]


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label

"""The form of a row filled in with what it said before: the table's own rules judge it, and its own verbs save it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest

from directory.admin.labels import LABELS
from directory.curation.revisions import columns_of, in_words
from directory.models import Override
from directory.vocab import Source


@dataclass(frozen=True, slots=True)
class Change:
    """One field: what stands, what stood. `able` is whether the form may change it; `official` names the file that
    wrote what stands, "" where staff did.
    """

    name: str
    label: str
    now: str
    then: str
    able: bool
    official: str


def changes(desk: admin.ModelAdmin, request: HttpRequest, row: Any, old: Any) -> list[Change]:
    """What going back to an old state would change, those first that can be changed."""
    able = set(_form_class(desk, request, row).base_fields)
    corrected = _corrected(row)
    found = []
    for field in columns_of(row):
        if getattr(row, field.attname) == getattr(old, field.attname):
            continue
        label = LABELS.get(field.name, str(field.verbose_name))
        official = "" if field.name in corrected else _file_of(row)
        found.append(
            Change(
                field.name,
                label[:1].upper() + label[1:],
                in_words(row, field),
                in_words(old, field),
                field.name in able,
                official,
            )
        )
    return sorted(found, key=lambda each: not each.able)


def form_with(
    desk: admin.ModelAdmin, request: HttpRequest, row: Any, old: Any, names: Collection[str], why: str
) -> ModelForm:
    """The form of the row as a person would send it who puts the old values into these fields."""
    form_class = _form_class(desk, request, row)
    standing = form_class(instance=row)
    data: dict[str, Any] = {}
    for name, field in standing.fields.items():
        value = standing.get_initial_for_field(field, name)
        data[name] = value
        if field.show_hidden_initial:
            data[standing.add_initial_prefix(name)] = value
        if name in names:
            data[name] = getattr(old, row._meta.get_field(name).attname)
    if "why" in standing.fields:
        data["why"] = why
    # Judging it writes into its row, also where it is refused; the page shows the row as it stands.
    return form_class({name: value for name, value in data.items() if value is not None}, instance=copy(row))


def seen_of(row: Any) -> str:
    """Changes when any column of the row does."""
    words = "\n".join(f"{field.attname}={getattr(row, field.attname)!r}" for field in columns_of(row))
    return hashlib.sha256(words.encode()).hexdigest()[:32]


def _form_class(desk: admin.ModelAdmin, request: HttpRequest, row: Any) -> Any:
    return desk.get_form(request, row, change=True)


def _corrected(row: Any) -> set[str]:
    """Columns whose value is staff's own."""
    if not hasattr(row, "overrides"):
        return set()
    held = Override.objects.filter(**{row._meta.model_name: row.pk}, active=True)
    return set(held.values_list("column", flat=True))


def _file_of(row: Any) -> str:
    release = getattr(row, "release", None)
    return "" if release is None or release.source == Source.STAFF else str(release)

"""Two people at the same part of the rules: whoever saves second sees what the first has made of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.db.models import Model

from directory.admin.rules_history import words

#: The hidden field of the form that says what its editor began from.
SEEN: Final = "_seen"
CHANGED: Final = (
    "Nothing was saved: somebody else has changed this page meanwhile. Your text is in the form; beside it stands what "
    "there is now. Take over what you need: saving again keeps what is in the form."
)
OTHER_ROWS: Final = (
    "Nothing was saved: somebody else has added or deleted rows of this page meanwhile. Open it anew, in another "
    "window, and enter there what you have typed here."
)


def stamp(row: Model, inlines: Sequence[Sequence[Model]]) -> str:
    """A short mark of what a form shows: which rows, then what they say. Rows are as the database has them."""
    every = [[row], *(sorted(rows, key=lambda each: each.pk) for rows in inlines)]
    keys = [[each.pk for each in rows] for rows in every]
    return f"{_mark(keys)}-{_mark([[_values(each) for each in rows] for rows in every])}"


def shown(form: Any, inlines: Sequence[Any]) -> str:
    """The stamp of a form that nobody has filled in yet."""
    return stamp(form.instance, [list(each.get_queryset()) for each in inlines])


class Held:
    """What the database holds now of a form that was sent, read anew."""

    def __init__(self, form: Any, inlines: Sequence[Any]) -> None:
        self.form = form
        self.row = type(form.instance)._default_manager.get(pk=form.instance.pk)
        self.inlines = [(formset, {row.pk: row for row in formset.queryset.all()}) for formset in inlines]

    @property
    def stamp(self) -> str:
        return stamp(self.row, [list(rows.values()) for _, rows in self.inlines])

    def differences(self) -> Iterator[tuple[Any, str, str]]:
        """Form, field and what stands there now, of each field in which something else was sent."""
        yield from _differences(self.form, self.row)
        for formset, rows in self.inlines:
            for form in formset.initial_forms:
                if form.instance.pk in rows:
                    yield from _differences(form, rows[form.instance.pk])


def same_rows(one: str, other: str) -> bool:
    return one.partition("-")[0] == other.partition("-")[0]


def _differences(form: Any, row: Model) -> Iterator[tuple[Any, str, str]]:
    fresh = type(form)(instance=row)
    for name, field in form.fields.items():
        column = next((each for each in _columns(row) if each.name == name), None)
        if column is not None and name in fresh.fields:
            sent = form[name].data
            if field.has_changed(fresh.get_initial_for_field(fresh.fields[name], name), sent):
                yield form, name, words(row, column)


def _columns(row: Model) -> list[Any]:
    return [*row._meta.concrete_fields, *row._meta.many_to_many]


def _values(row: Model) -> list[Any]:
    linked = [sorted(each.pk for each in getattr(row, field.name).all()) for field in row._meta.many_to_many]
    return [*(getattr(row, field.attname) for field in row._meta.concrete_fields), *linked]


def _mark(what: Any) -> str:
    return hashlib.sha256(repr(what).encode()).hexdigest()[:16]

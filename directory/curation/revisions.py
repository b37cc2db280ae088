"""The states that a row has had, and how two of them differ; the same for every table with a history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.models import User
from django.db.models import Field, ForeignKey, Model

#: More of them nobody looks through; the newest come first.
SHOWN: Final = 200
NOW: Final = "now"
NOTHING: Final = "–"
#: Why of a line that keeps how a row stood before somebody edited it; nobody at the desk made it so.
BEFORE: Final = "As it was before"


@dataclass(frozen=True, slots=True)
class Revision:
    """One state. `key` is that of the history's row, "now" for the row itself where no line of history tells how it
    came to be so: an official file wrote it. `when` is None where nobody knows since when it stands.
    """

    key: str
    row: Any
    when: dt.datetime | None
    who: User | None
    why: str
    kind: str  # "+" added, "~" changed, "-" deleted, "" nobody at the desk: a file wrote it so


@dataclass(frozen=True, slots=True)
class Difference:
    """One column of two states, in words."""

    name: str
    label: str
    before: str
    after: str


def revisions(model: Any, key: Any) -> list[Revision]:
    """The states of a row that stands or has stood, the newest first; three queries for any number of them."""
    records = model.history.filter(**{model._meta.pk.name: key}).select_related("history_user")
    kept = list(records.order_by("-history_date", "-history_id")[: SHOWN + 1])
    first = kept[-1] if 0 < len(kept) <= SHOWN else None
    found = [
        Revision(str(record.history_id), record, None, None, "", "")
        if of_a_file(record, is_first=record is first)
        else Revision(
            str(record.history_id),
            record,
            record.history_date,
            record.history_user,
            record.history_change_reason or "",
            record.history_type,
        )
        for record in kept[:SHOWN]
    ]
    row = model._default_manager.filter(pk=key).first()
    if row is not None and (not found or differing(found[0].row, row)):
        found.insert(0, Revision(NOW, row, None, None, "", ""))
    return found


def of_a_file(record: Any, *, is_first: bool) -> bool:
    """Whether a line of history keeps how a row stood before an edit. Former versions named that edit's maker in it,
    but only where it begins the history; anywhere else a person's line is that person's, whatever the reason says.
    """
    begins = is_first and record.history_type == "~"
    return record.history_change_reason == BEFORE and (record.history_user_id is None or begins)


def columns_of(row: Any) -> Sequence[Field[Any, Any]]:
    """The columns that a history keeps, in the order of the table."""
    model: type[Model] = getattr(type(row), "instance_type", None) or type(row)
    kept = model.history.model._meta  # type: ignore[attr-defined]  # every table that comes here has one
    names = {field.name for field in kept.concrete_fields}
    return [field for field in model._meta.concrete_fields if field.name in names and not field.primary_key]


def differing(before: Any, after: Any) -> list[Field[Any, Any]]:
    """The columns in which two states differ."""
    return [each for each in columns_of(before) if getattr(before, each.attname) != getattr(after, each.attname)]


def compare(before: Any, after: Any) -> list[Difference]:
    """The same in words, a line for each column."""
    return [
        Difference(each.name, str(each.verbose_name), in_words(before, each), in_words(after, each))
        for each in differing(before, after)
    ]


def in_words(row: Any, field: Field[Any, Any]) -> str:
    """What a state says in a column; of a row that it refers to its name, or its key where that is gone."""
    value = getattr(row, field.attname)
    if value is None or value == "":
        return NOTHING
    if isinstance(field, ForeignKey):
        target = field.related_model._default_manager.filter(pk=value).first()
        return str(target) if target is not None else f"no. {value}, which is gone"
    if isinstance(value, bool):
        return "yes" if value else "no"
    shown = getattr(row, f"get_{field.name}_display", None)
    return str(shown() if shown else value)

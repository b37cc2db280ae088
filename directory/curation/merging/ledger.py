"""What a merge does to the tables, step by step, written down so that each step can be taken back.

A step is a dictionary that JSON can hold. It names rows by their keys and keeps no words of a reader, because a
reader's words are gone when the reader takes them back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, Final

from django.apps import apps
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import F, Model, QuerySet

from directory.curation.signature import begin_history, sign

APP: Final = "directory"
#: So many keys in one statement: SQLite allows 250,000 parameters, older ones 999.
BATCH: Final = 500
Step = dict[str, Any]


class Ledger:
    """Does the steps of one merge and remembers them in `steps`."""

    def __init__(self, *, by: User | None, why: str) -> None:
        self.steps: list[Step] = []
        self._by, self._why = by, why

    def move(self, rows: QuerySet[Any], **to: Any) -> int:
        """Give rows other values in some columns (by `attname`), each remembering its own; returns how many.

        Tables with a history of what people decided get a line in it; readers' tables have none for this.
        """
        model = rows.model
        apart: defaultdict[tuple[Any, ...], list[int]] = defaultdict(list)
        for key, *before in rows.order_by("pk").values_list("pk", *to):
            apart[tuple(before)].append(key)
        for values, keys in apart.items():
            before = dict(zip(to, values, strict=True))
            self.steps.append({"do": "set", "table": model.__name__, "keys": keys, "before": before, "after": to})
            _write(model.__name__, keys, to, by=self._by, why=self._why)
        return sum(map(len, apart.values()))

    def add(self, model: type[Model], *, key: int, column: str, amount: int) -> None:
        """Add to a number in place, so that what others add meanwhile stays."""
        _of(model.__name__).filter(pk=key).update(**{column: F(column) + amount})
        self.steps.append({"do": "add", "table": model.__name__, "key": key, "column": column, "amount": amount})

    def made(self, row: Model) -> None:
        """Remember that a row was made."""
        self.steps.append({"do": "make", "table": type(row).__name__, "key": row.pk})

    def drop(self, row: Any) -> None:
        """Delete a row of counts or addresses, remembering every column of it."""
        columns = {field.attname: field.value_from_object(row) for field in row._meta.concrete_fields}
        self.steps.append({"do": "drop", "table": type(row).__name__, "row": columns})
        row.delete()

    def note(self, step: Step) -> None:
        """Remember what a verb of the desk did; `undo` knows its name."""
        self.steps.append(step)


#: Tables whose rows staff keep: to which listing a row belongs is part of their history.
TRACED: Final = frozenset(
    {"Program", "School", "Accreditation", "AccreditationStatement", "ProgramFact", "FeaturedEntry"}
)


def write(row: Any, values: dict[str, Any], *, by: User | None, why: str) -> None:
    """Set columns (by `attname`) of a row that staff keep, with who and why in its history."""
    begin_history(row)
    for name, value in values.items():
        setattr(row, name, value)
    sign(row, by=by, why=why)
    row.save(update_fields=list(values))


def take_back(
    steps: Iterable[Step], *, by: User | None, why: str, verbs: dict[str, Callable[[Step], str]]
) -> list[str]:
    """Undo steps, the last one first; what was changed since stays as it is. Returns what stayed, in words.

    `verbs` undo what `Ledger.note` remembered, by the step's `do`; each returns why it stays, or "".
    """
    said = (
        verbs[step["do"]](step) if step["do"] in verbs else _OWN[step["do"]](step, by, why)
        for step in reversed(list(steps))
    )
    return [words for words in said if words]


def _write(table: str, keys: list[int], values: dict[str, Any], *, by: User | None, why: str) -> None:
    if table in TRACED:
        for row in _of(table).filter(pk__in=keys).order_by("pk"):
            write(row, values, by=by, why=why)
        return
    for start in range(0, len(keys), BATCH):
        _of(table).filter(pk__in=keys[start : start + BATCH]).update(**values)


def _unset(step: Step, by: User | None, why: str) -> str:
    """Rows that still hold what the merge gave them go back; one that cannot stays, and the others go all the same."""
    rows = _of(step["table"]).select_for_update(of=("self",))
    held = [
        key
        for start in range(0, len(step["keys"]), BATCH)
        for key in rows.filter(pk__in=step["keys"][start : start + BATCH], **step["after"]).values_list("pk", flat=True)
    ]
    back = _put_back(step, held, by, why)
    if stayed := len(step["keys"]) - back:
        return f"{_noun(step)}: {stayed} of {len(step['keys'])} stay, because they were changed or deleted meanwhile."
    return ""


def _put_back(step: Step, keys: list[int], by: User | None, why: str) -> int:
    """How many could go back: a place that somebody else has taken meanwhile is taken."""
    if not keys:
        return 0
    try:
        with transaction.atomic():
            _write(step["table"], keys, step["before"], by=by, why=why)
    except IntegrityError:
        return sum(_put_back(step, [key], by, why) for key in keys) if len(keys) > 1 else 0
    return len(keys)


def _subtract(step: Step, by: User | None, why: str) -> str:
    column, amount = step["column"], step["amount"]
    enough = {"pk": step["key"], f"{column}__gte": amount}
    done = _of(step["table"]).filter(**enough).update(**{column: F(column) - amount})
    return "" if done else f"{_noun(step)} {step['key']} counts less than was added to it."


def _unmake(step: Step, by: User | None, why: str) -> str:
    _of(step["table"]).filter(pk=step["key"]).delete()
    return ""


def _restore(step: Step, by: User | None, why: str) -> str:
    model = apps.get_model(APP, step["table"])
    columns = {field.attname: field.to_python(step["row"][field.attname]) for field in model._meta.concrete_fields}
    try:
        with transaction.atomic():
            model(**columns).save(force_insert=True)
    except IntegrityError:
        return f"{_noun(step)} {columns['id']} stays away: there is another one in its place now."
    return ""


_OWN: Final[dict[str, Callable[[Step, User | None, str], str]]] = {
    "set": _unset,
    "add": _subtract,
    "make": _unmake,
    "drop": _restore,
}


def _of(table: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = apps.get_model(APP, table)._default_manager.all()
    return rows


def _noun(step: Step) -> str:
    return str(apps.get_model(APP, step["table"])._meta.verbose_name).capitalize()

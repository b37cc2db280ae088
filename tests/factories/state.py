"""What the database holds, as something that two moments can be compared by.

`fingerprint` is exact: every table, every row, keys included; equal before and after means that nothing was written.
`contents` knows rows by what they say: it leaves out made-up keys and times, so that two ways of arriving at the
same facts compare equal.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from directory.models import ImportReject, ImportRun, SearchEntry, SearchState

APPS = ("directory", "careers", "auth")
#: The diary of imports: a refused file leaves its line there, and nothing else anywhere.
DIARY: tuple[type[models.Model], ...] = (ImportRun, ImportReject)
#: What a release says about the file itself rather than about the facts in it.
OF_THE_FILE = frozenset({"directory.Release.file_name", "directory.Release.sha256", "directory.Release.rows"})
#: What a release says about the extent of its answer; a file with rejected rows answers for less.
OF_THE_ANSWER = frozenset({"directory.Release.families"})


def tables(*, without: Collection[type[models.Model]] = ()) -> list[type[models.Model]]:
    """Every table of ours, in a fixed order."""
    found = [model for model in apps.get_models() if model._meta.app_label in APPS and model not in without]
    return sorted(found, key=lambda model: model._meta.label)


def fingerprint(*, without: Collection[type[models.Model]] = DIARY) -> dict[str, str]:
    """Label of each table -> hash of all its rows; `without=()` includes the diary of imports."""
    hashes = {}
    with connection.cursor() as cursor:  # not by model: this runs a thousand times
        for model in tables(without=without):
            table, key = (
                connection.ops.quote_name(str(name)) for name in (model._meta.db_table, model._meta.pk.column)
            )
            cursor.execute(f"SELECT * FROM {table} ORDER BY {key}")  # noqa: S608 - names of our own tables
            hashes[model._meta.label] = sha256(repr(cursor.fetchall()).encode()).hexdigest()
    return hashes


def contents(*, ignoring: Collection[str] = OF_THE_FILE) -> dict[str, list[str]]:
    """Label of each table -> its rows in words, sorted; a foreign key is spelt out as the row it points to."""
    spelt: dict[type[models.Model], dict[Any, str]] = {}
    return {model._meta.label: sorted(_rows(model, spelt, ignoring).values()) for model in _with_rows()}


@contextmanager
def writes() -> Iterator[list[str]]:
    """The statements that change a table of ours other than the diary of imports, while it lasts."""
    found: list[str] = []
    diary = "|".join(model._meta.db_table for model in DIARY)
    harmless = re.compile(rf'(INSERT INTO|UPDATE|DELETE FROM) "?(stage_\w+|{diary})\b', re.IGNORECASE)

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip()[:6].upper() in ("INSERT", "UPDATE", "DELETE") and not harmless.match(sql.lstrip()):
            found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield found


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _with_rows() -> list[type[models.Model]]:
    # Derived, with a token that is new each time, and keys that a sequence gave.
    ours = tables(without=(*DIARY, SearchState, SearchEntry))
    each = "SELECT {} WHERE EXISTS (SELECT 1 FROM {})"
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(
                each.format(at, connection.ops.quote_name(model._meta.db_table)) for at, model in enumerate(ours)
            )
        )
        return [ours[at] for (at,) in cursor.fetchall()]


def _rows(
    model: type[models.Model], spelt: dict[type[models.Model], dict[Any, str]], ignoring: Collection[str]
) -> dict[Any, str]:
    if model in spelt:
        return spelt[model]
    fields = [each for each in model._meta.concrete_fields if not _made_up(each, ignoring)]
    related = [each for each in fields if each.is_relation and _target(each) is not model]
    targets = {each: _rows(_target(each), spelt, ignoring) for each in related}
    # A row that refers to one of its own table names that one by what tells it apart.
    own = {each: _named(model) for each in fields if each.is_relation and each not in related}
    targets |= own
    names = [each.attname for each in fields]
    rows = {}
    for key, *values in model._base_manager.values_list("pk", *names):
        words = [
            f"{name}={targets[each].get(value, value)!r}" if each in targets else f"{name}={value!r}"
            for each, name, value in zip(fields, names, values, strict=True)
            if value not in (None, "")
        ]
        rows[key] = f"{model._meta.object_name}({', '.join(words)})"
    spelt[model] = rows
    return rows


def _named(model: type[models.Model]) -> dict[Any, str]:
    column = "slug" if any(each.name == "slug" for each in model._meta.concrete_fields) else "pk"
    return dict(model._base_manager.values_list("pk", column))


def _target(each: Any) -> type[models.Model]:
    found: type[models.Model] = each.related_model
    return found


def _made_up(each: Any, ignoring: Collection[str]) -> bool:
    if f"{each.model._meta.label}.{each.name}" in ignoring or each.name in (
        "id",
        "history_id",
        "history_date",
    ):
        return True
    return bool(getattr(each, "auto_now", False) or getattr(each, "auto_now_add", False))

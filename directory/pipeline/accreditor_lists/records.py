"""Many rows written at once, each with its history: a list has thousands, and nobody waits for minutes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeVar

from django.contrib.auth.models import User
from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models.deletion import Collector

from directory.curation.signature import REASON_LENGTH, begin_histories, sign
from directory.models import Accreditation, ProgramFact

AT_ONCE: Final = 500
#: What a list can change of a record, and what undoing puts back.
COLUMNS: Final = (
    "status", "since", "ended_on", "next_review", "evidence_url", "checked_on", "checked_by_id",
)  # fmt: skip
Row = TypeVar("Row", Accreditation, ProgramFact)


def in_parts(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    """So many keys at a time as one question may have."""
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]


def create_rows(rows: list[Row], *, by: User, why: str) -> None:
    """Save new records or facts, each with its first entry of history."""
    if rows:
        type(rows[0])._default_manager.bulk_create(rows, batch_size=AT_ONCE)
        keep_history(rows, by=by, why=why, update=False)


def save_rows(rows: list[Row], columns: Sequence[str], *, by: User, why: str) -> None:
    """Save some columns; what no line of history tells of a row is kept first, as in every edit of staff."""
    if not rows:
        return
    model = type(rows[0])
    for keys in in_parts([row.pk for row in rows]):
        begin_histories(list(model._default_manager.filter(pk__in=keys).select_for_update(of=("self",))))
    write_columns(rows, columns)
    keep_history(rows, by=by, why=why, update=True)


def delete_rows(rows: list[Row], *, by: User, why: str) -> None:
    """Delete records or facts with all that hangs on them; each leaves who and why in its history."""
    for row in rows:
        sign(row, by=by, why=why)
    if rows:
        collector = Collector(using=DEFAULT_DB_ALIAS, origin=rows[0])
        collector.collect(rows)  # these very instances, because they are signed
        collector.delete()


def write_columns(rows: Sequence[models.Model], columns: Sequence[str]) -> None:
    """Like `bulk_update`, without a CASE for each value of each row, which takes seconds to put together."""
    if not rows:
        return
    meta = type(rows[0])._meta
    fields: list[models.Field[Any, Any]] = [each for each in meta.concrete_fields if each.attname in columns]
    quote = connection.ops.quote_name
    named = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    statement = f"UPDATE {quote(meta.db_table)} SET {named} WHERE {quote('id')} = %s"
    values = [
        [*(field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields), row.pk] for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)


def keep_history(rows: list[Row], *, by: User, why: str, update: bool) -> None:
    """One entry for each row as it stands; `update` says that it was there before."""
    if rows:
        history: Any = type(rows[0]).history
        history.bulk_history_create(
            rows, batch_size=AT_ONCE, update=update, default_user=by, default_change_reason=why[:REASON_LENGTH]
        )

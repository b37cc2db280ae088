"""Rows that belong to a row, read along with it: a JSON list in one of its columns, and instances again from there.

A page about one thing shows a dozen kinds of small lists (facts, years, corrections). A query for each costs more in
asking than in answering; as columns of the one row they cost one query together, on SQLite and PostgreSQL alike.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import DateTimeField, F, Field, ForeignKey, JSONField, Model, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_datetime

Row = TypeVar("Row", bound=Model)
LINK: Final = "__"


class Gathered(Subquery):
    """Annotation: all rows of a queryset with the named columns, as a list of dictionaries; for `instances`.

    The queryset may refer to the outer row by `OuterRef`. A column is a field's own name in the table (`release_id`),
    or one of a related row (`release__source`). The rows come in no order. None on PostgreSQL when there are none.
    """

    SQLITE: Final = "(SELECT JSON_GROUP_ARRAY(JSON(one.gathered)) FROM (%(subquery)s) one)"
    POSTGRESQL: Final = "(SELECT JSONB_AGG(one.gathered) FROM (%(subquery)s) one)"

    def __init__(self, rows: QuerySet[Any], *columns: str) -> None:
        asked = JSONObject(**{name: F(name) for name in columns})
        super().__init__(rows.order_by().values(gathered=asked), output_field=JSONField())

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template=self.SQLITE, **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template=self.POSTGRESQL, **context)


def instances(model: type[Row], gathered: Iterable[Mapping[str, Any]] | None) -> list[Row]:
    """Instances of the model from a `Gathered` annotation, with the related rows of which columns were asked.

    A column that was not asked is read from the database when somebody looks at it, as with `only()`.
    """
    return [_instance(model, columns) for columns in gathered or ()]


def _instance(model: type[Row], columns: Mapping[str, Any]) -> Row:
    own: dict[str, Any] = {}
    related: dict[str, dict[str, Any]] = defaultdict(dict)
    for name, value in columns.items():
        link, _, column = name.rpartition(LINK)
        if link:
            related[link][column] = value
        else:
            own[name] = value
    found = _from_columns(model, own)
    for link, others in related.items():
        to = model._meta.get_field(link)
        if not isinstance(to, ForeignKey):  # pragma: no cover - a mistake of whoever asks
            raise TypeError(f"{link} leads to no single row.")
        key = getattr(found, to.attname)
        other: type[Model] = to.related_model
        setattr(found, link, None if key is None else _from_columns(other, {other._meta.pk.attname: key, **others}))
    return found


def _from_columns(model: type[Row], columns: Mapping[str, Any]) -> Row:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    # Django takes a row to be complete when it has as many values as fields, so they come in the model's order.
    names = [name for name in fields if name in columns]
    return model.from_db(DEFAULT_DB_ALIAS, names, [_value(fields[name], columns[name]) for name in names])


def _value(field: Field[Any, Any], value: Any) -> Any:
    """A value as the database's own reading would give it."""
    if value is None:
        return None
    if isinstance(field, DateTimeField):
        moment = parse_datetime(value)
        # SQLite keeps moments as text in UTC, and does not write so.
        return moment.replace(tzinfo=moment.tzinfo or dt.UTC) if moment else None
    if isinstance(field, JSONField):
        return json.loads(value) if connection.vendor == "sqlite" else value
    return field.to_python(value)

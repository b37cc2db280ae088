"""A row of any table in words, for the person who decides about a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import connection
from django.db.models import Field, Model

if TYPE_CHECKING:
    from directory.importers.merge import _Merge

LONGEST: Final = 160


class RowWords:
    """The rows of one merge as people read them; `s` is the stage and `t` the table in all its questions."""

    def __init__(self, work: _Merge) -> None:
        self.work = work
        self.model: type[Model] = work.stage.model
        self.fields: dict[str, Field[Any, Any]] = {str(each.column): each for each in self.model._meta.concrete_fields}
        self.staged = set(work.stage.columns)
        names = {each.name for each in self.model._meta.concrete_fields}
        #: Numbers that can be missing for a reason are figures; codes, places and years are none.
        self.figures = [column for column in work.names if f"{self.fields[column].name}_note" in names]

    def key_columns(self) -> list[str]:
        """The columns by which a row is known, in the stage's order."""
        values = set(self.work.names)
        return [column for column in self.work.stage.columns if column not in values]

    def names(self, keys: list[Any]) -> dict[Any, str]:
        """Rows that are held, in words."""
        return {key: row_in_words(row) for key, row in self.model._default_manager.in_bulk(keys).items()}

    def label(self, column: str) -> str:
        """A column in words."""
        return str(self.fields[column].verbose_name)

    def said(self, column: str, value: Any) -> str:
        """A value as people read it: a code in words, a key as the row that it means."""
        if value is None or value == "":
            return ""
        of = self.fields[column]
        if of.is_relation and of.related_model is not None:
            row = of.related_model._default_manager.filter(pk=value).first()
            return row_in_words(row) if row is not None else str(value)
        return short(str(dict(of.flatchoices).get(value, value)))

    @staticmethod
    def listed(alias: str, columns: list[str]) -> str:
        """Columns of `s` or `t` for a SELECT."""
        return ", ".join(f"{alias}.{connection.ops.quote_name(column)}" for column in columns)

    @staticmethod
    def rows(sql: str, params: Any = ()) -> list[Any]:
        """What a question finds."""
        with connection.cursor() as cursor:
            cursor.execute(sql, params or None)
            return list(cursor.fetchall())


def row_in_words(row: Model) -> str:
    """A row by its own name, with the program and the school that it is of."""
    words, program = str(row), getattr(row, "program", None)
    if program is not None:
        return short(f"{program}, {program.school.name}: {words}")
    school = getattr(row, "school", None)
    return short(f"{words}, {school.name}" if school is not None else words)


def short(text: str) -> str:
    """As much of it as fits a line of a preview."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"

"""Figures that jump: a price that is twice what it was is looked at before it is published.

A figure is compared with what it replaces, or, where it is new, with what was said before: of the same year by
another release, else of the year before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db import connection

from directory.importers.row_words import RowWords
from directory.models import Release

#: A figure jumps when it differs by more than half from what is held, or from the year before.
JUMP: Final = 0.5
#: From 3 awards to 5, or from none to 4, is no jump: the figure or the difference is at least so much.
LEAST: Final = 10
SAMPLES: Final = 8


@dataclass(frozen=True, slots=True)
class Jump:
    """One figure that would be more than half as much again as it was, or less than half of it."""

    column: str
    row: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Jumps:
    """Of one column: how many values have a former one, how many of them jump, and the farthest."""

    compared: int = 0
    jumps: int = 0
    farthest: tuple[Jump, ...] = ()


def look(of: RowWords, name: str, rows: str) -> Jumps:
    """Compare a column in rows of the stage `s` beside their former ones `t`; `rows` is SQL, or empty for none."""
    if not rows:
        return Jumps()
    column = connection.ops.quote_name(name)
    both = f"t.{column} IS NOT NULL AND s.{column} IS NOT NULL"
    by = f"ABS(s.{column} - t.{column})"
    far = f"{by} > {JUMP} * ABS(t.{column}) AND (ABS(t.{column}) >= {LEAST} OR {by} >= {LEAST})"
    rows += f" {'AND' if ' WHERE ' in rows else 'WHERE'} {both}"
    ((compared, jumps),) = of.rows(f"SELECT COUNT(*), SUM(CASE WHEN {far} THEN 1 ELSE 0 END) {rows}")
    if not jumps:
        return Jumps(int(compared))
    found = of.rows(
        f"SELECT t.{of.work.pk}, t.{column}, s.{column} {rows} AND {far} "
        f"ORDER BY {by} / (ABS(t.{column}) + 1.0) DESC, t.{of.work.pk} LIMIT {SAMPLES}"
    )
    names = of.names([row[0] for row in found])
    label = of.label(name)
    farthest = (
        Jump(label, names.get(key, str(key)), of.said(name, before), of.said(name, after))
        for key, before, after in found
    )
    return Jumps(int(compared), int(jumps), tuple(farthest))


def beside_the_former(of: RowWords, name: str) -> str:
    """SQL of new rows of a year beside what was said before; empty for tables without years.

    Where the key names the release, several releases may have said it: the same year goes before the year before, the
    file's own source before others, and its newest release before older ones.
    """
    keys = of.key_columns()
    if "year" not in keys:
        return ""
    quote = connection.ops.quote_name
    stage, target = of.work.stage.table, of.work.target
    new = f"NOT EXISTS (SELECT 1 FROM {target} AS held WHERE {of.work.same_key.replace('t.', 'held.')})"
    releases = [key for key in keys if of.fields[key].related_model is Release]
    same = [f"t.{quote(key)} = s.{quote(key)}" for key in keys if key not in ("year", *releases)]
    if not releases:
        joined = " AND ".join([*same, "t.year = s.year - 1"])
        return f"FROM {stage} AS s JOIN {target} AS t ON {joined} WHERE {new}"
    release, said = quote(releases[0]), quote(Release._meta.db_table)
    alike = " AND ".join([*same, "t.year IN (s.year, s.year - 1)"]).replace("t.", "p.")
    former = (
        f"SELECT p.{of.work.pk} FROM {target} AS p JOIN {said} AS r ON r.id = p.{release} "
        f"JOIN {said} AS own ON own.id = s.{release} "
        f"WHERE {alike} AND p.{release} <> s.{release} AND p.{quote(name)} IS NOT NULL "
        f"ORDER BY p.year DESC, CASE WHEN r.source = own.source THEN 0 ELSE 1 END, r.rank DESC, p.{of.work.pk} DESC "
        "LIMIT 1"
    )
    return f"FROM {stage} AS s JOIN {target} AS t ON t.{of.work.pk} = ({former}) WHERE {new}"

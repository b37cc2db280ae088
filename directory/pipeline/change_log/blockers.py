"""Why a load cannot be taken back now: what came after it stands on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Exists, OuterRef

from directory.models import ImportRun, KeptChange, Override, Program, Release, School
from directory.pipeline.change_log.kept import kept_tables
from directory.pipeline.change_log.packing import Kind, keys, mark, pieces, plain_row
from directory.pipeline.change_log.references import references
from directory.pipeline.change_log.tables import Watched, quote, rows, watched

EXAMPLES = 3


def blockers(run: ImportRun, *, quick: bool = False) -> tuple[str, ...]:
    """Sentences that say why the load cannot be taken back now; none when it can. Reads and changes nothing.

    Corrections (overrides) never stand in the way: they are laid back over whatever the official value is then. Looks
    at every row, which takes seconds after a load of the whole country. `quick` is for a page: where no later load has
    been at the same tables it only asks what people have made of what the load brought; `revert` looks at all of it.
    """
    if run.state == ImportRun.State.REVERTED:
        return ("This load has been taken back already.",)
    if not KeptChange.objects.filter(run=run).exists():
        return ("Nothing was kept of this load, or it was too long ago.",)
    if _layout_changed(run):
        return ("The tables have other columns since the site was brought up to date.",)
    if quick and not _maybe_overtaken(run):
        return (*references(run, kept_tables(run), by_people=True),)
    return (*_edited_meanwhile(run), *_touched(run), *references(run, kept_tables(run)))


def _maybe_overtaken(run: ImportRun) -> bool:
    """Whether a later load was at the same tables, or kept nothing, so that nobody knows where it was."""
    tables = [table.name for table in kept_tables(run) if table.model is not Release]
    later = ImportRun.objects.filter(pk__gt=run.pk, state=ImportRun.State.APPLIED)
    kept = KeptChange.objects.filter(run=OuterRef("pk"))
    return later.filter(~Exists(kept) | Exists(kept.filter(table__in=tables))).exists()


def _layout_changed(run: ImportRun) -> bool:
    tables = watched()
    for name, kind in KeptChange.objects.filter(run=run).order_by().values_list("table", "kind").distinct():
        if name not in tables:
            return True
        if next(pieces(run, tables[name], Kind(kind))).columns != tables[name].columns:
            return True
    return False


def _edited_meanwhile(run: ImportRun) -> Iterator[str]:
    """Rows that somebody saved while the load was at work, which PostgreSQL allows: whose change was it?"""
    for table in kept_tables(run):
        history = getattr(table.model, "history", None)
        if history is None or table.model is Override:
            continue
        at = str(table.model._meta.pk.attname)
        # Importers may save a row too; they sign nothing.
        saved = history.filter(history_date__range=(run.started_at, run.finished_at), history_user__isnull=False)
        edited = set(saved.values_list(at, flat=True))
        if edited:
            own = {key for kind in Kind for batch in keys(run, table, kind) for key in batch} & edited
            if own:
                yield f"Somebody edited {_examples(table, {key: [] for key in own})} while the load was at work."


def _touched(run: ImportRun) -> Iterator[str]:
    """Rows that do not say any more what the load wrote: by whom, as far as that is known."""
    for table in kept_tables(run):
        if table.model is Override:
            continue
        touched = dict(_differing(run, table))
        if not touched:
            continue
        for later in _later_loads(run, table):
            theirs = {key for kind in Kind for batch in keys(later, table, kind) for key in batch} & touched.keys()
            if theirs:
                yield f"A later load changed {len(theirs):,} of the same {table.nouns}: {_named(later)}."
                touched = {key: columns for key, columns in touched.items() if key not in theirs}
        if touched:
            yield (
                f"{len(touched):,} of the {table.nouns} that it wrote have been changed since, by hand or by a load of "
                f"which nothing was kept: {_examples(table, touched)}."
            )


def _differing(run: ImportRun, table: Watched) -> Iterator[tuple[Any, list[str]]]:
    """Key of each such row, and the columns that differ where that is known."""
    official = official_values(table)
    for piece in pieces(run, table, Kind.CREATED):
        now = current(table, [key for key, _ in piece.rows], official)
        yield from ((key, []) for key, held in piece.rows if key not in now or mark(now[key]) != held)
    for piece in pieces(run, table, Kind.CHANGED):
        now = current(table, [key for key, _ in piece.rows], official)
        for key, pairs in piece.rows:
            if key not in now:
                yield key, []
            elif other := [table.columns[int(at)] for at, (_, new) in pairs.items() if now[key][int(at)] != new]:
                yield key, other
    for batch in keys(run, table, Kind.REMOVED):
        yield from ((key, []) for key in current(table, batch, {}))


def current(table: Watched, wanted: list[Any], official: dict[Any, dict[int, Any]]) -> dict[Any, list[Any]]:
    """Key -> the row as it stands, in plain values, corrected columns with their official value."""
    marks = ", ".join(["%s"] * len(wanted))
    found: dict[Any, list[Any]] = {}
    for batch in rows(f"SELECT {table.listed()} FROM {table.quoted} WHERE {table.key} IN ({marks})", wanted):
        for row in batch:
            key = row[table.key_at]
            found[key] = plain_row(row)
            for at, value in official.get(key, {}).items():
                found[key][at] = value
    return found


def official_values(table: Watched) -> dict[Any, dict[int, Any]]:
    """Key -> place of a column -> its official value, of rows that bear a correction."""
    if table.model not in (School, Program):
        return {}
    owner = "school_id" if table.model is School else "program_id"
    found: dict[Any, dict[int, Any]] = {}
    corrected = Override.objects.filter(active=True, **{f"{owner}__isnull": False})
    for key, name, value in corrected.values_list(owner, "column", "official_value"):
        column = str(table.model._meta.get_field(name).column)  # type: ignore[union-attr]
        found.setdefault(key, {})[table.columns.index(column)] = value
    return found


def _later_loads(run: ImportRun, table: Watched) -> list[ImportRun]:
    return list(ImportRun.objects.filter(pk__gt=run.pk, kept__table=table.name).order_by("pk").distinct())


def _named(run: ImportRun) -> str:
    return f"{run.file_name}, {run.started_at:%-d %B %Y, %H:%M} UTC"


def _examples(table: Watched, touched: Mapping[Any, list[str]]) -> str:
    """A few of the rows in words, with the columns, and how many more."""
    first = sorted(touched, key=str)[:EXAMPLES]
    stored = table.model._default_manager.in_bulk(first)
    words = []
    for key in first:
        name = f"“{stored[key]}”" if key in stored else f"number {key}, which is no more"
        names = ", ".join(_field_name(table, column) for column in touched[key])
        words.append(f"{name} ({names})" if names else name)
    more = len(touched) - len(first)
    return f"{'; '.join(words)}{f' and {more:,} more' if more else ''}"


def _field_name(table: Watched, column: str) -> str:
    return next(
        str(getattr(field, "verbose_name", column))
        for field in table.model._meta.concrete_fields
        if quote(str(field.column)) == quote(column)
    )

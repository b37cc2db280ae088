"""Taking a load back: the state before it, in one transaction."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from directory.curation import overrides
from directory.curation.signature import sign
from directory.importers import phases
from directory.importers.errors import Refused
from directory.importers.locking import import_lock
from directory.importers.registry import importer_for
from directory.models import ImportRun, KeptChange, Override
from directory.pipeline.change_log.blockers import blockers, current
from directory.pipeline.change_log.kept import Reverted, kept_tables
from directory.pipeline.change_log.packing import Kind, pieces
from directory.pipeline.change_log.references import references_to, staged_keys
from directory.pipeline.change_log.tables import Watched, quote, temporary, watched
from directory.pipeline.refresh import refresh, refresh_names

TAKEN = (
    "Rows that this load changed or took off cannot be put back: others have come in their place since, or refer to "
    "what would go."
)


class CannotRevertError(Exception):
    """The load cannot be taken back now; nothing has been changed. `reasons` are sentences."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def revert(run: ImportRun, *, by: User | None, why: str = "") -> Reverted:
    """Put back what the load changed, retired and removed, take out what it brought, and say who did it.

    Waits for a running import (do not hold the import lock). One transaction: an error, or a process that is killed,
    leaves everything as it was. Corrections stay, also those made since; where the official value changes under one,
    it becomes a conflict. Openings, lists and what a text can mean follow. Raises CannotRevertError.
    """
    with import_lock():
        try:
            with transaction.atomic():
                return _revert(ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk), by, why)
        except IntegrityError:
            raise CannotRevertError((TAKEN,)) from None


def _revert(run: ImportRun, by: User | None, why: str) -> Reverted:
    _stop_writers(run)
    phases.say("Looking whether anything stands on this load")
    if reasons := blockers(run):
        raise CannotRevertError(reasons)
    result = Reverted(run)
    tables = [table for table in kept_tables(run) if table.model is not Override]
    lifted = overrides.lift()
    for table in tables:
        _take_out(run, table, result)
    for table in tables:
        phases.say(f"Putting back {table.nouns}")
        _put_back(run, table, result)
    for table in tables:
        _bring_back(run, table, result)
    _settle(run, by)
    result.conflicts = overrides.reapply(lifted)
    _follow(run.source)
    KeptChange.objects.filter(run=run).delete()
    run.state, run.reverted_at, run.reverted_by, run.revert_reason = (
        ImportRun.State.REVERTED, timezone.now(), by, why,
    )  # fmt: skip
    # The release may have gone with the load, and the record has been emptied of it then.
    run.save(update_fields=["state", "reverted_at", "reverted_by", "revert_reason"])
    run.refresh_from_db(fields=["release"])
    return result


def _stop_writers(run: ImportRun) -> None:
    """Nobody edits the rows between the look at them and the end; readers read on. SQLite has one writer anyway."""
    if connection.vendor != "postgresql":
        return
    kept = KeptChange.objects.filter(run=run).order_by("table").values_list("table", flat=True).distinct()
    names = [name for name in kept if name in watched()]
    if names:
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {', '.join(quote(name) for name in names)} IN SHARE ROW EXCLUSIVE MODE")


def _take_out(run: ImportRun, table: Watched, result: Reverted) -> None:
    """Delete the rows that the load brought, with what goes along."""
    with staged_keys(run, table, Kind.CREATED) as created:
        if not created:
            return
        these = f"SELECT k FROM {created}"
        with connection.cursor() as cursor:
            for reference in references_to(table.model):
                here = f"{reference.column} IN ({these})"
                if reference.goes_along:
                    cursor.execute(f"DELETE FROM {reference.table} WHERE {here}")
                elif over := reference.over(reference.table):
                    cursor.execute(f"DELETE FROM {reference.table} WHERE {here} AND {over}")
                elif reference.emptied:
                    cursor.execute(f"UPDATE {reference.table} SET {reference.column} = NULL WHERE {here}")
            cursor.execute(f"DELETE FROM {table.quoted} WHERE {table.key} IN ({these})")
            result.count(table, Kind.CREATED, cursor.rowcount)


def _put_back(run: ImportRun, table: Watched, result: Reverted) -> None:
    """Give changed rows their old values, in the columns that the load changed and in no other."""
    columns: set[int] = set()
    empty = f"SELECT {table.listed()} FROM {table.quoted} WHERE 1 = 0"
    with temporary(empty, key=table.key) as staged, connection.cursor() as cursor:
        for piece in pieces(run, table, Kind.CHANGED):
            now = current(table, [key for key, _ in piece.rows], {})
            for key, pairs in piece.rows:
                for at, (old, _) in pairs.items():
                    now[key][int(at)] = old
                    columns.add(int(at))
            _insert(cursor, staged, table, list(now.values()))
        if not columns:
            return
        sets = ", ".join(f"{quote(table.columns[at])} = s.{quote(table.columns[at])}" for at in sorted(columns))
        cursor.execute(f"UPDATE {table.quoted} AS t SET {sets} FROM {staged} AS s WHERE t.{table.key} = s.{table.key}")
        result.count(table, Kind.CHANGED, cursor.rowcount)


def _bring_back(run: ImportRun, table: Watched, result: Reverted) -> None:
    """Insert the rows that the load removed, with the keys they had."""
    with connection.cursor() as cursor:
        for piece in pieces(run, table, Kind.REMOVED):
            _insert(cursor, table.quoted, table, piece.rows)
            result.count(table, Kind.REMOVED, len(piece.rows))


def _insert(cursor: Any, name: str, table: Watched, rows: list[list[Any]]) -> None:
    marks = ", ".join(["%s"] * len(table.columns))
    cursor.executemany(f"INSERT INTO {name} ({table.listed()}) VALUES ({marks})", rows)


def _settle(run: ImportRun, by: User | None) -> None:
    """Give corrections the official value and the conflict that they had, unless somebody made them anew since.

    Of the latter, and of those made since, `reapply` finds that the official value has changed.
    """
    table = next((table for table in kept_tables(run) if table.model is Override), None)
    if table is None:
        return
    for piece in pieces(run, table, Kind.CHANGED):
        held = Override.objects.in_bulk([key for key, _ in piece.rows])
        for key, pairs in piece.rows:
            override = held.get(key)
            if override is None or not override.active or override.made_at > run.started_at:
                continue
            for at, (old, _) in pairs.items():
                _set(override, table.columns[int(at)], old)
            sign(override, by=by, why=f"The load of {run.file_name} was taken back")
            override.save()


def _set(override: Override, column: str, value: Any) -> None:
    if column == "official_value":  # kept as the database writes JSON
        override.official_value = Override._meta.get_field(column).from_db_value(value, None, connection)  # type: ignore[union-attr]
    elif column == "conflict_since":
        override.conflict_since = _moment(value)


def _moment(text: str | None) -> dt.datetime | None:
    if text is None:
        return None
    moment = dt.datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)  # SQLite writes UTC without saying so


def _follow(source: str) -> None:
    """What follows after a load of this source."""
    try:
        feeds_listings = importer_for(source).feeds_listings
    except Refused:  # of an importer that the site no longer has
        feeds_listings = True
    if feeds_listings:
        refresh()
    else:
        refresh_names()

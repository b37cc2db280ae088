"""What refers to rows that a load brought, and would be left without them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Final, NamedTuple

from django.db import connection, models

from directory.models import (
    ClickCount,
    ConflictDecision,
    DuplicatePair,
    ImportRun,
    LinkUse,
    Listing,
    ListingChange,
    Opening,
    Override,
    Release,
)
from directory.pipeline.change_log.packing import Kind, keys
from directory.pipeline.change_log.tables import Watched, is_history, quote, temporary
from directory.vocab import ChangeState

#: Rows that go with what they belong to: worked out from it, or counted about it.
GO_ALONG: Final[tuple[type[models.Model], ...]] = (Listing, Opening, ClickCount, LinkUse, DuplicatePair)
NAMED: Final = 3
#: Values of a batch that stand nowhere: nobody's work is lost with them.
STANDS_NOWHERE: Final = ", ".join(
    f"'{state.value}'" for state in (ChangeState.UNDONE, ChangeState.CANCELLED, ChangeState.REFUSED)
)
#: What is over, as a condition on the row: it holds no load back, and goes with what it was about. Its history stays.
OVER: Final[dict[type[models.Model], str]] = {
    ListingChange: f"{{row}}.state IN ({STANDS_NOWHERE})",
    Override: (
        f"(NOT {{row}}.active AND NOT EXISTS (SELECT 1 FROM {quote(ConflictDecision._meta.db_table)} AS d "
        "WHERE d.override_id = {row}.id))"
    ),
}


class Reference(NamedTuple):
    """A column of one table that points to another, and what becomes of it when its target goes."""

    model: type[models.Model]
    column: str  # quoted
    emptied: bool

    @property
    def goes_along(self) -> bool:
        return self.model in GO_ALONG

    @property
    def table(self) -> str:
        return quote(str(self.model._meta.db_table))

    def over(self, row: str) -> str:
        """The condition under which a row of it, under that name in a query, is over; empty where none ever is."""
        return OVER.get(self.model, "").format(row=row)


def references_to(model: type[models.Model]) -> list[Reference]:
    """Foreign keys to the model, other than those of histories, which may name what is no more."""
    found = []
    for relation in model._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)):
            continue
        origin: Any = relation
        if is_history(origin.related_model):
            continue
        # A load's own record only says which release it was; what a person wrote must not lose its listing.
        emptied = model is Release and origin.on_delete is models.SET_NULL
        found.append(Reference(origin.related_model, quote(str(origin.field.column)), emptied))
    return found


def references(run: ImportRun, tables: Iterable[Watched], *, by_people: bool = False) -> Iterator[str]:
    """Sentences about rows that came after the load and refer to rows that it brought.

    With `by_people` only tables are asked that the load did not write to.
    """
    by_model = {table.model: table for table in tables}
    own: dict[Watched, str] = {}  # staged when first asked for, once for all references
    with ExitStack() as staged:
        for table in by_model.values():
            asked = [
                reference
                for reference in references_to(table.model)
                if not (reference.goes_along or reference.emptied or (by_people and reference.model in by_model))
            ]
            created = staged.enter_context(staged_keys(run, table, Kind.CREATED)) if asked else ""
            for reference in asked if created else ():
                of = by_model.get(reference.model)
                if of and of not in own:
                    own[of] = staged.enter_context(staged_keys(run, of, Kind.CREATED, Kind.CHANGED))
                if sentence := _sentence(reference, table, created, of, own[of] if of else ""):
                    yield sentence


@contextmanager
def staged_keys(run: ImportRun, table: Watched | None, *kinds: Kind) -> Iterator[str]:
    """A temporary table with the keys (column k) of what was kept; empty name when there are none."""
    batches = (batch for kind in kinds for batch in keys(run, table, kind)) if table else iter(())
    first = next(batches, None)
    if table is None or first is None:
        yield ""
        return
    with temporary(f"SELECT {table.key} AS k FROM {table.quoted} WHERE 1 = 0", key="k") as name:
        with connection.cursor() as cursor:
            for batch in (first, *batches):
                cursor.executemany(f"INSERT INTO {name} (k) VALUES (%s)", [(key,) for key in batch])
        yield name


def _sentence(reference: Reference, to: Watched, created: str, own: Watched | None, kept: str) -> str:
    """Which rows refer to created ones and are none of the load's own."""
    found = f"FROM {reference.table} AS r JOIN {created} AS c ON c.k = r.{reference.column}"
    conditions = [f"NOT EXISTS (SELECT 1 FROM {kept} AS o WHERE o.k = r.{own.key})"] if own and kept else []
    if over := reference.over("r"):
        conditions.append(f"NOT ({over})")
    if conditions:
        found += f" WHERE {' AND '.join(conditions)}"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) {found}")
        number = int(cursor.fetchone()[0])
        if not number:
            return ""
        nouns = str(reference.model._meta.verbose_name_plural if number > 1 else reference.model._meta.verbose_name)
        said = (
            f"{number:,} {nouns} came since and {'belong' if number > 1 else 'belongs'} to {to.nouns} that it brought"
        )
        if not any(field.name == "release" for field in reference.model._meta.concrete_fields):
            return f"{said}. To load the file before it again takes such rows off the lists and deletes nothing."
        cursor.execute(f"SELECT DISTINCT r.release_id {found} ORDER BY r.release_id LIMIT {NAMED}")
        releases = Release.objects.in_bulk([pk for (pk,) in cursor.fetchall()])
    return f"{said}: {'; '.join(str(release) for release in releases.values())}."

"""Which loads wrote to one row, and what: for its history, which keeps no line for each row that a file brings."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Model

from directory.curation.revisions import Difference, in_words
from directory.models import ImportRun, KeptChange
from directory.pipeline.change_log.packing import Kind, piece_at
from directory.pipeline.change_log.tables import Watched, watched

#: So many loads back; each costs some pieces to read, because they lie in the order of the keys.
LOADS: Final = 12


@dataclass(frozen=True, slots=True)
class Writing:
    """What one load wrote to the row: it brought it, or changed columns of it."""

    run: ImportRun
    brought: bool
    changes: list[Difference] = field(default_factory=list)

    @property
    def approved_by(self) -> Any:
        """Who approved the file at the desk; None for one that was loaded by a command."""
        return next((proposal.approved_by for proposal in self.run.proposals.all()), None)


def writings(row: Model) -> list[Writing]:
    """The loads that wrote to a row, the newest first, as far as what they changed is still kept."""
    table = watched().get(str(row._meta.db_table))
    if table is None:
        return []
    kept = KeptChange.objects.filter(table=table.name, kind__in=(Kind.CREATED, Kind.CHANGED))
    runs = ImportRun.objects.filter(pk__in=kept.values("run")).order_by("-pk").select_related("release")
    found = []
    for run in runs.prefetch_related("proposals__approved_by")[:LOADS]:
        changed = _find(run, table, Kind.CHANGED, row.pk)
        if changed is not None:
            found.append(Writing(run, False, _in_words(row, *changed)))
        elif _find(run, table, Kind.CREATED, row.pk) is not None:
            found.append(Writing(run, True))
    return found


def _find(run: ImportRun, table: Watched, kind: Kind, key: Any) -> tuple[tuple[str, ...], Any] | None:
    """The columns and what was kept of the row with that key; pieces are halved until it is found."""
    low, high = 0, KeptChange.objects.filter(run=run, table=table.name, kind=kind).count()
    while low < high:
        place = (low + high) // 2
        piece = piece_at(run, table, kind, place)
        if piece is None or not piece.rows:
            return None
        if key < piece.rows[0][0]:
            high = place
        elif key > piece.rows[-1][0]:
            low = place + 1
        else:
            return next(((piece.columns, held) for at, held in piece.rows if at == key), None)
    return None


def _in_words(row: Model, columns: tuple[str, ...], pairs: dict[str, list[Any]]) -> list[Difference]:
    fields = {str(each.column): each for each in row._meta.concrete_fields}
    found = []
    for at, (old, new) in pairs.items():
        of = fields.get(columns[int(at)])
        if of is not None:  # the table has had other columns
            words = [in_words(_with(row, of.attname, value), of) for value in (old, new)]
            found.append(Difference(of.name, str(of.verbose_name), *words))
    return found


def _with(row: Model, name: str, value: Any) -> Model:
    state = copy(row)
    setattr(state, name, value)
    return state

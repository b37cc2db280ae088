"""O*NET Task Statements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from typing import Any

from careers.importers import cells
from careers.importers.base import codes
from careers.importers.onet_base import CODE, OnetImporter
from careers.models import Task
from careers.vocab import TaskKind
from directory.importers.base import Known, optional, required
from directory.importers.errors import BadCell
from directory.importers.reading import Row
from directory.importers.registry import register
from directory.vocab import Source


@dataclass(frozen=True, slots=True)
class TaskRow:
    onet: str
    task_id: int
    text: str
    kind: str
    dated: str
    said_by: str


@register
class OnetTasksImporter(OnetImporter):
    source = Source.ONET_TASKS
    sheet = r"^Task Statements$"
    columns = (*required(CODE, "Task ID", "Task"), *optional("Task Type", "Date", "Domain Source"))
    foreign = ("Scale ID", "DWA ID")  # Task Ratings, Tasks to DWAs
    model = Task
    key = ("onet", "task_id")
    values = ("text", "kind", "dated", "said_by")

    def parse(self, row: Row) -> Iterable[TaskRow]:
        kind = cells.text(row, "Task Type", limit=40)
        if kind and kind not in TaskKind.values:
            raise BadCell("Task Type", kind, f"not one of {', '.join(TaskKind.values)}")
        yield TaskRow(
            onet=cells.onet(row),
            task_id=cells.whole(row, "Task ID", low=1, high=9_999_999),
            text=cells.text(row, "Task", limit=2_000, required=True),
            kind=kind,
            dated=cells.month(row, "Date"),
            said_by=cells.kept(row, "Domain Source", limit=40),
        )

    def place(self, record: TaskRow, known: Known) -> tuple[Any, ...]:
        codes(known).onet(record.onet)
        return astuple(record)

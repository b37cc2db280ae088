"""O*NET Interests: six scores of an occupation, and which of the six stand out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from decimal import Decimal
from typing import Any

from careers.importers import cells
from careers.importers.base import codes
from careers.importers.onet_base import CODE, OnetImporter
from careers.models import Interest
from careers.vocab import HIGH_POINTS, INTERESTS, InterestScale
from directory.importers.base import Known, optional, required
from directory.importers.errors import BadCell
from directory.importers.reading import Row
from directory.importers.registry import register
from directory.vocab import Source


@dataclass(frozen=True, slots=True)
class InterestRow:
    onet: str
    element: str
    scale: str
    value: Decimal
    dated: str
    said_by: str


@register
class OnetInterestsImporter(OnetImporter):
    source = Source.ONET_INTERESTS
    sheet = r"^Interests$"
    columns = (*required(CODE, "Element ID", "Scale ID", "Data Value"), *optional("Date", "Domain Source"))
    foreign = ("N", "Standard Error", "Task ID", "Category")  # Abilities, Knowledge, Work Context …
    model = Interest
    key = ("onet", "element", "scale")
    values = ("value", "dated", "said_by")

    def parse(self, row: Row) -> Iterable[InterestRow]:
        element, scale = row["Element ID"], row["Scale ID"]
        if element not in INTERESTS:
            raise BadCell("Element ID", element, "not an element of the interests")
        if scale not in InterestScale.values:
            raise BadCell("Scale ID", scale, "neither OI nor IH")
        low, high = (1, 7) if scale == InterestScale.SCORE else (0, max(HIGH_POINTS))
        yield InterestRow(
            onet=cells.onet(row),
            element=element,
            scale=scale,
            value=cells.decimal(row, "Data Value", row["Data Value"], low=low, high=high).quantize(Decimal("0.01")),
            dated=cells.month(row, "Date"),
            said_by=cells.kept(row, "Domain Source", limit=40),
        )

    def place(self, record: InterestRow, known: Known) -> tuple[Any, ...]:
        codes(known).onet(record.onet)
        return astuple(record)

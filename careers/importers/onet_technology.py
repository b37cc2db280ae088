"""O*NET Technology Skills."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace
from typing import Any

from careers.importers import cells
from careers.importers.base import codes
from careers.importers.onet_base import CODE, OnetImporter
from careers.models import Technology
from directory.importers.base import Known, optional, required
from directory.importers.reading import Row
from directory.importers.registry import register
from directory.vocab import Source


@dataclass(frozen=True, slots=True)
class TechnologyRow:
    onet: str
    name: str
    commodity_code: int
    commodity: str
    hot: bool
    in_demand: bool


@register
class OnetTechnologyImporter(OnetImporter):
    source = Source.ONET_TECHNOLOGY
    sheet = r"^Technology Skills$"
    columns = (
        *required(CODE, "Example", "Commodity Code", "Hot Technology", "In Demand"),
        *optional("Commodity Title"),
    )
    model = Technology
    key = ("onet", "name")
    values = ("commodity_code", "commodity", "hot", "in_demand")

    def parse(self, row: Row) -> Iterable[TechnologyRow]:
        yield TechnologyRow(
            onet=cells.onet(row),
            name=cells.text(row, "Example", limit=160, required=True),
            commodity_code=cells.whole(row, "Commodity Code", low=1, high=99_999_999),
            commodity=cells.kept(row, "Commodity Title", limit=120),
            hot=cells.yes_no(row, "Hot Technology"),
            in_demand=cells.yes_no(row, "In Demand"),
        )

    def place(self, record: TechnologyRow, known: Known) -> tuple[Any, ...]:
        here = codes(known)
        here.onet(record.onet)
        if not record.commodity:  # the text file gives only the code; what a workbook said of it stays
            record = replace(record, commodity=here.commodities.get(record.commodity_code, ""))
        return astuple(record)

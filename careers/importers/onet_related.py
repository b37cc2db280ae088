"""O*NET Related Occupations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from typing import Any

from careers.importers import cells
from careers.importers.base import codes
from careers.importers.onet_base import CODE, OnetImporter
from careers.models import RelatedOccupation
from careers.vocab import Tier
from directory.importers.base import Known, required
from directory.importers.errors import BadCell
from directory.importers.reading import Row
from directory.importers.registry import register
from directory.vocab import Source

RELATED = "Related O*NET-SOC Code"


@dataclass(frozen=True, slots=True)
class RelatedRow:
    onet: str
    related: str
    tier: str
    index: int


@register
class OnetRelatedImporter(OnetImporter):
    source = Source.ONET_RELATED
    sheet = r"^Related Occupations$"
    columns = required(CODE, RELATED, "Relatedness Tier", "Index")
    model = RelatedOccupation
    key = ("onet", "related")
    values = ("tier", "index")

    def parse(self, row: Row) -> Iterable[RelatedRow]:
        tier = row["Relatedness Tier"]
        if tier not in Tier.values:
            raise BadCell("Relatedness Tier", tier, f"not one of {', '.join(Tier.values)}")
        record = RelatedRow(
            onet=cells.onet(row),
            related=cells.onet(row, RELATED),
            tier=tier,
            index=cells.whole(row, "Index", low=1, high=999),
        )
        if record.onet == record.related:
            raise BadCell(RELATED, record.related, "is the occupation itself")
        yield record

    def place(self, record: RelatedRow, known: Known) -> tuple[Any, ...]:
        here = codes(known)
        here.onet(record.onet)
        here.onet(record.related, column=RELATED)
        return astuple(record)

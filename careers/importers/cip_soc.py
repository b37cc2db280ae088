"""CIP 2020 to SOC 2018: which occupations a field of study prepares for, by NCES and BLS."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from careers.importers import cells
from careers.importers.base import CareersImporter, codes
from careers.models import FieldOccupation
from directory.importers.base import Column, Known, Vintage
from directory.importers.cells import cip
from directory.importers.reading import Row, Table
from directory.importers.registry import register
from directory.vocab import Source

#: The two codes that say "deliberately no match".
NO_FIELD, NO_OCCUPATION = "99.9999", "99-9999"


@dataclass(frozen=True, slots=True)
class Match:
    cip: str
    soc: str


@register
class CipSocImporter(CareersImporter):
    source = Source.CIP_SOC
    needs = (Source.CIP, Source.SOC)
    columns = (
        Column("CIP2020Code", like=r"CIP\d{4}Code"),
        Column("SOC2018Code", like=r"SOC\d{4}Code"),
    )
    sheet = r"^CIP.?SOC$"
    model = FieldOccupation
    key = ("field", "occupation")
    values = ()

    def vintage(self, table: Table) -> Vintage | None:
        for name in table.header:
            if match := re.fullmatch(r"CIP(\d{4})Code", name, re.IGNORECASE):
                return Vintage(match[1], int(match[1]) * 100, int(match[1]))
        return None

    def parse(self, row: Row) -> Iterable[Match]:
        if row["CIP2020Code"] == NO_FIELD or row["SOC2018Code"] == NO_OCCUPATION:
            return
        yield Match(cip(row, "CIP2020Code"), cells.soc(row, "SOC2018Code"))

    def place(self, record: Match, known: Known) -> tuple[Any, ...]:
        return (
            known.field(record.cip, column="CIP2020Code"),
            codes(known).occupation(record.soc, column="SOC2018Code"),
        )

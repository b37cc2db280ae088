"""CIP 2020: titles and definitions of fields of study, and what became of the codes of 2010."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from typing import Any

from django.utils.text import slugify

from directory.importers import cells
from directory.importers.base import Known, Vintage, optional, required
from directory.importers.errors import BadCell
from directory.importers.reading import Row, Table
from directory.importers.registry import register
from directory.importers.single import SingleTableImporter
from directory.models import FieldChange, FieldOfStudy
from directory.vocab import Source

OUT_OF_FORCE = ("deleted", "moved from")
ACTIONS = ("no substantive changes", "new", "moved to", "moved from", "deleted")


@dataclass(frozen=True, slots=True)
class FieldRow:
    cip: str
    family: str
    title: str
    definition: str
    examples: str
    slug: str


@register
class CipImporter(SingleTableImporter):
    source = Source.CIP
    columns = (
        *required("CIPCode", "CIPTitle", "Action"),  # without Action, codes out of force would come back
        *optional("CIPDefinition", "Examples", "CIPFamily"),
    )
    drifting = {"definition": "CIPDefinition", "examples": "Examples"}
    model = FieldOfStudy
    key = ("cip",)
    values = ("family", "title", "definition", "examples", "slug")

    def vintage(self, table: Table) -> Vintage | None:
        return _cip_vintage(table)

    def parse(self, row: Row) -> Iterable[FieldRow]:
        if row["Action"].lower().startswith(OUT_OF_FORCE):
            return
        code = cells.cip(row, "CIPCode")
        if row.has("CIPFamily") and not code.startswith(row["CIPFamily"].zfill(2)):
            raise BadCell("CIPCode", code, f"does not belong to the series {row['CIPFamily']} beside it")
        title = cells.text(row, "CIPTitle", limit=200, required=True).removesuffix(".")
        yield FieldRow(
            cip=code,
            family=code[:5] if len(code) > 2 else "",
            title=title,
            definition=cells.text(row, "CIPDefinition", limit=10_000),
            examples=cells.text(row, "Examples", limit=10_000),
            # Titles repeat across families ("Other"), so the code is part of the address.
            slug=f"{slugify(title.replace('/', ' '))[:80].strip('-')}-{code.replace('.', '-')}",
        )

    def place(self, record: FieldRow, known: Known) -> tuple[Any, ...]:
        return astuple(record)


@dataclass(frozen=True, slots=True)
class ChangeRow:
    old_cip: str
    new_cip: str
    old_title: str
    action: str


@register
class CipChangesImporter(SingleTableImporter):
    source = Source.CIP_CHANGES
    feeds_listings = False
    columns = (*required("CIPCode2010", "CIPCode2020", "Action"), *optional("CIPTitle2010"))
    drifting = {"old_title": "CIPTitle2010"}
    model = FieldChange
    key = ("old_cip", "new_cip")
    values = ("old_title", "action")

    def vintage(self, table: Table) -> Vintage | None:
        return Vintage("2010 to 2020", 2020)  # the column names say which two editions

    def parse(self, row: Row) -> Iterable[ChangeRow]:
        action = cells.text(row, "Action", limit=60, required=True)
        if action.lower() not in ACTIONS:
            raise BadCell("Action", action, f"not one of {', '.join(ACTIONS)}")
        if action.lower() == "new":  # it replaces none
            return
        yield ChangeRow(
            old_cip=cells.cip(row, "CIPCode2010"),
            new_cip=cells.cip(row, "CIPCode2020") if row["CIPCode2020"] else "",
            old_title=cells.text(row, "CIPTitle2010", limit=200, required=row.has("CIPTitle2010")).removesuffix("."),
            action=action,
        )

    def place(self, record: ChangeRow, known: Known) -> tuple[Any, ...]:
        return astuple(record)


def _cip_vintage(table: Table) -> Vintage | None:
    for name in (table.name, table.path.name):
        match = re.search(r"CIP\D{0,6}(20\d0)", name, re.IGNORECASE)
        if match:
            return Vintage(match[1], int(match[1]), int(match[1]))
    return None

"""O*NET Alternate Titles and Sample of Reported Titles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from typing import Any

from careers.importers import cells
from careers.importers.base import codes
from careers.importers.onet_base import CODE, OnetImporter
from careers.models import AlternateTitle
from careers.vocab import TitleKind
from directory.importers.base import Known, optional, required
from directory.importers.reading import Row
from directory.importers.registry import register
from directory.vocab import Source


@dataclass(frozen=True, slots=True)
class TitleRow:
    onet: str
    kind: str
    title: str
    short_title: str = ""
    origins: str = ""
    in_next_move: bool | None = None


class TitlesImporter(OnetImporter):
    """Both files end in one table; each answers for its own kind, because rows remember their release."""

    model = AlternateTitle
    key = ("onet", "kind", "title")
    values = ("short_title", "origins", "in_next_move")

    def place(self, record: TitleRow, known: Known) -> tuple[Any, ...]:
        codes(known).onet(record.onet)
        return astuple(record)


@register
class OnetTitlesImporter(TitlesImporter):
    source = Source.ONET_TITLES
    sheet = r"^Alternate Titles$"
    columns = (*required(CODE, "Alternate Title"), *optional("Short Title", "Source(s)"))

    def parse(self, row: Row) -> Iterable[TitleRow]:
        yield TitleRow(
            onet=cells.onet(row),
            kind=TitleKind.ALTERNATE,
            title=cells.text(row, "Alternate Title", limit=200, required=True),
            short_title=cells.text(row, "Short Title", limit=80),
            origins=cells.kept(row, "Source(s)", limit=40),
        )


@register
class OnetReportedTitlesImporter(TitlesImporter):
    source = Source.ONET_REPORTED_TITLES
    sheet = r"^Sample of Reported Titles$"
    columns = (*required(CODE, "Reported Job Title"), *optional("Shown in My Next Move"))

    def parse(self, row: Row) -> Iterable[TitleRow]:
        yield TitleRow(
            onet=cells.onet(row),
            kind=TitleKind.REPORTED,
            title=cells.text(row, "Reported Job Title", limit=200, required=True),
            in_next_move=cells.yes_no(row, "Shown in My Next Move") if row.get("Shown in My Next Move") else None,
        )

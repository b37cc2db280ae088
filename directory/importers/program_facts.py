"""Facts that pages state about a program: credits, months, delivery, addresses, rates. One row, one fact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from directory.importers import cells, evidence
from directory.importers.base import Job, Known, Vintage, required
from directory.importers.errors import BadCell
from directory.importers.merge import Absent, Changes
from directory.importers.reading import Row, Table
from directory.importers.registry import register
from directory.importers.single import SingleTableImporter
from directory.importers.stage import Stage
from directory.importers.stated_delivery import delivery_in
from directory.models import ProgramFact, Release, School
from directory.vocab import Reliability, Source

Kind = ProgramFact.Kind
ADDRESSES: Final = (Kind.PROGRAM_URL, Kind.APPLY_URL)
#: The highest value that can be meant.
NUMBERS: Final[dict[str, float]] = {
    Kind.CREDITS: 400,
    Kind.MONTHS: 120,
    Kind.GRADUATION_RATE: 100,
    Kind.JOB_PLACEMENT_RATE: 100,
    Kind.RHIT_PASS_RATE: 100,
}
UNDATED: Final = "undated"


@dataclass(frozen=True, slots=True)
class FactRow:
    unitid: int
    cip: str
    award_levels: frozenset[int]
    kind: str
    value: str
    note: str
    unit: str
    year: str
    url: str


@register
class ProgramFactsImporter(SingleTableImporter):
    source = Source.PROGRAM_FACTS
    needs = (Source.IPEDS_HD, Source.IPEDS_COMPLETIONS)
    columns = required("unitid", "cip", "award_level", "fact", "value", "unit", "year", "evidence_url")
    model = ProgramFact
    key = ("program", "kind", "evidence_url")
    values = ("value", "unit", "year", "reliability", "note")

    def vintage(self, table: Table) -> Vintage | None:
        return evidence.vintage_of(table)

    def parse(self, row: Row) -> Iterable[FactRow]:
        kind = row["fact"].lower().replace("_", "-")
        if kind not in Kind.values:
            raise BadCell("fact", row["fact"], "no kind of fact that is kept")
        value, note = _value(row, kind)
        year = cells.text(row, "year", limit=40)
        yield FactRow(
            unitid=cells.unitid(row, "unitid"),
            cip=evidence.six_digits(row, "cip"),
            award_levels=evidence.levels(row),
            kind=kind,
            value=value,
            note=note,
            unit=cells.text(row, "unit", limit=120),
            year="" if year.lower() == UNDATED else year,
            url=evidence.address(row, "evidence_url"),
        )

    def place(self, record: FactRow, known: Known) -> tuple[Any, ...]:
        school = known.school(record.unitid, column="unitid")
        program = evidence.single_program(school, [record.cip], record.award_levels)
        if program is None:
            raise BadCell("cip", record.cip, "the school reports no single program in it at that level")
        website = School.objects.values_list("website", flat=True).get(pk=school)
        reliability = Reliability.HIGH if same_site(record.url, website) else Reliability.MEDIUM
        return (
            program,
            record.kind,
            record.url,
            record.value,
            record.unit,
            record.year,
            reliability,
            record.note,
        )

    def absent(self, job: Job, release: Release) -> Absent | None:
        return evidence.no_longer_stated(self.source)

    def bring_in(self, stage: Stage, job: Job, release: Release) -> Changes:
        evidence.leave_to_others(stage, self.source)
        return super().bring_in(stage, job, release)


def _value(row: Row, kind: str) -> tuple[str, str]:
    """The value as it is kept, and the page's own words where the value is a reading of them."""
    if kind in ADDRESSES:
        return evidence.address(row, "value"), ""
    text = evidence.words(row, "value", limit=2_000)
    if kind in NUMBERS:
        return _number(text, high=NUMBERS[kind]), ""
    if kind == Kind.DELIVERY and (stated := delivery_in(text)):
        return stated, text
    return text, ""


def _number(text: str, *, high: float) -> str:
    try:
        number = float(text)
    except ValueError:
        raise BadCell("value", text, "not a number") from None
    if not 0 <= number <= high:
        raise BadCell("value", text, f"outside 0 to {high:g}")
    return text


def same_site(url: str, website: str) -> bool:
    """Whether a page lies on the school's own domain: "catalog.maple.edu" does for "www.maple.edu"."""
    site, host = _host(website), _host(url)
    return bool(site) and (host == site or host.endswith(f".{site}"))


def _host(address: str) -> str:
    host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    return host.lower().removeprefix("www.")

"""Statements about a program's accreditation: what one page says, with its address; never a status."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from directory.importers import cells, evidence, plain_notes
from directory.importers.base import Job, Known, Vintage, optional, required
from directory.importers.errors import BadCell
from directory.importers.merge import Absent, Changes
from directory.importers.reading import Row, Table
from directory.importers.registry import register
from directory.importers.single import SingleTableImporter
from directory.importers.stage import Stage
from directory.models import AccreditationStatement, Agency, Release
from directory.vocab import Reliability, Source

#: The only word that says so: a seal, a candidacy or AHIMA's approval (PCAP) is no accreditation.
POSITIVE: Final = "accredited"
HISTORICAL: Final = "(historical)"
#: Accreditors that a statement may name by their letters; others stand as the page names them.
ACCREDITORS: Final[dict[str, str]] = {
    "CAHIIM": "Commission on Accreditation for Health Informatics and Information Management Education",
    "NCRA": "National Cancer Registrars Association",
    "CAAHEP": "Commission on Accreditation of Allied Health Education Programs",
}


@dataclass(frozen=True, slots=True)
class StatementRow:
    unitid: int
    state: str
    award_levels: frozenset[int]
    cip: str
    cips_at_level: tuple[str, ...]  # what IPEDS has at that level, when the table's own match says it fits
    accreditor: str
    title: str
    status: str
    level_basis: str
    kind: str
    url: str
    date: str
    mirror: bool
    reliability: Reliability
    historical: bool
    note: str


@register
class AccreditationEvidenceImporter(SingleTableImporter):
    source = Source.ACCREDITATION_EVIDENCE
    needs = (Source.IPEDS_HD, Source.IPEDS_COMPLETIONS)
    columns = (
        *required("unitid", "state", "program_title_as_stated", "award_level", "cip_guess", "accreditor"),
        *required("status_as_stated", "evidence_kind", "evidence_url", "evidence_date", "reliability"),
        *optional("award_level_basis", "mirror_of_original", "note"),
        *optional("ipeds_2024_match", "ipeds_2024_cips_at_level"),
    )
    model = AccreditationStatement
    key = ("school", "agency_as_stated", "program_title_as_stated", "evidence_url", "status_as_stated")
    values = (
        "program", "agency", "positive", "award_level_basis", "evidence_kind", "evidence_date", "mirror",
        "reliability", "historical", "note",
    )  # fmt: skip

    def vintage(self, table: Table) -> Vintage | None:
        return evidence.vintage_of(table)

    def parse(self, row: Row) -> Iterable[StatementRow]:
        rated = row["reliability"].lower()
        reliability = rated.removesuffix(HISTORICAL).strip()
        if reliability not in Reliability.values:
            raise BadCell("reliability", row["reliability"], f"not one of {', '.join(Reliability.values)}")
        matched = evidence.yes(row, "ipeds_2024_match")
        yield StatementRow(
            unitid=cells.unitid(row, "unitid"),
            state=cells.text(row, "state", limit=2, required=True).upper(),
            award_levels=evidence.levels(row),
            cip=evidence.six_digits(row, "cip_guess"),
            cips_at_level=tuple(row.get("ipeds_2024_cips_at_level").split()) if matched else (),
            accreditor=plain_notes.accreditor(evidence.words(row, "accreditor", limit=200)),
            title=evidence.words(row, "program_title_as_stated", limit=255),
            status=evidence.words(row, "status_as_stated", limit=40),
            level_basis=cells.text(row, "award_level_basis", limit=12),
            kind=evidence.words(row, "evidence_kind", limit=40),
            url=evidence.address(row, "evidence_url"),
            date=cells.text(row, "evidence_date", limit=40),
            mirror=evidence.yes(row, "mirror_of_original"),
            reliability=Reliability(reliability),
            historical=rated.endswith(HISTORICAL),
            note=plain_notes.for_readers(cells.text(row, "note", limit=2_000)),
        )

    def place(self, record: StatementRow, known: Known) -> tuple[Any, ...]:
        school = evidence.school_in(known, record.unitid, record.state)
        return (
            school,
            record.accreditor,
            record.title,
            record.url,
            record.status,
            program_meant(school, record),
            None,  # the agency: see bring_in
            record.status.lower() == POSITIVE,
            record.level_basis,
            record.kind,
            record.date,
            record.mirror,
            record.reliability,
            record.historical,
            record.note,
        )

    def absent(self, job: Job, release: Release) -> Absent | None:
        return evidence.no_longer_stated(self.source)

    def bring_in(self, stage: Stage, job: Job, release: Release) -> Changes:
        _name_agencies(stage)
        return super().bring_in(stage, job, release)


def program_meant(school: int, record: StatementRow) -> int | None:
    """The program in the guessed field at the stated level, else the only one that the table's match allows.

    A page that names no level means no program for certain: the statement then stays with the school.
    """
    program = evidence.single_program(school, [record.cip], record.award_levels)
    if program is None and len(record.cips_at_level) == 1:
        program = evidence.single_program(school, record.cips_at_level, record.award_levels)
    return program


def named_accreditor(as_stated: str) -> str:
    """The letters of an accreditor that we know, when the page uses them: "CAHIIM", "CAAHEP (with …)"."""
    match = re.match(r"(\w+)(?: \(.*)?$", as_stated)
    return match[1] if match and match[1] in ACCREDITORS else ""


def _name_agencies(stage: Stage) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT agency_as_stated FROM {stage.table}")
        stated = [as_stated for (as_stated,) in cursor.fetchall()]
        for as_stated in filter(named_accreditor, stated):
            agency = _agency(named_accreditor(as_stated))
            cursor.execute(
                f"UPDATE {stage.table} SET agency_id = %s WHERE agency_as_stated = %s",
                (agency.pk, as_stated),
            )


def _agency(acronym: str) -> Agency:
    """Another file may have brought the agency by its name only."""
    name = ACCREDITORS[acronym]
    found = Agency.objects.filter(acronym=acronym).first() or Agency.objects.filter(name__iexact=name).first()
    if found is None:
        return Agency.objects.create(acronym=acronym, name=name, programmatic=True)
    if not found.acronym:
        found.acronym = acronym
        found.save(update_fields=["acronym"])
    return found

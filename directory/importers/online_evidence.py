"""Statements that a program is offered online: facts about its delivery, with the page that says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from directory.importers import cells, evidence, plain_notes
from directory.importers.base import Job, Known, Vintage, optional, required
from directory.importers.errors import BadCell
from directory.importers.merge import Absent, Changes
from directory.importers.reading import Row, Table
from directory.importers.registry import register
from directory.importers.single import SingleTableImporter
from directory.importers.stage import Stage
from directory.importers.stated_delivery import delivery_in
from directory.models import ProgramFact, Release
from directory.vocab import Reliability, Source


@dataclass(frozen=True, slots=True)
class OnlineRow:
    unitid: int
    state: str
    title: str
    cips: tuple[str, ...]
    award_levels: frozenset[int]
    stated: str  # the way of delivery that the file's own words allow; "" for none
    words: str
    url: str
    year: str
    own_page: bool


@register
class OnlineEvidenceImporter(SingleTableImporter):
    source = Source.ONLINE_EVIDENCE
    needs = (Source.IPEDS_HD, Source.IPEDS_COMPLETIONS)
    columns = (
        *required("unitid", "state", "program_title_as_stated", "award_level", "online_as_stated", "evidence_url"),
        *required("evidence_date", "note"),
        *optional("match_basis"),
    )
    model = ProgramFact
    key = ("program", "kind", "evidence_url")
    values = ("value", "year", "reliability", "note")

    def claims(self, header: Sequence[str]) -> bool:
        """The table of accreditation statements has these columns too, and a status besides."""
        return "status_as_stated" not in [name.casefold() for name in header]

    def vintage(self, table: Table) -> Vintage | None:
        return evidence.vintage_of(table)

    def parse(self, row: Row) -> Iterable[OnlineRow]:
        if not evidence.yes(row, "online_as_stated"):
            return
        title = evidence.words(row, "program_title_as_stated", limit=255)
        words = cells.text(row, "note", limit=2_000)
        if "unitid unsure" in words.lower():
            raise BadCell("note", words[:60], "the row itself doubts which school is meant")
        yield OnlineRow(
            unitid=cells.unitid(row, "unitid"),
            state=cells.text(row, "state", limit=2, required=True).upper(),
            title=title,
            cips=fields_of(title),
            award_levels=evidence.levels(row),
            # The whole note: what readers are spared may hold the word that decides.
            stated=delivery_in(words or "online") or "",
            words=plain_notes.for_readers(words),
            url=evidence.address(row, "evidence_url"),
            year=cells.text(row, "evidence_date", limit=40),
            own_page="domain" in row.get("match_basis").lower(),
        )

    def place(self, record: OnlineRow, known: Known) -> tuple[Any, ...]:
        school = evidence.school_in(known, record.unitid, record.state)
        program = evidence.single_program(school, record.cips, record.award_levels)
        if program is None:
            raise BadCell(
                "program_title_as_stated",
                record.title,
                "the school reports no single program like it",
            )
        return (
            program,
            ProgramFact.Kind.DELIVERY,
            record.url,
            record.stated or record.words,
            record.year,
            Reliability.HIGH if record.own_page else Reliability.MEDIUM,
            record.words if record.stated else "",
        )

    def absent(self, job: Job, release: Release) -> Absent | None:
        return evidence.no_longer_stated(self.source)

    def bring_in(self, stage: Stage, job: Job, release: Release) -> Changes:
        evidence.leave_to_others(stage, self.source)
        return super().bring_in(stage, job, release)


def fields_of(title: str) -> tuple[str, ...]:
    """CIP codes that a program of that name is reported under. The table has no code of its own."""
    words = title.lower()
    if "information" in words or "medical records" in words:
        return ("51.0706", "51.0707")
    if "informatics" in words:
        return ("51.2706",)
    raise BadCell("program_title_as_stated", title, "names no field that this table is about")

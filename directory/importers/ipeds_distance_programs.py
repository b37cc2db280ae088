"""IPEDS C_DEP: which programs are taught by distance. A row per school and CIP, three columns a level.

The plain column says that the program is offered, DE that all programs of that CIP and level can be completed
online, DES that some can. Built to the official dictionary of C2021DEP; not yet run on a full official file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection

from directory.importers import cells
from directory.importers.base import Apply, Importer, Job, Known, Vintage, optional, required
from directory.importers.errors import BadCell
from directory.importers.former_codes import FIRST_YEAR_OF_CIP_2020, moved_codes
from directory.importers.merge import Absent, Changes, merge
from directory.importers.reading import Row, Table
from directory.importers.registry import register
from directory.importers.stage import Stage, TemporaryTable
from directory.importers.vintages import academic, ipeds_year
from directory.models import FieldOfStudy, ProgramDelivery, Release
from directory.querysets.field_of_study import cip_condition
from directory.vocab import Delivery, Source

TOTAL = "99"
FULL_CIP = 7
#: Column stem -> AWLEVEL.
LEVELS = {
    "PASSOC": 3, "PBACHL": 5, "PMASTR": 7, "PDOCRS": 17, "PDOCPP": 18, "PDOCOT": 19,
    "PCERT2": 2, "PCERT4": 4, "PPBACC": 6, "PPMAST": 8,
}  # fmt: skip
SHORT_CERTIFICATES = {"PCERT1A": 20, "PCERT1B": 21}
SHORT_CERTIFICATES_BEFORE_2020 = {"PCERT1": 1}
STEMS = LEVELS | SHORT_CERTIFICATES | SHORT_CERTIFICATES_BEFORE_2020

#: `original_cip` keeps apart two old codes that became one.
OFFERS = ("unitid", "cip", "award_level", "delivery", "original_cip")
OFFERS_KEY = ("unitid", "original_cip", "award_level")
OFFERS_DEFINITION = (
    "(line integer, unitid integer, cip varchar(7), award_level integer, delivery varchar(8), original_cip varchar(7))"
)
PROGRAM = (
    "directory_school AS s ON s.unitid = o.unitid "
    "JOIN directory_fieldofstudy AS f ON f.cip = o.cip JOIN directory_program AS p "
    "ON p.school_id = s.id AND p.field_id = f.id AND p.award_level = o.award_level"
)


def _triple(stem: str) -> tuple[str, str, str]:
    return stem, f"{stem}DE", f"{stem}DES"


def _triples(stems: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for stem in stems for name in _triple(stem))


#: The columns that add up others, and those others.
TOTALS = {f"PTOTAL{kind}": tuple(f"{stem}{kind}" for stem in STEMS) for kind in ("", "DE", "DES")}
COUNTS = frozenset((*TOTALS, *_triples(STEMS)))


@dataclass(frozen=True, slots=True)
class OfferRow:
    unitid: int
    cip: str
    award_level: int
    delivery: Delivery


@register
class DistanceProgramsImporter(Importer):
    source = Source.IPEDS_DISTANCE_PROGRAMS
    academic_year = -1
    needs = (Source.IPEDS_COMPLETIONS,)
    by_cip = True
    yearly = True
    columns = (
        *required("UNITID", "CIPCODE", *_triples(LEVELS)),
        *optional(*TOTALS, *_triples(SHORT_CERTIFICATES), *_triples(SHORT_CERTIFICATES_BEFORE_2020)),
    )

    def match(self, header: Sequence[str]) -> tuple[dict[str, int], list[str]]:
        """Certificates under a year are one triple before 2020 and two since; either must be there."""
        index, lacking = super().match(header)
        if not all(name in index for name in _triples(SHORT_CERTIFICATES_BEFORE_2020)):
            lacking += [name for name in _triples(SHORT_CERTIFICATES) if name not in index]
        return index, lacking

    def vintage(self, table: Table) -> Vintage | None:
        year = ipeds_year(table, "c")
        return Vintage(academic(year - 1), year * 100, year) if year else None

    def parse(self, row: Row) -> Iterable[OfferRow]:
        cip = _code(row)
        if cip is None:
            return
        unitid, counts = cells.unitid(row), _counts(row)
        for total, parts in TOTALS.items():
            if row.has(total) and counts.get(total, 0) != (added := sum(counts.get(part, 0) for part in parts)):
                # they do not when cells have moved to a neighbouring column
                raise BadCell(total, row[total], f"the award levels add up to {added}")
        for stem, level in STEMS.items():
            if delivery := _delivery(row, stem, counts):
                yield OfferRow(unitid, cip, level, delivery)

    @contextmanager
    def stage(self, job: Job, known: Known) -> Iterator[Apply]:
        moved = moved_codes() if (job.vintage.year or 0) < FIRST_YEAR_OF_CIP_2020 else {}
        with TemporaryTable("offers", OFFERS, OFFERS_DEFINITION) as offers:
            for row in job.rows():
                try:
                    records = self._wanted(row, job, moved)
                except BadCell as error:
                    job.reject(row.line, error)
                    continue
                job.skipped += not records
                for each in records:
                    cip = moved.get(each.cip, each.cip)
                    offers.add(row.line, each.unitid, cip, each.award_level, each.delivery, each.cip)
            offers.finish(*OFFERS_KEY)
            job.reject_repeats(sorted(offers.drop_repeats(*OFFERS_KEY)), column="UNITID CIPCODE")
            job.skipped += _lines_without_program(offers)
            yield lambda release: _bring_in(offers, job, release)

    def _wanted(self, row: Row, job: Job, moved: Mapping[str, str]) -> list[OfferRow]:
        """The row's offers within the scope; its 36 columns are not read for nothing."""
        original = _code(row)
        if original is None:
            return []
        cip = moved.get(original, original)
        job.families.add(cip[:5])
        return list(self.parse(row)) if job.scope.wants(cip) else []


def _code(row: Row) -> str | None:
    """The six-digit code; None for rows that add up others: 99 and the two-digit series."""
    if row["CIPCODE"].partition(".")[0] == TOTAL:
        return None
    cip = cells.cip(row)
    return cip if len(cip) == FULL_CIP else None


def _counts(row: Row) -> dict[str, int]:
    """The counts of a row that are not 0; most are, so that is asked first."""
    named = [name for name, at in row.index.items() if row.cells[at] != "0" and name in COUNTS]
    return {name: cells.code(row, name, high=9_999) or 0 for name in named}


def _delivery(row: Row, stem: str, counts: Mapping[str, int]) -> Delivery | None:
    """How a program is taught; None when it is not offered."""
    offered, wholly, partly = (counts.get(name, 0) for name in _triple(stem))
    if not offered:
        return None
    if wholly and partly:
        raise BadCell(f"{stem}DE", row[f"{stem}DE"], f"all programs online, but {stem}DES says some")
    if wholly:
        return Delivery.ONLINE
    return Delivery.HYBRID if partly else Delivery.CAMPUS


def _lines_without_program(offers: TemporaryTable) -> int:
    """Rows of which no program is held: school or field are not in the directory, or the program ended."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT COUNT(DISTINCT o.line) FROM {offers.table} AS o "
            f"WHERE o.line NOT IN (SELECT o.line FROM {offers.table} AS o JOIN {PROGRAM})"
        )
        return int(cursor.fetchone()[0])


def _bring_in(offers: TemporaryTable, job: Job, release: Release) -> Changes:
    with Stage(ProgramDelivery, ("program", "year", "delivery")) as deliveries:
        # Two old codes that became one and are taught differently make a program that is partly online.
        deliveries.fill(
            "SELECT MIN(o.line), p.id, %s, "
            "CASE WHEN MIN(o.delivery) = MAX(o.delivery) THEN MIN(o.delivery) ELSE %s END "
            f"FROM {offers.table} AS o JOIN {PROGRAM} GROUP BY p.id",
            (release.year, Delivery.HYBRID),
        )
        deliveries.finish("program", "year")
        fields = FieldOfStudy.objects.six_digit().filter(family__in=job.families)
        if job.scope.cips:
            fields = fields.filter(cip_condition(job.scope.cips))
        answered = ", ".join(str(pk) for pk in fields.values_list("pk", flat=True)) or "0"
        gone = Absent(
            within=f"t.year = %s AND t.program_id IN (SELECT id FROM directory_program WHERE field_id IN ({answered}))",
            params=(release.year,),
        )
        return merge(deliveries, key=("program", "year"), always={"release": release.pk}, absent=gone)

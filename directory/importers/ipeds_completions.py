"""IPEDS Completions A: which programs exist, and how many awards each conferred.

A row is the sign that a program is offered, also with 0 awards. First and second majors are two rows of one
program. The institution's total (CIP 99) is no program.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection

from directory.importers import cells, missing
from directory.importers.base import Apply, Importer, Job, Known, Vintage, optional, required
from directory.importers.errors import BadCell
from directory.importers.former_codes import FIRST_YEAR_OF_CIP_2020, moved_codes
from directory.importers.merge import SAMPLES, Absent, Changes, Loss, merge
from directory.importers.program_years import answered, ids, years_and_states
from directory.importers.reading import Row, Table
from directory.importers.registry import register
from directory.importers.stage import Stage, TemporaryTable
from directory.importers.vintages import academic, ipeds_year
from directory.models import Completions, FieldOfStudy, Program, Release
from directory.vocab import AWARD_SLUG, AwardLevel, ListingState, Source

TOTAL = "99"
FIRST_MAJOR = 1
LEVELS = frozenset(AwardLevel.values)

#: Rows of the file before majors are added up; `original_cip` keeps apart two old codes that became one.
AWARDS = ("school_id", "cip", "award_level", "major", "awards", "awards_note", "original_cip")
AWARDS_KEY = ("school_id", "cip", "award_level", "major", "original_cip")
AWARDS_DEFINITION = (
    "(line integer, school_id bigint, cip varchar(7), award_level integer, major integer, awards integer, "
    "awards_note varchar(14), original_cip varchar(7))"
)


@dataclass(frozen=True, slots=True)
class AwardsRow:
    unitid: int
    cip: str
    major: int
    award_level: int
    awards: int | None
    awards_note: str


@register
class CompletionsImporter(Importer):
    source = Source.IPEDS_COMPLETIONS
    academic_year = -1
    needs = (Source.IPEDS_HD, Source.CIP)
    # Old codes need their translation; and what a school charges and earns is cheaper to load before it has programs,
    # because the lists are rebuilt after each file.
    follows = (
        Source.CIP_CHANGES,
        Source.IPEDS_IC,
        Source.IPEDS_IC_AY,
        Source.IPEDS_IC_PY,
        Source.IPEDS_COST,
        Source.IPEDS_TUITION,
        Source.IPEDS_DISTANCE,
        Source.SCORECARD_FIELD,
        Source.SCORECARD_INSTITUTION,
        Source.DAPIP,
        Source.EIGHT_KEYS,
    )
    by_cip = True
    yearly = True
    columns = (
        *required("UNITID", "CIPCODE", "AWLEVEL", "CTOTALT"),
        *optional("MAJORNUM", "XCTOTALT", "CTOTALM", "CTOTALW"),
    )

    def vintage(self, table: Table) -> Vintage | None:
        year = ipeds_year(table, "c")
        return Vintage(academic(year - 1), year * 100, year) if year else None

    def parse(self, row: Row) -> Iterable[AwardsRow]:
        if row["CIPCODE"].partition(".")[0] == TOTAL:
            return
        cip = cells.cip(row)
        if len(cip) < 7:  # two- and four-digit rows are subtotals
            return
        level = cells.whole(row, "AWLEVEL")
        if level not in LEVELS:
            raise BadCell("AWLEVEL", row["AWLEVEL"], "not an award level of IPEDS")
        major = cells.whole(row, "MAJORNUM") if row.has("MAJORNUM") else FIRST_MAJOR
        if major not in (1, 2):
            raise BadCell("MAJORNUM", row["MAJORNUM"], "not 1 (first major) or 2 (second major)")
        if not row["CTOTALT"]:
            raise BadCell("CTOTALT", "", "is empty, which IPEDS never leaves it")
        awards, note = missing.ipeds(row, "CTOTALT")
        _check_total(row, awards)
        yield AwardsRow(cells.unitid(row), cip, major, level, awards, note)

    @contextmanager
    def stage(self, job: Job, known: Known) -> Iterator[Apply]:
        moved = moved_codes() if (job.vintage.year or 0) < FIRST_YEAR_OF_CIP_2020 else {}
        with TemporaryTable("awards", AWARDS, AWARDS_DEFINITION) as stage:
            for row in job.rows():
                try:
                    record = next(iter(self.parse(row)), None)
                    if record is None:
                        job.skipped += 1
                        continue
                    cip = moved.get(record.cip, record.cip)
                    job.families.add(cip[:5])
                    if not job.scope.wants(cip):
                        job.skipped += 1
                        continue
                    school = known.school(record.unitid)
                    known.field(cip if cip in known.fields else cip[:5])
                except BadCell as error:
                    job.reject(row.line, error)
                    continue
                stage.add(
                    row.line,
                    school,
                    cip,
                    record.award_level,
                    record.major,
                    record.awards,
                    record.awards_note,
                    record.cip,
                )
            stage.finish(*AWARDS_KEY)
            job.reject_repeats(stage.drop_repeats(*AWARDS_KEY), column="UNITID CIPCODE MAJORNUM AWLEVEL")
            yield lambda release: _bring_in(stage, job, release)


def _bring_in(awards: TemporaryTable, job: Job, release: Release) -> Changes:
    """Programs that are new, awards of the year, and then each program's years and state."""
    listed = Program.objects.filter(state=ListingState.LISTED, field__in=answered(job)).count()
    _new_fields(awards, release)
    _new_programs(awards, release)
    changes = _awards(awards, job, release)
    delisted = years_and_states(job, release)
    if job.newest:  # an older file only adds history; what it lacks says nothing about today
        changes.losses.append(Loss("programs on the lists", len(delisted), listed))
        changes.removed += len(delisted)
        changes.samples += [f"no longer reported: {slug}" for slug in delisted[:SAMPLES]]
    return changes


def _new_fields(awards: TemporaryTable, release: Release) -> None:
    """Codes that schools report before the CIP list has them (49.0109 in 2024): known by number until it does."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT a.cip FROM {awards.table} AS a LEFT JOIN directory_fieldofstudy AS f ON f.cip = a.cip "
            "WHERE f.id IS NULL ORDER BY a.cip"
        )
        unknown = [cip for (cip,) in cursor.fetchall()]
    FieldOfStudy.objects.bulk_create(
        FieldOfStudy(
            cip=cip,
            family=cip[:5],
            title=f"CIP {cip} (not in the CIP list)",
            slug=f"cip-{cip.replace('.', '-')}",
            release=release,
        )
        for cip in unknown
    )


def _new_programs(awards: TemporaryTable, release: Release) -> None:
    level_slug = (
        "CASE a.award_level " + "".join(f"WHEN {level} THEN '{slug}' " for level, slug in AWARD_SLUG.items()) + "END"
    )
    with Stage(Program, ("school", "field", "award_level", "slug", "first_year", "last_year")) as programs:
        programs.fill(
            "SELECT MIN(a.line), a.school_id, f.id, a.award_level, "
            f"f.slug || '-' || {level_slug} || '-' || s.unitid, %s, %s "
            f"FROM {awards.table} AS a JOIN directory_school AS s ON s.id = a.school_id "
            "JOIN directory_fieldofstudy AS f ON f.cip = a.cip "
            "GROUP BY a.school_id, f.id, a.award_level, f.slug, s.unitid",
            (release.year, release.year),
        )
        programs.finish("school", "field", "award_level")
        merge(programs, key=("school", "field", "award_level"), always={"release": release.pk}, update=False)


def _awards(awards: TemporaryTable, job: Job, release: Release) -> Changes:
    with Stage(Completions, ("program", "year", "awards", "awards_note")) as years:
        # Majors add up; where one of them has no number, the sum has none either.
        years.fill(
            "SELECT MIN(a.line), p.id, %s, CASE WHEN COUNT(*) = COUNT(a.awards) THEN SUM(a.awards) END, "
            "CASE WHEN COUNT(*) = COUNT(a.awards) THEN MAX(a.awards_note) "
            "ELSE MIN(CASE WHEN a.awards IS NULL THEN a.awards_note END) END "
            f"FROM {awards.table} AS a JOIN directory_fieldofstudy AS f ON f.cip = a.cip "
            "JOIN directory_program AS p ON p.school_id = a.school_id AND p.field_id = f.id "
            "AND p.award_level = a.award_level GROUP BY p.id",
            (release.year,),
        )
        years.finish("program", "year")
        fields = f"SELECT id FROM directory_program WHERE field_id IN ({ids(answered(job))})"
        gone = Absent(within=f"t.year = %s AND t.program_id IN ({fields})", params=(release.year,))
        return merge(years, key=("program", "year"), always={"release": release.pk}, absent=gone)


def _check_total(row: Row, awards: int | None) -> None:
    """Women and men are never more than all: they are when cells have moved to a neighbouring column."""
    men, women = row.get("CTOTALM"), row.get("CTOTALW")
    if awards is None or not (men.isdecimal() and women.isdecimal()):
        return
    if int(men) + int(women) > awards:
        raise BadCell("CTOTALT", row["CTOTALT"], f"less than CTOTALM {men} and CTOTALW {women} together")

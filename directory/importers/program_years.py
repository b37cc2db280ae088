"""What a year of completions means for programs: their first and last year, and whether they are listed."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import QuerySet

from directory.importers.base import Job, Scope
from directory.importers.merge import merge
from directory.importers.stage import Stage, TemporaryTable
from directory.models import FieldOfStudy, Program, Release
from directory.querysets.field_of_study import cip_condition
from directory.vocab import ListingState, Source


def answered(job: Job) -> QuerySet[FieldOfStudy]:
    """Fields of study that this file answers for: within the scope, and of a family that the file names."""
    fields = FieldOfStudy.objects.six_digit().filter(family__in=job.families)
    return fields.filter(cip_condition(job.scope.cips)) if job.scope.cips else fields


def ids(rows: QuerySet[Any]) -> str:
    """Keys for an SQL list; 0, which is none, when there are no rows."""
    return ", ".join(str(pk) for pk in rows.values_list("pk", flat=True)) or "0"


def years_and_states(job: Job, release: Release) -> list[str]:
    """First and last year from the awards; listed is a program that the newest file of its field still names.

    Returns the addresses of the programs that leave the lists.
    """
    newest = _newest_year_by_field(job, release)
    # Rows that could not be read may be those of the programs that seem to be gone.
    gone = f"'{ListingState.NOT_REPORTED}'" if job.whole else "p.state"
    with (
        TemporaryTable("newest", ("field_id", "year"), "(line integer, field_id bigint, year integer)") as years,
        Stage(Program, ("school", "field", "award_level", "first_year", "last_year", "state", "release")) as programs,
    ):
        for field, year in newest.items():
            years.add(0, field, year)
        years.finish("field_id")
        programs.fill(
            "SELECT 0, p.school_id, p.field_id, p.award_level, "
            "COALESCE(MIN(c.year), p.first_year), COALESCE(MAX(c.year), p.last_year), "
            f"CASE WHEN p.state = %s THEN p.state WHEN MAX(c.year) >= n.year THEN %s ELSE {gone} END, "
            "COALESCE((SELECT l.release_id FROM directory_completions AS l WHERE l.program_id = p.id "
            "ORDER BY l.year DESC LIMIT 1), p.release_id) "
            "FROM directory_program AS p LEFT JOIN directory_completions AS c ON c.program_id = p.id "
            f"JOIN {years.table} AS n ON n.field_id = p.field_id "
            # what staff entered was never reported, so nobody can stop reporting it, until a file names it
            f"WHERE (p.release_id IN ({ids(Release.objects.filter(source=Source.IPEDS_COMPLETIONS))}) "
            "OR c.program_id IS NOT NULL) "
            "GROUP BY p.id, p.school_id, p.field_id, p.award_level, p.state, n.year",
            (ListingState.WITHDRAWN, ListingState.LISTED),
        )
        programs.finish("school", "field", "award_level")
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT t.slug FROM {programs.table} AS s JOIN directory_program AS t "
                "ON t.school_id = s.school_id AND t.field_id = s.field_id AND t.award_level = s.award_level "
                "WHERE t.state = %s AND s.state = %s ORDER BY t.slug",
                (ListingState.LISTED, ListingState.NOT_REPORTED),
            )
            delisted = [slug for (slug,) in cursor.fetchall()]
        merge(programs, key=("school", "field", "award_level"))
        return delisted


def _newest_year_by_field(job: Job, release: Release) -> dict[int, int]:
    """Latest year in which a file answered for each field that this file answers for."""
    loaded = [
        (
            each.year or 0,
            Scope.named(each.scope),
            set(each.families),
        )
        for each in Release.objects.filter(source=Source.IPEDS_COMPLETIONS).exclude(pk=release.pk)
    ]
    loaded.append((release.year or 0, job.scope, job.families))
    return {
        pk: max(year for year, scope, named in loaded if scope.wants(cip) and (cip[:5] in named or cip in named))
        for pk, cip in answered(job).values_list("pk", "cip")
    }

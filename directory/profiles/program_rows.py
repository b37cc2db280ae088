"""A program with all the small lists that its page shows, in one query."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from directory.models import (
    AccreditationStatement,
    Completions,
    FieldOutcome,
    Override,
    Program,
    ProgramCharge,
    ProgramFact,
    Release,
    School,
    SchoolFigure,
)
from directory.profiles.figures import LISTING_RELEASES
from directory.profiles.program_releases import Releases, among
from directory.querysets.gathered import Gathered, instances
from directory.vocab import CREDENTIAL_OF, SchoolMeasure, Source

#: Files that a page speaks of even where they say nothing of the program.
ASKED: Final = (Source.IPEDS_COMPLETIONS, Source.IPEDS_DISTANCE_PROGRAMS)
PAPER: Final = ("id", "source", "vintage", "rank", "year")
WITH_PAPER: Final = ("release__source", "release__vintage", "release__rank")


COST_MEASURES: Final = (
    SchoolMeasure.TUITION_IN_DISTRICT,
    SchoolMeasure.TUITION_IN_STATE,
    SchoolMeasure.TUITION_OUT_OF_STATE,
    SchoolMeasure.CREDIT_IN_DISTRICT,
    SchoolMeasure.CREDIT_IN_STATE,
    SchoolMeasure.CREDIT_OUT_OF_STATE,
    SchoolMeasure.BOOKS,
    SchoolMeasure.NET_PRICE,
)


class Rows(NamedTuple):
    """What belongs to one program, in the order in which its page shows it."""

    facts: list[ProgramFact]
    awards: list[Completions]
    overrides: list[Override]
    statements: list[AccreditationStatement]
    charges: list[ProgramCharge]
    figures: list[SchoolFigure]
    outcome: FieldOutcome | None
    releases: Releases
    successor: School | None


def with_papers(programs: QuerySet[Program]) -> QuerySet[Program]:
    """The programs with everything that stands once: school, field, row of the lists, and the releases of each."""
    releases = (f"listing__{name}" for name in LISTING_RELEASES)
    return programs.select_related("school__release", "field__release", "release", *releases)


class Compared(NamedTuple):
    """What belongs to one program and is short enough to be read with its row, in the order of a comparison.

    The rows come without their releases, which a comparison reads once for all of them.
    """

    facts: list[ProgramFact]
    completions: list[Completions]
    statements: list[AccreditationStatement]
    charges: list[ProgramCharge]
    #: Of the program and of its school.
    overrides: list[Override]
    outcome: FieldOutcome | None


def for_comparison(programs: QuerySet[Program]) -> QuerySet[Program]:
    """The programs with everything that `compared_of` and their column's head read, in one query."""
    return with_papers(programs).annotate(
        facts_read=_all(ProgramFact, program=OuterRef("pk")),
        awards_read=_all(Completions, program=OuterRef("pk")),
        statements_read=_all(
            AccreditationStatement, "agency__name", "agency__acronym", program=OuterRef("pk")
        ),
        charges_read=_all(ProgramCharge, school=OuterRef("school"), cip=OuterRef("field__cip")),
        overrides_read=_rows(
            Override.objects.filter(Q(program=OuterRef("pk")) | Q(school=OuterRef("school")), active=True)
        ),
        outcomes_read=_all(FieldOutcome, school=OuterRef("school"), family=OuterRef("field__family")),
    )  # fmt: skip


def compared_of(program: Any) -> Compared:
    """The lists of a program of `for_comparison`; asks nothing of the database."""
    credential = CREDENTIAL_OF[program.award_level]
    outcomes = instances(FieldOutcome, program.outcomes_read)
    return Compared(
        facts=sorted(instances(ProgramFact, program.facts_read), key=lambda fact: (fact.kind, fact.pk)),
        completions=sorted(instances(Completions, program.awards_read), key=lambda row: row.pk),
        statements=_newest_first(instances(AccreditationStatement, program.statements_read)),
        charges=sorted(instances(ProgramCharge, program.charges_read), key=lambda row: (-row.year, row.position)),
        overrides=sorted(instances(Override, program.overrides_read), key=lambda row: row.pk),
        outcome=next((row for row in outcomes if row.credential == credential), None),
    )


def for_program_page(programs: QuerySet[Program]) -> QuerySet[Program]:
    """The programs with everything that `rows_of` and a profile read, in one query."""
    return with_papers(programs).annotate(
        facts_read=_all(ProgramFact, program=OuterRef("pk")),
        awards_read=_all(Completions, *WITH_PAPER, program=OuterRef("pk")),
        overrides_read=_all(Override, program=OuterRef("pk"), active=True),
        statements_read=_all(
            AccreditationStatement, "agency__name", "agency__acronym", program=OuterRef("pk")
        ),
        charges_read=_all(ProgramCharge, *WITH_PAPER, school=OuterRef("school"), cip=OuterRef("field__cip")),
        figures_read=_all(SchoolFigure, *WITH_PAPER, school=OuterRef("school"), measure__in=COST_MEASURES),
        outcomes_read=_all(FieldOutcome, *WITH_PAPER, school=OuterRef("school"), family=OuterRef("field__family")),
        files_read=Gathered(Release.objects.filter(source__in=ASKED), *PAPER),
        successors_read=Gathered(_successors(), "id", "name", "slug", "status"),
    )  # fmt: skip


def _successors() -> QuerySet[School]:
    """What became of the school of a program; where that was merged since, the school that it is now."""
    named = School.objects.filter(unitid=OuterRef(OuterRef("school__successor_unitid")))
    became = named.values_list(Coalesce("merged_into", "pk"))
    return School.objects.filter(pk__in=became).exclude(pk=OuterRef("school"))


def _all(model: Any, *more: str, **wanted: Any) -> Gathered:
    return _rows(model.objects.filter(**wanted), *more)


def _rows(rows: QuerySet[Any], *more: str) -> Gathered:
    return Gathered(rows, *(field.attname for field in rows.model._meta.concrete_fields), *more)


def rows_of(program: Any) -> Rows:
    """The lists of a program of `for_program_page`; asks nothing of the database."""
    files = sorted(instances(Release, program.files_read), key=lambda file: -file.rank)
    credential = CREDENTIAL_OF[program.award_level]
    outcomes = instances(FieldOutcome, program.outcomes_read)
    successors = instances(School, program.successors_read)
    return Rows(
        facts=sorted(instances(ProgramFact, program.facts_read), key=lambda fact: (fact.kind, fact.pk)),
        awards=sorted(instances(Completions, program.awards_read), key=lambda row: row.year),
        overrides=sorted(instances(Override, program.overrides_read), key=lambda row: row.made_at, reverse=True),
        statements=_newest_first(instances(AccreditationStatement, program.statements_read)),
        charges=sorted(instances(ProgramCharge, program.charges_read), key=lambda row: (-row.year, row.position)),
        figures=sorted(instances(SchoolFigure, program.figures_read), key=lambda row: row.pk),
        outcome=next((row for row in outcomes if row.credential == credential), None),
        releases=among(files),
        successor=successors[0] if successors and program.school.is_closed else None,
    )


def _newest_first(statements: list[AccreditationStatement]) -> list[AccreditationStatement]:
    return sorted(sorted(statements, key=lambda said: said.pk), key=lambda said: said.evidence_date, reverse=True)

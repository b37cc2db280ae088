"""Which rows of the directory the starter catalogue holds: the health information family, and what it refers to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.db.models import Model, Q, QuerySet

from directory.models import (
    Accreditation,
    AccreditationAction,
    AccreditationStatement,
    Agency,
    Completions,
    FieldChange,
    FieldOfStudy,
    FieldOutcome,
    Program,
    ProgramCharge,
    ProgramDelivery,
    ProgramFact,
    School,
    SchoolFigure,
    ZipPoint,
)
from directory.querysets.field_of_study import cip_condition
from directory.vocab import DEFAULT_CIPS, SchoolState

Table = tuple[type[Model], Callable[[], QuerySet[Model]]]

FAMILIES: Final = sorted({cip[:5] for cip in DEFAULT_CIPS})
#: Yearly figures older than this are history that the pages do not show.
FIGURE_YEARS_FROM: Final = 2020


def programs() -> QuerySet[Program]:
    """Every program of the family that any loaded year of completions reported."""
    return Program.objects.filter(cip_condition(DEFAULT_CIPS, column="field__cip"))


def schools() -> QuerySet[School]:
    """Schools with such a program, and the schools into which closed ones went."""
    with_program = School.objects.filter(programs__in=programs())
    successors = with_program.exclude(status=SchoolState.OPEN).values("successor_unitid")
    return School.objects.filter(Q(pk__in=with_program.values("pk")) | Q(unitid__in=successors))


def accreditations() -> QuerySet[Accreditation]:
    """Records of whole schools that have not ended, and every record of a program of the family."""
    return Accreditation.objects.filter(school__in=schools()).filter(
        Q(program__in=programs()) | Q(program=None, program_name="", ended_on=None)
    )


STARTER_TABLES: Final[list[Table]] = [
    (FieldOfStudy, lambda: FieldOfStudy.objects.order_by("cip")),
    (FieldChange, lambda: FieldChange.objects.order_by("old_cip", "new_cip")),
    (School, lambda: schools().order_by("unitid")),
    (
        SchoolFigure,
        lambda: SchoolFigure.objects.filter(school__in=schools(), year__gte=FIGURE_YEARS_FROM).order_by(
            "school__unitid", "measure", "year", "release__source", "release__vintage"
        ),
    ),
    (Program, lambda: programs().order_by("school__unitid", "field__cip", "award_level")),
    (
        Completions,
        lambda: Completions.objects.filter(program__in=programs()).order_by("program__slug", "year"),
    ),
    (
        ProgramCharge,
        lambda: ProgramCharge.objects.filter(cip_condition(DEFAULT_CIPS), school__in=schools()).order_by(
            "school__unitid", "year", "position"
        ),
    ),
    (
        ProgramDelivery,
        lambda: ProgramDelivery.objects.filter(program__in=programs()).order_by("program__slug", "year"),
    ),
    (
        FieldOutcome,
        lambda: FieldOutcome.objects.filter(school__in=schools(), family__in=FAMILIES).order_by(
            "school__unitid", "family", "credential"
        ),
    ),
    (
        Agency,
        lambda: Agency.objects.filter(
            Q(pk__in=accreditations().values("agency")) | Q(statements__isnull=False)
        ).distinct().order_by("name"),
    ),
    (Accreditation, lambda: accreditations().order_by("school__unitid", "agency__name", "external_key", "pk")),
    (
        AccreditationAction,
        lambda: AccreditationAction.objects.filter(accreditation__in=accreditations()).order_by(
            "accreditation__external_key", "on", "external_key"
        ),
    ),
    (
        AccreditationStatement,
        lambda: AccreditationStatement.objects.filter(school__in=schools()).order_by(
            "school__unitid", "evidence_url", "program_title_as_stated", "status_as_stated"
        ),
    ),
    (
        ProgramFact,
        lambda: ProgramFact.objects.filter(program__in=programs()).order_by("program__slug", "kind", "evidence_url"),
    ),
    (ZipPoint, lambda: ZipPoint.objects.order_by("zip_code")),
]  # fmt: skip

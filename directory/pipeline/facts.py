"""Everything that the listings of some schools are made of, read with one query per table.

Plain tuples instead of model instances: at national size this is read 267,595 times.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Count

from directory.eligibility.standings import Record
from directory.models import (
    Accreditation,
    AccreditationStatement,
    Completions,
    FieldOutcome,
    Program,
    ProgramCharge,
    ProgramDelivery,
    ProgramFact,
    School,
    SchoolFigure,
)
from directory.pipeline.prices import Charge, Price, Stated, Tuition, dollars
from directory.vocab import PROGRAM_ACCREDITOR, Delivery, SchoolMeasure


class ProgramRow(NamedTuple):
    pk: int
    school: int
    cip: str
    field_title: str
    own_title: str
    award_level: int
    state: str
    merged_into: int | None


class SchoolRow(NamedTuple):
    pk: int
    name: str
    control: int
    state: str
    latitude: float | None
    longitude: float | None
    status: str
    distance_only: bool | None
    merged_into: int | None


class AwardsRow(NamedTuple):
    awards: int | None
    note: str
    release: int


class Facts:
    """The facts of some schools, keyed by school, program or both."""

    def __init__(self, school_ids: list[int]) -> None:
        of_school, of_program = {"school__in": school_ids}, {"program__school__in": school_ids}
        programs = Program.objects.filter(**of_school).order_by("pk")
        self.programs = [
            ProgramRow(*row)
            for row in programs.values_list(
                "pk", "school_id", "field__cip", "field__title", "title", "award_level", "state", "merged_into_id"
            )
        ]
        self.schools = {
            row[0]: SchoolRow(*row)
            for row in School.objects.filter(pk__in=school_ids).values_list(
                "pk", "name", "control", "state", "latitude", "longitude", "status", "distance_only", "merged_into_id"
            )
        }
        self.in_field: dict[tuple[int, str], int] = defaultdict(int)
        for program in self.programs:
            self.in_field[program.school, program.cip] += 1
        self.estimates: dict[tuple[int, int], Price] = {}
        self._money(of_school)
        self._awards(of_program)
        self._taught(of_program)
        self._accreditation(of_program)

    def _money(self, of_school: dict[str, Any]) -> None:
        charges = ProgramCharge.objects.filter(**of_school).values_list(
            "school_id", "cip", "price", "price_note", "hours", "hour_unit", "year", "release_id"
        )
        self.charges = _grouped(((row[0], row[1]), Charge(*row[2:])) for row in charges)
        tuitions = SchoolFigure.objects.filter(measure=SchoolMeasure.TUITION_IN_STATE, **of_school).order_by("-year")
        self.tuitions = _grouped(
            (row[0], Tuition(*row[1:]))
            for row in tuitions.values_list("school_id", "value", "value_note", "year", "release_id")
        )
        # Of several pages the one that was read last; a text that is no amount has no place in a list.
        pages = ProgramFact.objects.filter(kind=ProgramFact.Kind.PRICE, program__school__in=of_school["school__in"])
        self.stated_prices = {
            program: Stated(amount, year, checked_on, release)
            for program, value, year, checked_on, release in pages.order_by("checked_on", "pk").values_list(
                "program_id", "value", "year", "checked_on", "release_id"
            )
            if checked_on and (amount := dollars(value)) is not None
        }
        self.outcomes = {
            (row.school_id, row.family, row.credential): row for row in FieldOutcome.objects.filter(**of_school)
        }

    def _awards(self, of_program: dict[str, Any]) -> None:
        self.awards: dict[int, dict[int, AwardsRow]] = defaultdict(dict)
        rows = Completions.objects.filter(**of_program).order_by()
        columns = rows.values_list("program_id", "year", "awards", "awards_note", "release_id")
        for program, year, awards, note, release in columns:
            self.awards[program][year] = AwardsRow(awards, note, release)

    def _taught(self, of_program: dict[str, Any]) -> None:
        facts = ProgramFact.objects.filter(kind=ProgramFact.Kind.DELIVERY, value__in=Delivery.values, **of_program)
        self.stated = _grouped(facts.values_list("program_id", "value"))
        reported = ProgramDelivery.objects.filter(**of_program).values_list("program_id", "year", "delivery")
        self.reported = _grouped((program, (year, word)) for program, year, word in reported)

    def _accreditation(self, of_program: dict[str, Any]) -> None:
        records = Accreditation.objects.filter(agency__acronym=PROGRAM_ACCREDITOR, **of_program)
        self.records = _grouped(
            (row[0], Record(*row[1:])) for row in records.values_list("program_id", "status", "checked_on", "ended_on")
        )
        statements = AccreditationStatement.objects.filter(
            agency__acronym=PROGRAM_ACCREDITOR, positive=True, historical=False, **of_program
        )
        self.statements = dict(statements.order_by().values_list("program_id").annotate(count=Count("pk")))


def _grouped(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, list[Any]]:
    grouped: dict[Any, list[Any]] = defaultdict(list)
    for key, value in pairs:
        grouped[key].append(value)
    return grouped

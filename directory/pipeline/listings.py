"""Rebuilding the search table from the facts, some schools at a time so that memory stays flat."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.utils import timezone

from directory import ranking
from directory.eligibility.standings import Record, standing
from directory.models import (
    Accreditation,
    AccreditationStatement,
    Completions,
    FieldOutcome,
    Listing,
    Program,
    ProgramCharge,
    ProgramDelivery,
    ProgramFact,
    School,
    SchoolFigure,
)
from directory.pipeline.deliveries import delivery
from directory.pipeline.prices import Charge, Tuition, resolve
from directory.vocab import CREDENTIAL_OF, LENGTH_OF, LEVEL_GROUP, Delivery, ListingState, Missing, SchoolMeasure

SCHOOLS_AT_ONCE = 250
RECENT_YEARS = 5
CAHIIM = "CAHIIM"


def rebuild_listings() -> int:
    """Write the search table anew from the facts; returns the number of rows. Belongs into a transaction."""
    Listing.objects.all()._raw_delete(Listing.objects.db)  # nothing refers to a listing, so no cascade is needed
    today = timezone.localdate()
    rows = 0
    schools = list(School.objects.filter(programs__isnull=False).distinct().order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(schools), SCHOOLS_AT_ONCE):
        facts = Facts(schools[start : start + SCHOOLS_AT_ONCE])
        rows += len(Listing.objects.bulk_create(facts.listings(today), batch_size=1_000))
    return rows


class Facts:
    """Everything that the listings of some schools are made of, read with one query per table."""

    def __init__(self, school_ids: list[int]) -> None:
        programs = Program.objects.filter(school__in=school_ids).select_related("field", "school")
        self.programs = list(programs.order_by("pk"))
        of_school, of_program = {"school__in": school_ids}, {"program__school__in": school_ids}
        self.charges = _by(ProgramCharge.objects.filter(**of_school), lambda row: (row.school_id, row.cip))
        tuition = SchoolFigure.objects.filter(measure=SchoolMeasure.TUITION_IN_STATE, **of_school)
        self.tuitions = _by(tuition, lambda row: row.school_id)
        self.outcomes = {
            (row.school_id, row.family, row.credential): row for row in FieldOutcome.objects.filter(**of_school)
        }
        self.awards = _by(Completions.objects.filter(**of_program), lambda row: row.program_id)
        self.stated = _by(
            ProgramFact.objects.filter(kind=ProgramFact.Kind.DELIVERY, **of_program), lambda row: row.program_id
        )
        self.reported = _by(ProgramDelivery.objects.filter(**of_program), lambda row: row.program_id)
        self.records = _by(
            Accreditation.objects.filter(agency__acronym=CAHIIM, **of_program), lambda row: row.program_id
        )
        self.statements = _by(
            AccreditationStatement.objects.filter(agency__acronym=CAHIIM, positive=True, historical=False, **of_program),
            lambda row: row.program_id,
        )
        self.in_field: dict[tuple[int, str], int] = defaultdict(int)
        for program in self.programs:
            self.in_field[program.school_id, program.field.cip] += 1

    def listings(self, today: dt.date) -> Iterator[Listing]:
        for program in self.programs:
            yield self.listing(program, today)

    def listing(self, program: Program, today: dt.date) -> Listing:
        """One row of the search table."""
        school, cip, level = program.school, program.field.cip, program.award_level
        outcome = self.outcomes.get((school.pk, cip[:5], CREDENTIAL_OF[level]))
        taught = delivery(
            [fact.value for fact in self.stated[program.pk] if fact.value in Delivery.values],
            [(row.year, row.delivery) for row in self.reported[program.pk]],
            outcome.distance if outcome else None,
            school_distance_only=bool(school.distance_only),
        )
        listing = Listing(
            program=program,
            school=school,
            listed=program.state == ListingState.LISTED and not school.is_closed,
            title=program.display_title,
            school_name=school.name,
            cip=cip,
            level=LEVEL_GROUP[level],
            length=LENGTH_OF.get(level, ""),
            control=school.control,
            state=school.state,
            latitude=school.latitude,
            longitude=school.longitude,
            standing=standing(
                [Record(row.status, row.checked_on, row.ended_on) for row in self.records[program.pk]],
                len(self.statements[program.pk]),
                today=today,
                review_days=settings.ACCREDITATION_REVIEW_DAYS,
            ),
            delivery=taught.delivery,
            delivery_basis=taught.basis,
        )
        self._price(listing, program)
        self._earnings(listing, outcome)
        self._awards(listing, program)
        known = [listing.price, listing.earnings, listing.awards]
        listing.rank_parts = ranking.parts(
            standing=listing.standing,
            awards_five_years=listing.awards_five_years,
            known_facts=sum(value is not None for value in known) + (taught.delivery is not Delivery.UNKNOWN),
        )
        listing.rank_points = round(sum(listing.rank_parts.values()), 1)
        return listing

    def _price(self, listing: Listing, program: Program) -> None:
        key = (program.school_id, program.field.cip)
        price = resolve(
            program.award_level,
            [
                Charge(row.price, row.price_note, row.hours, row.hour_unit, row.year, row.release_id)
                for row in self.charges[key]
            ],
            [Tuition(row.value, row.value_note, row.year, row.release_id) for row in self.tuitions[program.school_id]],
            only_program=self.in_field[key] == 1,
        )
        listing.price, listing.price_note, listing.price_level = price.value, price.note, price.level
        listing.price_year, listing.price_caveat, listing.price_release_id = price.year, price.caveat, price.release

    def _earnings(self, listing: Listing, outcome: FieldOutcome | None) -> None:
        # One measure for all, because the earnings columns differ in cohort and dollars and must not be mixed.
        if outcome is None:
            listing.earnings, listing.earnings_note = None, Missing.NOT_COLLECTED
            return
        listing.earnings, listing.earnings_note = outcome.earnings_4yr, outcome.earnings_4yr_note
        listing.earnings_release_id = outcome.release_id

    def _awards(self, listing: Listing, program: Program) -> None:
        years = {row.year: row for row in self.awards[program.pk]}
        if not years:
            listing.awards, listing.awards_note = None, Missing.NOT_COLLECTED
            return
        latest = years[max(years)]
        listing.awards, listing.awards_note = latest.awards, latest.awards_note
        listing.awards_year, listing.awards_release_id = latest.year, latest.release_id
        recent = [row.awards or 0 for row in years.values() if row.year > latest.year - RECENT_YEARS]
        listing.awards_five_years = sum(recent)


def _by(rows: Iterable[Any], key: Callable[[Any], Any]) -> defaultdict[Any, list[Any]]:
    grouped: defaultdict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[key(row)].append(row)
    return grouped

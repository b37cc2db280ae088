"""Rebuilding the search table from the facts, some schools at a time so that memory stays flat."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.conf import settings
from django.utils import timezone

from directory import ranking
from directory.eligibility.standings import standing
from directory.importers import phases
from directory.importers.merge import Absent, Changes, merge
from directory.importers.stage import Stage
from directory.models import FieldOutcome, Listing, School
from directory.pipeline.deliveries import delivery
from directory.pipeline.facts import Facts, ProgramRow, SchoolRow
from directory.pipeline.prices import Price, resolve, stated_price
from directory.vocab import (
    CREDENTIAL_OF,
    LENGTH_OF,
    LEVEL_GROUP,
    UNLISTED_STATES,
    Control,
    Delivery,
    ListingState,
    Missing,
    SchoolState,
)

SCHOOLS_AT_ONCE = 50
RECENT_YEARS = 5

COLUMNS = (
    "program", "school", "listed", "title", "school_name", "cip", "level", "length", "control", "state", "latitude",
    "longitude", "standing", "delivery", "delivery_basis", "price", "price_note", "price_level", "price_year",
    "price_caveat", "price_release", "earnings", "earnings_note", "earnings_release", "awards", "awards_note",
    "awards_year", "awards_release", "awards_five_years", "known_facts", "rank_points",
)  # fmt: skip


def rebuild_listings(school_ids: Collection[int] | None = None) -> Changes:
    """Bring the search table in line with the facts: of all schools, or of some. Belongs into a transaction.

    Only rows that differ are written, so a correction of one school touches its programs alone.
    """
    schools = School.objects.filter(programs__isnull=False).distinct().order_by("pk")
    if school_ids is not None:
        schools = schools.filter(pk__in=school_ids)
    pks = list(schools.values_list("pk", flat=True))
    today = timezone.localdate()
    with Stage(Listing, COLUMNS) as stage:
        for start in range(0, len(pks), SCHOOLS_AT_ONCE):
            phases.say("Rebuilding the lists", start / len(pks))
            facts = Facts(pks[start : start + SCHOOLS_AT_ONCE])
            for program in facts.programs:
                if program.state == ListingState.DRAFT or facts.schools[program.school].status == SchoolState.DRAFT:
                    continue  # no row here, no page anywhere
                stage.add(0, *_listing(program, facts, today))
        stage.finish("program")
        within = (
            "1 = 1" if school_ids is None else f"t.school_id IN ({', '.join(str(int(pk)) for pk in school_ids) or '0'})"
        )
        return merge(stage, key=("program",), absent=Absent(within=within))


def _listing(program: ProgramRow, facts: Facts, today: dt.date) -> tuple[object, ...]:
    """One row of the search table, in the order of COLUMNS."""
    school = facts.schools[program.school]
    outcome = facts.outcomes.get((program.school, program.cip[:5], CREDENTIAL_OF[program.award_level]))
    taught = delivery(
        facts.stated.get(program.pk, ()),
        facts.reported.get(program.pk, ()),
        outcome.distance if outcome else None,
        school_distance_only=bool(school.distance_only),
    )
    word = standing(
        facts.records.get(program.pk, ()),
        facts.statements.get(program.pk, 0),
        today=today,
        review_days=settings.ACCREDITATION_REVIEW_DAYS,
    )
    price = _price(program, school, facts)
    earnings = _earnings(outcome)
    awards = _awards(program, facts)
    known = sum(value is not None for value in (price.value, earnings[0], awards[0])) + (
        taught.delivery is not Delivery.UNKNOWN
    )
    parts = ranking.parts(cip=program.cip, standing=word, awards_five_years=awards[4], known_facts=known)
    return (
        program.pk, program.school, _is_listed(program, school),
        program.own_title or program.field_title, school.name, program.cip, LEVEL_GROUP[program.award_level].value,
        LENGTH_OF[program.award_level].value if program.award_level in LENGTH_OF else "", school.control, school.state,
        school.latitude, school.longitude, word.value, taught.delivery.value, taught.basis,
        price.value, str(price.note), price.level.value, price.year, price.caveat, price.release,
        *earnings, *awards, known, round(sum(parts.values()), 1),
    )  # fmt: skip


def _is_listed(program: ProgramRow, school: SchoolRow) -> bool:
    """As `Program.objects.listed()`: also not when the program or its school is another one by now."""
    here = program.merged_into is None and school.merged_into is None
    return here and program.state == ListingState.LISTED and school.status not in UNLISTED_STATES


def _price(program: ProgramRow, school: SchoolRow, facts: Facts) -> Price:
    if program.pk in facts.stated_prices:
        return stated_price(facts.stated_prices[program.pk])
    charges = facts.charges.get((program.school, program.cip), ())
    public = school.control == Control.PUBLIC
    if not charges:  # the same for every program of this school and level, and there are many
        key = (program.school, program.award_level)
        if key not in facts.estimates:
            facts.estimates[key] = resolve(
                program.award_level,
                (),
                facts.tuitions.get(program.school, ()),
                only_program=False,
                by_residence=public,
            )
        return facts.estimates[key]
    return resolve(
        program.award_level,
        charges,
        facts.tuitions.get(program.school, ()),
        only_program=facts.in_field[program.school, program.cip] == 1,
        by_residence=public,
    )


def _earnings(outcome: FieldOutcome | None) -> tuple[int | None, str, int | None]:
    # One measure for all, because the earnings columns differ in cohort and dollars and must not be mixed.
    if outcome is None:
        return None, Missing.NOT_COLLECTED.value, None
    return outcome.earnings_4yr, outcome.earnings_4yr_note, outcome.release_id


def _awards(program: ProgramRow, facts: Facts) -> tuple[int | None, str, int | None, int | None, int]:
    """Awards of the latest year with note, year and release, and the sum of the known years among the last five."""
    years = facts.awards.get(program.pk)
    if not years:
        return None, Missing.NOT_COLLECTED.value, None, None, 0
    latest = max(years)
    recent = sum(row.awards or 0 for year, row in years.items() if year > latest - RECENT_YEARS)
    row = years[latest]
    return row.awards, row.note, latest, row.release, recent

"""Everything that a program's page shows, in a fixed number of queries."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import BooleanField, Case, Q, When
from django.urls import reverse
from django.utils import timezone

from directory.importers.vintages import academic
from directory.links import enrol_links
from directory.models import (
    Accreditation,
    AccreditationStatement,
    Completions,
    FieldOutcome,
    Listing,
    Opening,
    Program,
    ProgramCharge,
    ProgramFact,
    Release,
    School,
    SchoolFigure,
)
from directory.profiles.cards import LENGTH_SOURCE, LENGTH_WORDS, for_cards, standing_dates
from directory.profiles.figures import (
    award_year,
    awards_by_year,
    charge_figures,
    outcome_figures,
    price_label,
    program_awards,
    program_earnings,
    program_price,
)
from directory.profiles.school_figures import school_figures
from directory.profiles.state import programs_url
from directory.templatetags.levels import level_class, level_tab
from directory.vocab import (
    CREDENTIAL_OF,
    STATES,
    Delivery,
    GoKind,
    Level,
    LevelGroup,
    ListingState,
    Missing,
    SchoolMeasure,
    Source,
    Standing,
)

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
#: Curated facts that have a line of their own on the page; addresses are links, not lines.
SHOWN_FACTS: Final = (
    ProgramFact.Kind.PRICE,
    ProgramFact.Kind.CREDITS,
    ProgramFact.Kind.MONTHS,
    ProgramFact.Kind.DELIVERY,
    ProgramFact.Kind.START_DATES,
    ProgramFact.Kind.ENTRY_REQUIREMENTS,
    ProgramFact.Kind.COURSES,
    ProgramFact.Kind.PLACEMENT,
    ProgramFact.Kind.GRADUATION_RATE,
    ProgramFact.Kind.JOB_PLACEMENT_RATE,
    ProgramFact.Kind.RHIT_PASS_RATE,
    ProgramFact.Kind.NEXT_REVIEW_YEAR,
)
#: What an accredited program must publish; "not found" is said where we have none.
NOT_PUBLISHED: Final = (
    ProgramFact.Kind.START_DATES,
    ProgramFact.Kind.ENTRY_REQUIREMENTS,
    ProgramFact.Kind.COURSES,
    ProgramFact.Kind.PLACEMENT,
)
SECTIONS: Final = (
    ("short", "In short"),
    ("accreditation", "Accreditation"),
    ("exams", "Exams it opens"),
    ("cost", "What it costs"),
    ("study", "How you study"),
    ("outcomes", "What became of graduates"),
    ("careers", "Where it leads"),
    ("school", "The school"),
)


def program_profile(program: Program) -> dict[str, Any]:
    """The context of `directory/program_detail.html`. `program` comes with school, field and release."""
    school = program.school
    listing = for_cards(Listing.objects.filter(program=program)).get()
    facts = list(program.facts.select_related("release"))
    links = enrol_links(school, program, facts)
    return {
        "program": program,
        "school": school,
        "listing": listing,
        "successor": _successor(school),
        "level_label": level_tab(listing.level),
        "level_class": level_class(listing.level),
        "crumbs": _crumbs(program),
        "standing": {"status": listing.standing, "as_of": standing_dates([listing]).get(program.pk, "")},
        "keyfigs": _keyfigs(listing, program),
        "before_applying": _before_applying(listing),
        "off_list": _off_list(program),
        "reported_since": award_year(program.first_year),
        "reported_last": award_year(program.last_year),
        "actions": _actions(links),
        "links": [{"id": name, "label": label} for name, label in SECTIONS],
        "accreditations": list(_accreditations(program)),
        "statements": list(_statements(program)),
        "openings": list(_openings(program)),
        "cost_rows": _cost_rows(program, listing),
        "study_rows": _study_rows(listing, facts, program),
        "awards": _awards(program),
        "outcome_rows": _outcome_rows(program),
        "rate_rows": [row for row in map(_fact_row, facts) if row["kind"].endswith("-rate")],
        "similar_url": programs_url(cip=program.field.cip, state=school.state),
    }


def _crumbs(program: Program) -> list[dict[str, str]]:
    state = program.school.state
    return [
        {"label": "Programs", "url": reverse("program_list")},
        {"label": STATES[state], "url": reverse("state_detail", args=[state.lower()])},
        {"label": program.school.name, "url": program.school.get_absolute_url()},
    ]


def _keyfigs(listing: Listing, program: Program) -> list[dict[str, Any]]:
    length = LENGTH_WORDS.get(program.award_level, "")
    return [
        {"label": price_label(listing), "figure": program_price(listing)},
        {
            "label": "Length",
            "value": length or "Not defined for this award",
            "source": LENGTH_SOURCE if length else "",
        },
        {"label": "Awards given", "figure": program_awards(listing)},
        {"label": "Median earnings", "figure": program_earnings(listing)},
    ]


#: Award -> the exam that asks for CAHIIM accreditation at that level.
EXAM_OF_LEVEL: Final = {
    LevelGroup.ASSOCIATE: "RHIT",
    LevelGroup.BACHELORS: "RHIA",
    LevelGroup.MASTERS: "RHIA",
}
#: Fields that CAHIIM reviews; a medical office program need not be told of the RHIT.
REVIEWED_FIELDS: Final = ("51.0706", "51.0707")


def _before_applying(listing: Listing) -> str:
    """The costly mistake, said in time: an exam that asks for accreditation which nobody has confirmed here."""
    exam = EXAM_OF_LEVEL.get(LevelGroup(listing.level))
    if exam is None or listing.cip not in REVIEWED_FIELDS or listing.standing == Standing.ACCREDITED:
        return ""
    here = (
        "and by CAHIIM’s own record this one is not"
        if listing.standing == Standing.NOT_ACCREDITED
        else "and that is not confirmed for this one"
    )
    return (
        f"the {exam} exam asks for a program that CAHIIM has accredited, {here}. "
        "Ask CAHIIM and the school before you enroll."
    )


def _off_list(program: Program) -> str:
    """Why the program no longer stands in the lists; empty while it does."""
    if program.school.is_closed:
        return str(program.school.get_status_display())
    if program.state == ListingState.NOT_REPORTED:
        return f"The school last reported this program for {award_year(program.last_year)}."
    return "" if program.state == ListingState.LISTED else str(program.get_state_display())


def _successor(school: School) -> School | None:
    if not school.is_closed or school.successor_unitid is None:
        return None
    return School.objects.filter(unitid=school.successor_unitid).first()


def _actions(links: list[Any]) -> list[dict[str, Any]]:
    return [
        {"label": link.label if link.kind != GoKind.VISIT else "Visit the school’s site", "url": link.url,
         "note": f"Leads to {link.host}", "leaves": True}
        for link in links
    ]  # fmt: skip


def _accreditations(program: Program) -> Any:
    """Records of this program, also those that have ended, and what runs for the whole school.

    Each with `is_over`: its end has come, so its status is what the accreditor said before.
    """
    today = timezone.localdate()
    running = Q(ended_on=None) | Q(ended_on__gt=today)
    of_the_school = Q(school=program.school, program=None, program_name="") & running
    return (
        Accreditation.objects.filter(Q(program=program) | of_the_school)
        .annotate(is_over=Case(When(ended_on__lte=today, then=True), default=False, output_field=BooleanField()))
        .select_related("agency", "release")
        .prefetch_related("actions")
        .order_by("-program_id", "is_over", "agency__name", "-checked_on", "pk")
    )


def _statements(program: Program) -> Any:
    return (
        AccreditationStatement.objects.filter(program=program).select_related("agency").order_by("-evidence_date", "pk")
    )


def _openings(program: Program) -> Any:
    return (
        Opening.objects.filter(program=program)
        .select_related("certification__body", "route__rule_set", "deciding_condition")
        .order_by("certification__order", "certification__acronym")
    )


def _cost_rows(program: Program, listing: Listing) -> list[dict[str, Any]]:
    """The program's own charges first, then the school's; each with year and level."""
    charge = _own_charge(program, listing)
    rows: list[dict[str, Any]] = [
        {"label": line.label, "figure": line.figure} for line in (charge_figures(charge) if charge else ())
    ]
    figures = SchoolFigure.objects.filter(school=program.school, measure__in=COST_MEASURES).select_related("release")
    rows += [{"label": measure.label, "figure": measure.figure} for measure in school_figures(figures)]
    return rows


def _own_charge(program: Program, listing: Listing) -> ProgramCharge | None:
    """The charge from which the listing has its price. A school may publish several in one field, by length."""
    if listing.price_level != Level.PROGRAM:
        return None
    charges = ProgramCharge.objects.filter(
        school=program.school, cip=program.field.cip, price=listing.price, release=listing.price_release
    )
    held = charges.select_related("release").order_by("-year", "position")
    return next((charge for charge in held if academic(charge.year) == listing.price_year), None)


def _study_rows(listing: Listing, facts: list[ProgramFact], program: Program) -> list[dict[str, Any]]:
    length = LENGTH_WORDS.get(program.award_level, "")
    rows: list[dict[str, Any]] = [
        {
            "label": "Length",
            "value": length,
            "missing": Missing.NOT_COLLECTED,
            "source": LENGTH_SOURCE if length else "",
        },
        {"label": "Classes", **_classes(listing)},
    ]
    stated = [_fact_row(fact) for fact in facts if fact.kind in SHOWN_FACTS and not fact.kind.endswith("-rate")]
    known = {row["kind"] for row in stated}
    rows += stated
    rows += [
        {"label": str(kind.label), "missing": Missing.NOT_CHECKED, "source": ""}
        for kind in NOT_PUBLISHED
        if kind.value not in known
    ]
    return rows


def _classes(listing: Listing) -> dict[str, Any]:
    """How it is taught. A school can only have failed to report it to a file that asks and that we hold."""
    if listing.delivery != Delivery.UNKNOWN:
        return {"value": str(Delivery(listing.delivery).label), "source": listing.delivery_basis}
    asked = Release.objects.filter(source=Source.IPEDS_DISTANCE_PROGRAMS).order_by("-rank").first()
    if asked is None:
        return {
            "missing": Missing.NOT_COLLECTED,
            "note": "No file that we hold says how this program is taught. Ask the school.",
            "source": "",
        }
    return {"missing": Missing.NOT_REPORTED, "source": asked.get_source_display(), "year": asked.vintage}


def _fact_row(fact: ProgramFact) -> dict[str, Any]:
    """One stated fact with the page that states it. A page is evidence, not an official source."""
    value = (
        str(Delivery(fact.value).label)
        if fact.kind == ProgramFact.Kind.DELIVERY and fact.value in Delivery.values
        else fact.value
    )
    if fact.unit.startswith("percent"):
        value = f"{value}%"
    return {
        "kind": fact.kind,
        "label": fact.get_kind_display(),
        "value": value,
        "note": "; ".join(part for part in (fact.unit, fact.note) if part),
        "source": "A page states it",
        "year": fact.year or "undated",
        "source_url": fact.evidence_url,
    }


def _awards(program: Program) -> list[Any]:
    """Awards of the last five years; a school that stopped reporting shows a gap, not a zero."""
    rows = Completions.objects.filter(program=program).select_related("release")
    loaded = Release.objects.filter(source=Source.IPEDS_COMPLETIONS).values_list("year", flat=True)
    return awards_by_year(rows, loaded=[year for year in loaded if year])


def _outcome_rows(program: Program) -> list[dict[str, Any]]:
    outcome = (
        FieldOutcome.objects.filter(
            school=program.school, family=program.field.family, credential=CREDENTIAL_OF[program.award_level]
        )
        .select_related("release")
        .first()
    )
    return [{"label": line.label, "figure": line.figure} for line in outcome_figures(outcome)] if outcome else []

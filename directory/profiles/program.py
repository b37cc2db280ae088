"""Everything that a program's page shows, in a fixed number of queries."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse

from directory.links import enrol_links
from directory.models import Listing, Program, School
from directory.profiles.cards import LENGTH_SOURCE, LENGTH_WORDS
from directory.profiles.corrections import Corrected
from directory.profiles.figures import (
    LISTING_RELEASES,
    award_year,
    price_label,
    program_awards,
    program_earnings,
    program_price,
)
from directory.profiles.program_accreditation import accreditations, before_applying, openings, papers, statements
from directory.profiles.program_costs import cost_rows
from directory.profiles.program_outcomes import awards, outcome_rows
from directory.profiles.program_releases import read_releases
from directory.profiles.program_study import rate_rows, study_rows
from directory.profiles.state import programs_url
from directory.templatetags.levels import level_class, level_tab
from directory.vocab import STATES, GoKind, ListingState

SECTIONS: Final = (
    ("short", "In short"),
    ("accreditation", "Accreditation"),
    ("exams", "Exams it opens"),
    ("cost", "What it costs"),
    ("study", "How you study"),
    ("outcomes", "What became of graduates"),
    ("careers", "Where it leads"),
    ("payback", "When it pays for itself"),
    ("school", "The school"),
)


def for_program_page(programs: QuerySet[Program]) -> QuerySet[Program]:
    """The programs with everything that stands once in a profile, in one query: school, field, row of the lists."""
    releases = (f"listing__{name}" for name in LISTING_RELEASES)
    return programs.select_related("school", "field__release", "release", *releases)


def program_profile(program: Program) -> dict[str, Any]:
    """The context of `directory/program_detail.html`; nine queries, and one more where a charge of the school is
    shown or the school has closed.

    `program` comes from `for_program_page`, or from a listing that has as much.
    """
    school, listing = program.school, program.listing
    facts = list(program.facts.select_related("release"))
    links = enrol_links(school, program, facts)
    records, said, releases = accreditations(program), statements(program), read_releases()
    return {
        "program": program,
        "school": school,
        "listing": listing,
        "successor": _successor(school),
        "level_label": level_tab(listing.level),
        "level_class": level_class(listing.level),
        "crumbs": _crumbs(program),
        "standing": {"status": listing.standing, "as_of": papers(program, records, said).as_of(listing)},
        "keyfigs": _keyfigs(listing, program),
        "before_applying": before_applying(listing),
        "off_list": off_list(program),
        "corrections": Corrected(program.overrides.filter(active=True)).rows(),
        "reported_since": award_year(program.first_year),
        "reported_last": award_year(program.last_year),
        "actions": _actions(links),
        "save": {"slug": program.slug, "program": program.pk},
        "links": [{"id": name, "label": label} for name, label in SECTIONS],
        "accreditations": records,
        "statements": said,
        "openings": list(openings(program)),
        "cost_rows": cost_rows(program, listing),
        "study_rows": study_rows(listing, facts, program, asked=releases.distance),
        "awards": awards(program, loaded=releases.completions_years),
        "outcome_rows": outcome_rows(program),
        "rate_rows": rate_rows(facts),
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


def off_list(program: Program) -> str:
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

"""Everything that a program's page shows, in a fixed number of queries."""

from __future__ import annotations

from typing import Any, Final

from django.urls import reverse
from django.utils.formats import date_format

from directory.links import enrol_links, says_there_is_none, silent_links
from directory.models import Listing, Program, ProgramFact, School
from directory.profiles.cards import LENGTH_SOURCE, LENGTH_WORDS
from directory.profiles.corrections import DAY, Corrected
from directory.profiles.figures import (
    award_year,
    awards_by_year,
    price_label,
    program_awards,
    program_earnings,
    program_price,
)
from directory.profiles.program_accreditation import accreditations, before_applying, openings, papers
from directory.profiles.program_checked import last_checked
from directory.profiles.program_costs import cost_rows
from directory.profiles.program_exams import exams_after
from directory.profiles.program_outcomes import outcome_rows, published_rows, published_rule
from directory.profiles.program_rows import rows_of
from directory.profiles.program_study import fact_row, study_rows
from directory.profiles.ways_out import actions, silent
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
    ("reviews", "What students say"),
    ("similar", "Programs like it"),
    ("school", "The school, and this record"),
)


def program_profile(program: Program) -> dict[str, Any]:
    """The context of `directory/program_detail.html` but for what depends on the request; two queries.

    `program` comes from `for_program_page`.
    """
    school, listing = program.school, program.listing
    held = rows_of(program)
    links = enrol_links(school, program, held.facts)
    records, opened = accreditations(program), list(openings(program))
    return {
        "program": program,
        "school": school,
        "listing": listing,
        "level_label": level_tab(listing.level),
        "level_class": level_class(listing.level),
        "crumbs": _crumbs(program),
        "standing": {"status": listing.standing, "as_of": papers(program, records, held.statements).as_of(listing)},
        "keyfigs": _keyfigs(listing, program),
        "before_applying": before_applying(listing),
        "notice": _notice(program, held.successor),
        "corrections": Corrected(held.overrides).rows(program.release),
        "reported_since": award_year(program.first_year),
        "reported_last": award_year(program.last_year),
        "actions": actions(links, visit="Visit the school’s site"),
        "no_ways": [fact_row(fact) for fact in held.facts if says_there_is_none(fact)],
        "silent": silent(silent_links(school, program, held.facts), links),
        "save": {"slug": program.slug, "program": program.pk},
        "calculator": next((link for link in links if link.kind == GoKind.PRICE), None),
        "links": [{"id": name, "label": label} for name, label in SECTIONS],
        "accreditations": records,
        "statements": held.statements,
        "reviews_stated": [fact_row(fact) for fact in held.facts if fact.kind == ProgramFact.Kind.NEXT_REVIEW_YEAR],
        "openings": opened,
        "exams": exams_after(opened),
        "cost_rows": cost_rows(held, listing),
        "study_rows": study_rows(listing, held.facts, program, asked=held.releases.distance),
        "awards": awards_by_year(held.awards, loaded=held.releases.completions_years),
        "outcome_rows": outcome_rows(held.outcome),
        "published_rule": published_rule(listing.standing),
        "published_rows": published_rows(listing.standing, held.facts),
        "last_checked": last_checked(held.facts, records, held.overrides),
        "facts": held.facts,
        "page_key": f"program:{program.slug}",
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
    if program.school.merged_into:
        return f"The school is listed as {program.school.merged_into.name} by now, without this program."
    if program.school.is_closed:
        return _closed(program.school)
    if program.state == ListingState.NOT_REPORTED:
        return f"The school last reported this program for {award_year(program.last_year)}."
    return "" if program.state == ListingState.LISTED else f"{program.get_state_display()}."


def _notice(program: Program, successor: School | None) -> dict[str, Any] | None:
    """Why the program no longer stands in the lists, and where to go instead; None while it does."""
    why = off_list(program)
    if not why:
        return None
    now = program.school.merged_into
    links = [{"label": f"The school today: {now.name}", "url": now.get_absolute_url()}] if now else []
    links += [{"label": f"Its successor: {successor.name}", "url": successor.get_absolute_url()}] if successor else []
    return {
        "kind": "warn",
        "title": "This program is no longer on the list.",
        "text": f"{why} There is no way to enroll here; the record stays for those who studied there.",
        "links": [*links, {"label": "Programs like it", "url": "#similar"}],
    }


def _closed(school: School) -> str:
    """The end of its school in words, with the paper that says so."""
    when = ""
    if school.closed_on:
        when = f" on {date_format(school.closed_on, DAY)}"
    elif school.closed_year:
        when = f" in {school.closed_year}"
    paper = f"{school.release.get_source_display()}, {school.release.vintage}"
    return f"The school: {school.get_status_display()}{when} ({paper})."

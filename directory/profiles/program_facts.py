"""What the API adds to a card for one whole program."""

from __future__ import annotations

from typing import Any

from directory.models import Listing, Override, Program
from directory.profiles.corrections import as_facts as correction_facts
from directory.profiles.program import program_profile
from directory.profiles.program_rows import for_program_page
from directory.profiles.rule_papers import rule_paper
from directory.profiles.ways_out import silent_as_json


def public_facts(listing: Listing) -> dict[str, Any]:
    """Costs, awards by year, outcomes, statements and openings of one program, each figure with its paperwork."""
    profile = program_profile(for_program_page(Program.objects.filter(pk=listing.program_id)).get())
    return {
        "costs": _lines(profile["cost_rows"]),
        "awards_by_year": [figure.as_dict() for figure in profile["awards"]],
        "outcomes": _lines(profile["outcome_rows"]),
        "openings": [
            {
                "certification": opening.certification.slug,
                "basis": opening.basis,
                "deciding_condition": opening.deciding_condition.text,
                "source": opening.route.rule_set.source_url,
                "rule": rule_paper(opening.route.rule_set).as_dict(),
            }
            for opening in profile["openings"]
        ],
        "statements": [
            {
                "agency": statement.agency_as_stated,
                "status": statement.status_as_stated,
                "date": statement.evidence_date or None,
                "url": statement.evidence_url,
            }
            for statement in profile["statements"]
        ],
        "corrections": correction_facts(Override.objects.filter(program=listing.program_id, active=True)),
        "links": [action["url"] for action in profile["actions"]],
        "links_that_do_not_answer": silent_as_json(profile["silent"]),
    }


def _lines(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"label": row["label"], **row["figure"].as_dict()} for row in rows]

"""/api/v1/programs/: the program list and one program."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from directory.api.base import PublicView, page_links
from directory.api.problems import bad_question
from directory.filters.applied import notes
from directory.filters.program import ProgramFilter
from directory.models import Listing
from directory.profiles.cards import Exam, for_cards, standing_sources
from directory.profiles.program_facts import public_facts
from directory.profiles.program_list import beyond, cards, points, results
from directory.vocab import Standing


class ProgramList(PublicView):
    """Programs by every parameter of the page; `facets` are counted with their own choice lifted."""

    def get(self, request: Request) -> Response:
        chosen = ProgramFilter(request.GET, Listing.objects.listed())
        errors = chosen.problems
        if errors:
            return bad_question(errors)
        found = results(chosen)
        if errors := beyond(chosen, found):
            return bad_question(errors)
        sources = standing_sources([card["listing"].program_id for card in found.cards])
        return Response(
            {
                "count": found.count,
                **page_links(request, found.page),
                "interpretation": [chip.as_interpretation() for chip in found.chips],
                "notes": notes(chosen),
                "facets": {name: [choice.as_dict() for choice in options] for name, options in found.facets.items()},
                "results": [as_json(card, request, sources) for card in found.cards],
            }
        )


class ProgramDetail(PublicView):
    """One program, with what its page shows."""

    def get(self, request: Request, slug: str) -> Response:
        listing = for_cards(Listing.objects.filter(program__slug=slug)).first()
        if listing is None:
            raise Http404("No program has this address.")
        shown = as_json(cards([listing])[0], request, standing_sources([listing.program_id]))
        return Response({**shown, "listed": listing.listed, **public_facts(listing)})


def _standing_source(listing: Listing, sources: Mapping[int, str]) -> str | None:
    """Who says so: the accreditor, the page that states it, or nobody."""
    if listing.standing == Standing.NOT_CONFIRMED:
        return None
    return sources.get(listing.program_id) if listing.standing == Standing.STATED else "CAHIIM"


def as_json(card: Mapping[str, Any], request: Request, sources: Mapping[int, str]) -> dict[str, Any]:
    """The contract's shape of a result. `sources` are the pages that state an accreditation, by program."""
    listing: Listing = card["listing"]
    miles = card["distance_miles"]
    return {
        "slug": card["slug"],
        "title": card["title"],
        "cip": listing.cip,
        "level": listing.level,
        "award_level": listing.program.award_level,
        "length": listing.length or None,
        "delivery": listing.delivery,
        "delivery_source": listing.delivery_basis or None,
        "url": request.build_absolute_uri(card["url"]),
        "school": {
            "unitid": listing.school.unitid,
            "slug": listing.school.slug,
            "name": listing.school_name,
            "city": listing.school.city,
            "state": listing.state,
        },
        "distance_miles": None if miles is None else round(miles, 1),
        "elsewhere": card["elsewhere"],
        "accreditation": {
            "status": listing.standing,
            "as_of": str(card["accreditation"]["as_of"]) or None,
            "source": _standing_source(listing, sources),
        },
        "price": card["price"].as_dict(),
        "earnings": card["earnings"].as_dict(),
        "completions": card["completions"].as_dict(),
        "leads_to": [_slug(exam) for exam in card["leads_to"]],
        "openings": [{"certification": _slug(exam), "basis": exam.basis} for exam in card["leads_to"]],
        "ranking": {"score": listing.rank_points, "parts": points(listing)},
    }


def _slug(exam: Exam) -> str:
    return exam.url.rstrip("/").rpartition("/")[2]

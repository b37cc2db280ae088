"""/api/v1/programs/: the program list and one program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from rest_framework.request import Request
from rest_framework.response import Response

from directory.api.base import PublicView, moved_for_good, page_links
from directory.api.problems import bad_question
from directory.engagement.misses import note_miss
from directory.filters.notes import did_you_mean, notes
from directory.filters.program import ProgramFilter
from directory.models import Listing, Program
from directory.profiles.cards import Exam, for_cards, program_card, program_cards
from directory.profiles.program_facts import public_facts
from directory.profiles.program_list import AnyListing, points, question_points, results
from directory.profiles.result_rows import exams, paperwork, rows
from directory.profiles.rule_papers import RulePaper, rule_papers
from directory.profiles.standing_papers import standing_papers
from directory.profiles.store import Store
from directory.search.freshness import Snapshot, may_be_kept
from directory.search.table.answer import Hit
from directory.vocab import PROGRAM_ACCREDITOR, Standing

#: Some three kilobytes each, in every worker.
KEPT = 1_200


class Made(NamedTuple):
    """A result but for what depends on the question and the request."""

    path: str
    body: dict[str, Any]
    points: dict[str, float]


class ProgramList(PublicView):
    """Programs by every parameter of the page; `facets` are counted with their own choice lifted."""

    def get(self, request: Request) -> Response:
        chosen = ProgramFilter(request.GET)
        if errors := chosen.problems:
            return bad_question(errors)
        found = results(chosen)
        if errors := chosen.beyond(found.pages):
            return bad_question(errors)
        if chosen.is_miss:
            note_miss(request, str(chosen.asked["q"]))
        made = store.of(found.hits, chosen.snapshot)
        page = Paginator(range(found.count), chosen.per_page).page(found.number)
        root = request.build_absolute_uri("/").rstrip("/")
        response = Response(
            {
                "count": found.count,
                "query": chosen.lasting,
                **page_links(request, page),
                "interpretation": [chip.as_interpretation() for chip in found.chips],
                "notes": notes(chosen),
                "did_you_mean": [{"label": label, "query": url} for label, url in did_you_mean(chosen)],
                "facets": {name: [choice.as_dict() for choice in options] for name, options in found.facets.items()},
                "results": [
                    _result(made[hit.program], hit, question_points(chosen, hit), root)
                    for hit in found.hits
                    if hit.program in made
                ],
            }
        )
        return response if chosen.is_miss else may_be_kept(response, chosen.snapshot)


class ProgramDetail(PublicView):
    """One program, with what its page shows."""

    def get(self, request: Request, slug: str) -> Response:
        listings = for_cards(Listing.objects.filter(program__slug=slug))
        listing = listings.select_related("program__school", "program__field").first()
        if listing is None or listing.program.merged_into_id:
            moved = Program.objects.filter(former_slugs__slug=slug, listing__isnull=False).first()
            return moved_for_good("api_program_detail", moved, or_else="No program has this address.")
        (card,) = program_cards([listing])
        made = Made(
            card["url"],
            _body(listing, card, standing_papers([listing.program_id]).sources, rule_papers()),
            points(listing),
        )
        root = request.build_absolute_uri("/").rstrip("/")
        shown = _result(made, Hit(listing.program_id, miles=None, near=True, match=1), {}, root)
        return Response({**shown, "listed": listing.listed, **public_facts(listing)})


def _make(hits: Sequence[Hit], snapshot: Snapshot) -> dict[int, Made]:
    held = paperwork(snapshot)
    opened, papers = exams(hits, snapshot), held.standings
    made = {}
    for row in rows([hit.program for hit in hits], snapshot):
        card = program_card(row, exams=opened[row.program_id], standing_as_of=papers.as_of(row))
        made[row.program_id] = Made(card["url"], _body(row, card, papers.sources, held.rules), points(row))
    return made


store: Store[Made] = Store(_make, size=KEPT)


def _result(made: Made, hit: Hit, asked: Mapping[str, float], root: str) -> dict[str, Any]:
    """The contract's shape of a result. `asked` are the points that the question gave, `root` this site's address."""
    parts = {**made.points, **asked}
    return {
        **made.body,
        "url": root + made.path,
        "distance_miles": None if hit.miles is None else round(hit.miles, 1),
        "elsewhere": not hit.near,
        "ranking": {"score": round(sum(parts.values()), 1), "parts": parts},
    }


def _standing_source(listing: AnyListing, sources: Mapping[int, str]) -> str | None:
    """Who says so: the accreditor, the page that states it, or nobody."""
    if listing.standing == Standing.NOT_CONFIRMED:
        return None
    return sources.get(listing.program_id) if listing.standing == Standing.STATED else PROGRAM_ACCREDITOR


def _body(
    listing: AnyListing, card: Mapping[str, Any], sources: Mapping[int, str], rules: Mapping[str, RulePaper]
) -> dict[str, Any]:
    """`sources` are the pages that state an accreditation, by program; `rules` those of the exams, by their address."""
    return {
        "slug": card["slug"],
        "title": card["title"],
        "cip": listing.cip,
        "level": listing.level,
        "award_level": listing.program.award_level,
        "length": listing.length or None,
        "delivery": listing.delivery,
        "delivery_source": listing.delivery_basis or None,
        "school": {
            "unitid": listing.school.unitid,
            "slug": listing.school.slug,
            "name": listing.school_name,
            "city": listing.school.city,
            "state": listing.state,
        },
        "accreditation": {
            "status": listing.standing,
            "as_of": str(card["accreditation"]["as_of"]) or None,
            "source": _standing_source(listing, sources),
        },
        "price": card["price"].as_dict(),
        "earnings": card["earnings"].as_dict(),
        "completions": card["completions"].as_dict(),
        "leads_to": [_slug(exam) for exam in card["leads_to"]],
        "openings": [_opening(exam, rules.get(exam.url)) for exam in card["leads_to"]],
    }


def _opening(exam: Exam, rule: RulePaper | None) -> dict[str, Any]:
    """What the program opens and on what basis, and how well the exam's rule itself is known: another question."""
    return {"certification": _slug(exam), "basis": exam.basis, "rule": rule.as_dict() if rule else None}


def _slug(exam: Exam) -> str:
    return exam.url.rstrip("/").rpartition("/")[2]

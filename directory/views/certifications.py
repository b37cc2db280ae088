"""Certifications: all exams side by side, the guide to one, and the rules asked about the reader."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from directory.engagement.shortlist import shortlist_of
from directory.filters.program import ProgramFilter
from directory.filters.query_string import carried
from directory.filters.unconfirmed import unconfirmed
from directory.filters.ways_on import wider_ways
from directory.models import Certification
from directory.profiles.certification import certification_groups, certification_guide, for_guides
from directory.profiles.may_sit import may_sit
from directory.profiles.program_list import results
from directory.views.result_cards import result_cards
from directory.views.unread import unread

#: What narrows the programs of a guide; named as in the program list.
PLACE = ("where", "within")
NEAR = 10
#: With fewer than this, wider circles are offered.
FEW = 5


@require_safe
def certification_list(request: HttpRequest) -> HttpResponse:
    """Every certification beside the others, and what the rules of all of them say to the reader."""
    today = timezone.localdate()
    certifications = list(for_guides(today))
    asked = may_sit(request.GET, certifications, on=today)
    context = {
        "groups": certification_groups(certifications),
        "certifications": certifications,
        "count": len(certifications),
        "may_sit": asked,
        "unread": unread(request, *asked.parameters),
    }
    return render(request, "directory/certification_list.html", context)


@require_safe
def certification_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One exam: who may sit by which way, whether the reader may, what it costs, and the programs that open it."""
    today = timezone.localdate()
    certification = get_object_or_404(for_guides(today), slug=slug)
    asked = may_sit(request.GET, [certification], on=today)
    context = {
        **certification_guide(certification),
        "may_sit": asked,
        "answer": asked.answers.get(slug),
        "near": _near(request, certification),
        # Each of the two forms of the page carries along what the other asked for.
        "place_asked": carried(request.GET, but=asked.parameters),
        "person_asked": carried(request.GET, but=PLACE),
        "unread": unread(request, *PLACE, *asked.parameters),
    }
    return render(request, "directory/certification_detail.html", context)


def _near(request: HttpRequest, certification: Certification) -> dict[str, object] | None:
    """The programs that open the exam, by distance or within a state; None when no place was asked for.

    The same question as the program list's, so that both find the same.
    """
    data = request.GET
    if not data.get("where", "").strip():
        return None
    query = QueryDict(mutable=True)
    query["leads_to"] = certification.slug
    for name in PLACE:
        if value := data.get(name):
            query[name] = value
    chosen = ProgramFilter(query)
    found = results(chosen)
    shown = replace(found, hits=found.hits[:NEAR])
    errors = {name: chosen.problems[name] for name in PLACE if name in chosen.problems}
    few = chosen.place is not None and found.count < FEW
    ways = [(way.label, way.count, way.url) for way in wider_ways(chosen) if few and way.count > found.count]
    return {
        "count": found.count,
        "typed": data["where"],
        "place": chosen.place,
        "miles": chosen.miles if chosen.near_a_point else None,
        "ways": ways,
        "not_counted": unconfirmed(chosen),
        "cards": result_cards(chosen, shown, shortlist_of(request).programs) if chosen.place else "",
        "errors": errors,
        "query": query.urlencode(),
    }

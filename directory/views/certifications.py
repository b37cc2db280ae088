"""Certifications: all exams side by side, the guide to one, and the rules asked about the reader."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from directory.filters.program import ProgramFilter
from directory.models import Certification
from directory.profiles.certification import certification_groups, certification_guide, for_guides
from directory.profiles.may_sit import may_sit
from directory.profiles.program_list import results
from directory.views.result_cards import result_cards
from directory.views.unread import unread

#: What narrows the programs of a guide; named as in the program list.
PLACE = ("where", "within")
NEAR = 10


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
        "near": _near(request.GET, certification),
        "unread": unread(request, *PLACE, *asked.parameters),
    }
    return render(request, "directory/certification_detail.html", context)


def _near(data: QueryDict, certification: Certification) -> dict[str, object] | None:
    """The programs that open the exam, by distance or within a state; None when no place was asked for.

    The same question as the program list's, so that both find the same.
    """
    if not data.get("where", "").strip():
        return None
    query = QueryDict(mutable=True)
    query.update({"leads_to": certification.slug, "per_page": str(NEAR)})
    for name in PLACE:
        if value := data.get(name):
            query[name] = value
    chosen = ProgramFilter(query)
    found = results(chosen)
    errors = {name: chosen.problems[name] for name in PLACE if name in chosen.problems}
    del query["per_page"]
    return {
        "count": found.count,
        "place": chosen.place,
        "cards": result_cards(chosen, found) if chosen.place else "",
        "errors": errors,
        "query": query.urlencode(),
    }

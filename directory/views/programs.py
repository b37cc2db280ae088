"""Programs: the list and one record."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from directory.facets import Choice
from directory.filters.applied import notes, ways_on
from directory.filters.program import SORTS, ProgramFilter
from directory.models import Listing, Program
from directory.profiles.program import program_profile
from directory.profiles.program_list import Results, beyond, results
from directory.templatetags.levels import level_class

#: Facet -> legend and hint, in the order of the page.
GROUPS: dict[str, tuple[str, str]] = {
    "level": ("Award", ""),
    "accreditation": ("CAHIIM accreditation", "The RHIT and RHIA exams ask for it."),
    "leads_to": ("Opens the exam", "Programs after which you may sit, as far as the rules are known."),
    "delivery": ("Classes", "Most schools report this for the whole school only."),
    "length": ("Length of a certificate", ""),
    "control": ("Kind of school", ""),
    "state": ("State", ""),
}


@require_safe
def program_list(request: HttpRequest) -> HttpResponse:
    """Search results. A value that cannot be read is named beside its field; everything else applies."""
    chosen = ProgramFilter(request.GET, Listing.objects.listed())
    found = results(chosen)
    errors = {**chosen.problems, **beyond(chosen, found)}
    context = {
        "chosen": chosen,
        "results": found,
        "errors": errors,
        "heading": _heading(chosen, found),
        "said": notes(chosen),
        "groups": _groups(found.facets, chosen.problems),
        "sorts": _sorts(chosen),
        "carried": _carried(request, "sort", "page"),
        "search_carried": _carried(request, "q", "where", "within", "page"),
        "facet_carried": [pair for pair in _carried(request, "page") if pair[0] in CARRIED],
        "mistaken": not errors.keys().isdisjoint((*GROUPS, "min_price", "max_price")),
        "ways_on": ways_on(chosen) if not found.count else [],
        "wider": ways_on(chosen)[:2] if 0 < found.count < FEW and chosen.place else [],
        "clear_url": request.path,
        "canonical": request.build_absolute_uri(),
    }
    return render(request, "directory/program_list.html", context)


FEW = 5
#: Parameters that the panel of facets has no field for.
CARRIED = ("q", "where", "within", "sort", "cip", "per_page")


@require_safe
def program_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One program. An address that it once had redirects for good."""
    # A program is public from the moment at which the lists know it.
    known = Program.objects.filter(slug=slug, listing__isnull=False)
    program = known.select_related("school", "field__release", "release").first()
    if program is None:
        return _former(slug)
    return render(request, "directory/program_detail.html", program_profile(program))


def _former(slug: str) -> HttpResponse:
    moved = Program.objects.filter(former_slugs__slug=slug).first()
    if moved is None:
        raise Http404("No program has this address.")
    return redirect(moved, permanent=True)


def _heading(chosen: ProgramFilter, found: Results) -> str:
    noun = "program" if found.count == 1 else "programs"
    where = ""
    if chosen.place is not None:
        where = f" near {chosen.place.label}" if chosen.place.is_point else f" in {chosen.place.label}"
    return f"{found.count:,} {noun}{where}"


def _groups(facets: dict[str, list[Choice]], problems: dict[str, list[str]]) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "legend": legend,
            "hint": hint,
            "errors": problems.get(name, []),
            "long": name == "state",
            "options": [
                {**choice.as_dict(), "css": level_class(choice.value) if name == "level" else ""}
                for choice in facets[name]
            ],
            "open": any(choice.selected for choice in facets[name]) or name in problems,
        }
        for name, (legend, hint) in GROUPS.items()
    ]


def _sorts(chosen: ProgramFilter) -> list[dict[str, Any]]:
    near = chosen.place is not None and chosen.place.is_point
    return [
        {"value": value, "label": label, "selected": value == chosen.sort_key}
        for value, label in SORTS.items()
        if near or value != "distance"
    ]


def _carried(request: HttpRequest, *without: str) -> list[tuple[str, str]]:
    """The rest of the question, for a form that asks only a part of it."""
    return [(name, value) for name, values in request.GET.lists() if name not in without for value in values if value]

"""Schools: the list, and one school with its programs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from directory.filters.query_string import carried, without
from directory.filters.school import CONTROLS, SORTS, SchoolFilter
from directory.models import School
from directory.profiles.school import school_profile
from directory.profiles.school_facts import SCHOOL_RELEASES
from directory.profiles.school_list import school_cards
from directory.vocab import STATES

UNITID: Final = re.compile(r"[1-9][0-9]{5}", re.ASCII)


@require_safe
def school_list(request: HttpRequest) -> HttpResponse:
    """Schools that have programs on the list, by name, place and control."""
    chosen = SchoolFilter(request.GET, School.objects.listed().select_related("release"))
    pages = Paginator(chosen.qs, chosen.per_page)
    page = pages.get_page(chosen.page_number)
    problems = chosen.problems
    messages = list(chosen.unknown)
    without_field = ["page", "per_page"] if pages.count > 1 else ["page", "per_page", "sort"]
    for name in without_field:
        messages += problems.get(name, [])
    if chosen.page_number > pages.num_pages:
        messages.append(f"There is no page {chosen.page_number:,}: this is the last of {pages.num_pages:,}.")
    chips = _chips(request.GET, chosen)
    return render(
        request,
        "directory/school_list.html",
        {
            "page": page,
            "cards": school_cards(list(page)),
            "problems": problems,
            "messages": messages,
            "chips": chips,
            "suggestions": _suggestions(request.GET, chosen) if not pages.count else [],
            "q": request.GET.get("q", ""),
            "states": _options(STATES.items(), _first(chosen, "state")),
            "controls": _options(CONTROLS, _first(chosen, "control")),
            "sorts": _options(SORTS, chosen.chosen("sort") or "name"),
            "search_hidden": _extra(chosen),
            "sort_hidden": carried(request.GET, but=["sort"]),
        },
    )


@require_safe
def school_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A school with its programs; a former address, and its UNITID, lead on to the present one for good."""
    school = School.objects.filter(slug=slug).select_related(*SCHOOL_RELEASES).first()
    if school is None:
        unitid = Q(unitid=int(slug)) if UNITID.fullmatch(slug) else Q()
        moved = School.objects.filter(Q(former_slugs__slug=slug) | unitid).order_by("pk").first()
        if moved is None:
            raise Http404("No school has this address.")
        return redirect(moved, permanent=True)
    return render(request, "directory/school_detail.html", school_profile(school))


def _options(choices: Iterable[tuple[str, str]], selected: str) -> list[dict[str, Any]]:
    return [{"value": value, "label": label, "selected": value == selected} for value, label in choices]


def _first(chosen: SchoolFilter, name: str) -> str:
    return (chosen.chosen(name) or [""])[0]


def _extra(chosen: SchoolFilter) -> list[tuple[str, str]]:
    """Further values of the two menus, which show only the first, and the order."""
    extra = [(name, value) for name in ("state", "control") for value in (chosen.chosen(name) or [])[1:]]
    sort = chosen.chosen("sort")
    return [*extra, ("sort", sort)] if sort else extra


def _chips(data: QueryDict, chosen: SchoolFilter) -> list[dict[str, str]]:
    """What is applied, each with the address of the list without it."""
    labels = {"control": dict(CONTROLS), "state": STATES}
    chips = []
    if q := chosen.chosen("q"):
        chips.append({"label": f"“{q}”", "remove_url": without(data, "q")})
    for name, names in labels.items():
        chips += [
            {"label": names[value], "remove_url": without(data, name, value)} for value in chosen.chosen(name) or []
        ]
    return chips


def _suggestions(data: QueryDict, chosen: SchoolFilter) -> list[dict[str, Any]]:
    """Each filter that can be lifted, with what would then be found; only those that find something."""
    found = []
    for name, words in (("q", "the words"), ("state", "the state"), ("control", "who runs it")):
        if not chosen.chosen(name):
            continue
        url = without(data, name)
        count = SchoolFilter(QueryDict(url[1:]), School.objects.listed()).qs.count()
        if count:
            found.append({"label": f"Without {words}", "url": url, "count": count})
    return found

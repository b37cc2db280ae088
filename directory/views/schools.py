"""Schools: the list, and one school with its programs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from directory.filters.applied import without_words
from directory.filters.program import DEFAULT_MILES, MILES
from directory.filters.query_string import carried, without
from directory.filters.school import CONTROLS, SORTS, SchoolFilter
from directory.models import School
from directory.profiles.school import school_profile
from directory.profiles.school_facts import SCHOOL_RELEASES
from directory.profiles.school_list import school_cards
from directory.vocab import STATES

CIRCLES: Final = [
    ("", f"{DEFAULT_MILES} miles (usual)"),
    *((miles, f"{miles} miles") for miles in MILES if int(miles) != DEFAULT_MILES),
]
UNITID: Final = re.compile(r"[1-9][0-9]{5}", re.ASCII)


@require_safe
def school_list(request: HttpRequest) -> HttpResponse:
    """Schools that have programs on the list, by name, place and control."""
    chosen = SchoolFilter(request.GET, School.objects.listed().select_related("release"))
    pages = Paginator(chosen.qs, chosen.per_page)
    page = pages.get_page(chosen.page_number)
    problems = chosen.problems
    messages = list(chosen.unknown)
    without_field = ["page", "per_page", "state"] if pages.count > 1 else ["page", "per_page", "state", "sort"]
    for name in without_field:
        messages += problems.get(name, [])
    if chosen.page_number > pages.num_pages:
        messages.append(f"There is no page {chosen.page_number:,}: this is the last of {pages.num_pages:,}.")
    chips = _chips(chosen)
    return render(
        request,
        "directory/school_list.html",
        {
            "page": page,
            "cards": school_cards(list(page)),
            "problems": problems,
            "messages": messages,
            "chips": chips,
            "suggestions": _suggestions(chosen) if not pages.count else [],
            "notes": chosen.notes,
            "readings": other_readings(chosen),
            "q": chosen.data.get("q", ""),
            "where": chosen.data.get("where", ""),
            "circles": _options(CIRCLES, chosen.chosen("within") or ""),
            "controls": _options(CONTROLS, _first(chosen, "control")),
            "sorts": _options(_sorts(chosen), chosen.sort_key),
            "search_hidden": _extra(chosen),
            "sort_hidden": carried(chosen.data, but=["sort"]),
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


def _sorts(chosen: SchoolFilter) -> list[tuple[str, str]]:
    """The orders that make sense: nearest first needs a place to count from, and best match words to match."""
    able = {"distance": chosen.near_a_point, "relevance": chosen.has_matches}
    return [(value, label) for value, label in SORTS if able.get(value, True)]


def _first(chosen: SchoolFilter, name: str) -> str:
    return (chosen.chosen(name) or [""])[0]


def _extra(chosen: SchoolFilter) -> list[tuple[str, str]]:
    """What the form has no field for: states, further values of the menu, which shows only the first, and the order.

    Not the order by distance, which the form's own place brings along.
    """
    extra = [("state", value) for value in chosen.chosen("state") or []]
    extra += [("control", value) for value in (chosen.chosen("control") or [])[1:]]
    sort = chosen.chosen("sort")
    return [*extra, ("sort", sort)] if sort and sort != "distance" else extra


def _chips(chosen: SchoolFilter) -> list[dict[str, str]]:
    """What is applied, each with the address of the list without it."""
    labels = {"control": dict(CONTROLS), "state": STATES}
    data = chosen.data
    chips = [{"label": label, "remove_url": without_said(data, said)} for label, said in _said(chosen)]
    if place := chosen.place:
        label = f"Within {chosen.miles} miles of {place.label}" if place.is_point else place.label
        chips.append({"label": label, "remove_url": anywhere(data)})
    for name, names in labels.items():
        chips += [
            {"label": names[value], "remove_url": without(data, name, value)} for value in chosen.chosen(name) or []
        ]
    return chips


def _said(chosen: SchoolFilter) -> Iterator[tuple[str, str]]:
    """Label and words of each part of the text that narrows the list."""
    if not (q := chosen.chosen("q")):
        return
    text = chosen.text
    yield from ((each.label, each.said) for each in text.wanted)
    yield from ((f"“{word}”", word) for word in text.loose)
    if text.nothing:
        yield f"“{q}”", q


def without_said(data: QueryDict, said: str) -> str:
    """The query string without these words of the text."""
    changed = data.copy()
    rest = without_words(str(data["q"]), said.strip("“”"))
    if not any(map(str.isalnum, rest)):
        return without(data, "q")
    changed["q"] = rest
    return without(changed, "page")


def other_readings(chosen: SchoolFilter) -> list[tuple[str, str]]:
    """Other readings of the text: label and query string."""
    found = []
    for each in chosen.text.alternatives:
        changed = chosen.asked.copy()
        changed["q"] = each.q
        found.append((each.label, without(changed, "page")))
    return found


def anywhere(data: QueryDict) -> str:
    """The query string without the place and what counts from it."""
    changed = data.copy()
    changed.pop("within", None)
    if changed.get("sort") == "distance":
        del changed["sort"]
    return without(changed, "where")


def _wider(data: QueryDict, chosen: SchoolFilter) -> Iterator[tuple[str, str]]:
    """Label and address of each wider circle."""
    for miles in MILES if chosen.near_a_point else ():
        if int(miles) > chosen.miles:
            changed = data.copy()
            changed["within"] = miles
            yield f"Within {miles} miles", without(changed, "page")


def _suggestions(chosen: SchoolFilter) -> list[dict[str, Any]]:
    """Wider circles and each filter that can be lifted, with what it finds; only those that find something."""
    data = chosen.data
    ways = list(_wider(data, chosen))
    if chosen.place:
        ways.append(("Without the place", anywhere(data)))
    parts = list(_said(chosen))
    if len(parts) > 1:
        ways += [(f"Without {label}", without_said(data, said)) for label, said in parts]
    for name, words in (("q", "the words"), ("state", "the state"), ("control", "who runs it")):
        if chosen.chosen(name):
            ways.append((f"Without {words}", without(data, name)))
    found = []
    for label, url in ways:
        count = SchoolFilter(QueryDict(url[1:]), School.objects.listed()).qs.count()
        if count:
            found.append({"label": label, "url": url, "count": count})
    return found

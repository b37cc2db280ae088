"""Schools: the list, and one school with its programs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directory.engagement.misses import note_miss
from directory.filters.applied import chips
from directory.filters.notes import did_you_mean, notes
from directory.filters.parameters import without_tracking
from directory.filters.query_string import carried
from directory.filters.question import DEFAULT_MILES, MILES
from directory.filters.school import SORTS, SchoolFilter
from directory.filters.ways_on import school_ways_on, wider_school_ways
from directory.models import School
from directory.profiles.school import school_profile
from directory.profiles.school_facts import SCHOOL_RELEASES
from directory.profiles.school_list import school_cards
from directory.profiles.school_structured import structured
from directory.views.moved import moved_for_good
from directory.views.program_page import other_readings
from directory.views.tidy import tidy
from directory.vocab import CONTROL_CHOICES, SchoolState, VeteranFact

CIRCLES: Final = [
    ("", f"{DEFAULT_MILES} miles (usual)"),
    *((miles, f"{miles} miles") for miles in MILES if int(miles) != DEFAULT_MILES),
]
UNITID: Final = re.compile(r"[1-9][0-9]{5}", re.ASCII)
#: Parameters with a field in the search form; the mistakes of all others stand above the list.
FIELDS: Final = ("q", "where", "within", "control", "veterans")
#: With fewer results than this, wider circles are offered.
FEW: Final = 5


@require_safe
@tidy
def school_list(request: HttpRequest) -> HttpResponse:
    """Schools that have programs on the list, by name, place, what they teach and who runs them."""
    chosen = SchoolFilter(without_tracking(request.GET), School.objects.listed().select_related("release"))
    pages = Paginator(chosen.qs, chosen.per_page)
    page = pages.get_page(chosen.page_number)
    if not pages.count and chosen.is_miss:
        note_miss(request, str(chosen.asked["q"]))
    wider = wider_school_ways(chosen) if 0 < pages.count < FEW else []
    return render(
        request,
        "directory/school_list.html",
        {
            "page": page,
            "cards": school_cards(list(page)),
            "problems": chosen.problems,
            "messages": _messages(chosen, pages),
            "chips": chips(chosen),
            "ways_on": [] if pages.count else school_ways_on(chosen),
            "wider": [way for way in wider if way.count > pages.count],
            "notes": notes(chosen),
            "readings": other_readings(did_you_mean(chosen)),
            "q": chosen.asked.get("q", ""),
            "where": chosen.asked.get("where", ""),
            "circles": _options(CIRCLES, chosen.asked.get("within", "")),
            "controls": _options(CONTROL_CHOICES, chosen.asked.get("control", "")),
            "veterans": _ticks(VeteranFact.choices, chosen.asked.getlist("veterans")),
            "veterans_chosen": bool(chosen.asked.getlist("veterans")),
            "sorts": _options(_sorts(chosen), chosen.sort_key),
            "search_hidden": _extra(chosen),
            "sort_hidden": carried(chosen.asked, but=["sort"]),
        },
    )


@require_safe
def school_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A school with its programs; a former address, and its UNITID, lead on to the present one for good."""
    school = School.objects.public().filter(slug=slug).select_related(*SCHOOL_RELEASES).first()
    if school is None:
        unitid = Q(unitid=int(slug)) if UNITID.fullmatch(slug) else Q()
        named = (
            School.objects.exclude(status=SchoolState.DRAFT)
            .filter(Q(former_slugs__slug=slug) | unitid)
            .select_related("merged_into")
        )
        moved = named.order_by("pk").first()
        return moved_for_good(request, moved and (moved.merged_into or moved), or_else="No school has this address.")
    canonical = request.build_absolute_uri(school.get_absolute_url())
    context = {**school_profile(school), "canonical": canonical, "structured": structured(school, url=canonical)}
    return render(request, "directory/school_detail.html", context)


def _messages(chosen: SchoolFilter, pages: Paginator[School]) -> list[str]:
    """What could not be read and has no field on the page to stand beside."""
    # The order is chosen beside the heading, where there is more than one school.
    beside = (*FIELDS, "sort") if pages.count > 1 else FIELDS
    problems = {**chosen.problems, **chosen.beyond(pages.num_pages)}
    return [message for name, found in problems.items() if name not in beside for message in found]


def _options(choices: Iterable[tuple[str, str]], selected: str) -> list[dict[str, Any]]:
    return [{"value": value, "label": label, "selected": value == selected} for value, label in choices]


def _ticks(choices: Iterable[tuple[str, str]], selected: list[str]) -> list[dict[str, Any]]:
    return [{"value": value, "label": label, "selected": value in selected} for value, label in choices]


def _sorts(chosen: SchoolFilter) -> list[tuple[str, str]]:
    """The orders that make sense: nearest first needs a place to count from, and best match words to match."""
    able = {"distance": chosen.near_a_point, "relevance": chosen.has_matches}
    return [(value, label) for value, label in SORTS.items() if able.get(value, True)]


def _extra(chosen: SchoolFilter) -> list[tuple[str, str]]:
    """What the form has no field for, as far as it could be read: other filters, and further values of the menu.

    Not the order by distance, which the form's own place brings along.
    """
    asked = chosen.asked
    pairs = carried(asked, but=[*FIELDS, "per_page", *chosen.problems])
    pairs += [("control", value) for value in asked.getlist("control")[1:] if "control" not in chosen.problems]
    return [pair for pair in pairs if pair != ("sort", "distance")]

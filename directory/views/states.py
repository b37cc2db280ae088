"""Programs by state."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from directory.models import School
from directory.profiles.state import school_lines, state_profile, states_overview
from directory.views.unread import unread
from directory.vocab import STATES

SCHOOLS_PER_PAGE = 100
#: "north-dakota" -> ND; people write out what they do not know as a code.
USPS_BY_SLUG = {slugify(name): usps for usps, name in STATES.items()}


@require_safe
def state_list(request: HttpRequest) -> HttpResponse:
    """Every state and territory with the number of its programs."""
    return render(request, "directory/state_list.html", {**states_overview(), "unread": unread(request)})


@require_safe
def state_detail(request: HttpRequest, usps: str) -> HttpResponse:
    """Programs and schools of one state; the address is its two small letters, and its name leads there."""
    code = USPS_BY_SLUG.get(usps.lower(), usps.upper())
    if code not in STATES:
        raise Http404(f"There is no state {usps}.")
    if usps != code.lower():
        return redirect("state_detail", usps=code.lower(), permanent=True)
    schools = School.objects.listed().in_state(code).order_by("name", "pk")
    page = Paginator(schools, SCHOOLS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **state_profile(code),
        "page": page,
        "lines": school_lines(list(page)),
        "unread": unread(request, "page"),
    }
    return render(request, "directory/state_detail.html", context)

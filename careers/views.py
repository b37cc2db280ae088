"""Careers: the list and one record."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careers.models import Career, Occupation
from careers.profiles.career import career_profile
from careers.profiles.overview import careers_overview
from careers.profiles.recommended import TAKEN
from directory.views.unread import unread


@require_safe
def career_list(request: HttpRequest) -> HttpResponse:
    """Our careers by the occupation that counts them, and other occupations that listed programs lead to."""
    return render(request, "careers/career_list.html", {**careers_overview(), "unread": unread(request)})


@require_safe
def career_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A career of ours, or an official occupation by its own address."""
    career = Career.objects.select_related("occupation__release", "onet").filter(slug=slug).first()
    if career:
        return _page(request, career.occupation, career)
    occupation = Occupation.objects.listed().select_related("release").filter(slug=slug).first()
    if occupation is None:
        raise Http404("No career has this address.")
    return _page(request, occupation)


def _page(request: HttpRequest, occupation: Occupation, career: Career | None = None) -> HttpResponse:
    profile = career_profile(occupation, career, asked=request.GET)
    return render(request, "careers/career_detail.html", {**profile, "unread": unread(request, *TAKEN)})

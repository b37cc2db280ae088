"""The home page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directory.profiles.home import home_profile


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Where a reader starts: search, the two awards side by side, lines to exams, the map."""
    return render(request, "directory/home.html", home_profile())

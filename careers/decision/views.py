"""Certificate or associate degree, for a goal and a place."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from careers.decision.asked import PARAMETERS
from careers.decision.page import canonical, decision_page
from directory.views.tidy import tidy
from directory.views.unread import unread


@require_safe
@tidy
def certificate_or_associate(request: HttpRequest) -> HttpResponse:
    """Both awards side by side. What cannot be read is said beside its field, and the rest of the page works."""
    context = decision_page(request.GET, today=timezone.localdate())
    context["unread"] = unread(request, *PARAMETERS)
    context["canonical"] = request.build_absolute_uri(canonical(context["goal"].slug))
    return render(request, "careers/decision.html", context)

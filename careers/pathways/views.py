"""The pathway map."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careers.pathways.reading import taught_fields, whole_map
from directory.filters.fields import quoted
from directory.views.unread import unread


@require_safe
def pathways(request: HttpRequest) -> HttpResponse:
    """Programs, exams and work as one net; `cip` narrows it to a field."""
    fields = taught_fields()
    given = [value.strip() for value in request.GET.getlist("cip") if value.strip()]
    chosen = next((field for field in fields if field.cip in given), None)
    problems = []
    if len(set(given)) > 1:
        problems = [f"Give one field, not {len(set(given))}: {quoted(given)}."]
    elif given and chosen is None:
        problems = [f"No listed program is in a field {quoted(given)}. Choose one of the list."]
    if len(set(given)) > 1:
        chosen = None
    context = {
        "net": whole_map([chosen] if chosen else fields),
        "fields": fields,
        "chosen": chosen,
        "problems": problems,
        "unread": unread(request, "cip"),
        "canonical": request.build_absolute_uri(f"{request.path}?cip={chosen.cip}" if chosen else request.path),
    }
    return render(request, "careers/pathways.html", context)

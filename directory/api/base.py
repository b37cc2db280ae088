"""What the list endpoints share: paging links and the refusal of a bad question."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page
from django.http import Http404, QueryDict
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from directory.api.rendering import QuickJSONRenderer
from directory.models import Program, School


class PublicView(APIView):
    """Read-only, for everybody, JSON only; knows no session and sets no cookie."""

    authentication_classes = ()
    permission_classes = ()
    renderer_classes = (QuickJSONRenderer,)
    http_method_names: tuple[str, ...] = ("get", "head", "options")


def moved_for_good(name: str, listing: School | Program | None, *, or_else: str) -> Response:
    """301 to the present address of a listing (`name` is that of the pattern). Raises Http404 without one."""
    if listing is None:
        raise Http404(or_else)
    return Response({"slug": listing.slug}, status=301, headers={"Location": reverse(name, args=[listing.slug])})


def page_links(request: Request, page: Page[Any]) -> dict[str, str | None]:
    """Absolute addresses of the pages before and after, None where there is none."""
    return {
        "next": _page(request, page.next_page_number()) if page.has_next() else None,
        "previous": _page(request, page.previous_page_number()) if page.has_previous() else None,
    }


def _page(request: Request, number: int) -> str:
    query: QueryDict = request.GET.copy()
    query["page"] = str(number)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")

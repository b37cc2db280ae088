"""Forms in which a reader types at length: one that comes without its token is shown again, not thrown away.

A browser that lost its cookies, or kept a page over night, sends a form whose token nobody knows any more. Django
answers that with a page and the words are gone. A view that is `csrf_exempt` and asks `came_from_our_form` first can
show the form again, with everything in it and a fresh token; it writes nothing on a request that fails here.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware


class _Check(CsrfViewMiddleware):
    """Django's own check, asked for its opinion. A refusal is no incident here and is not logged."""

    def _reject(self, request: HttpRequest, reason: str) -> str:
        return reason


def came_from_our_form(request: HttpRequest) -> bool:
    """Whether a POST carries the token of a page of ours: the check of Django's middleware, in full.

    The one check of a token outside of that middleware.
    """
    check = _Check(_answer)
    check.process_request(request)
    return check.process_view(request, _answer, (), {}) is None


def _answer(_request: HttpRequest) -> HttpResponse:
    """Stands for the view, which the check wants to look at; it is never called."""
    return HttpResponse()

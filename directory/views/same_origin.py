"""Forms that stand on pages which anybody may get from a cache, and so carry no token of the reader's own.

A browser says itself where a form was sent from (Sec-Fetch-Site; older ones Origin or Referer), and no other site can
make it say otherwise. Where it says nothing, the form is shown once more with a token, and nothing is lost that was
typed into it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, QueryDict
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from directory.views.form_token import came_from_our_form

View = Callable[..., HttpResponse]
TOKEN_FIELD = "csrfmiddlewaretoken"  # noqa: S105 - the name of Django's field


def from_our_pages(doing: Callable[[QueryDict], str]) -> Callable[[View], View]:
    """Accept a POST from our own pages only, with or without a token.

    `doing` says in a few words what the form would do ("Save this program"), for the page that asks once more (403).
    A view that has this needs no `require_POST` and no token in its forms.
    """

    def decorate(view: View) -> View:
        @csrf_exempt
        @never_cache
        @require_POST
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if is_same_origin(request) or came_from_our_form(request):
                return view(request, *args, **kwargs)
            return _ask_once_more(request, doing(request.POST))

        return checked

    return decorate


def is_same_origin(request: HttpRequest) -> bool:
    """Whether the browser says that one of our own pages sent this request. False when it says nothing."""
    fetched_from = request.headers.get("Sec-Fetch-Site")
    if fetched_from is not None:
        return fetched_from == "same-origin"
    said = request.headers.get("Origin") or request.headers.get("Referer") or ""
    try:
        origin = urlsplit(said)
    except ValueError:
        return False
    return (origin.scheme, origin.netloc) == (request.scheme, request.get_host())


def _ask_once_more(request: HttpRequest, doing: str) -> HttpResponse:
    typed = [(name, value) for name, values in request.POST.lists() if name != TOKEN_FIELD for value in values]
    context = {"doing": doing, "typed": typed, "address": request.get_full_path()}
    return render(request, "directory/ask_once_more.html", context, status=HttpResponseForbidden.status_code)

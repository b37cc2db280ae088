"""Pages that belong to one reader: who is not signed in is asked to, and comes back to the page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from directory.engagement.readers import reader_of

#: Longer addresses than this are no way back: the server takes no longer line anyway.
LONGEST: Final = 4_000


def sign_in_address(back_to: str) -> str:
    """The sign-in page that leads on to `back_to`."""
    return f"{reverse('account_login')}?{urlencode({'next': back_to})}"


def way_on(request: HttpRequest) -> str:
    """Where the reader wanted to go: a path of this site that `next` names, else the account page."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = (
        wanted.startswith("/")
        and len(wanted) <= LONGEST
        and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
        and not wanted.startswith("/admin")
    )
    return wanted if safe else reverse("account")


def for_a_reader(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view gets the reader as its second argument; everybody else is led to the sign-in page and back here.

    What a POST held is not repeated after signing in: its page is asked for again.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        reader = reader_of(request)
        if reader is None:
            return redirect(sign_in_address(request.get_full_path()))
        return view(request, reader, *args, **kwargs)

    return never_cache(guarded)


def done_by_a_reader(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """As `for_a_reader`, for what is only ever posted: its address is no page to come back to, so who was signed out
    meanwhile comes to the account page, where the button stands.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        reader = reader_of(request)
        if reader is None:
            return redirect(sign_in_address(reverse("account")))
        return view(request, reader, *args, **kwargs)

    return never_cache(require_POST(guarded))

"""Addresses as forms leave them, without the fields that were left empty."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

View = Callable[..., HttpResponse]
LONGEST: Final = 1_000
#: Fields that a reader may leave empty. Anything else that is empty is named as what it is by the page itself.
FIELDS: Final = frozenset(("q", "where", "within", "control", "min_price", "max_price", "goal", "cip"))


def tidy(view: View) -> View:
    """The view, but `?q=coding&where=&within=` leads to `?q=coding`: one address for one question, fit to be shared."""

    @wraps(view)
    def tidied(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        given = [(name, value) for name, values in request.GET.lists() for value in values]
        kept = [(name, value) for name, value in given if name not in FIELDS or value.strip()]
        address = f"{request.path}?{urlencode(kept)}" if kept else request.path
        # Nobody sends on an address of this length, and Django leads to none that is much longer.
        if len(kept) == len(given) or len(address) > LONGEST:
            return view(request, *args, **kwargs)
        return HttpResponseRedirect(address)

    return tidied

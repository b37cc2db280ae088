"""The entrance of the API, and what answers where there is no endpoint."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.urls import Resolver404, URLPattern, resolve
from rest_framework.request import Request
from rest_framework.response import Response

from directory.api.base import PublicView

#: "<slug:slug>" as Django writes a part of an address that varies.
VARIABLE = re.compile(r"<(?:\w+:)?(\w+)>")


class Index(PublicView):
    """The endpoints: address, with what varies in braces, and what each answers."""

    endpoints: Sequence[URLPattern] = ()

    def get(self, request: Request) -> Response:
        root = request.build_absolute_uri(request.path)
        return Response({"endpoints": [_endpoint(pattern, root) for pattern in self.endpoints]})


def _endpoint(pattern: URLPattern, root: str) -> dict[str, str]:
    words: str = getattr(pattern.callback, "cls", pattern.callback).__doc__ or ""
    return {"url": root + VARIABLE.sub(r"{\1}", str(pattern.pattern)), "answers": words.partition("\n")[0].rstrip(".")}


class Nowhere(PublicView):
    """404 in the form of the API's other errors, whatever the method."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # This view answers to every address, so Django never comes to add the slash by itself.
        if request.method in ("GET", "HEAD") and _is_endpoint(f"{request.path_info}/"):
            return HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))
        return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        raise Http404("No endpoint has this address.")


def _is_endpoint(path: str) -> bool:
    try:
        return getattr(resolve(path).func, "cls", None) is not Nowhere
    except Resolver404:
        return False

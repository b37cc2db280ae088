"""What holds for every answer of the site."""

from __future__ import annotations

from collections.abc import Callable

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse

Answering = Callable[[HttpRequest], HttpResponseBase]


class ContentSecurityPolicy:
    """Says on every answer what a browser may load, the same on all of them.

    django-csp writes the policy; its own middleware writes it anew for each answer, which takes longer than the
    rest of the middleware together. Django's page about an error while DEBUG is on brings its own style and has none.
    """

    def __init__(self, get_response: Answering) -> None:
        self.get_response = get_response
        self.policy = build_policy()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not (settings.DEBUG and response.status_code in (404, 500)):
            response.setdefault(HEADER, self.policy)
        return response


class HeadWithoutBody:
    """Leaves the body of an answer to HEAD away, as HTTP asks; its length stays as GET would give it.

    Django leaves this to the server, and gunicorn writes a complaint into the log each time.
    """

    def __init__(self, get_response: Answering) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method == "HEAD":
            if isinstance(response, StreamingHttpResponse):
                response.streaming_content = ()
            else:
                response.content = b""  # type: ignore[attr-defined]  # every other response has one
        return response

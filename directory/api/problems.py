"""Errors of the API in the form of RFC 9457."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import TooManyFieldsSent
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import exception_handler

from directory.filters.fields import shown

#: So many bad parameters are named in the sentence; `errors` has all.
MOST_NAMED = 20


def problem(status: HTTPStatus, detail: str, *, errors: Mapping[str, list[str]] | None = None) -> Response:
    """{"type", "title", "status", "detail"} and, for a bad question, "errors" by parameter."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
    }
    if errors:
        body["errors"] = dict(errors)
    return Response(body, status=status.value, content_type="application/problem+json")


def bad_question(errors: Mapping[str, list[str]]) -> Response:
    """400 naming every parameter that could not be read; nothing is ignored silently."""
    names = ", ".join(shown(name) for name in sorted(errors)[:MOST_NAMED])
    names += f" and {len(errors) - MOST_NAMED} more" if len(errors) > MOST_NAMED else ""
    return problem(HTTPStatus.BAD_REQUEST, f"Could not read {names}.", errors=errors)


def handle(exception: Exception, context: Mapping[str, Any]) -> Response | None:
    """REST framework's own errors (404, 405, 406 …) in the same form."""
    if isinstance(exception, TooManyFieldsSent):
        return _readable(problem(HTTPStatus.BAD_REQUEST, "The address has too many parameters to be read."), context)
    response = exception_handler(exception, dict(context))
    if response is None:
        return None
    status = HTTPStatus(response.status_code)
    detail = response.data.get("detail", status.phrase) if isinstance(response.data, dict) else status.phrase
    answer = problem(status, str(detail))
    for name in ("Allow", "Retry-After", "WWW-Authenticate"):
        if name in response:
            answer[name] = response[name]
    return _readable(answer, context)


def _readable(answer: Response, context: Mapping[str, Any]) -> Response:
    """An error must be readable also for a client that asked for a form we do not have."""
    request = context.get("request")
    if request is not None:
        request.accepted_renderer, request.accepted_media_type = JSONRenderer(), JSONRenderer.media_type
    return answer

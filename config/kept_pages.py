"""Whole answers to questions that are asked again: shared links, the links of the home page, the second page and Back.

An answer is found by its address and by the state of the data that it was made of, so a change of the data changes
the key, and nothing is emptied by hand. A view says which of its answers may be kept (`may_be_kept`); what a reader
has saved is part of a page, so a request with a session has its page made anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Final, NamedTuple

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils.cache import get_conditional_response, patch_cache_control

from directory.engagement.reader_session import carries_session
from directory.search.freshness import State, present_state

Answering = Callable[[HttpRequest], HttpResponseBase]
#: Path -> the headers that an answer depends on besides.
PATHS: Final = {"/programs/": (), "/api/v1/programs/": ("Accept",)}
#: A page of a hundred results has more and is seldom asked twice.
LARGEST: Final = 200_000
#: What a 304 repeats of the answer (RFC 9110, 15.4.5), as far as these answers have it.
REPEATED: Final = ("Cache-Control", "ETag", "Vary")


class Kept(NamedTuple):
    """An answer as it was sent."""

    body: bytes
    headers: dict[str, str]


class KeptPages:
    """Stands before sessions and accounts, which a kept page does not need; asks the database for one row.

    Answers of the paths above carry an ETag, and a browser that has the page already is told so (304).
    """

    def __init__(self, get_response: Answering) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info not in PATHS or request.method not in ("GET", "HEAD") or carries_session(request):
            return self.get_response(request)
        state = present_state()
        key = _key(request, state)
        held: Kept | None = caches["pages"].get(key)
        if held is not None:
            # What nearly every browser sends that has the page; lists of tags and * are for Django.
            if request.META.get("HTTP_IF_NONE_MATCH") == held.headers["ETag"]:
                return _unchanged(held)
            return _told(request, HttpResponse(held.body, headers=held.headers))
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and _may_be_kept(response, state):
            _keep(key, response)
            return _told(request, response)
        return response


def _unchanged(held: Kept) -> HttpResponseBase:
    """The browser has it already."""
    return HttpResponseNotModified(headers={name: held.headers[name] for name in REPEATED if name in held.headers})


def _told(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """The answer, or that the browser has it already (304)."""
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def _key(request: HttpRequest, state: State | None) -> str:
    """The address as it stands in the page (with host and scheme), what else matters, and the data."""
    asked = [request.headers.get(name, "") for name in PATHS[request.path_info]]
    parts = (*(state or ()), request.scheme or "", request.get_host(), request.get_full_path(), *asked)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _may_be_kept(response: HttpResponse, state: State | None) -> bool:
    if state is None or response.status_code != 200 or response.cookies:
        return False
    return getattr(response, "made_of", None) == state


def _keep(key: str, response: HttpResponse) -> None:
    patch_cache_control(response, no_cache=True)  # may be stored, and is asked for again each time
    # Two workers write the same page alike; weak, because a server in front may compress it.
    response["ETag"] = f'W/"{hashlib.blake2b(response.content, digest_size=16).hexdigest()}"'
    if len(response.content) <= LARGEST:
        caches["pages"].set(key, Kept(response.content, dict(response.items())))

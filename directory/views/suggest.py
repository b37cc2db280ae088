"""/suggest/?q=&kind=: what a reader may be about to type, as JSON for the search field (static/js/suggest.js)."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from directory.search.normalize import LONGEST
from directory.search.suggest import suggest

#: Seconds. Names change with imports, and a suggestion a few minutes old still leads to where it led.
FRESH = 300
#: The one kind that can be asked for alone.
PLACE = "place"


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """[{"kind", "label", "url", "note"}], eight at most, best first; `note` only where there is one.

    `kind=place` gives cities, states and ZIP codes alone. An empty list for less than two characters. 400 in the form
    of RFC 9457 for what cannot be read.
    """
    errors = _errors(request)
    if errors:
        body = {
            "type": "about:blank",
            "title": HTTPStatus.BAD_REQUEST.phrase,
            "status": HTTPStatus.BAD_REQUEST.value,
            "detail": f"Could not read {', '.join(sorted(errors))}.",
            "errors": errors,
        }
        return JsonResponse(body, status=HTTPStatus.BAD_REQUEST, content_type="application/problem+json")
    found = suggest(request.GET.get("q", ""), places=request.GET.get("kind") == PLACE)
    shown = [
        {"kind": each.kind, "label": each.label, "url": each.url, **({"note": each.note} if each.note else {})}
        for each in found
    ]
    response = JsonResponse(shown, safe=False)
    patch_cache_control(response, public=True, max_age=FRESH)
    response["X-Robots-Tag"] = "noindex"
    return response


def _errors(request: HttpRequest) -> dict[str, list[str]]:
    """Parameter -> messages; nothing is ignored silently."""
    found = {
        name[:100]: ["There is no such parameter; the text is “q”."]
        for name in request.GET
        if name not in ("q", "kind")
    }
    if any(kind != PLACE for kind in request.GET.getlist("kind")):
        found["kind"] = [f"It is {PLACE}, or left out."]
    texts = request.GET.getlist("q")
    if len(set(texts)) > 1:
        found["q"] = [f"Give one value, not {len(set(texts))}."]
    elif texts and len(texts[0]) > LONGEST:
        found["q"] = [f"The text has at most {LONGEST} characters."]
    return found

"""/mail/stop/<token>/: no more mail of one kind, for whoever holds one of its mails (RFC 8058)."""

from __future__ import annotations

from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from directory.engagement import saved_searches


# A mail program posts here without session and without token: the address itself is the proof.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mail_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Asks on GET and changes nothing; stops on POST. 404 for an address that was not made here."""
    try:
        about = saved_searches.read_token(token)
    except BadSignature:
        return render(request, "directory/account/mail_stop.html", {"broken": True}, status=404)
    done = request.method == "POST"
    if done:
        saved_searches.stop(about=about)
    return render(
        request,
        "directory/account/mail_stop.html",
        {"done": done, "search": about.startswith("search:"), "action": request.path},
    )

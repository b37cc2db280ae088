"""What a form hears that cannot be taken."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from directory.staff.views.sign_in import after_a_stale_token

#: Where forms are sent by POST. Every other page is for reading, so what is wrong there is the method.
DESK: Final = "/admin/"
FORMS: Final = ("/account/", DESK)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 with a page for a form that came without its token; 405 where no form belongs.

    Staff get what they had typed in a form of the desk shown again, to be sent once more.
    """
    if not request.path_info.startswith(FORMS):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    again = after_a_stale_token(request) if request.path_info.startswith(DESK) else None
    return again or render(request, "403_csrf.html", status=403)

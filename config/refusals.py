"""What a form hears that cannot be taken."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

#: Where forms are sent by POST. Every other page is for reading, so what is wrong there is the method.
FORMS: Final = ("/account/", "/admin/")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 with a page for a form that came without its token; 405 where no form belongs."""
    if not request.path_info.startswith(FORMS):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    return render(request, "403_csrf.html", status=403)

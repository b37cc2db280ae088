"""From a worklist to the page where a case is mended, and from there back to the list."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html

from directory.curation.worklists.board import kinds

#: Parameter that tells a page of the desk from which worklist somebody came.
FROM: Final = "worklist"
#: The queue of what readers and schools wrote, which holds several kinds.
MODERATION: Final = "moderation"


def from_list(url: str, kind: str) -> str:
    """The address of a case with the way back in it; "" where the case has none."""
    if not url:
        return ""
    path, hash_sign, place = url.partition("#")
    return f"{path}{'&' if '?' in path else '?'}{urlencode({FROM: kind})}{hash_sign}{place}"


def list_of(request: HttpRequest) -> tuple[str, str] | None:
    """Address and name of the list from which somebody came; None for who came from elsewhere."""
    slug = request.GET.get(FROM, "")
    if slug == MODERATION:
        return reverse("admin:moderation"), "Moderation"
    kind = kinds().get(slug)
    return (f"{reverse('admin:worklists')}?{urlencode({'kind': slug})}", kind.label) if kind else None


def offer(request: HttpRequest) -> None:
    """Put a link back at the head of a page that was opened from a list."""
    found = list_of(request)
    if request.method == "GET" and found:
        messages.info(request, format_html('You came from a worklist. <a href="{}">Back to “{}”</a>', *found))


def after_saving(request: HttpRequest) -> HttpResponseRedirect | None:
    """To the list from which somebody came; None for who came from elsewhere."""
    found = list_of(request)
    return redirect(found[0]) if found else None


def without(request: HttpRequest) -> None:
    """Take the parameter off a list's address, which would pass for one of its filters."""
    if FROM in request.GET:
        given = request.GET.copy()
        del given[FROM]
        request.GET = given  # type: ignore[assignment]

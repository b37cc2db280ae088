"""Addresses that have changed: they lead on for good, to the present one at once, with what was asked."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect

from directory.models import Program, School


def moved_for_good(
    request: HttpRequest, listing: School | Program | None, *, or_else: str
) -> HttpResponsePermanentRedirect:
    """301 to the listing that once had the address of the request. Raises Http404 without one.

    A former address belongs to a listing and not to its next address, so that there are no chains.
    """
    if listing is None:
        raise Http404(or_else)
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{listing.get_absolute_url()}{'?' if query else ''}{query}")

"""The reader's own page: what is kept, and the way out with everything."""

from __future__ import annotations

from django.contrib.auth import logout
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from directory.engagement import readers
from directory.engagement.outbox import is_refused
from directory.engagement.saved_searches import wants_program_alerts
from directory.models import SavedProgram, SavedSearch
from directory.views.readers_only import for_a_reader


@require_safe
@for_a_reader
def account(request: HttpRequest, reader: User) -> HttpResponse:
    """What this site keeps about the reader, and what can be done with it."""
    context = {
        "reader": reader,
        "kept": readers.kept_about(reader),
        "searches": list(SavedSearch.objects.filter(reader=reader).defer("known")),
        "programs": SavedProgram.objects.filter(reader=reader).count(),
        "program_alerts": wants_program_alerts(reader),
        "comes_back": is_refused(reader.email),
    }
    return render(request, "directory/account/account.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_a_reader
def delete(request: HttpRequest, reader: User) -> HttpResponse:
    """Asks on GET; on POST the account and everything in it are gone."""
    if request.method == "POST":
        readers.erase(reader=reader)
        logout(request)
        return redirect("account_deleted")
    return render(request, "directory/account/delete.html", {"reader": reader, "kept": readers.kept_about(reader)})


@never_cache
@require_safe
def deleted(request: HttpRequest) -> HttpResponse:
    """What the reader reads who has just deleted the account."""
    return render(request, "directory/account/deleted.html")
